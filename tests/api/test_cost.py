"""What an agent does all day must not cost the database more and more."""

import asyncio
from typing import Any

import asyncpg.connection
import pytest

from tests.factories import Colleague
from tests.server import RunningServer
from tests.shared import SHARED
from tests.tickets.desk import asked, do

pytestmark = SHARED


async def test_a_reply_takes_few_statements(
    system: RunningServer, staff: dict[str, Colleague], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who is asking, what they may see, the message, the assignment, the clocks. `BEGIN` and `COMMIT` aside."""
    agent = staff["agent"]
    _, conversation_id, _ = await asked(system, agent)
    path = f"/conversations/{conversation_id}/messages"
    await do(agent, "POST", path, text="您好，马上为您查询。")
    said: list[tuple[object, str]] = []
    for name in ("_do_execute", "_executemany"):
        execute = getattr(asyncpg.connection.Connection, name)

        async def counted(self: Any, query: str, *args: Any, _execute: Any = execute, **more: Any) -> Any:
            said.append((asyncio.current_task(), query))
            return await _execute(self, query, *args, **more)

        monkeypatch.setattr(asyncpg.connection.Connection, name, counted)
    await do(agent, "POST", path, text="已经为您加急，预计今天发出。")
    (task,) = {task for task, query in said if "INSERT INTO messages" in query}
    answered = [query for one, query in said if one is task]  # others work in the background meanwhile
    assert len(answered) <= 6, answered
