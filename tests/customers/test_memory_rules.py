"""What is added to what is known, and until when it is true."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
import pytest

from yingda.customers import Concern, Customer, Expecting, Matter, Segment, Skin, SkinProfile, SkinType, merged
from yingda.customers.rules import KEPT, expecting_until, skin_of, with_matter

NOW = datetime(2026, 11, 25, 4, tzinfo=UTC)
PREGNANT = Skin(expecting=Expecting.PREGNANT)


@pytest.mark.parametrize(
    ("known", "told", "expected"),
    [
        (Skin(), Skin(type=SkinType.DRY), Skin(type=SkinType.DRY)),
        (Skin(type=SkinType.DRY), Skin(type=SkinType.OILY), Skin(type=SkinType.OILY)),
        (Skin(sensitive=True), Skin(), Skin(sensitive=True)),
        (Skin(sensitive=True), Skin(sensitive=False), Skin(sensitive=False)),
        (Skin(avoid=["酒精"]), Skin(avoid=["香精", "酒精"]), Skin(avoid=["酒精", "香精"])),
        (
            Skin(concerns=[Concern.ACNE]),
            Skin(concerns=[Concern.PORES]),
            Skin(concerns=[Concern.ACNE, Concern.PORES]),
        ),
        (PREGNANT, Skin(expecting=Expecting.NO), Skin(expecting=Expecting.NO)),
    ],
)
def test_newer_words_go_first(known: Skin, told: Skin, expected: Skin) -> None:
    assert merged(known, told) == expected


def test_only_so_much_is_avoided() -> None:
    many = merged(Skin(avoid=[str(n) for n in range(20)]), Skin(avoid=["酒精"]))
    assert (len(many.avoid), many.avoid[-1]) == (20, "酒精")


def profile(skin: Skin, *, until: datetime | None = None, expecting: datetime | None = None) -> SkinProfile:
    return SkinProfile(skin=skin, by_id=None, by_name="", at=NOW, until=until, expecting_until=expecting)


def test_a_pregnancy_ends_by_itself_and_is_not_prolonged_by_other_news() -> None:
    until = expecting_until(PREGNANT, None, NOW)
    assert until == NOW + timedelta(days=300)
    before = profile(PREGNANT, expecting=until)
    later = NOW + timedelta(days=100)
    assert expecting_until(merged(PREGNANT, Skin(sensitive=True)), before, later) == until
    assert expecting_until(Skin(expecting=Expecting.NURSING), before, later) == later + timedelta(days=540)
    assert expecting_until(Skin(expecting=Expecting.NO), before, later) is None


def customer(**attributes: object) -> Customer:
    return Customer(UUID(int=1), None, None, None, Segment.NEW, "zh", attributes, False, NOW)


@pytest.mark.parametrize(
    ("days", "known", "expecting"),
    [(1, True, Expecting.PREGNANT), (400, True, None), (731, False, None)],
)
def test_it_is_read_as_far_as_it_has_not_expired(days: int, known: bool, expecting: Expecting | None) -> None:
    kept = profile(PREGNANT, until=NOW + KEPT, expecting=NOW + timedelta(days=300))
    found = skin_of(customer(skin=msgspec.to_builtins(kept)), NOW + timedelta(days=days))
    assert (found is not None) == known
    assert (found.skin.expecting if found else None) == expecting


def matter(intent: str, order_no: str | None = None, days: int = 60) -> Matter:
    return Matter(
        intent=intent, order_no=order_no, conversation_id=UUID(int=2), at=NOW, until=NOW + timedelta(days=days)
    )


def test_open_matters_are_few_and_each_once() -> None:
    known: list[Matter] = []
    for one in ("order.cancel", "refund.request", "order.cancel"):
        known = with_matter(known, matter(one, "LM1"))
    assert [one.intent for one in known] == ["order.cancel", "refund.request"]
    for number in range(9):
        known = with_matter(known, matter("refund.request", str(number)))
    assert len(known) == 5
