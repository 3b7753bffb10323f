"""What happens when a person is needed: the queue within working hours, a promise and a ticket outside them."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.conftest import DemoTemplate
from tests.dialogue.test_assistant import codes, words
from tests.factories import Colleague, Visitor
from tests.server import RunningServer
from yingda.kit.calendar import ALWAYS, Calendar, Period
from yingda.kit.clock import SHANGHAI, now
from yingda.routing.handing.rules import promise_words
from yingda.routing.levels.rules import Terms, promised_by
from yingda.routing.levels.schemas import Limits

NIGHT = datetime(2026, 11, 25, 15, 30, tzinfo=UTC)  # 23:30 in Shanghai, a Wednesday
OFFICE = Calendar(weekly=((Period(540, 1080),),) * 7)
WEEKDAYS = Calendar(weekly=((Period(540, 1080),),) * 5 + ((),) * 2)


def terms(calendar: Calendar, minutes: int | None = 15, *, always: bool = False) -> Terms:
    limits = Limits(level=1, first_response=minutes, next_update=None, resolution=None, around_the_clock=always)
    return Terms(limits=limits, calendar=calendar)


@pytest.mark.parametrize(
    ("known", "moment", "expected"),
    [
        (terms(OFFICE), NIGHT, "2026-11-26 09:15"),
        (terms(OFFICE, None), NIGHT, "2026-11-26 09:30"),
        (terms(WEEKDAYS), NIGHT + timedelta(days=2), "2026-11-30 09:15"),
        (terms(OFFICE), NIGHT - timedelta(hours=8), None),
        (terms(ALWAYS), NIGHT, None),
        (terms(OFFICE, always=True), NIGHT, None),
        (terms(Calendar(weekly=((),) * 7)), NIGHT, None),
    ],
)
def test_by_when_somebody_answers(known: Terms, moment: datetime, expected: str | None) -> None:
    by = promised_by(known, moment)
    assert (by and f"{by.astimezone(SHANGHAI):%Y-%m-%d %H:%M}") == expected


@pytest.mark.parametrize(
    ("hours", "number", "zh", "en"),
    [
        (
            9.75,
            "T1",
            "工单号 T1。人工客服最晚 明天 09:15 前",
            "under ticket T1. A person will answer you here by 09:15 tomorrow",
        ),
        (0.25, None, "现在是非工作时间。人工客服最晚 今天 23:45 前", "by 23:45 today"),
        (105.75, None, "最晚 11月30日 09:15 前", "by Nov 30, 09:15"),
    ],
)
def test_a_promise_in_words(hours: float, number: str | None, zh: str, en: str) -> None:
    by = NIGHT + timedelta(hours=hours)
    assert zh in promise_words(by, NIGHT, number, "zh")
    assert en in promise_words(by, NIGHT, number, "en")


@pytest.fixture
async def boss(server: RunningServer, demo_template: DemoTemplate) -> AsyncIterator[Colleague]:
    colleague = await Colleague.sign_in(server.url, demo_template.account("demo.supervisor"))
    yield colleague
    await colleague.close()


async def close_now(boss: Colleague) -> None:
    """From now on everybody works at another time of day, and only then."""
    moment = now().astimezone(SHANGHAI)
    opens = (moment.hour * 60 + 720) % 1380
    weekly = [[{"opens": opens, "closes": opens + 60}]] * 7
    calendar = {"name": "营业时间", "weekly": weekly, "default": True, "public_holidays": False}
    made = await boss.call("POST", "/service-levels/calendars", json=calendar)
    assert made.status_code == 201, made.text


async def promises(boss: Colleague) -> list[dict[str, Any]]:
    kinds = {kind["code"]: kind["id"] for kind in await boss.get("/ticket-kinds")}
    items: list[dict[str, Any]] = (await boss.get("/tickets", kind_id=kinds["after_hours"]))["items"]
    return items


async def test_outside_working_hours_a_time_is_promised_and_a_ticket_left(
    server: RunningServer, boss: Colleague
) -> None:
    await close_now(boss)
    visitor = await Visitor.known(server.http, "停滞")
    heard = await visitor.ask("转人工")
    assert codes(heard) == ["handoff_promised"]
    here = heard[0]["conversation_id"]
    [ticket] = await promises(boss)
    assert ticket["number"] in words(heard)
    assert ticket["due_at"] > f"{now():%Y-%m-%dT%H:%M}"
    [line] = (await boss.get("/conversations", view="waiting"))["items"]
    assert line["conversation"]["id"] == here

    await boss.call("POST", f"/conversations/{here}/messages", json={"text": "早上好，我来处理"})
    await boss.call("POST", f"/conversations/{here}/resolve")
    assert (await boss.get(f"/tickets/{ticket['id']}"))["ticket"]["state"] == "answered"


async def test_who_writes_english_is_promised_it_in_english(server: RunningServer, boss: Colleague) -> None:
    await close_now(boss)
    visitor = await Visitor.known(server.http, "停滞")
    await visitor.ask("你好")
    heard = words(await visitor.ask("I want to talk to a human"))
    assert "Our colleagues are off work now" in heard
    assert not re.search("[一-龥]", heard)
    again = await Visitor.open(server.http)
    await again.ask("Where is my parcel?")
    assert "非工作时间" in words(await again.ask("算了，转人工"))


async def test_who_is_at_work_all_the_same_is_waited_for(server: RunningServer, boss: Colleague) -> None:
    await close_now(boss)
    await boss.call("PUT", "/routing/presence", json={"status": "busy"})
    visitor = await Visitor.open(server.http)
    heard = await visitor.ask("转人工")
    assert [(one["content"]["code"], one["content"]["details"]) for one in heard if one["kind"] == "system"] == [
        ("handoff_waiting", {"there": 1})
    ]
    assert await promises(boss) == []


async def test_who_asks_the_assistant_whether_it_is_one_hears_when_a_person_comes(
    server: RunningServer, boss: Colleague
) -> None:
    visitor = await Visitor.known(server.http, "停滞")
    assert "我就为您转接" in words(await visitor.ask("你是机器人吗"))
    await close_now(boss)
    heard = await visitor.ask("你是真人吗")
    assert (codes(heard), await promises(boss)) == ([], [])
    assert re.search("不是真人.*非工作时间.*人工客服最晚 [今明]天 .* 前在这里回复您", words(heard), re.DOTALL)
    later = words(await visitor.ask("Are you a real person?"))
    assert re.search(r"not a person.*off work now.*here by \d\d:\d\d to", later, re.DOTALL)
