"""Rate limits, with the clock held still."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yingda.infra import limits
from yingda.infra.limits import RateLimit
from yingda.kit.errors import RateLimited

Advance = Callable[[float], None]


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(limits, "time", clock)
    return clock


def taken(limit: RateLimit, attempts: int, key: str = "visitor") -> int:
    """How many of so many attempts pass."""
    passed = 0
    for _ in range(attempts):
        try:
            limit.take(key)
            passed += 1
        except RateLimited:
            pass
    return passed


@pytest.mark.parametrize(
    ("per_minute", "burst", "at_once"),
    [(60, 1, 1), (60, 10, 10), (60, None, 30), (40, None, 20), (1, None, 1), (3, None, 1), (600, 600, 600)],
)
def test_a_burst_passes_and_then_no_more(clock: Clock, per_minute: int, burst: int | None, at_once: int) -> None:
    assert taken(RateLimit(per_minute, burst), at_once + 5) == at_once


def test_the_refusal_tells_when_to_come_back_and_that_is_true(clock: Clock) -> None:
    limit = RateLimit(60, burst=2)
    assert taken(limit, 2) == 2
    clock.now += 0.25
    with pytest.raises(RateLimited) as refused:
        limit.take("visitor")
    assert refused.value.retry_after == pytest.approx(0.75)
    clock.now += 0.74
    assert taken(limit, 1) == 0
    clock.now += 0.01
    assert taken(limit, 2) == 1


def test_a_refused_attempt_does_not_count(clock: Clock) -> None:
    limit = RateLimit(60, burst=1)
    limit.take("visitor")
    assert taken(limit, 100) == 0
    clock.now += 1
    assert taken(limit, 1) == 1


def test_a_long_silence_gives_back_the_burst_and_no_more(clock: Clock) -> None:
    limit = RateLimit(60, burst=5)
    assert taken(limit, 5) == 5
    clock.now += 3600
    assert taken(limit, 10) == 5


def test_keys_do_not_know_of_each_other(clock: Clock) -> None:
    limit = RateLimit(60, burst=1)
    assert taken(limit, 2, "one") == 1
    assert taken(limit, 2, "other") == 1


def test_memory_is_bounded_and_the_oldest_key_is_forgotten_first(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_KEYS_LIMIT", 3)
    limit = RateLimit(60, burst=1)
    for key in ("a", "b", "c", "d"):
        limit.take(key)
    assert [taken(limit, 1, key) for key in ("d", "c", "b")] == [0, 0, 0]
    assert taken(limit, 1, "a") == 1


@given(
    per_minute=st.integers(1, 600),
    burst=st.integers(1, 50),
    pauses=st.lists(st.floats(0, 5), min_size=1, max_size=200),
)
def test_no_pattern_of_attempts_gets_more_than_the_rate_and_one_burst(
    per_minute: int, burst: int, pauses: list[float]
) -> None:
    clock = Clock()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "time", clock)
        limit = RateLimit(per_minute, burst)
        passed = 0
        for pause in pauses:
            clock.now += pause
            passed += taken(limit, 1)
    assert passed <= burst + (clock.now - 1000) * per_minute / 60 + 1e-6
