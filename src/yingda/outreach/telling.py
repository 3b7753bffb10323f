"""What is done about one customer's parcels: a ticket, a word, asking again, and the good news."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec.structs import replace

from yingda.commerce import Store
from yingda.conversations import (
    Author,
    AuthorKind,
    Conversation,
    Kind,
    Mention,
    QuickReplies,
    QuickReply,
    begin,
    current,
    note,
    say,
    try_lock,
)
from yingda.customers import Customer, find_by_identity, identities_of
from yingda.infra.database import Tx
from yingda.kit.clock import now
from yingda.kit.errors import Locale
from yingda.outreach import rules, wording
from yingda.outreach.cases import follow_up, open_case, resolve_case
from yingda.outreach.repository import findings, parcels
from yingda.outreach.rules import Hold
from yingda.outreach.schemas import Contact, Held, OutreachSettings, Parcel, ParcelFinding, TroubleOutcome

ASSISTANT = Author(AuthorKind.ASSISTANT)
_WATCHER = Author(AuthorKind.ASSISTANT, name="主动服务")
_SOON = timedelta(minutes=1)


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """All that is known when a customer might be told something. `customer` none: nobody we have ever met."""

    store: Store
    settings: OutreachSettings
    contact: Contact
    customer: Customer | None
    head: Conversation | None
    zone: ZoneInfo
    parcels: dict[str, Parcel]
    now: datetime

    @property
    def locale(self) -> Locale:
        return self.customer.locale if self.customer else "zh"

    @property
    def conversation_id(self) -> UUID | None:
        return self.head.id if self.head else None

    def parcel(self, finding: ParcelFinding) -> Parcel | None:
        return self.parcels.get(finding.tracking_no)


async def act(tx: Tx, store: Store, owner: str, settings: OutreachSettings) -> None:
    """Do what is due about this customer's parcels. The customer is locked, so that two processes do it once."""
    contact = await findings.lock_contact(tx.conn, store.code, owner)
    matters = rules.by_gravity(await findings.open_of(tx.conn, store.code, owner))
    desk, busy = await _desk(tx, store, owner, settings, contact, matters)
    matters = [
        await open_case(tx, one, desk.settings, desk.conversation_id, desk.customer, desk.zone) for one in matters
    ]
    bad = [one for one in matters if one.moved_at is None and one.told_at is None and one.noted_at is None]
    good = [one for one in matters if one.moved_at and (one.told_at or one.noted_at) and one.closing_at is None]
    if bad or good:
        hold = busy or _hold(desk, bad)
        told = await _tell(tx, desk, bad, good, hold)
        matters = [told.get(one.id, one) for one in matters]
    for one in matters:
        await _go_on(tx, desk, one)


async def _desk(
    tx: Tx, store: Store, owner: str, settings: OutreachSettings, contact: Contact, matters: Sequence[ParcelFinding]
) -> tuple[Desk, Hold | None]:
    """What is known; and that the conversation is in somebody's hand this very moment, if it is."""
    customer = await find_by_identity(tx.conn, f"shop:{store.code}", owner)
    head = await current(tx.conn, customer.id, store.code) if customer else None
    busy = None
    if customer and head:
        if await try_lock(tx.conn, [head.id]):
            head = await current(tx.conn, customer.id, store.code)
        else:
            busy = Hold(Held.BUSY, now() + _SOON)
    desk = Desk(
        store=store,
        settings=settings,
        contact=contact,
        customer=customer,
        head=head,
        zone=_zone(customer, settings),
        parcels=await parcels.of_numbers(tx.conn, store.code, [one.tracking_no for one in matters]),
        now=now(),
    )
    return desk, busy


def _zone(customer: Customer | None, settings: OutreachSettings) -> ZoneInfo:
    """The customer's, where their profile names one."""
    named = customer.attributes.get("timezone") if customer else None
    try:
        return ZoneInfo(named if isinstance(named, str) and named else settings.zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(settings.zone)


def _hold(desk: Desk, bad: Sequence[ParcelFinding]) -> Hold | None:
    if desk.customer is None:
        return Hold(Held.UNREACHABLE, desk.now + rules.RETRY_UNREACHABLE)
    if hold := rules.may_tell(desk.settings, desk.contact, desk.head, desk.zone, desk.now):
        return hold
    seen = [parcel.seen_at for one in bad if (parcel := desk.parcel(one))]
    if len(seen) < len(bad) or any(desk.now - at > rules.FRESH for at in seen):
        return Hold(Held.SHOP_DOWN, desk.now + _SOON)
    return None


async def _tell(
    tx: Tx, desk: Desk, bad: Sequence[ParcelFinding], good: Sequence[ParcelFinding], hold: Hold | None
) -> dict[UUID, ParcelFinding]:
    """Tell the customer, or who serves them, or keep it for later; the findings as they are then."""
    if hold is None:
        return await _tell_customer(tx, desk, bad, [one for one in good if one.told_at])
    if hold.why is Held.PERSON and desk.head:
        return await _tell_person(tx, desk, desk.head, bad, good)
    held = [*bad, *(one for one in good if one.told_at)]
    await findings.hold(tx.conn, [one.id for one in held], hold.why, hold.until)
    if hold.until and bad:
        await parcels.look_soon(tx.conn, desk.store.code, [one.tracking_no for one in bad], hold.until)
    return {one.id: replace(one, held=hold.why, held_until=hold.until) for one in held}


async def _tell_customer(
    tx: Tx, desk: Desk, bad: Sequence[ParcelFinding], good: Sequence[ParcelFinding]
) -> dict[UUID, ParcelFinding]:
    """All of it in one message, in the conversation that they would write in."""
    if desk.customer is None or not (bad or good):
        return {}
    channel = desk.head.channel if desk.head else await _channel_of(tx, desk.customer)
    conversation_id = await begin(tx, desk.customer.id, desk.store.code, channel)
    settings, locale = desk.settings, desk.locale
    lines = [wording.news(one, parcel, locale, desk.zone) for one in good if (parcel := desk.parcel(one))]
    if bad:
        lines.append(wording.message(settings, bad, desk.store.name, locale, desk.zone, desk.now))
    text = "\n".join(lines)
    await say(tx, conversation_id, ASSISTANT, Kind.QUICK_REPLIES, QuickReplies(text, _choices(locale)))
    await findings.contacted(tx.conn, desk.store.code, bad[0].owner if bad else good[0].owner, desk.now)
    for one in bad:
        await findings.told(tx.conn, one.id, conversation_id, text, desk.now)
    for one in good:
        await findings.told_news(tx.conn, one.id, conversation_id, text, desk.now)
    told = {one.id: replace(one, told_at=desk.now, held=None, held_until=None) for one in bad}
    return told | {one.id: replace(one, closing_at=desk.now, held=None, held_until=None) for one in good}


def _choices(locale: Locale) -> list[QuickReply]:
    track, stop = wording.say("track", locale), wording.say("stop", locale)
    return [QuickReply(track, wording.say("track_text", locale)), QuickReply(stop, stop)]


async def _channel_of(tx: Tx, customer: Customer) -> str:
    """The last one that they came by."""
    identities = await identities_of(tx.conn, customer.id)
    return next((one.channel for one in reversed(identities) if ":" not in one.channel), "web")


async def _tell_person(
    tx: Tx, desk: Desk, head: Conversation, bad: Sequence[ParcelFinding], good: Sequence[ParcelFinding]
) -> dict[UUID, ParcelFinding]:
    """A note in the conversation, which rings with whoever has it in hand."""
    said = [wording.sentence(desk.settings, one, "zh", desk.zone, desk.now) for one in bad]
    said += [wording.news(one, parcel, "zh", desk.zone) for one in good if (parcel := desk.parcel(one))]
    text = wording.say("note", "zh", told="".join(said))
    mentions = []
    if head.assignee_id and head.assignee_name:
        text = f"@{head.assignee_name} {text}"
        mentions = [Mention(head.assignee_id, head.assignee_name)]
    await note(tx, head.id, _WATCHER, text, mentions=mentions)
    for one in (*bad, *good):
        await findings.noted(tx.conn, one.id, head.id, desk.now)
    noted = {one.id: replace(one, noted_at=desk.now, held_until=None) for one in bad}
    return noted | {one.id: replace(one, closing_at=desk.now, held_until=None) for one in good}


async def _go_on(tx: Tx, desk: Desk, finding: ParcelFinding) -> None:
    """Ask again, end it, or say when there is something to do next."""
    if finding.moved_at and _said_all(finding):
        parcel = desk.parcel(finding)
        if parcel and not await resolve_case(tx, finding, parcel, desk.zone):
            await findings.set_act(tx.conn, finding.id, desk.now + _SOON)
            return
        outcome = rules.outcome_of(parcel) if parcel else TroubleOutcome.GONE
        await findings.close(tx.conn, finding.id, outcome, desk.now)
        await parcels.look_soon(tx.conn, finding.shop, [finding.tracking_no], desk.now)
        return
    if rules.is_follow_up_due(finding, desk.settings, desk.now):
        await follow_up(tx, finding, desk.zone, desk.now)
        finding = replace(finding, followed_at=desk.now)
    await findings.set_act(tx.conn, finding.id, rules.next_step(finding, desk.settings))


def _said_all(finding: ParcelFinding) -> bool:
    """Nobody waits for the good news: it was told, or the bad was not, or they want to hear nothing."""
    told = finding.told_at or finding.noted_at
    return not told or finding.closing_at is not None or finding.held in (Held.OPTED_OUT, Held.SPAM)
