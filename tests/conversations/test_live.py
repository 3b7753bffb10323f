"""What happened in another process is shown here, as far as anybody here looks."""

from uuid import uuid4

import pytest

from yingda.conversations import Live
from yingda.infra.database import Database
from yingda.infra.realtime import Hub


@pytest.mark.parametrize("kind", ["message", "edited", "rated", "conversation", "marked", "merged", "typing", "read"])
async def test_what_another_process_announces_is_not_loaded_for_nobody(db: Database, kind: str) -> None:
    hub = Hub()
    Live(hub, db)
    await db.close()
    rest = {
        "message": ":1",
        "edited": ":1",
        "rated": ":1",
        "conversation": ":::",
        "merged": f":{uuid4()}",
        "typing": ":staff:",
        "read": ":1:staff",
    }
    ref = f"{uuid4()}{rest.get(kind, '')}"
    await hub.loaders[kind]([ref])  # would fail: there is no database any more
    hub.open("thread")
    with pytest.raises(Exception, match="closed"):
        await hub.loaders[kind]([ref])
