"""What a release brings to organisations that have published rules of their own."""

from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import msgspec
import pytest

from tests.conftest import DemoTemplate
from tests.factories import Colleague
from tests.server import RunningServer
from yingda.conversations import HandOffReason
from yingda.infra.database import Database
from yingda.releases import Change
from yingda.routing.triage.news import found, taken_in
from yingda.routing.triage.shipped import missing_safety, shipped_table, why_now
from yingda.routing.triage.table import Answerer, Conditions, Effects, RuleTable, TriageRule

Rules = Sequence[TriageRule]


def rule(name: str, *words: str, **more: Any) -> TriageRule:
    return TriageRule(id=name, title=name, when=Conditions(keywords=list(words)), **more)


SAFETY = Effects(answerer=Answerer.URGENT, reason=HandOffReason.SAFETY)
HURT = rule("hurt", "烧伤", effects=SAFETY)
MEDIA, LAST = rule("media", "记者"), rule("last")


def off(one: TriageRule) -> TriageRule:
    return msgspec.structs.replace(one, enabled=False)


@pytest.mark.parametrize(
    ("base", "own", "shipped", "told"),
    [
        ([MEDIA, LAST], [MEDIA, LAST], [MEDIA, LAST], []),
        ([LAST], [LAST], [HURT, LAST], [("hurt", Change.NEW, True, HURT)]),
        ([LAST], [LAST], [MEDIA, LAST], [("media", Change.NEW, False, MEDIA)]),
        ([MEDIA, LAST], [LAST], [MEDIA, LAST], []),
        ([HURT, LAST], [LAST], [HURT, LAST], [("hurt", Change.MISSING, True, HURT)]),
        ([HURT, LAST], [off(HURT), LAST], [HURT, LAST], [("hurt", Change.MISSING, True, HURT)]),
        ([off(MEDIA), LAST], [off(MEDIA), LAST], [MEDIA, LAST], [("media", Change.CHANGED, False, MEDIA)]),
        (
            [HURT, LAST],
            [rule("hurt", "烧伤", "我们的词", effects=SAFETY), LAST],
            [rule("hurt", "烧伤", "灼伤", effects=SAFETY), LAST],
            [("hurt", Change.CHANGED, False, rule("hurt", "烧伤", "我们的词", "灼伤", effects=SAFETY))],
        ),
        (
            [HURT, LAST],
            [off(HURT), LAST],
            [rule("hurt", "烧伤", "灼伤", effects=SAFETY), LAST],
            [("hurt", Change.CHANGED, True, rule("hurt", "烧伤", "灼伤", effects=SAFETY))],
        ),
    ],
    ids=[
        "as shipped",
        "a new rule of safety",
        "another new rule",
        "taken out by the organisation",
        "safety taken out by the organisation",
        "safety switched off by the organisation",
        "switched on by the release",
        "words of both",
        "safety switched off, changed since",
    ],
)
def test_what_is_told(
    base: Rules, own: Rules, shipped: Rules, told: list[tuple[str, Change, bool, TriageRule]]
) -> None:
    assert [(one.id, one.change, one.unsafe, one.offered) for one in found(base, own, shipped, {})] == told


def test_a_rule_that_would_grow_too_long_is_offered_as_shipped() -> None:
    """A list holds 300 words."""
    own = rule("media", "记者", *(f"词{number}" for number in range(299)))
    [news] = found([MEDIA], [own], [rule("media", "记者", "曝光")], {})
    assert (news.offered, news.clashes) == (rule("media", "记者", "曝光"), ["when.keywords"])


def test_what_is_taken_stands_where_it_ships_and_leaves_the_rest_alone() -> None:
    ours = rule("ours", "团购")
    own, shipped = [ours, off(MEDIA), LAST], [HURT, rule("media", "记者", "曝光"), rule("legal", "起诉"), LAST]
    news = found([MEDIA, LAST], own, shipped, {})
    table = taken_in(RuleTable(rules=own), news, shipped)
    assert [one.id for one in table.rules] == ["hurt", "ours", "media", "legal", "last"]
    assert table.rules[2] == off(rule("media", "记者", "曝光"))


def test_safety_that_is_not_in_force_is_known_by_name() -> None:
    rules = shipped_table().rules
    assert missing_safety(rules) == []
    less = [off(one) if one.id == "safety.adverse" else one for one in earlier(list(rules))]
    assert missing_safety(less) == ["safety.child_swallowed", "safety.adverse"]


def test_what_is_said_of_a_rule_belongs_to_one() -> None:
    assert why_now().keys() <= {one.id for one in shipped_table().rules}


@pytest.fixture
async def supervisor(server: RunningServer, demo_template: DemoTemplate) -> AsyncIterator[Colleague]:
    colleague = await Colleague.sign_in(server.url, demo_template.account("demo.supervisor"))
    yield colleague
    await colleague.close()


async def installed_earlier(db: Database, change: Callable[[list[TriageRule]], list[TriageRule]]) -> None:
    """As if the first version came with an earlier release."""
    rules = change(list(shipped_table().rules))
    table = msgspec.structs.replace(shipped_table(), rules=rules)
    async with db.transaction() as tx:
        await tx.conn.execute(
            "UPDATE triage_versions SET content = $1::jsonb, shipped = $2::jsonb",
            msgspec.json.encode(table).decode(),
            msgspec.json.encode(rules).decode(),
        )


def earlier(rules: list[TriageRule]) -> list[TriageRule]:
    """Without one rule of safety, and with fewer words in another that is the same otherwise."""
    rules = [one for one in rules if one.id != "safety.child_swallowed"]
    at = next(place for place, one in enumerate(rules) if one.id == "safety.emergency")
    when = msgspec.structs.replace(rules[at].when, keywords=rules[at].when.keywords[:3])
    rules[at] = msgspec.structs.replace(rules[at], when=when)
    return rules


async def call(colleague: Colleague, method: str, path: str, status: int = 200, **body: Any) -> Any:
    answer = await colleague.call(method, f"/triage{path}", json=body or None)
    assert answer.status_code == status, answer.text
    return answer.json() if answer.content else None


async def told(colleague: Colleague) -> dict[str, Any]:
    return {one["id"]: one for one in (await colleague.get("/triage/news"))["rules"]}


async def test_a_lead_takes_what_is_wanted_into_a_draft_and_publishes_it(
    server: RunningServer, supervisor: Colleague
) -> None:
    assert await told(supervisor) == {}
    await installed_earlier(server.runtime.db, earlier)
    news = await told(supervisor)
    assert {name: (one["change"], one["unsafe"]) for name, one in news.items()} == {
        "safety.emergency": ("changed", False),
        "safety.child_swallowed": ("new", True),
    }
    assert "误食" in news["safety.child_swallowed"]["why_now"]["zh"]

    taken = await call(supervisor, "POST", "/news/take", revision=0, rules=["safety.child_swallowed"])
    assert (taken["draft"]["revision"], taken["findings"]) == (1, [])
    ids = [one["id"] for one in taken["draft"]["table"]["rules"]]
    assert ids.index("safety.child_swallowed") == ids.index("safety.emergency") + 1
    assert list(await told(supervisor)) == ["safety.emergency"]
    await call(supervisor, "DELETE", "/draft", 204)
    assert len(await told(supervisor)) == 2, "what was not published has not been taken over"

    await call(supervisor, "POST", "/news/take", revision=0, rules=list(news))
    await call(supervisor, "POST", "/draft/publish", 201, revision=1, why="采用新版规则")
    assert await told(supervisor) == {}
    await call(supervisor, "POST", "/versions/1/restore", 201, why="先退回")
    assert len(await told(supervisor)) == 2


async def test_a_version_of_an_earlier_process_is_brought_back_with_what_it_was_made_from(
    server: RunningServer, supervisor: Colleague
) -> None:
    """While a release is rolled out, processes of the former one publish too, and say nothing of that."""
    db = server.runtime.db
    await installed_earlier(db, earlier)
    draft = (await supervisor.get("/triage/draft"))["draft"]
    await call(supervisor, "PUT", "/draft", revision=0, table=draft["table"])
    await call(supervisor, "POST", "/draft/publish", 201, revision=1, why="照旧")
    async with db.transaction() as tx:
        await tx.conn.execute("UPDATE triage_versions SET shipped = NULL WHERE number = 2")
    await call(supervisor, "POST", "/versions/2/restore", 201, why="再来一次")
    assert (await told(supervisor))["safety.emergency"]["edited"] is False


async def test_what_was_declined_is_remembered_until_it_ships_otherwise(
    server: RunningServer, supervisor: Colleague, demo_template: DemoTemplate
) -> None:
    db = server.runtime.db
    await installed_earlier(db, earlier)
    refused = await call(supervisor, "POST", "/news/decline", 404, rules=["fallback"], why="不要")
    assert refused["code"] == "triage_not_news"
    after = await call(supervisor, "POST", "/news/decline", rules=["safety.emergency"], why="我们的词更合适")
    declined = {one["id"]: one["declined"] for one in after["rules"]}
    assert declined["safety.child_swallowed"] is None
    assert declined["safety.emergency"]["author_name"] == "顾清和"
    assert declined["safety.emergency"]["why"] == "我们的词更合适"
    async with db.transaction() as tx:
        row = await tx.conn.fetchrow("SELECT action, object_id, reason FROM audit_entries")
        assert tuple(row or ()) == ("release.decline", "triage", "我们的词更合适")
        await tx.conn.execute('UPDATE release_declines SET content = content || \'{"why": "从前"}\'')
    assert (await told(supervisor))["safety.emergency"]["declined"] is None
    agent = await Colleague.sign_in(server.url, demo_template.account("demo.agent1"))
    assert (await agent.call("GET", "/triage/news")).status_code == 403
    await agent.close()


async def test_a_decline_is_forgotten_once_what_was_declined_serves(
    server: RunningServer, supervisor: Colleague
) -> None:
    await installed_earlier(server.runtime.db, earlier)
    await call(supervisor, "POST", "/news/decline", rules=["safety.emergency"], why="我们的词更合适")
    await call(supervisor, "POST", "/news/take", revision=0, rules=["safety.emergency"])
    await call(supervisor, "DELETE", "/draft", 204)
    assert (await told(supervisor))["safety.emergency"]["declined"]["why"] == "我们的词更合适"

    await call(supervisor, "POST", "/news/take", revision=0, rules=["safety.child_swallowed"])
    await call(supervisor, "POST", "/draft/publish", 201, revision=1, why="补上误食")
    assert (await told(supervisor))["safety.emergency"]["declined"]["why"] == "我们的词更合适"

    await call(supervisor, "POST", "/news/take", revision=0, rules=["safety.emergency"])
    await call(supervisor, "POST", "/draft/publish", 201, revision=1, why="改了主意")
    await call(supervisor, "POST", "/versions/2/restore", 201, why="先退回")
    assert (await told(supervisor))["safety.emergency"]["declined"] is None
