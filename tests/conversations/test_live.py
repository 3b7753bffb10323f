"""What happened in another process is shown here, as far as anybody here looks."""

from uuid import uuid4

import pytest

from yingda.conversations import Live
from yingda.infra.database import Database
from yingda.infra.realtime import Hub


@pytest.mark.parametrize("kind", ["message", "conversation", "typing", "read"])
async def test_what_another_process_announces_is_not_loaded_for_nobody(db: Database, kind: str) -> None:
    hub = Hub()
    Live(hub, db)
    await db.close()
    ref = {"message": f"{uuid4()}:1", "typing": f"{uuid4()}:staff", "read": f"{uuid4()}:1:staff"}.get(
        kind, str(uuid4())
    )
    await hub.loaders[kind]([ref])  # would fail: there is no database any more
    hub.open("thread")
    with pytest.raises(Exception, match="closed"):
        await hub.loaders[kind]([ref])
