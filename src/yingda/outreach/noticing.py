"""What a shop says of its parcels, taken in: kept, compared with what was found before, found anew."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from yingda.commerce import Shipment
from yingda.infra.database import Tx
from yingda.kit.ids import new_id
from yingda.outreach import rules
from yingda.outreach.repository import findings, parcels
from yingda.outreach.schemas import Model, OutreachSettings, Parcel, ParcelFinding, Trouble, TroubleOutcome


async def take_in(
    tx: Tx,
    shop: str,
    shipments: Sequence[Shipment],
    settings: OutreachSettings,
    model: Model | None,
    now: datetime,
    *,
    listed: bool,
    confirmed: bool,
) -> None:
    """Keep what was heard. `confirmed`: the shop was asked about these very parcels, so what is wrong is found now."""
    unsettled = await findings.unsettled(tx.conn, shop, [one.tracking_no for one in shipments])
    kept: list[tuple[Parcel, datetime | None]] = []
    for shipment in shipments:
        parcel = rules.parcel_of(shop, shipment)
        known = await _settle(tx, unsettled.get(shipment.tracking_no, []), shipment, parcel, now)
        moments = rules.moments(parcel, settings, model)
        rule = rules.verdict(moments, parcel, now, known.rule if known else None)
        if confirmed and rule:
            known = await _found(tx, _finding(parcel, rule, known, model, now), known, now)
        look = rules.look_at(moments, parcel, now, known.rule if known else None, listed=listed)
        kept.append((parcel, look))
    await parcels.save(tx.conn, kept)


async def _settle(
    tx: Tx, matters: Sequence[ParcelFinding], shipment: Shipment, parcel: Parcel, now: datetime
) -> ParcelFinding | None:
    """Note what was borne out and what goes on; what is still open."""
    known = None
    for finding in matters:
        if finding.truth is None and (truth := rules.truth_of(finding, shipment)):
            await findings.set_truth(tx.conn, finding.id, truth)
        if finding.closed_at is None:
            known = finding
            if finding.moved_at is None and rules.ended_by(finding, parcel):
                await findings.moves_on(tx.conn, finding.id, parcel.moved_at, now)
    return known


def _finding(
    parcel: Parcel, rule: Trouble, known: ParcelFinding | None, model: Model | None, now: datetime
) -> ParcelFinding:
    return ParcelFinding(
        id=new_id(),
        shop=parcel.shop,
        owner=parcel.owner,
        order_no=parcel.order_no,
        tracking_no=parcel.tracking_no,
        rule=rule,
        purpose=parcel.purpose,
        basis_at=parcel.moved_at,
        evidence=rules.evidence_of(parcel, rule, model, now),
        found_at=now,
        ticket_id=known.ticket_id if known else None,
        ticket_no=known.ticket_no if known else None,
    )


async def _found(tx: Tx, finding: ParcelFinding, known: ParcelFinding | None, now: datetime) -> ParcelFinding:
    """Graver than what is known of the parcel, which is over with it; its ticket goes on."""
    if known:
        await findings.close(tx.conn, known.id, TroubleOutcome.OVERTAKEN, now)
    await findings.add(tx.conn, finding)
    return finding


async def gone(tx: Tx, shop: str, tracking_no: str, now: datetime) -> None:
    """The shop knows the parcel no more."""
    unsettled = await findings.unsettled(tx.conn, shop, [tracking_no])
    for finding in unsettled.get(tracking_no, []):
        if finding.closed_at is None:
            await findings.close(tx.conn, finding.id, TroubleOutcome.GONE, now)
    await parcels.forget(tx.conn, shop, tracking_no)


def look_without_asking(
    parcel: Parcel, settings: OutreachSettings, model: Model | None, now: datetime
) -> tuple[bool, datetime | None]:
    """Whether a parcel that is listed has to be asked about, by what is known of it; else when to look again."""
    moments = rules.moments(parcel, settings, model)
    doubtful = rules.verdict(moments, parcel, now) is not None
    return doubtful, None if doubtful else rules.look_at(moments, parcel, now, None, listed=True)


#: What does not answer is asked again after so long.
AGAIN = timedelta(minutes=5)
