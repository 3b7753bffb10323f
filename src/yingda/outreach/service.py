"""Settings, what they lead to, and what customers want."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from yingda import tickets
from yingda.commerce import ShipmentPurpose, ShipmentState, Store
from yingda.conversations import (
    Author,
    AuthorKind,
    Kind,
    Message,
    Place,
    State,
    TextContent,
    Turn,
    answer,
    say,
    unanswered,
)
from yingda.customers import external_id_of
from yingda.customers import get as get_customer
from yingda.identity import Permission, Principal
from yingda.infra.database import Connection, Tx
from yingda.kit.clock import SHANGHAI, now
from yingda.kit.errors import Conflict, Invalid
from yingda.kit.redaction import redact
from yingda.outreach import wording
from yingda.outreach.repository import findings, parcels
from yingda.outreach.repository import settings as kept_settings
from yingda.outreach.schemas import (
    KeptOutreach,
    OutreachChange,
    OutreachOverview,
    OutreachPreview,
    OutreachSettings,
    ParcelEvidence,
    ParcelFinding,
    ReminderPreference,
    ShopState,
    Trouble,
    WatchedShop,
    plain,
)
from yingda.privacy import AuditObject, audit

_ASSISTANT = Author(AuthorKind.ASSISTANT)
#: What the page's figures look back on.
DAYS = 90
_GIVEN_UP = timedelta(days=60)


class SettingsOutdated(Conflict):
    code = "outreach_settings_outdated"
    zh = "设置已被他人修改，请刷新后再改。"
    en = "Somebody else has changed the settings. Reload and try again."


class ZoneUnknown(Invalid):
    code = "outreach_zone_unknown"
    zh = "没有这个时区：{zone}"
    en = "There is no time zone {zone}."


class TicketKindUnknown(Invalid):
    code = "outreach_ticket_kind_unknown"
    zh = "没有这种工单，或已归档：{kind}"
    en = "There is no such kind of ticket, or it is archived: {kind}"


async def kept(conn: Connection, principal: Principal) -> KeptOutreach:
    principal.require(Permission.ROUTING_MANAGE)
    return await kept_settings.kept(conn)


async def change(tx: Tx, principal: Principal, wanted: OutreachChange) -> KeptOutreach:
    """Raises `SettingsOutdated`, `ZoneUnknown`, `TicketKindUnknown`, `WordingInvalid`."""
    principal.require(Permission.ROUTING_MANAGE)
    former = await kept_settings.kept(tx.conn, lock=True)
    if former.version != wanted.version:
        raise SettingsOutdated
    await _check(tx.conn, wanted.settings, former.settings)
    await keep(tx, wanted.settings, wanted.version + 1, principal.display_name)
    await audit(
        tx,
        principal,
        "outreach.change_settings",
        AuditObject("outreach_settings", "1"),
        reason=redact(wanted.reason) if wanted.reason else None,
        before=plain(former.settings),
        after=plain(wanted.settings),
    )
    return await kept_settings.kept(tx.conn)


async def keep(tx: Tx, settings: OutreachSettings, version: int, by_name: str) -> None:
    """From now on, for parcels that are under way already too. Raises `SettingsOutdated`."""
    if not await kept_settings.keep(tx.conn, version, settings, by_name, now()):
        raise SettingsOutdated
    await parcels.look_at_all(tx.conn, now(), now() - _GIVEN_UP)


async def _check(conn: Connection, settings: OutreachSettings, former: OutreachSettings) -> None:
    """A kind that is named already may be gone meanwhile: then no tickets are opened."""
    try:
        ZoneInfo(settings.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ZoneUnknown(zone=settings.zone) from None
    kind = settings.ticket_kind
    if kind and kind != former.ticket_kind and await tickets.kind_named(conn, kind) is None:
        raise TicketKindUnknown(kind=kind)
    for sentence in settings.wording.values():
        wording.check(sentence)


def previews(principal: Principal, settings: OutreachSettings, shop: str) -> list[OutreachPreview]:
    """What customers would read, of an invented parcel. Raises `WordingInvalid`."""
    principal.require(Permission.ROUTING_MANAGE)
    for sentence in settings.wording.values():
        wording.check(sentence)
    moment = now()
    shown = []
    for rule in Trouble:
        finding = _invented(rule, settings, moment)
        zh, en = (wording.message(settings, [finding], shop, locale, SHANGHAI, moment) for locale in wording.LOCALES)
        shown.append(OutreachPreview(rule, zh, en, wording.shipped(rule)))
    return shown


def _invented(rule: Trouble, settings: OutreachSettings, moment: datetime) -> ParcelFinding:
    evidence = ParcelEvidence(
        carrier="顺行速运",
        lane="",
        state=ShipmentState.OUT_FOR_DELIVERY if rule is Trouble.STUCK else ShipmentState.IN_TRANSIT,
        place="杭州转运中心",
        moved_at=moment - timedelta(hours=settings.no_scan_hours if rule is Trouble.NO_SCAN else settings.stuck_hours),
        promised_until=moment + timedelta(days=1),
        expected_at=moment + timedelta(days=2) if rule is Trouble.LATE else None,
    )
    return ParcelFinding(
        id=UUID(int=0),
        shop="",
        owner="",
        order_no="LM202611250001",
        tracking_no="SX000000000000",
        rule=rule,
        purpose=ShipmentPurpose.OUTBOUND,
        basis_at=evidence.moved_at,
        evidence=evidence,
        found_at=moment,
        ticket_no="T-000001" if settings.ticket_kind and settings.of(rule).ticket else None,
    )


async def overview(conn: Connection, principal: Principal, stores: Mapping[str, Store]) -> OutreachOverview:
    principal.require(Permission.ROUTING_MANAGE)
    since = now() - timedelta(days=DAYS)
    accuracy = await findings.accuracy(conn, since)
    states = await parcels.shops(conn)
    under_way = await parcels.count_under_way(conn)
    return OutreachOverview(
        days=DAYS,
        open=await findings.count_open(conn),
        told=sum(one.told for one in accuracy),
        opted_out=await findings.count_opted_out(conn),
        waiting=await findings.waiting(conn),
        accuracy=accuracy,
        shops=[_status(one, states.get(one.code), under_way.get(one.code, 0)) for one in stores.values()],
    )


def _status(store: Store, state: ShopState | None, under_way: int) -> WatchedShop:
    state = state or ShopState(shop=store.code)
    return WatchedShop(
        code=store.code,
        name=store.name,
        demo=store.demo,
        lists=state.lists,
        asked_at=state.asked_at,
        failing_since=state.failing_since,
        under_way=under_way,
        journeys=state.journeys,
        learned_at=state.learned_at,
        quality=state.model.quality if state.model else None,
    )


async def preference(conn: Connection, customer_id: UUID, shop: str) -> ReminderPreference:
    owner = await external_id_of(conn, customer_id, f"shop:{shop}")
    if owner is None:
        return ReminderPreference(available=False, wanted=False)
    contact = await findings.contact(conn, shop, owner)
    return ReminderPreference(available=True, wanted=contact.opted_out_at is None)


async def set_preference(tx: Tx, customer_id: UUID, shop: str, *, wanted: bool) -> ReminderPreference:
    """What the customer wants; of somebody whom nobody vouches for nothing is kept."""
    owner = await external_id_of(tx.conn, customer_id, f"shop:{shop}")
    if owner is None:
        return ReminderPreference(available=False, wanted=False)
    await findings.set_wanted(tx.conn, shop, owner, None if wanted else now())
    if wanted:
        await parcels.look_soon(tx.conn, shop, await findings.release(tx.conn, shop, owner, now()), now())
    return ReminderPreference(available=True, wanted=wanted)


async def heard_wish(tx: Tx, message: Message, place: Place, *, wanted: bool) -> None:
    """The customer has said so in words. The assistant's turn is done with that, unless more was asked."""
    known = await set_preference(tx, place.customer_id, place.shop, wanted=wanted)
    if not known.available or place.state is not State.PENDING:
        return
    head, messages = await unanswered(tx.conn, place.conversation_id)
    if [one.seq for one in messages] != [message.seq]:
        return
    turn = Turn(conversation_id=head.id, answered_seq=head.answered_seq, seq=message.seq)
    if await answer(tx, turn):
        locale = (await get_customer(tx.conn, place.customer_id)).locale
        words = wording.say("resumed" if wanted else "stopped", locale)
        await say(tx, place.conversation_id, _ASSISTANT, Kind.TEXT, TextContent(words))
