"""What is foreseen, what people who wait are told, and what is kept of who can do what."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import msgspec
import pytest

from tests.conftest import DemoTemplate
from tests.factories import Colleague, Visitor, eventually
from tests.server import RunningServer
from yingda.routing.dispatch import rules
from yingda.routing.dispatch.schemas import Cell, DispatchLimits, Fatigue, Forecast, Pace, Stand, Stint, Wait
from yingda.workspace.promises.rules import callback_due

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
TEAM = uuid4()


def stand(place: int = 3, free: int = 0, there: int = 2, told: tuple[int, int, int] | None = None) -> Stand:
    """`told`: the place and the seconds, and how many seconds ago."""
    nobody = uuid4()
    waiting = Stand(nobody, nobody, "liuli", TEAM, 1, NOON, place, free, there)
    if told is None:
        return waiting
    seen = Forecast(*told[:2])
    return rules.told(waiting, seen, DispatchLimits(), NOON - timedelta(seconds=told[2]))


def waits(seconds: int, ahead: int, count: int) -> list[Wait]:
    return [Wait(TEAM, 1, NOON, ahead, seconds)] * count


@pytest.mark.parametrize(
    ("seen", "ahead", "least", "most"),
    [
        ([], 4, 360, 360),
        (waits(40, 1, 1), 1, 60, 75),
        (waits(40, 1, 60), 1, 40, 41),
        (waits(100, 1, 60) + waits(400, 4, 60), 4, 390, 410),
        (waits(100, 1, 30) + waits(700, 8, 30), 4, 250, 450),
        (waits(300, 2, 60), 0, 0, 0),
        (waits(99_999, 2, 60), 1, 90, 90),
        (waits(50, 0, 60), 1, 90, 90),
    ],
    ids=["nothing known", "one seen", "steady", "each takes its time", "a line", "somebody free", "closed", "no queue"],
)
def test_waits_are_learnt(seen: list[Wait], ahead: int, least: float, most: float) -> None:
    paces: dict[Cell, Pace] = {}
    for wait in seen:
        paces |= rules.learn(paces, [wait])
    assert least <= rules.seconds_for(ahead, paces, rules.cells_of(TEAM, 1, NOON)) <= most


def test_a_slow_hour_is_known_as_such() -> None:
    evening = NOON + timedelta(hours=8)
    paces = rules.learn({}, [Wait(TEAM, 1, NOON, 1, 20)] * 40 + [Wait(TEAM, 1, evening, 1, 600)] * 40)
    at_noon = rules.seconds_for(1, paces, rules.cells_of(TEAM, 1, NOON))
    assert at_noon < rules.seconds_for(1, paces, rules.cells_of(TEAM, 1, evening)) / 2


@pytest.mark.parametrize(
    ("told", "place", "seconds", "news"),
    [
        (None, 3, 200, True),
        ((3, 200, 5), 1, 20, False),
        ((3, 200, 30), 3, 170, False),
        ((3, 200, 30), 2, 170, True),
        ((30, 900, 30), 29, 880, False),
        ((30, 900, 30), 24, 880, True),
        ((3, 200, 30), 3, 400, True),
        ((3, 200, 190), 3, 30, False),
    ],
)
def test_people_hear_what_is_news_and_no_more(
    told: tuple[int, int, int] | None, place: int, seconds: int, news: bool
) -> None:
    assert rules.is_news(stand(place, told=told), Forecast(place, seconds), NOON) is news


@pytest.mark.parametrize(
    ("then", "at_work", "seconds", "news"),
    [(0, 0, 900, False), (0, 1, 200, True), (1, 0, 200, True), (1, 1, 200, False)],
    ids=["nobody still", "somebody came", "all went", "as before"],
)
def test_that_people_come_and_go_is_news(then: int, at_work: int, seconds: int, news: bool) -> None:
    shown = stand(there=then, told=(3, 200, 30))
    assert shown.told_seconds == (200 if then else None)
    assert rules.is_news(msgspec.structs.replace(shown, there=at_work), Forecast(3, seconds), NOON) is news


@pytest.mark.parametrize(
    ("waiting", "seconds", "words", "english", "offered"),
    [
        (stand(1, free=2), 0, "正在为您转接人工客服，请稍候。", "You are being connected to a colleague.", False),
        (
            stand(3),
            240,
            "正在为您转接人工客服，前面还有 2 位，预计等待约 4 分钟，请稍候。",
            "There are 2 people ahead of you; the wait is about 4 minutes.",
            False,
        ),
        (
            stand(2),
            60,
            "正在为您转接人工客服，前面还有 1 位，预计等待约 1 分钟，请稍候。",
            "There is 1 person ahead of you; the wait is about 1 minute.",
            False,
        ),
        (
            stand(9),
            900,
            "正在为您转接人工客服，前面还有 8 位，预计等待约 15 分钟，请稍候。",
            "There are 8 people ahead of you; the wait is about 15 minutes.",
            True,
        ),
        (
            stand(1, there=0),
            90,
            "正在为您转接人工客服，目前没有客服在线，有人上线后会第一时间接待您，请稍候。",
            "None of our colleagues is online right now. The first to come online will answer you.",
            True,
        ),
    ],
)
def test_words_and_offers_of_the_hand_over(
    waiting: Stand, seconds: int, words: str, english: str, offered: bool
) -> None:
    seen = Forecast(waiting.place, seconds)
    assert rules.waiting_words(waiting, seen, "zh") == words
    assert rules.waiting_words(waiting, seen, "en").endswith(english)
    assert rules.offers_callback(waiting, seen, DispatchLimits()) is offered


@pytest.mark.parametrize(
    ("hours", "taken", "why"), [(3.9, 39, None), (4, 0, Fatigue.HOURS), (1, 40, Fatigue.PACE), (None, 0, None)]
)
def test_who_should_rest(hours: float | None, taken: int, why: Fatigue | None) -> None:
    since = NOON - timedelta(hours=hours) if hours else None
    assert rules.tiredness(Stint(TEAM, since, taken), DispatchLimits(), NOON) == why


def test_a_call_is_due_when_it_suits_or_soon() -> None:
    later = NOON + timedelta(hours=3)
    soon = NOON + timedelta(minutes=15)
    assert [callback_due(at, NOON) for at in (later, None, NOON - timedelta(hours=1))] == [later, soon, soon]


async def test_the_board_tells_how_queues_do_and_how_right_forecasts_were(
    server: RunningServer, demo_template: DemoTemplate
) -> None:
    supervisor = await Colleague.sign_in(server.url, demo_template.account("demo.supervisor"))
    agent = await Colleague.sign_in(server.url, demo_template.account("demo.agent1"))
    visitor = await Visitor.open(server.http)
    assert await visitor.get("/queue") == {"place": None, "seconds": None, "callback": "none"}
    await visitor.ask("转人工")
    assert await visitor.get("/queue") == {"place": 1, "seconds": None, "callback": "offered"}
    [everybody] = [one for one in (await supervisor.get("/routing/board"))["queues"] if one["team_id"] is None]
    assert (everybody["waiting"], everybody["expected"], everybody["off_by"]) == (1, None, None)
    await agent.call("PUT", "/routing/presence", json={"status": "online"})

    async def measured() -> bool:
        queues = (await supervisor.get("/routing/board"))["queues"]
        return any(one["measured"] == 1 and one["off_by"] > 60 and one["bias"] < 0 for one in queues)

    await eventually(measured)
    assert (await visitor.get("/queue"))["place"] is None
    for one in (supervisor, agent):
        await one.close()


async def test_skills_and_rules_are_kept_checked_and_audited(
    server: RunningServer, demo_template: DemoTemplate
) -> None:
    admin = await Colleague.sign_in(server.url, demo_template.account("demo.admin"))
    staff = (await admin.get("/routing/skills"))["staff"]
    someone = next(one for one in staff if one["name"] == "小雅")
    path = f"/routing/staff/{someone['staff_id']}/abilities"
    assert (await admin.call("PUT", path, json={"grades": {"flying": 3}})).json()["code"] == "skill_unknown"
    assert (await admin.call("PUT", path, json={"grades": {"complaint": 6}})).status_code == 422
    kept = await admin.call("PUT", path, json={"grades": {"complaint": 4}, "limits": {"voice": 1}})
    assert (kept.json()["grades"], kept.json()["limits"]) == ({"complaint": 4}, {"voice": 1})
    assert (await admin.call("DELETE", "/routing/skills/complaint")).status_code == 204
    assert (await admin.call("DELETE", "/routing/skills/complaint")).json()["code"] == "skill_not_found"
    team = someone["team_ids"][0]
    wrong = {"limits": {}, "overflow": [{"team_id": team, "to_team_id": team, "after_seconds": 60}]}
    assert (await admin.call("PUT", "/routing/rules", json=wrong)).json()["code"] == "overflow_unclear"
    other = next(one["team_ids"][0] for one in staff if one["team_ids"] and one["team_ids"][0] != team)
    right = {"limits": {"answer_seconds": 60}, "overflow": [wrong["overflow"][0] | {"to_team_id": other}]}  # type: ignore[index]
    assert (await admin.call("PUT", "/routing/rules", json=right)).status_code == 200
    rules_now = await admin.get("/routing/rules")
    assert (rules_now["limits"]["answer_seconds"], len(rules_now["overflow"])) == (60, 1)
    trail = (await admin.get("/audit"))["items"]
    assert {entry["action"] for entry in trail} >= {"staff.abilities", "skill.deleted", "dispatch.rules"}
    await admin.close()
