from datetime import UTC, datetime
from uuid import UUID

import pytest

from yingda.customers import Customer, Identity, Outcome, Segment
from yingda.customers.rules import card_of, outcome_of

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
    card = card_of(customer, MEMBER)
    assert (card.name, card.phone, card.email) == ("林**", "199****1004", "c***@liuli.example")
    assert card.identified
    assert card.channels == ["shop:liuli", "web"]


def test_a_visitors_card_is_empty() -> None:
    card = card_of(Customer(ME, None, None, None, Segment.NEW, "en", {}, False, BORN), VISITOR)
    assert (card.name, card.phone, card.email, card.identified) == (None, None, None, False)
