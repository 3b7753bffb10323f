"""Pure decisions of dispatch: who should rest, what a wait will be, and who is told of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from yingda.kit.clock import SHANGHAI
from yingda.kit.errors import Invalid, Locale
from yingda.routing.dispatch.schemas import (
    Cell,
    DispatchLimits,
    Fatigue,
    Forecast,
    Pace,
    Stand,
    Stint,
    TeamRoom,
    Wait,
)

#: Before all others of the level: conversations that came back because nobody answered them.
RETURNED = 1000

#: Seconds for each one ahead, while nothing has been learnt.
UNKNOWN_PACE = 90.0
#: A new wait counts at least this share; until there are as many waits as that means, all count alike.
NEWEST_SHARE = 0.08
#: What is known of a cell counts as much as what is known of the wider one once it has been seen so often.
TRUSTED_AFTER = 6
#: A smaller variance of who was ahead says nothing of how the wait grows with it.
STEADY = 1.0
#: A wait longer than this tells of closed doors rather than of the queue.
LONGEST_LEARNT = 4 * 3600

#: Nobody is told anything new more often than this.
QUIET_SECONDS = 20


def choose_team(rooms: Sequence[TeamRoom]) -> UUID | None:
    """Which team of a department takes a conversation: the one with the most room, then with the shortest queue."""
    best = max(rooms, key=lambda one: (one.room, -one.waiting), default=None)
    return best.team_id if best else None


def language_skill(locale: str) -> str | None:
    """The skill that somebody needs for a customer of this locale; Chinese everybody speaks."""
    return None if locale == "zh" else f"lang.{locale}"


def tiredness(stint: Stint, limits: DispatchLimits, now: datetime) -> Fatigue | None:
    """Why somebody should rest now, if they should."""
    if stint.online_since and now - stint.online_since >= timedelta(hours=limits.hours_in_a_row):
        return Fatigue.HOURS
    return Fatigue.PACE if stint.taken >= limits.per_hour else None


def cells_of(team_id: UUID | None, level: int, moment: datetime) -> list[Cell]:
    """Where a wait that begins at `moment` belongs, from the widest to the narrowest."""
    hour = moment.astimezone(SHANGHAI).hour
    cells = [Cell(None), Cell(team_id), Cell(team_id, level), Cell(team_id, level, hour)]
    return list(dict.fromkeys(cells))


def learn(paces: Mapping[Cell, Pace], waits: Sequence[Wait]) -> dict[Cell, Pace]:
    """The paces that change with these waits, which ended in this order."""
    learnt: dict[Cell, Pace] = {}
    for wait in waits:
        if wait.ahead <= 0 or wait.waited > LONGEST_LEARNT:
            continue
        for cell in cells_of(wait.team_id, wait.level, wait.joined_at):
            learnt[cell] = _with(learnt.get(cell) or paces.get(cell) or Pace(), wait)
    return learnt


def _with(known: Pace, wait: Wait) -> Pace:
    """Means, variance and covariance with one more wait, which counts `NEWEST_SHARE` once there are many."""
    share = max(NEWEST_SHARE, 1 / (known.seen + 1))
    ahead, seconds = wait.ahead - known.ahead, wait.waited - known.seconds
    return Pace(
        known.seen + 1,
        known.ahead + share * ahead,
        known.seconds + share * seconds,
        (1 - share) * (known.spread + share * ahead * ahead),
        (1 - share) * (known.joint + share * ahead * seconds),
    )


def seconds_for(ahead: int, paces: Mapping[Cell, Pace], cells: Sequence[Cell]) -> float:
    """How long it takes with so many ahead: what the narrowest cell knows, held towards the wider ones while that is
    little."""
    if ahead <= 0:
        return 0.0
    seconds = UNKNOWN_PACE * ahead
    for cell in cells:
        if known := paces.get(cell):
            seconds = (known.seen * _line(known, ahead) + TRUSTED_AFTER * seconds) / (known.seen + TRUSTED_AFTER)
    return seconds


def _line(known: Pace, ahead: int) -> float:
    """The straight line through what was seen; through nothing, while all of it was much the same."""
    slope = known.joint / known.spread if known.spread > STEADY else known.seconds / max(known.ahead, 1.0)
    return max(known.seconds + max(slope, 0.0) * (ahead - known.ahead), 0.0)


def ahead_of(stand: Stand) -> int:
    """How many must be served first before it is their turn, whom nobody is free for; themselves included."""
    return max(stand.place - stand.free, 0)


def forecast(stand: Stand, paces: Mapping[Cell, Pace], now: datetime) -> Forecast:
    """What to tell somebody who waits."""
    seconds = seconds_for(ahead_of(stand), paces, cells_of(stand.team_id, stand.level, now))
    return Forecast(stand.place, round(seconds))


def foretold(stand: Stand, seconds: int | None) -> int | None:
    """The wait as it may be said: while nobody is at work, how fast the queue moved before promises nothing."""
    return seconds if stand.there else None


def is_news(stand: Stand, seen: Forecast, now: datetime) -> bool:
    """Whether what was told is so far from what is so that they should hear of it."""
    if stand.told_place is None or stand.told_at is None:
        return True
    if now - stand.told_at < timedelta(seconds=QUIET_SECONDS):
        return False
    moved = abs(seen.place - stand.told_place)
    if moved >= max(1, round(stand.told_place * 0.2)):
        return True
    seconds = foretold(stand, seen.seconds)
    if seconds is None or stand.told_seconds is None:
        return seconds != stand.told_seconds
    passed = (now - stand.told_at).total_seconds()
    return abs(seconds - max(stand.told_seconds - passed, 0)) >= max(60.0, stand.told_seconds * 0.3)


def offers_callback(stand: Stand, seen: Forecast, limits: DispatchLimits) -> bool:
    """Who would wait too long, or waits while nobody is at work, may be called instead."""
    return stand.there == 0 or seen.seconds > limits.callback_seconds


def told(stand: Stand, seen: Forecast, limits: DispatchLimits, now: datetime) -> Stand:
    """The stand of somebody who is told this now."""
    return msgspec.structs.replace(
        stand,
        told_place=seen.place,
        told_seconds=foretold(stand, seen.seconds),
        told_at=now,
        told_callback=offers_callback(stand, seen, limits),
    )


def minutes(seconds: int) -> int:
    """Whole minutes, as people say them: never less than one."""
    return max(1, round(seconds / 60))


class CallbackInPast(Invalid):
    code = "callback_in_past"
    zh = "回电时间必须在将来。"
    en = "A call back must be in the future."


def check_callback(at: datetime | None, now: datetime) -> None:
    """Raises `CallbackInPast`."""
    if at is not None and at <= now:
        raise CallbackInPast


def callback_words(phone: str, at: datetime | None, locale: str) -> str:
    """The customer's wish as a message of theirs."""
    when = f"{at.astimezone(SHANGHAI):%m-%d %H:%M}" if at else None
    if locale == "en":
        return f"Please call me back on {phone}" + (f" at {when} (Beijing time)." if when else ".")
    return f"请给我回电：{phone}" + (f"，方便的时间：{when}。" if when else "，越快越好。")


def waiting_words(stand: Stand, seen: Forecast, locale: Locale) -> str:
    """What the thread says at the hand-over."""
    if locale == "en":
        return _waiting_in_english(stand, seen)
    words = ["正在为您转接人工客服"]
    if stand.there == 0:
        words.append("目前没有客服在线，有人上线后会第一时间接待您")
    elif ahead_of(stand):
        if seen.place > 1:
            words.append(f"前面还有 {seen.place - 1} 位")
        words.append(f"预计等待约 {minutes(seen.seconds)} 分钟")
    return "，".join([*words, "请稍候。"])


def _waiting_in_english(stand: Stand, seen: Forecast) -> str:
    words = ["You are being connected to a colleague."]
    if stand.there == 0:
        words.append("None of our colleagues is online right now. The first to come online will answer you.")
    elif ahead_of(stand):
        words.append(_ahead_in_english(seen.place - 1, minutes(seen.seconds)))
    return " ".join(words)


def _ahead_in_english(before: int, wait: int) -> str:
    about = f"the wait is about {wait} minute{'' if wait == 1 else 's'}."
    if before < 1:
        return about.capitalize()
    people = "is 1 person" if before == 1 else f"are {before} people"
    return f"There {people} ahead of you; {about}"
