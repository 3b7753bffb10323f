"""Pure decisions: when a parcel is worth a word, when a customer may be told, whether it was right."""

import re
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from yingda.commerce import Shipment, ShipmentPurpose, ShipmentState
from yingda.conversations import Conversation, State
from yingda.kit.clock import SHANGHAI
from yingda.outreach.lateness import chance_of_lateness, curve_of, expected_at, likely_late_at
from yingda.outreach.schemas import (
    Contact,
    Held,
    Model,
    OutreachSettings,
    Parcel,
    ParcelEvidence,
    ParcelFinding,
    Trouble,
    TroubleOutcome,
    Truth,
)

_S = ShipmentState
#: A trace that ended so long ago says nothing any more.
GIVE_UP = timedelta(days=15)
#: What cannot be listed is asked about so often.
POLL = timedelta(hours=6)
#: The assistant and the customer are left alone so long after their last word.
PAUSE = timedelta(minutes=10)
#: Whether somebody has got in touch meanwhile is looked at so often.
RETRY_UNREACHABLE = timedelta(hours=2)
#: What is told was confirmed by the shop no longer ago.
FRESH = timedelta(minutes=15)

_MOVING = frozenset({_S.CREATED, _S.COLLECTED, _S.IN_TRANSIT, _S.DELAYED, _S.STALLED, _S.OUT_FOR_DELIVERY})
_TOLD_OF = _MOVING | {_S.DAMAGED, _S.RETURNING, _S.RETURNED}
_GRAVITY = {rule: place for place, rule in enumerate(Trouble)}


def parcel_of(shop: str, shipment: Shipment) -> Parcel:
    """What the rules need of a shipment."""
    first = {event.state: event.at for event in reversed(shipment.events)}
    last = shipment.last_event
    lane = f"{shipment.origin}→{shipment.destination}" if shipment.origin and shipment.destination else ""
    return Parcel(
        shop=shop,
        tracking_no=shipment.tracking_no,
        owner=shipment.owner,
        order_no=shipment.order_no,
        carrier=shipment.carrier,
        lane=lane,
        purpose=shipment.purpose,
        state=shipment.state,
        place=last.place,
        collected_at=first.get(_S.COLLECTED, shipment.events[0].at),
        moved_at=last.at,
        promised_until=datetime.combine(shipment.expected_on + timedelta(days=1), time(), SHANGHAI),
        delivered_at=first.get(_S.DELIVERED),
        seen_at=shipment.as_of,
    )


def moments(parcel: Parcel, settings: OutreachSettings, model: Model | None) -> dict[Trouble, datetime]:
    """When each rule that is on speaks, should nothing new be heard of the parcel."""
    state = parcel.state
    if parcel.delivered_at or state not in _TOLD_OF:
        return {}
    found: dict[Trouble, datetime] = {}
    if parcel.purpose is not ShipmentPurpose.RETURN:
        if state is _S.DAMAGED:
            found[Trouble.DAMAGED] = parcel.moved_at
        if state in (_S.RETURNING, _S.RETURNED):
            found[Trouble.RETURNING] = parcel.moved_at
    if state is _S.OUT_FOR_DELIVERY:
        found[Trouble.STUCK] = parcel.moved_at + timedelta(hours=settings.stuck_hours)
    if state in _MOVING:
        silence = 0 if state is _S.STALLED else settings.no_scan_hours
        found[Trouble.NO_SCAN] = parcel.moved_at + timedelta(hours=silence)
        found[Trouble.LATE] = _late_from(parcel, settings, model)
    return {rule: moment for rule, moment in found.items() if settings.of(rule).on}


def _late_from(parcel: Parcel, settings: OutreachSettings, model: Model | None) -> datetime:
    if parcel.state is _S.DELAYED:
        return parcel.moved_at
    if model is None or parcel.state is _S.CREATED:
        return parcel.promised_until
    curve = curve_of(model, parcel.carrier, parcel.lane)
    return likely_late_at(curve, parcel.collected_at, parcel.promised_until, settings.late_percent / 100)


def verdict(
    found: dict[Trouble, datetime], parcel: Parcel, now: datetime, known: Trouble | None = None
) -> Trouble | None:
    """The gravest rule that speaks now, if it is graver than what is known of the parcel already."""
    if now - parcel.moved_at > GIVE_UP:
        return None
    speaking = [rule for rule, moment in found.items() if moment <= now]
    gravest = min(speaking, key=_GRAVITY.__getitem__, default=None)
    return gravest if gravest and (known is None or _GRAVITY[gravest] < _GRAVITY[known]) else None


def look_at(
    found: dict[Trouble, datetime], parcel: Parcel, now: datetime, known: Trouble | None, *, listed: bool
) -> datetime | None:
    """When to look at the parcel again, unless it moves before; None: there is nothing to come."""
    if not found or now - parcel.moved_at > GIVE_UP:
        return None
    coming = [moment for rule, moment in found.items() if known is None or _GRAVITY[rule] < _GRAVITY[known]]
    if not listed:
        coming.append(max(parcel.seen_at, now - POLL) + POLL)
    return min(coming, default=None)


def evidence_of(parcel: Parcel, rule: Trouble, model: Model | None, now: datetime) -> ParcelEvidence:
    chance = expected = None
    if model and rule is Trouble.LATE and parcel.state is not _S.CREATED:
        curve = curve_of(model, parcel.carrier, parcel.lane)
        chance = round(chance_of_lateness(curve, parcel.collected_at, parcel.promised_until, now), 3)
        expected = expected_at(curve, parcel.collected_at, now)
    return ParcelEvidence(
        carrier=parcel.carrier,
        lane=parcel.lane,
        state=parcel.state,
        place=parcel.place,
        moved_at=parcel.moved_at,
        promised_until=parcel.promised_until,
        chance=chance,
        expected_at=expected,
    )


def ended_by(finding: ParcelFinding, parcel: Parcel) -> bool:
    """Whether what was found is over: late is a parcel until it is there, all else until it moves."""
    if finding.rule is Trouble.LATE:
        return parcel.delivered_at is not None
    return parcel.moved_at > finding.basis_at


def outcome_of(parcel: Parcel) -> TroubleOutcome:
    return TroubleOutcome.DELIVERED if parcel.delivered_at else TroubleOutcome.MOVED


def truth_of(finding: ParcelFinding, shipment: Shipment) -> Truth | None:
    """Whether what was told was so, by the trace as it is known now; None: that is not known yet."""
    if finding.told_at is None:
        return None
    events, delivered = shipment.events, _first(shipment, _S.DELIVERED)
    match finding.rule:
        case Trouble.LATE:
            if delivered:
                return _right(delivered > finding.evidence.promised_until)
            return Truth.RIGHT if finding.told_at >= finding.evidence.promised_until else None
        case Trouble.RETURNING if delivered or _first(shipment, _S.RETURNED):
            return _right(delivered is None or delivered < finding.basis_at)
        case Trouble.STUCK | Trouble.NO_SCAN:
            unseen = any(finding.basis_at < event.at <= finding.told_at for event in events)
            later = any(event.at > finding.told_at for event in events)
            return Truth.WRONG if unseen else Truth.RIGHT if later else None
        case Trouble.DAMAGED if shipment.last_event.at > finding.told_at:
            return _right(any(event.state is _S.DAMAGED for event in events))
    return None


def _right(right: bool) -> Truth:
    return Truth.RIGHT if right else Truth.WRONG


def _first(shipment: Shipment, state: ShipmentState) -> datetime | None:
    return next((event.at for event in shipment.events if event.state is state), None)


class Hold(msgspec.Struct, frozen=True):
    """Not now; `until`: when to look again, None when never."""

    why: Held
    until: datetime | None


def may_tell(
    settings: OutreachSettings, contact: Contact, head: Conversation | None, zone: ZoneInfo, now: datetime
) -> Hold | None:
    """None: the customer may be told now. A person who serves them comes before all else but the customer's own no."""
    if contact.opted_out_at:
        return Hold(Held.OPTED_OUT, None)
    if head and head.state in (State.OPEN, State.SNOOZED):
        return Hold(Held.PERSON, None)
    if head and head.spam:
        return Hold(Held.SPAM, None)
    if until := quiet_until(settings, zone, now):
        return Hold(Held.QUIET_HOURS, until)
    if contact.told_at and contact.told_at.astimezone(zone).date() == now.astimezone(zone).date():
        tomorrow = datetime.combine(now.astimezone(zone).date() + timedelta(days=1), time(), zone)
        return Hold(Held.ONE_A_DAY, quiet_until(settings, zone, tomorrow) or tomorrow)
    if head and head.state is State.PENDING and now - head.last_message_at < PAUSE:
        return Hold(Held.BUSY, head.last_message_at + PAUSE)
    return None


def quiet_until(settings: OutreachSettings, zone: ZoneInfo, now: datetime) -> datetime | None:
    """The end of the customer's quiet hours, if it is quiet now."""
    begin, end = time.fromisoformat(settings.quiet_from), time.fromisoformat(settings.quiet_until)
    local = now.astimezone(zone)
    clock = local.time()
    quiet = begin <= clock < end if begin <= end else clock >= begin or clock < end
    if not quiet:
        return None
    day = local.date() + timedelta(days=1 if clock >= end else 0)
    return datetime.combine(day, end, zone)


def follow_up_at(finding: ParcelFinding, settings: OutreachSettings) -> datetime | None:
    """When to ask what became of the ticket."""
    if finding.ticket_id is None or finding.moved_at:
        return None
    return (finding.followed_at or finding.found_at) + timedelta(hours=settings.follow_up_hours)


def is_follow_up_due(finding: ParcelFinding, settings: OutreachSettings, now: datetime) -> bool:
    at = follow_up_at(finding, settings)
    return at is not None and at <= now


def next_step(finding: ParcelFinding, settings: OutreachSettings) -> datetime | None:
    """When there is something to do again: to try to tell it, or to ask about the ticket."""
    due = [at for at in (finding.held_until, follow_up_at(finding, settings)) if at]
    return min(due, default=None)


_PUNCTUATION = re.compile(r"[\s,，.。!！?？~～、;；:：\"'“”]+")
_NO = re.compile(
    r"(请|麻烦|麻烦你们|你们|以后|以后请|能不能|可以|可不可以|我)*"
    r"(不要|别|不用|不需要|不想|不想再收到|取消|关闭|关掉|停止|退订)(再|继续|收到|接收)*(给我|向我|对我|跟我)?(主动)?(发|发送|推送|推)?"
    r"(这些|这类|这种|任何|所有)?(主动)?(的)?(物流|包裹|快递)?(提醒|通知|推送|打扰)(信息|消息)?(我)?(了|吧|吗|谢谢|啦)*"
)
_YES = re.compile(
    r"(请|麻烦|帮我|可以)*(恢复|重新开启|开启|打开|重新打开)(物流|包裹|快递|主动)*(的)?(提醒|通知|推送)(吧|了|谢谢)*"
)
_SHORT_NO = frozenset({"退订", "td", "unsubscribe", "optout", "stopnotifications", "stopreminders"})
_ENGLISH_NO = re.compile(
    r"(please|pls)?(stop|donot|dont|nomore)(sending|send)?(me)?(these|any)?(proactive|delivery|parcel)?"
    r"(reminders?|notifications?|alerts?)(please)?"
)
_LONGEST = 40


def wish_of(text: str) -> bool | None:
    """Whether a message as a whole says that reminders are wanted, or not wanted; None: it is about something else."""
    if len(text) > _LONGEST:
        return None
    words = _PUNCTUATION.sub("", text.lower())
    if words in _SHORT_NO or _NO.fullmatch(words) or _ENGLISH_NO.fullmatch(words):
        return False
    return True if _YES.fullmatch(words) else None


def by_gravity(findings: Sequence[ParcelFinding]) -> list[ParcelFinding]:
    return sorted(findings, key=lambda one: (_GRAVITY[one.rule], one.basis_at))
