"""Tables in use: a draft is checked, tried on the past, published, noticed everywhere, and rolled back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from tests.conftest import DemoTemplate
from tests.factories import Colleague, Visitor, eventually
from tests.server import RunningServer
from yingda.app.bootstrap import Runtime
from yingda.routing import LiveTriage

INVOICE = "发票什么时候开"


@pytest.fixture
async def supervisor(server: RunningServer, demo_template: DemoTemplate) -> AsyncIterator[Colleague]:
    colleague = await Colleague.sign_in(server.url, demo_template.account("demo.supervisor"))
    yield colleague
    await colleague.close()


@asynccontextmanager
async def working(runtime: Runtime) -> AsyncIterator[None]:
    """A worker beside the web process."""
    stop = asyncio.Event()
    worker = asyncio.create_task(runtime.jobs.run(concurrency=1, stop=stop))
    try:
        yield
    finally:
        stop.set()
        await worker


async def call(colleague: Colleague, method: str, path: str, status: int, **body: Any) -> Any:
    answer = await colleague.call(method, f"/triage{path}", json=body or None)
    assert answer.status_code == status, answer.text
    return answer.json() if answer.content else None


async def edit(colleague: Colleague, *first: dict[str, Any]) -> Any:
    """Put rules in front of the draft's."""
    draft = (await colleague.get("/triage/draft"))["draft"]
    table = {**draft["table"], "rules": [*first, *draft["table"]["rules"]]}
    return await call(colleague, "PUT", "/draft", 200, revision=draft["revision"], table=table)


def by_words(**then: Any) -> dict[str, Any]:
    return {
        "id": "invoice.person",
        "title": "发票转人工",
        "when": {"keywords": ["发票"]},
        "effects": {"answerer": "person", "reason": "priority", **then},
    }


async def named(colleague: Colleague) -> tuple[str, str]:
    """A team and a label of the demo."""
    departments = await colleague.get("/departments")
    team = next(team for one in departments for team in one["teams"])
    return team["id"], (await colleague.get("/labels"))[0]["id"]


async def test_a_published_rule_decides_in_every_process_until_it_is_rolled_back(
    server: RunningServer, runtime: Runtime, supervisor: Colleague
) -> None:
    other = await LiveTriage.open(runtime.db)
    team, label = await named(supervisor)
    await supervisor.call("PUT", "/routing/skills/invoices", json={"name": "发票"})
    saved = await edit(supervisor, by_words(level=3, team_id=team, skill="invoices", priority=40, label_ids=[label]))
    assert (saved["findings"], saved["draft"]["revision"]) == ([], 1)
    revision = saved["draft"]["revision"]
    head = await call(supervisor, "POST", "/draft/publish", 201, revision=revision, why="月末发票集中")
    assert (head["number"], head["restores"]) == (2, None)
    await other.refresh()
    assert other.triage.version == runtime.triage.triage.version == 2

    visitor = await Visitor.open(server.http)
    await visitor.ask(INVOICE)
    (item,) = (await supervisor.get("/conversations", view="waiting"))["items"]
    conversation = item["conversation"]
    assert (conversation["level"], conversation["team_id"]) == (3, team)
    assert [one["id"] for one in item["labels"]] == [label]
    assert conversation["handoff"]["grounds"] == {
        "rule": "invoice.person",
        "title": "发票转人工",
        "title_en": "",
        "version": 2,
        "facts": [["keywords", "发票"]],
    }
    async with runtime.db.reading() as conn:
        queued = await conn.fetchrow("SELECT team_id::text, skill, priority FROM routing_queue")
    assert tuple(queued or ()) == (team, "invoices", 40)

    back = await call(supervisor, "POST", "/versions/1/restore", 201, why="先退回")
    assert (back["number"], back["restores"]) == (3, 1)
    assert runtime.triage.triage.version == 3
    calm = await Visitor.open(server.http)
    await calm.ask(INVOICE)
    assert len((await supervisor.get("/conversations", view="waiting"))["items"]) == 1
    assert [one["number"] for one in await supervisor.get("/triage/versions")] == [3, 2, 1]
    assert (await supervisor.get("/triage/versions/2"))["table"]["rules"][0]["id"] == "invoice.person"


async def test_who_published_what_and_why_is_in_the_audit_trail(runtime: Runtime, supervisor: Colleague) -> None:
    await edit(supervisor, by_words())
    await call(supervisor, "POST", "/draft/publish", 201, revision=1, why="月末，联系 13800138000")
    async with runtime.db.reading() as conn:
        row = await conn.fetchrow("SELECT action, actor_name, reason, before, after FROM audit_entries")
    assert row
    assert (row["action"], row["actor_name"]) == ("triage.publish", "顾清和")
    assert "13800138000" not in row["reason"]
    assert "invoice.person" in row["after"]


async def test_two_editors_do_not_overwrite_each_other(supervisor: Colleague) -> None:
    table = (await edit(supervisor, by_words()))["draft"]["table"]
    refused = await call(supervisor, "PUT", "/draft", 409, revision=0, table=table)
    assert refused["code"] == "triage_draft_changed"
    assert "顾清和" in refused["detail"]
    stale = await call(supervisor, "POST", "/draft/publish", 409, revision=7, why="旧的")
    assert stale["code"] == "triage_draft_changed"
    await call(supervisor, "DELETE", "/draft", 204)
    assert (await supervisor.get("/triage/draft"))["draft"]["revision"] == 0
    assert (await call(supervisor, "POST", "/draft/publish", 409, revision=1, why="没了"))["code"] == "triage_no_draft"


async def test_a_faulty_draft_is_kept_but_not_published(supervisor: Colleague) -> None:
    saved = await edit(supervisor, {**by_words(), "when": {"intents": ["no.such"]}})
    assert [(one["rule"], one["code"]) for one in saved["findings"]] == [("invoice.person", "unknown_intent")]
    refused = await call(supervisor, "POST", "/draft/publish", 409, revision=1, why="试试")
    assert (refused["code"], "no.such" in refused["detail"]) == ("triage_faulty", True)


async def test_a_message_is_tried_on_both_tables(supervisor: Colleague) -> None:
    await edit(supervisor, by_words(level=2))
    tried = await call(supervisor, "POST", "/try", 200, text=INVOICE)
    assert tried["intent"].startswith("invoice.")
    assert (tried["live"]["answerer"], tried["draft"]["answerer"]) == ("assistant", "person")
    assert tried["draft"]["matched"][-1]["facts"] == [{"condition": "keywords", "value": "发票"}]
    often = await call(supervisor, "POST", "/try", 200, text="包裹破了", order_yuan=5000, segment="high_value")
    assert often["live"]["matched"][-1]["rule"] == "value.large_order_problem"


async def test_a_draft_is_tried_on_the_past(
    server: RunningServer, runtime: Runtime, supervisor: Colleague, demo_template: DemoTemplate
) -> None:
    for text in (INVOICE, "我要发票，电话13800138000", "转人工", "包裹到哪了"):
        await (await Visitor.open(server.http)).ask(text)
    await edit(supervisor, by_words(level=3))
    run = await call(supervisor, "POST", "/dry-runs", 201, days=7)
    assert (await call(supervisor, "POST", "/dry-runs", 409, days=7))["code"] == "triage_run_under_way"

    async def over() -> Any:
        shown = await supervisor.get(f"/triage/dry-runs/{run['id']}")
        return shown if shown["run"]["finished_at"] else None

    async with working(runtime):
        done = await eventually(over, seconds=30)
    outcome = done["run"]["outcome"]
    assert (done["run"]["state"], done["run"]["share"]) == ("done", 1)
    assert (outcome["messages"], outcome["changed"], outcome["to_person"], outcome["level_up"]) == (4, 2, 2, 2)
    assert outcome["differences"] == []
    assert {one["excerpt"][:2] for one in done["differences"]} == {"发票", "我要"}
    assert "13800138000" not in str(done)
    first = done["differences"][0]["difference"]
    assert (first["before"]["answerer"], first["after"]["answerer"]) == ("assistant", "person")
    assert await supervisor.get("/triage/dry-runs/latest") == done
    assert (await call(supervisor, "POST", f"/dry-runs/{run['id']}/cancel", 409))["code"] == "triage_run_over"


async def test_a_cancelled_run_stays_cancelled(runtime: Runtime, supervisor: Colleague, server: RunningServer) -> None:
    await (await Visitor.open(server.http)).ask(INVOICE)
    assert (await call(supervisor, "POST", "/dry-runs", 409, days=7))["code"] == "triage_no_draft"
    await edit(supervisor, by_words())
    run = await call(supervisor, "POST", "/dry-runs", 201, days=7)
    await call(supervisor, "POST", f"/dry-runs/{run['id']}/cancel", 200)
    again = await call(supervisor, "POST", "/dry-runs", 201, days=1)

    async def over() -> Any:
        return (await supervisor.get(f"/triage/dry-runs/{again['id']}"))["run"]["finished_at"]

    async with working(runtime):
        await eventually(over, seconds=30)
    cancelled = (await supervisor.get(f"/triage/dry-runs/{run['id']}"))["run"]
    assert (cancelled["state"], cancelled["outcome"]["messages"]) == ("cancelled", 0)


async def test_danger_reaches_a_person_before_others_and_the_customer_is_told_where_to_turn(
    server: RunningServer, supervisor: Colleague
) -> None:
    answers = await (await Visitor.open(server.http)).ask("我真的不想活了")
    assert "12356" in answers[0]["content"]["text"]
    (item,) = (await supervisor.get("/conversations", view="waiting"))["items"]
    handoff = item["conversation"]["handoff"]
    assert (item["conversation"]["level"], handoff["reason"], handoff["priority"]) == (5, "crisis", 100)


async def test_what_was_looked_up_is_kept_with_the_decision(server: RunningServer, runtime: Runtime) -> None:
    visitor = await Visitor.known(server.http)
    await visitor.ask("东西碎了")
    async with runtime.db.reading() as conn:
        kept = await conn.fetchval("SELECT understanding->'triage' FROM messages WHERE understanding IS NOT NULL")
    assert '"order_cents"' in kept
    assert '"segment"' in kept
    assert '"version": 1' in kept
