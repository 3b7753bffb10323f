"""When clocks start, rest, go on and end, and by when they are due. Pure: time and calendars are passed in."""

import re
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from msgspec.structs import replace

from yingda.conversations import Author, AuthorKind, Conversation, DueClock, State
from yingda.kit.calendar import ALWAYS, Calendar, NeverOpen, add_working, is_open, working_between
from yingda.routing.levels.schemas import Clock, DeadlineRecord, Happened, Limits, WarnReason
from yingda.tickets import UNDONE, Category, Ticket, TicketComment

Clocks = dict[DueClock, Clock]

_SUBJECT = re.compile(r"conversation|ticket(:[a-z0-9_]{1,40})?")


def is_subject(text: str) -> bool:
    """Whether limits can be for this: conversations, tickets, one kind of tickets."""
    return _SUBJECT.fullmatch(text) is not None


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """Where an item stands. `active`: it is a person's and not finished. `asked_at`: since when somebody waits for a
    word from us. `ours`: the next step is ours, whether or not somebody waits. `answered`: a person has just spoken.
    `moved`: it has just come to another team, and so perhaps under another calendar."""

    level: int
    active: bool
    asked_at: datetime | None
    ours: bool
    answered: bool = False
    moved: bool = False


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """What holds for an item now: its level's limits, its team's calendar, and what is known of how long things take.

    `wait`: the seconds that the queue ahead is likely to take. `usual`: those that such matters usually take.
    """

    limits: Limits
    calendar: Calendar = ALWAYS
    wait: int = 0
    usual: dict[DueClock, int] = {}

    @property
    def hours(self) -> Calendar:
        return ALWAYS if self.limits.around_the_clock else self.calendar

    def limit(self, kind: DueClock) -> int | None:
        """In seconds."""
        minutes: int | None = getattr(self.limits, kind.value)
        return None if minutes is None else minutes * 60


class Standing(msgspec.Struct, frozen=True):
    """Where a conversation stands, as far as its clocks are concerned."""

    state: State
    level: int
    waiting_since: datetime | None
    team_id: UUID | None
    assignee_id: UUID | None


def standing_of(head: Conversation) -> Standing:
    return Standing(head.state, head.level, head.waiting_since, head.team_id, head.assignee_id)


def situation_of(head: Standing, limits: Limits, *, answered: bool = False, moved: bool = False) -> Situation:
    """Clocks run while a person is needed. What is put aside waits for the customer, unless the customer waits."""
    waiting = head.waiting_since is not None
    resting = head.state is State.SNOOZED or limits.rests_with_customer
    return Situation(
        level=head.level,
        active=head.state in (State.OPEN, State.SNOOZED),
        asked_at=head.waiting_since,
        ours=waiting or not resting,
        answered=answered,
        moved=moved,
    )


def situation_of_ticket(
    ticket: Ticket, before: Clocks, moment: datetime, *, responded: bool, updated: bool, moved: bool
) -> Situation:
    """Clocks run while it is open; while it waits for somebody else, they rest.

    `responded`: somebody has taken it up. `updated`: whoever is concerned has just heard of its progress, and is to
    hear again within the limit of the next update.
    """
    first, update = before.get(DueClock.FIRST_RESPONSE), before.get(DueClock.NEXT_UPDATE)
    had = first is not None and first.over
    asked_at = moment
    if not (had or responded or updated):
        asked_at = ticket.created_at
    elif update and not update.over and not updated:
        asked_at = update.asked_at
    is_open = ticket.category is Category.OPEN
    return Situation(
        level=ticket.level,
        active=ticket.category in UNDONE,
        asked_at=asked_at if is_open else None,
        ours=is_open,
        answered=updated or (responded and not had),
        moved=moved,
    )


def takes_up(before: Ticket, after: Ticket, by: Author) -> bool:
    """Whether a change shows that somebody sees to the ticket: it was given to them, or somebody moved it on."""
    given = after.owner_id is not None and after.owner_id != before.owner_id
    return given or (by.kind is AuthorKind.STAFF and after.state != before.state)


def is_response(ticket: Ticket, comment: TicketComment) -> bool:
    """Who opened a ticket and adds to it does not answer it, unless it is theirs to do."""
    return comment.public or comment.author_id != ticket.opened_by or comment.author_id == ticket.owner_id


def follow(clocks: Clocks, now: Situation, terms: Terms, moment: datetime) -> Clocks:
    """The clocks as they are after something has happened to their item. Doing it twice changes nothing more."""
    if not now.active:
        return {kind: _end(clock, terms, moment) for kind, clock in clocks.items()}
    first = clocks.get(DueClock.FIRST_RESPONSE)
    answered = now.answered or (first is not None and first.over)
    spoken = DueClock.NEXT_UPDATE if answered else DueClock.FIRST_RESPONSE
    after = {
        DueClock.FIRST_RESPONSE: _spoken(first, DueClock.FIRST_RESPONSE, spoken, now, terms, moment),
        DueClock.NEXT_UPDATE: _spoken(
            clocks.get(DueClock.NEXT_UPDATE), DueClock.NEXT_UPDATE, spoken, now, terms, moment
        ),
        DueClock.RESOLUTION: _resolution(clocks.get(DueClock.RESOLUTION), now, terms, moment),
    }
    if now.answered and after[DueClock.FIRST_RESPONSE] is None:
        after[DueClock.FIRST_RESPONSE] = _spoken_at_once(now, terms, moment)
    return {kind: clock for kind, clock in after.items() if clock}


def _spoken(
    clock: Clock | None, kind: DueClock, expected: DueClock, now: Situation, terms: Terms, moment: datetime
) -> Clock | None:
    """The clock of an answer: runs while somebody waits for that kind of answer, and is over with the answer."""
    if now.asked_at is None or kind is not expected:
        return _end(clock, terms, moment) if clock else None
    if clock and not clock.over and clock.asked_at == now.asked_at:
        return _retimed(clock, now, terms, moment)
    return _start(kind, now.asked_at, now, terms)


def _spoken_at_once(now: Situation, terms: Terms, moment: datetime) -> Clock:
    """A person spoke before anybody had to wait for it."""
    limit = terms.limit(DueClock.FIRST_RESPONSE) or 0
    return Clock(kind=DueClock.FIRST_RESPONSE, level=now.level, allowed=limit, asked_at=moment, over=True)


def _resolution(clock: Clock | None, now: Situation, terms: Terms, moment: datetime) -> Clock | None:
    if clock is None:
        return _start(DueClock.RESOLUTION, now.asked_at or moment, now, terms) if now.ours else None
    clock = replace(clock, over=False)
    if not now.ours:
        return _rest(clock, terms, moment)
    if clock.since:
        return _retimed(clock, now, terms, moment)
    return _resumed(clock, now, terms, moment)


def _resumed(clock: Clock, now: Situation, terms: Terms, moment: datetime) -> Clock | None:
    """A new level makes nothing late at once here either."""
    limit = terms.limit(clock.kind)
    if limit is None:
        return None
    used = clock.used if clock.level == now.level else min(clock.used, limit * terms.limits.warn_share // 100)
    return _timed(replace(clock, since=moment, level=now.level, allowed=limit, used=used), terms)


#: How soon a person answers at the latest once they are back, where the level promises nothing.
_FIRST_WORD = timedelta(minutes=30)


def promised_by(terms: Terms, moment: datetime) -> datetime | None:
    """By when a person answers who is not at work now; None if this is working time, or if there never is any."""
    limit = terms.limit(DueClock.FIRST_RESPONSE)
    try:
        if is_open(terms.hours, moment):
            return None
        return add_working(terms.hours, moment, timedelta(seconds=limit) if limit else _FIRST_WORD)
    except NeverOpen:
        return None


def _start(kind: DueClock, asked_at: datetime, now: Situation, terms: Terms) -> Clock | None:
    limit = terms.limit(kind)
    if limit is None:
        return None
    clock = Clock(kind=kind, level=now.level, allowed=limit, asked_at=asked_at, since=asked_at)
    return _timed(clock, terms)


def _retimed(clock: Clock, now: Situation, terms: Terms, moment: datetime) -> Clock | None:
    """`clock` as it runs on, where its level or its calendar may have changed under it.

    What is due earlier then is not late at once: the stretch between warning and deadline is given, as far as there
    was as much before.
    """
    limit = terms.limit(clock.kind)
    if limit is None:
        return None
    if clock.level == now.level and not now.moved:
        return clock
    timed = _timed(replace(clock, level=now.level, allowed=limit), terms)
    if clock.due_at is None or timed.due_at is None or clock.breached_at:
        return timed
    stretch = _seconds(limit * (100 - terms.limits.warn_share) / 100)
    least = min(add_working(terms.hours, moment, stretch), clock.due_at)
    if timed.due_at >= least:
        return replace(timed, warned_at=clock.warned_at if timed.due_at <= clock.due_at else None)
    used = limit - round(working_between(terms.hours, moment, least).total_seconds())
    given = replace(timed, since=moment, used=used, due_at=least, warn_at=moment)
    return replace(given, warn_reason=WarnReason.LEVEL, warned_at=None)


def _timed(clock: Clock, terms: Terms) -> Clock:
    """`clock`, which runs, with the moments at which it is due and somebody is warned."""
    if clock.since is None:
        return clock
    share = clock.allowed * terms.limits.warn_share / 100
    early, reason = share, WarnReason.SHARE
    if clock.kind is not DueClock.RESOLUTION and clock.allowed - terms.wait < early:
        early, reason = clock.allowed - terms.wait, WarnReason.QUEUE
    usual = terms.usual.get(clock.kind, 0) if clock.kind is DueClock.RESOLUTION else 0
    if clock.allowed - usual < early:
        early, reason = clock.allowed - usual, WarnReason.HANDLING
    due_at = add_working(terms.hours, clock.since, _seconds(clock.allowed - clock.used))
    warn_at = add_working(terms.hours, clock.since, _seconds(max(early, 0) - clock.used))
    return replace(clock, due_at=due_at, warn_at=warn_at, warn_reason=reason)


def _rest(clock: Clock, terms: Terms, moment: datetime) -> Clock:
    if clock.since is None:
        return clock
    return replace(clock, used=used_at(clock, terms.hours, moment), since=None, due_at=None, warn_at=None)


def _end(clock: Clock, terms: Terms, moment: datetime) -> Clock:
    return clock if clock.over else replace(_rest(clock, terms, moment), over=True)


def used_at(clock: Clock, hours: Calendar, moment: datetime) -> int:
    """Seconds of working time that a clock has used up until a moment."""
    if clock.since is None:
        return clock.used
    return clock.used + round(working_between(hours, clock.since, moment).total_seconds())


def look(clock: Clock, moment: datetime) -> Happened | None:
    """What the watch finds: that a clock has passed its limit, else that it is near it and nobody has been told."""
    if clock.next_at is None or clock.next_at > moment:
        return None
    return Happened.BREACHED if clock.due_at and clock.due_at <= moment else Happened.NEAR


def ended(before: Clocks, after: Clocks, situation: Situation) -> list[Clock]:
    """The clocks that have done what they are for: an answer was given, a matter brought to its end."""
    over = [
        clock for kind, clock in before.items() if not clock.over and (kind not in after or _done(after[kind], clock))
    ]
    return [clock for clock in over if (clock.kind is DueClock.RESOLUTION) is not situation.active]


def _done(after: Clock, before: Clock) -> bool:
    return after.over or after.asked_at != before.asked_at


def next_due(clocks: Clocks) -> Clock | None:
    """The clock by which something is asked of us next."""
    running = [clock for clock in clocks.values() if clock.due_at]
    return min(running, key=lambda clock: (clock.due_at, clock.kind), default=None)


def expected_wait(ahead: int, room: int, usual: int) -> int:
    """Seconds until somebody with `ahead` before them is reached: `room` matters of `usual` seconds fit at a time."""
    return ahead * usual // max(room, 1)


def _seconds(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


def record_of(
    clock: Clock, happened: Happened, moment: datetime, used: int, reason: WarnReason | None = None
) -> DeadlineRecord:
    """What is kept for good of something that happened to a clock."""
    return DeadlineRecord(
        clock=clock.kind,
        happened=happened,
        level=clock.level,
        at=moment,
        due_at=clock.due_at,
        used=used,
        reason=reason,
    )
