from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from yingda.customers import Customer, Identity, Outcome, Purchases, Segment, Skin, segment_of
from yingda.customers.rules import card_of, changed_fields, outcome_of
from yingda.customers.schemas import SkinType

ME, OTHER = UUID(int=1), UUID(int=2)
BORN = datetime(2026, 11, 22, tzinfo=UTC)


def identity(channel: str, *, verified: bool) -> Identity:
    return Identity(UUID(int=9), ME, channel, "x", verified, BORN)


VISITOR = [identity("web", verified=False)]
MEMBER = [*VISITOR, identity("shop:liuli", verified=True)]
MEMBER_ELSEWHERE = [*VISITOR, identity("shop:other", verified=True)]


@pytest.mark.parametrize(
    ("held", "owner", "expected"),
    [
        (VISITOR, None, Outcome.ATTACHED),
        (VISITOR, OTHER, Outcome.ADOPTED),
        (MEMBER, ME, Outcome.UNCHANGED),
        (MEMBER, None, Outcome.SWITCHED),
        (MEMBER, OTHER, Outcome.SWITCHED),
        (MEMBER_ELSEWHERE, None, Outcome.ATTACHED),
        (MEMBER_ELSEWHERE, OTHER, Outcome.SWITCHED),
        ([], OTHER, Outcome.ADOPTED),
    ],
)
def test_only_an_unknown_visitor_is_absorbed(held: list[Identity], owner: UUID | None, expected: Outcome) -> None:
    assert outcome_of(ME, held, "shop:liuli", owner) is expected


def test_a_card_shows_no_personal_data() -> None:
    customer = Customer(
        ME, "林小满", "19900001004", "c10001@liuli.example", Segment.REGULAR, "zh", {"note": "x"}, True, BORN
    )
    card = card_of(customer, MEMBER, BORN)
    assert (card.name, card.phone, card.email) == ("林**", "199****1004", "c***@liuli.example")
    assert card.identified
    assert [(one.channel, one.verified) for one in card.identities] == [("web", False), ("shop:liuli", True)]


def test_a_visitors_card_is_empty() -> None:
    card = card_of(Customer(ME, None, None, None, Segment.NEW, "en", {}, False, BORN), VISITOR, BORN)
    assert (card.name, card.phone, card.email, card.identified) == (None, None, None, False)


NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("orders", "yuan", "days_ago", "expected"),
    [
        (0, 0, None, Segment.NEW),
        (1, 99, 3, Segment.NEW),
        (1, 1599, 3, Segment.NEW),
        (1, 1600, 3, Segment.HIGH_VALUE),
        (2, 198, 3, Segment.REGULAR),
        (9, 900, 179, Segment.REGULAR),
        (10, 900, 179, Segment.HIGH_VALUE),
        (3, 5000, 180, Segment.HIGH_VALUE),
        (3, 5000, 181, Segment.AT_RISK),
        (1, 99, 400, Segment.AT_RISK),
    ],
)
def test_segments(orders: int, yuan: int, days_ago: int | None, expected: Segment) -> None:
    last = None if days_ago is None else NOW - timedelta(days=days_ago)
    assert segment_of(Purchases(orders, yuan * 100, last), NOW) is expected


def test_what_changed_of_a_skin_is_told_by_name_only() -> None:
    before = Skin(type=SkinType.DRY, avoid=["酒精"])
    assert changed_fields(None, before) == ["type", "avoid"]
    assert changed_fields(before, Skin(type=SkinType.DRY, avoid=["酒精", "水杨酸"])) == ["avoid"]
    assert changed_fields(before, before) == []
