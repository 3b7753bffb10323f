"""How long parcels take: what a lane's and a carrier's history make of it."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yingda.outreach.lateness import (
    chance_of_lateness,
    curve_of,
    expected_at,
    hours_until,
    learn,
    likely_late_at,
    still_under_way,
)
from yingda.outreach.schemas import Curve, Journey

SENT = datetime(2026, 11, 20, tzinfo=UTC)
EVEN = Curve([float(hour) for hour in range(0, 105, 5)], 500)


def history(seed: int = 3, each: int = 150) -> list[Journey]:
    """A quick carrier, and a slow one that is slower still to the north."""
    rng = Random(seed)
    found = []
    for _ in range(each):
        found.append(Journey("快", "杭州→广州", rng.gauss(36, 3)))
        found.append(Journey("慢", "杭州→广州", rng.gauss(60, 6)))
        found.append(Journey("慢", "杭州→哈尔滨", rng.gauss(96, 6)))
    return found


@pytest.mark.parametrize(("hours", "share"), [(-1, 1), (0, 1), (25, 0.75), (50, 0.5), (52, 0.48), (100, 0), (200, 0)])
def test_the_share_still_under_way(hours: float, share: float) -> None:
    assert still_under_way(EVEN, hours) == pytest.approx(share)


@given(st.lists(st.floats(0, 500), min_size=60, max_size=80), st.floats(0, 1))
def test_both_ways_agree(hours: list[float], share: float) -> None:
    model = learn([Journey("甲", "", one) for one in hours])
    assert model
    moment = hours_until(model.overall, share)
    assert model.overall.hours[0] <= moment <= model.overall.hours[-1]
    assert list(model.overall.hours) == sorted(model.overall.hours)


def test_a_lane_has_its_own_history_and_borrows_what_it_lacks() -> None:
    model = learn([*history(), Journey("慢", "杭州→拉萨", 200.0), Journey("慢", "杭州→拉萨", 210.0)] * 2)
    assert model
    medians = {
        lane: hours_until(curve_of(model, "慢", lane), 0.5)
        for lane in ("杭州→广州", "杭州→哈尔滨", "杭州→拉萨", "别处")
    }
    assert 57 < medians["杭州→广州"] < 66 < 90 < medians["杭州→哈尔滨"] < 99
    assert medians["别处"] < medians["杭州→拉萨"] < 200
    assert curve_of(model, "没见过", "别处") == model.overall


def test_the_error_is_measured_on_parcels_that_were_not_learnt_from() -> None:
    model = learn(history())
    assert model
    assert model.quality
    assert model.quality.tested == 90
    assert model.quality.error < model.quality.naive_error / 3
    assert 0.8 < model.quality.covered <= 1
    assert learn(history()[:39]) is None


@pytest.mark.parametrize(
    ("promised", "chance", "after"),
    [
        (50, 0.5, 0),
        (50, 0.8, 37.5),
        (90, 0.8, 87.5),
        (120, 0.8, 120),
    ],
)
def test_when_it_is_likely_to_be_late(promised: float, chance: float, after: float) -> None:
    moment = likely_late_at(EVEN, SENT, SENT + timedelta(hours=promised), chance)
    assert moment == SENT + timedelta(hours=after)
    if after and promised < 100:
        at_that = chance_of_lateness(EVEN, SENT, SENT + timedelta(hours=promised), moment)
        assert at_that == pytest.approx(chance)


def test_when_it_is_expected() -> None:
    assert expected_at(EVEN, SENT, SENT) == SENT + timedelta(hours=50)
    assert expected_at(EVEN, SENT, SENT + timedelta(hours=50)) == SENT + timedelta(hours=75)
    assert expected_at(EVEN, SENT, SENT + timedelta(hours=100)) is None
    assert chance_of_lateness(EVEN, SENT, SENT + timedelta(hours=10), SENT + timedelta(hours=11)) == 1
