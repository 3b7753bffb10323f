"""What people do with tickets, through the console's API."""

import asyncio
from datetime import datetime
from typing import Any
from uuid import uuid4

from tests.factories import Colleague, Visitor
from tests.server import RunningServer
from yingda.kit.clock import frozen


async def do(colleague: Colleague, method: str, path: str, **json: Any) -> Any:
    """The answer to something that is to succeed."""
    answer = await colleague.call(method, path, json=json)
    assert answer.is_success, answer.text
    return answer.json() if answer.content else None


async def refused(colleague: Colleague, method: str, path: str, **json: Any) -> tuple[int, str]:
    """Status and code of something that is not."""
    answer = await colleague.call(method, path, json=json)
    return answer.status_code, answer.json()["code"]


async def open_ticket(colleague: Colleague, kind: str = "logistics", **more: Any) -> dict[str, Any]:
    """A new ticket, as its opener sees it."""
    body = {"kind": kind, "title": f"包裹三天没动 {uuid4().hex[:6]}", **more}
    view: dict[str, Any] = await do(colleague, "POST", "/tickets", **body)
    return view


async def change(colleague: Colleague, view: dict[str, Any], **what: Any) -> dict[str, Any]:
    ticket = view["ticket"]
    changed: dict[str, Any] = await do(
        colleague, "PATCH", f"/tickets/{ticket['id']}", version=ticket["version"], **what
    )
    return changed


async def asked(
    system: RunningServer, colleague: Colleague, text: str = "快递停了三天，电话13812345678"
) -> tuple[Visitor, str, int]:
    """A customer in this colleague's hands, the conversation, and the number of what they said."""
    visitor = await Visitor.open(system.http)
    await visitor.ask("转人工")
    sent = (await visitor.post(text)).json()
    await do(colleague, "POST", f"/conversations/{sent['conversation_id']}/take")
    return visitor, sent["conversation_id"], sent["seq"]


async def me(colleague: Colleague) -> str:
    return str((await colleague.get("/auth/me"))["staff"]["id"])


async def department(colleague: Colleague, code: str) -> str:
    return str(next(one["id"] for one in await colleague.get("/departments") if one["code"] == code))


async def watched(server: RunningServer, moment: datetime) -> None:
    """Everything that is due by then has been seen to, here or by the server's own watch, which has the same clock."""
    due = "SELECT EXISTS (SELECT FROM service_clocks WHERE next_at <= $1)"
    with frozen(moment):
        await server.runtime.watch.look()
        while await server.runtime.db.pool.fetchval(due, moment):
            await asyncio.sleep(0.01)
            await server.runtime.watch.look()
