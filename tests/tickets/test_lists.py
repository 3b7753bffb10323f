"""Finding tickets: filters, words, pages, the board, files; and that none of it asks the database again and again."""

import csv
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from openpyxl import load_workbook

from tests.factories import Colleague
from tests.server import RunningServer
from tests.shared import SHARED
from tests.tickets.desk import asked, change, department, do, me, open_ticket
from yingda.kit.clock import now
from yingda.tickets import set_due

pytestmark = SHARED


async def listed(colleague: Colleague, **wanted: Any) -> list[str]:
    page = await colleague.get("/tickets", limit=200, **wanted)
    return [card["id"] for card in page["items"]]


async def due_in(system: RunningServer, view: dict[str, Any], **span: float) -> None:
    """No span: never."""
    async with system.runtime.db.transaction() as tx:
        await set_due(tx, UUID(view["ticket"]["id"]), now() + timedelta(**span) if span else None)


async def test_every_filter(system: RunningServer, staff: dict[str, Colleague]) -> None:
    agent, supervisor = staff["agent"], staff["supervisor"]
    visitor, conversation_id, _ = await asked(system, agent)
    label = (await agent.get("/labels"))[1]["id"]
    parent = await open_ticket(agent, "other")
    one = await open_ticket(
        agent,
        conversation_id=conversation_id,
        level=5,
        owner_id=await me(supervisor),
        label_ids=[label],
        order={"shop": "liuli", "order_no": "LM777"},
        parent_id=parent["ticket"]["id"],
    )
    other = await open_ticket(staff["other_agent"], "technical")
    await change(staff["other_agent"], other, state="analysing")
    await due_in(system, one, minutes=-5)
    await due_in(system, other)
    await do(supervisor, "PUT", f"/tickets/{one['ticket']['id']}/watch")
    ticket = one["ticket"]
    filters: list[dict[str, Any]] = [
        {"kind_id": ticket["kind_id"]},
        {"state": "new"},
        {"category": "open"},
        {"department_id": await department(agent, "logistics")},
        {"owner_id": ticket["owner_id"]},
        {"mine": True},
        {"watched": True},
        {"level": 5},
        {"label_id": label},
        {"customer_id": ticket["customer_id"]},
        {"conversation_id": conversation_id},
        {"order_no": "LM777"},
        {"parent_id": parent["ticket"]["id"]},
        {"due": "overdue"},
        {"due": "today"},
        {"due": "week"},
        {"q": ticket["number"]},
    ]
    for wanted in filters:
        assert ticket["id"] in await listed(supervisor, **wanted), wanted
    others = [*filters[:2], *filters[3:]]
    for wanted in others:
        assert other["ticket"]["id"] not in await listed(supervisor, **wanted), wanted
    for wanted in ({"unowned": True}, {"due": "none"}, {"state": "analysing"}, {"category": ["open", "waiting"]}):
        assert other["ticket"]["id"] in await listed(supervisor, **wanted), wanted
    assert set(await listed(agent, opened_by_me=True)) >= {ticket["id"], parent["ticket"]["id"]}
    assert (await supervisor.get("/tickets/counts"))["overdue"] >= 1
    assert visitor is not None


@pytest.mark.parametrize("words", ["丢件", "顺丰", "补偿", "运单 SF12", "丢件 敏感", "yd-2026"])
async def test_words_of_title_text_fields_and_comments(staff: dict[str, Colleague], words: str) -> None:
    agent = staff["agent"]
    fields = {"carrier": "顺丰", "tracking_no": "SF12"}
    view = await open_ticket(agent, title="疑似丢件", description="客户很敏感，运单已核", fields=fields)
    await do(agent, "POST", f"/tickets/{view['ticket']['id']}/comments", text="同意补偿，客户丢件很敏感")
    assert view["ticket"]["id"] in await listed(agent, q=words)
    assert view["ticket"]["id"] not in await listed(agent, q=f"{words} 面膜")
    hidden = await open_ticket(agent, "technical", title=f"丢件顺丰补偿运单SF12敏感 {uuid4().hex}")
    assert hidden["ticket"]["id"] not in await listed(staff["department_member"], q=words)


async def test_a_changed_title_is_found_by_what_it_says_now(staff: dict[str, Colleague]) -> None:
    agent = staff["agent"]
    view = await change(agent, await open_ticket(agent, title="旧名错发"), title="新名漏发")
    assert view["ticket"]["id"] in await listed(agent, q="漏发")
    assert view["ticket"]["id"] not in await listed(agent, q="错发")


@pytest.mark.parametrize("sort", ["updated", "created", "due", "level"])
async def test_pages_show_each_once_and_in_order(system: RunningServer, staff: dict[str, Colleague], sort: str) -> None:
    agent, word = staff["agent"], f"w{uuid4().hex}"
    made = [await open_ticket(agent, title=word, level=level) for level in (1, 5, 3, 5, 2)]
    for view, hours in zip(made[:3], (5, 1, 3), strict=True):
        await due_in(system, view, hours=hours)
    for view in made[3:]:
        await due_in(system, view)
    whole = await listed(agent, q=word, sort=sort)
    pages, cursor = [], None
    while True:
        page = await agent.get("/tickets", q=word, sort=sort, limit=2, **({"cursor": cursor} if cursor else {}))
        pages += [card["id"] for card in page["items"]]
        if not (cursor := page["next_cursor"]):
            break
    places = {
        "updated": [4, 3, 2, 1, 0],
        "created": [4, 3, 2, 1, 0],
        "due": [1, 2, 0, 3, 4],
        "level": [1, 3, 2, 4, 0],
    }
    assert pages == whole == [made[place]["ticket"]["id"] for place in places[sort]]


async def test_the_board(system: RunningServer, staff: dict[str, Colleague]) -> None:
    agent, word = staff["agent"], f"b{uuid4().hex}"
    kind_id = (await open_ticket(agent, title=word))["ticket"]["kind_id"]
    urgent = await open_ticket(agent, title=word, level=5)
    await change(agent, await open_ticket(agent, title=word), state="waiting_carrier")
    board = (await agent.get("/tickets/board", q=word, limit=1))["columns"]
    counts = {column["category"]: (column["count"], len(column["cards"])) for column in board}
    assert counts == {"open": (2, 1), "waiting": (1, 1), "resolved": (0, 0), "closed": (0, 0)}
    assert board[0]["cards"][0]["id"] == urgent["ticket"]["id"]
    by_state = (await agent.get("/tickets/board", q=word, kind_id=kind_id))["columns"]
    assert {column["state"]: column["count"] for column in by_state if column["count"]} == {
        "new": 2,
        "waiting_carrier": 1,
    }


@asynccontextmanager
async def statements() -> AsyncIterator[list[str]]:
    """What is sent to the database meanwhile, but for announcements and looks for new rules, which run beside."""
    sent: list[str] = []
    original = asyncpg.Connection._execute

    async def execute(self: Any, query: str, *args: Any, **more: Any) -> Any:
        if not any(beside in query for beside in ("pg_notify", "triage_versions")):
            sent.append(query)
        return await original(self, query, *args, **more)

    asyncpg.Connection._execute = execute
    try:
        yield sent
    finally:
        asyncpg.Connection._execute = original


@pytest.mark.parametrize(("path", "most"), [("/tickets", 5), ("/tickets/board", 6), ("/ticket-meetings/agenda", 5)])
async def test_more_tickets_take_no_more_statements(staff: dict[str, Colleague], path: str, most: int) -> None:
    agent = staff["agent"]
    for _ in range(8):
        await open_ticket(agent, "other", owner_id=await me(agent))
    async with statements() as sent:
        answer = await agent.call("GET", path)
    assert answer.status_code == 200
    assert 3 <= len(sent) <= most, "\n---\n".join(sent)


# Files


async def test_a_list_as_csv_and_for_excel(staff: dict[str, Colleague]) -> None:
    supervisor, word = staff["supervisor"], f"x{uuid4().hex}"
    view = await open_ticket(supervisor, "refund", title=f"=HYPERLINK(1) {word}", fields={"amount": -12.5})
    query = {"q": word, "kind_id": view["ticket"]["kind_id"]}
    answer = await supervisor.call("GET", "/tickets/export/csv", params=query)
    assert answer.content.startswith("﻿工单号,类型".encode())
    heading, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    told = dict(zip(heading, row, strict=True))
    assert told["标题"] == f"'=HYPERLINK(1) {word}"
    assert (told["工单号"], told["状态"], told["退款金额（元）"]) == (view["ticket"]["number"], "待处理", "-12.5")
    answer = await supervisor.call("GET", "/tickets/export/xlsx", params=query | {"locale": "en"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:3] == ("Number", "Kind", "State")
    assert (rows[1][4], sheet.cell(2, 5).data_type) == (f"'=HYPERLINK(1) {word}", "s")
    assert len(rows) == 2
    trail = await staff["administrator"].get("/audit", action="tickets.exported", limit=2)
    assert [entry["object"]["id"] for entry in trail["items"]] == ["xlsx", "csv"]


async def test_a_long_list_is_exported_whole(staff: dict[str, Colleague], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yingda.tickets.export._BATCH", 2)
    supervisor, word = staff["supervisor"], f"y{uuid4().hex}"
    numbers = {(await open_ticket(supervisor, title=word))["ticket"]["number"] for _ in range(4)}
    answer = await supervisor.call("GET", "/tickets/export/csv", params={"q": word})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {row[0] for row in rows[1:]} == numbers
    assert len(rows) == 5
