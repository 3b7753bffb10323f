"""What a draft proposes."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from yingda.conversations import Author, AuthorKind, Kind, Message, SystemNotice, TextContent
from yingda.language import Point, Promise, Speaker, Summary, intents
from yingda.workspace.wrapup.catalogue import catalogue, choices
from yingda.workspace.wrapup.rules import (
    Vote,
    category_of,
    new_promises,
    points_of,
    result_of,
    since_last_end,
    speaker_of,
    text_of,
)
from yingda.workspace.wrapup.schemas import Result

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
SOMEONE = UUID(int=1)
ASKED = Point(1, "什么时候退款？", 0, 7)
PROMISED = Promise(Point(3, "明天给您回电", 0, 6), Speaker.STAFF, NOW)
ANNOUNCED = Promise(Point(2, "预计 22 日到账", 0, 9), Speaker.ASSISTANT, NOW)


@pytest.mark.parametrize(
    ("votes", "category"),
    [
        ([], None),
        ([("chat.greeting", 0.99), ("refund.request", 0.6)], "refund.request"),
        ([("logistics.track", 0.9), ("refund.request", 0.8), ("refund.request", 0.8)], "refund.request"),
        ([("issue.damaged", 0.5), ("aftersales.pickup", 0.9)], "issue.damaged"),
        ([("issue.damaged", 0.36), ("aftersales.pickup", 0.9)], "aftersales.pickup"),
        ([("logistics.track", 0.9), ("return.request", 0.9), ("complaint.service", 0.9)], "complaint.service"),
        ([("return.request", 0.9), ("return.request", 0.9), ("product.adverse", 0.6)], "product.adverse"),
        ([("refund.request", 0.2), ("other", 0.9)], None),
        ([("chat.thanks", 0.9), ("chat.emotion", 0.9)], "chat.emotion"),
        ([("chat.inform", 0.9), ("chat.affirm", 0.9)], None),
        ([("chat.inform", 0.9), ("invoice.request", 0.5), ("chat.inform", 0.9)], "invoice.request"),
    ],
)
def test_the_category_is_what_the_customer_came_for(votes: list[tuple[str, float]], category: str | None) -> None:
    assert category_of([Vote(*vote) for vote in votes]) == category


@pytest.mark.parametrize(
    ("summary", "result"),
    [
        (Summary(), Result.NONE),
        (Summary(asked=(ASKED,)), Result.RESOLVED),
        (Summary(asked=(ASKED,), open=(ASKED,)), Result.UNRESOLVED),
        (Summary(asked=(ASKED,), promises=(PROMISED,)), Result.PARTLY),
        (Summary(asked=(ASKED,), promises=(ANNOUNCED,)), Result.RESOLVED),
    ],
)
def test_the_result_is_as_far_as_it_got(summary: Summary, result: Result) -> None:
    assert result_of(summary) is result


def test_the_text_has_a_line_for_each_kind_and_nothing_else() -> None:
    summary = Summary(asked=(ASKED, Point(2, "能快点吗，", 0, 5)), promises=(PROMISED,))
    assert text_of(points_of(summary), "zh") == "客户诉求：什么时候退款？；能快点吗\n承诺：明天给您回电"
    assert text_of(points_of(summary), "en").startswith("Asked: 什么时候退款？; 能快点吗\nPromised")
    assert text_of(points_of(Summary()), "zh") == ""


def test_only_new_promises_of_colleagues_are_proposed() -> None:
    summary = Summary(promises=(ANNOUNCED, PROMISED))
    assert [promise.text for promise in new_promises(summary, [])] == ["明天给您回电"]
    assert new_promises(summary, [(3, "回电")]) == new_promises(summary, [(None, "明天给您回电")]) == []


def message(seq: int, kind: Kind, author: AuthorKind, content: TextContent | SystemNotice) -> Message:
    return Message(
        id=SOMEONE, conversation_id=SOMEONE, seq=seq, kind=kind, author=Author(author), content=content, created_at=NOW
    )


def test_a_round_begins_after_the_last_end() -> None:
    thread = [
        message(1, Kind.TEXT, AuthorKind.CUSTOMER, TextContent("在吗")),
        message(2, Kind.SYSTEM, AuthorKind.SYSTEM, SystemNotice("resolved", "本次服务已结束")),
        message(3, Kind.TEXT, AuthorKind.CUSTOMER, TextContent("又来了")),
        message(4, Kind.NOTE, AuthorKind.STAFF, TextContent("老客户")),
        message(5, Kind.TEXT, AuthorKind.STAFF, TextContent("您好")),
    ]
    assert [one.seq for one in since_last_end(thread)] == [3, 4, 5]
    assert [speaker_of(one) for one in thread] == [Speaker.CUSTOMER, None, Speaker.CUSTOMER, None, Speaker.STAFF]


def test_every_intent_is_in_one_group_and_has_a_cause_to_begin_with() -> None:
    listed = [category for group in choices().groups for category in group.categories]
    assert sorted(listed) == sorted(intents())
    assert all(group.categories for group in choices().groups)
    causes = {cause.code for cause in choices().causes}
    assert {catalogue().cause_of(category) for category in listed} <= causes
    assert set(catalogue().likely_cause) <= set(listed)
