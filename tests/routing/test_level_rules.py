"""Clocks of the service levels, as rules: what starts, rests, moves and ends them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace

from yingda.conversations import DueClock
from yingda.kit.calendar import ALWAYS, Calendar, Period
from yingda.routing.levels.rules import (
    Clocks,
    Situation,
    Terms,
    ended,
    expected_wait,
    follow,
    look,
    next_due,
    used_at,
)
from yingda.routing.levels.schemas import Clock, Happened, Limits, WarnReason

FIRST, NEXT, END = DueClock.FIRST_RESPONSE, DueClock.NEXT_UPDATE, DueClock.RESOLUTION
T0 = datetime(2026, 11, 25, 8, tzinfo=UTC)
OFFICE = Calendar(weekly=((Period(9 * 60, 18 * 60),),) * 5 + ((),) * 2)
MINUTES = {1: (10, 10, 240), 3: (4, 8, 120), 5: (1, 3, 60)}
WAITS = Situation(level=1, active=True, asked_at=T0, ours=True)
ANSWERED = replace(WAITS, asked_at=None, answered=True)


def terms(level: int = 1, *, calendar: Calendar = ALWAYS, **more: object) -> Terms:
    first, following, end = MINUTES[level]
    limits = Limits(
        level=level, first_response=first, next_update=following, resolution=end, around_the_clock=level == 5
    )
    return Terms(limits=limits, calendar=calendar, **more)  # type: ignore[arg-type]


def after(minutes: float) -> datetime:
    return T0 + timedelta(minutes=minutes)


def due(clocks: Clocks) -> tuple[DueClock, float] | None:
    """The next clock, and at which minute it is due."""
    clock = next_due(clocks)
    return (clock.kind, (clock.due_at - T0).total_seconds() / 60) if clock and clock.due_at else None


def test_who_waits_is_answered_in_time_and_then_kept_informed() -> None:
    clocks = follow({}, WAITS, terms(), T0)
    assert due(clocks) == (FIRST, 10)
    clocks = follow(clocks, ANSWERED, terms(), after(4))
    assert due(clocks) == (END, 240)  # the matter itself goes on
    again = replace(WAITS, asked_at=after(20))
    clocks = follow(clocks, again, terms(), after(20))
    assert due(clocks) == (NEXT, 30)
    assert due(follow(clocks, again, terms(), after(25))) == (NEXT, 30)  # another message changes nothing


def test_a_matter_rests_while_it_waits_for_the_customer() -> None:
    clocks = follow({}, WAITS, terms(), T0)
    resting = replace(ANSWERED, ours=False)
    clocks = follow(clocks, resting, terms(), after(40))
    assert due(clocks) is None
    assert clocks[END].used == 40 * 60
    clocks = follow(clocks, replace(WAITS, asked_at=after(1000)), terms(), after(1000))
    assert clocks[END].due_at == after(1000 + 200)


def test_resolved_nothing_runs_and_reopened_the_matter_goes_on_where_it_was() -> None:
    clocks = follow(follow({}, WAITS, terms(), T0), ANSWERED, terms(), after(4))
    done = follow(clocks, replace(ANSWERED, active=False), terms(), after(60))
    assert all(clock.over and clock.next_at is None for clock in done.values())
    assert due(done) is None
    reopened = follow(done, replace(ANSWERED, answered=False), terms(), after(600))
    assert due(reopened) == (END, 600 + 180)
    assert look(done[END], after(10_000)) is None


@pytest.mark.parametrize(
    ("level", "now", "expected", "warned_now"),
    [
        (3, 1, 4, False),  # as if it had been so from the beginning
        (3, 3.5, 4.5, True),  # a quarter of the limit is left, whatever has been used
        (5, 3, 3.25, True),
        (3, 9.9, 10, True),  # never later than before
    ],
)
def test_a_raised_level_makes_nothing_late_at_once(level: int, now: float, expected: float, warned_now: bool) -> None:
    clocks = follow({}, WAITS, terms(), T0)
    clocks = follow(clocks, replace(WAITS, level=level), terms(level), after(now))
    assert due(clocks) == (FIRST, expected)
    assert (clocks[FIRST].warn_at == after(now)) is warned_now
    assert (clocks[FIRST].warn_reason is WarnReason.LEVEL) is warned_now


def test_a_lowered_level_gives_more_time_and_another_warning() -> None:
    clocks = follow({}, replace(WAITS, level=3), terms(3), T0)
    clocks[FIRST] = replace(clocks[FIRST], warned_at=after(3))
    clocks = follow(clocks, WAITS, terms(1), after(3.5))
    assert due(clocks) == (FIRST, 10)
    assert clocks[FIRST].next_at == after(7.5)


def test_a_crisis_does_not_wait_for_the_morning() -> None:
    night = datetime(2026, 11, 25, 14, tzinfo=UTC)  # 22:00 in Shanghai
    waits = replace(WAITS, asked_at=night)
    assert follow({}, waits, terms(1, calendar=OFFICE), night)[FIRST].due_at == datetime(
        2026, 11, 26, 1, 10, tzinfo=UTC
    )
    crisis = follow({}, replace(waits, level=5), terms(5, calendar=OFFICE), night)
    assert crisis[FIRST].due_at == night + timedelta(minutes=1)


def test_another_team_works_by_its_own_calendar() -> None:
    clocks = follow({}, WAITS, terms(), T0)
    holiday = Calendar(weekly=((),) * 3 + ((Period(0, 1440),),) + ((),) * 3)  # Thursdays only
    moved = follow(clocks, replace(WAITS, moved=True), terms(calendar=holiday), after(2))
    assert moved[FIRST].due_at == datetime(2026, 11, 25, 16, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wait", "usual", "clock", "minute", "reason"),
    [
        (0, 0, FIRST, 7.5, WarnReason.SHARE),
        (60, 0, FIRST, 7.5, WarnReason.SHARE),
        (300, 0, FIRST, 5, WarnReason.QUEUE),
        (6000, 0, FIRST, 0, WarnReason.QUEUE),
        (0, 30, END, 180, WarnReason.SHARE),
        (0, 100, END, 140, WarnReason.HANDLING),
    ],
)
def test_when_somebody_is_warned(wait: int, usual: int, clock: DueClock, minute: float, reason: WarnReason) -> None:
    found = follow({}, WAITS, terms(wait=wait, usual={END: usual * 60}), T0)[clock]
    assert (found.warn_at, found.warn_reason) == (after(minute), reason)


@pytest.mark.parametrize(("ahead", "room", "usual", "seconds"), [(0, 5, 600, 0), (10, 5, 600, 1200), (3, 0, 60, 180)])
def test_expected_wait(ahead: int, room: int, usual: int, seconds: int) -> None:
    assert expected_wait(ahead, room, usual) == seconds


@pytest.mark.parametrize(
    ("minute", "warned", "breached", "found"),
    [
        (7, False, False, None),
        (7.5, False, False, Happened.NEAR),
        (8, True, False, None),
        (10, True, False, Happened.BREACHED),
        (11, False, False, Happened.BREACHED),
        (11, True, True, None),
    ],
)
def test_what_the_watch_finds(minute: float, warned: bool, breached: bool, found: Happened | None) -> None:
    clock = follow({}, WAITS, terms(), T0)[FIRST]
    seen = replace(clock, warned_at=T0 if warned else None, breached_at=T0 if breached else None)
    assert look(seen, after(minute)) is found


def test_what_has_ended_is_known_by_what_ended_it() -> None:
    clocks = follow({}, WAITS, terms(), T0)
    answered = follow(clocks, ANSWERED, terms(), after(4))
    assert [clock.kind for clock in ended(clocks, answered, ANSWERED)] == [FIRST]
    closed = replace(ANSWERED, active=False)
    assert [clock.kind for clock in ended(answered, follow(answered, closed, terms(), after(9)), closed)] == [END]
    unanswered = replace(WAITS, active=False, asked_at=None)
    assert [c.kind for c in ended(clocks, follow(clocks, unanswered, terms(), after(9)), unanswered)] == [END]


class Clockwork(RuleBasedStateMachine):
    """Whatever happens to an item, in whatever order."""

    def __init__(self) -> None:
        super().__init__()
        self.moment, self.clocks, self.calendar = T0, Clocks(), ALWAYS
        self.now = Situation(level=1, active=False, asked_at=None, ours=False)

    @initialize(office=st.booleans())
    def begin(self, office: bool) -> None:
        self.calendar = OFFICE if office else ALWAYS
        self.happen(active=True, asked_at=self.moment, ours=True)

    def happen(self, *, answered: bool = False, moved: bool = False, **changes: object) -> None:
        self.now = replace(self.now, **changes)  # type: ignore[arg-type]
        situation = replace(self.now, answered=answered, moved=moved)
        held = terms(self.now.level, calendar=self.calendar)
        before = self.clocks
        self.clocks = follow(before, situation, held, self.moment)
        assert follow(self.clocks, replace(situation, moved=False), held, self.moment) == self.clocks
        for kind, clock in self.clocks.items():
            old = before.get(kind)
            if old and old.due_at and clock.due_at and not old.breached_at and clock.asked_at == old.asked_at:
                assert clock.due_at >= min(old.due_at, self.moment)

    @rule(seconds=st.integers(1, 50_000))
    def wait(self, seconds: int) -> None:
        """Time passes; the watch looks whenever it has to."""
        end = self.moment + timedelta(seconds=seconds)
        while (at := min((c.next_at for c in self.clocks.values() if c.next_at), default=end)) < end:
            self.moment = max(at, self.moment)
            for kind, clock in self.clocks.items():
                self.clocks[kind] = self._seen(clock)
        self.moment = end

    def _seen(self, clock: Clock) -> Clock:
        match look(clock, self.moment):
            case Happened.NEAR:
                return replace(clock, warned_at=self.moment)
            case Happened.BREACHED:
                assert clock.warned_at
                assert clock.due_at == self.moment
                return replace(clock, breached_at=self.moment)
            case _:
                return clock

    @precondition(lambda self: self.now.active)
    @rule()
    def customer_writes(self) -> None:
        self.happen(asked_at=self.now.asked_at or self.moment, ours=True)

    @precondition(lambda self: self.now.active)
    @rule(waits_for_customer=st.booleans())
    def answer(self, waits_for_customer: bool) -> None:
        self.happen(answered=True, asked_at=None, ours=not waits_for_customer)

    @precondition(lambda self: self.now.active)
    @rule(level=st.sampled_from(sorted(MINUTES)))
    def change_level(self, level: int) -> None:
        self.happen(level=level)

    @precondition(lambda self: self.now.active)
    @rule()
    def pass_on(self) -> None:
        self.calendar = OFFICE if self.calendar is ALWAYS else ALWAYS
        self.happen(moved=True)

    @precondition(lambda self: self.now.active)
    @rule()
    def resolve(self) -> None:
        self.happen(active=False, asked_at=None)

    @precondition(lambda self: not self.now.active)
    @rule()
    def reopen(self) -> None:
        self.happen(active=True, ours=True)

    @invariant()
    def nothing_runs_that_should_not(self) -> None:
        running = {kind for kind, clock in self.clocks.items() if clock.due_at}
        assert all((clock.since is None) is (clock.due_at is None) for clock in self.clocks.values())
        assert all(not clock.over for clock in self.clocks.values() if clock.since)
        if not self.now.active:
            assert not running
            return
        assert bool(running & {FIRST, NEXT}) is (self.now.asked_at is not None)
        assert len(running & {FIRST, NEXT}) <= 1
        assert (END in running) is self.now.ours

    @invariant()
    def who_is_waited_for_longer_than_allowed_is_known_to_be_late(self) -> None:
        for clock in self.clocks.values():
            if clock.due_at and clock.due_at < self.moment:
                assert clock.breached_at
            assert used_at(clock, self.calendar, self.moment) >= 0


Clockwork.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestClockwork = Clockwork.TestCase
