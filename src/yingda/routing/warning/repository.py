"""All SQL of early warning."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from yingda.infra.database import Connection
from yingda.routing.levels import Item, ItemKind
from yingda.routing.warning.schemas import NAMES, Model, Risk, RiskReason, Sample


async def model(conn: Connection, kind: ItemKind) -> Model | None:
    """The taught model that serves; None as long as none was taught."""
    found = await conn.fetchval(
        "SELECT model FROM routing_warning_models WHERE item_kind = $1 ORDER BY version DESC LIMIT 1", kind.value
    )
    return msgspec.json.decode(found, type=Model) if found else None


async def add_model(conn: Connection, kind: ItemKind, taught: Model) -> None:
    await conn.execute(
        "INSERT INTO routing_warning_models (item_kind, version, model, at) VALUES ($1, $2, $3, $4)",
        kind.value,
        taught.version,
        msgspec.json.encode(taught).decode(),
        taught.at,
    )


async def flagged(conn: Connection, kind: ItemKind | None = None) -> dict[UUID, Risk]:
    """Of a kind, or of all."""
    rows = await conn.fetch(
        "SELECT item_kind, item_id, probability, reasons, since FROM routing_warnings "
        "WHERE $1::text IS NULL OR item_kind = $1",
        kind.value if kind else None,
    )
    return {
        row["item_id"]: Risk(
            kind=ItemKind(row["item_kind"]),
            id=row["item_id"],
            probability=row["probability"],
            reasons=msgspec.json.decode(row["reasons"], type=list[RiskReason]),
            since=row["since"],
        )
        for row in rows
    }


async def flag(conn: Connection, kind: ItemKind, risks: Sequence[Risk]) -> None:
    """These are what is flagged of a kind from now on; `since` stays what it was."""
    await conn.execute(
        "DELETE FROM routing_warnings WHERE item_kind = $1 AND item_id <> ALL($2::uuid[])",
        kind.value,
        [risk.id for risk in risks],
    )
    await conn.executemany(
        "INSERT INTO routing_warnings (item_kind, item_id, probability, reasons, since) VALUES ($1, $2, $3, $4, $5) "
        "ON CONFLICT (item_kind, item_id) DO UPDATE SET probability = excluded.probability, reasons = excluded.reasons",
        [(kind.value, one.id, one.probability, msgspec.json.encode(one.reasons).decode(), one.since) for one in risks],
    )


async def sampled(conn: Connection, kind: ItemKind, item_ids: Sequence[UUID]) -> dict[UUID, tuple[int, datetime]]:
    """How many samples of each of these there are, and when the last was taken."""
    rows = await conn.fetch(
        "SELECT item_id, count(*) AS number, max(at) AS at FROM routing_warning_samples "
        "WHERE item_kind = $1 AND item_id = ANY($2::uuid[]) GROUP BY item_id",
        kind.value,
        item_ids,
    )
    return {row["item_id"]: (row["number"], row["at"]) for row in rows}


async def add_samples(
    conn: Connection, kind: ItemKind, samples: Sequence[tuple[UUID, int, datetime, list[float], float, bool]]
) -> None:
    await conn.executemany(
        "INSERT INTO routing_warning_samples (item_kind, item_id, number, at, features, probability, flagged) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
        [(kind.value, *sample) for sample in samples],
    )


async def went_wrong(conn: Connection, item: Item, at: datetime) -> None:
    """It was escalated, or missed a deadline: that is what its samples should have foreseen."""
    await conn.execute(
        "UPDATE routing_warning_samples SET bad_at = $3 "
        "WHERE item_kind = $1 AND item_id = $2 AND bad_at IS NULL AND at < $3",
        item.kind.value,
        item.id,
        at,
    )


async def end(conn: Connection, item: Item) -> None:
    """Nothing to be warned of any more; what was known of it can be learnt from."""
    await conn.execute(
        "WITH gone AS (DELETE FROM routing_warnings WHERE item_kind = $1 AND item_id = $2) "
        "UPDATE routing_warning_samples SET ended = true WHERE item_kind = $1 AND item_id = $2",
        item.kind.value,
        item.id,
    )


async def drop(conn: Connection, item: Item) -> None:
    """There is no such item any more."""
    await conn.execute(
        "WITH gone AS (DELETE FROM routing_warnings WHERE item_kind = $1 AND item_id = $2) "
        "DELETE FROM routing_warning_samples WHERE item_kind = $1 AND item_id = $2",
        item.kind.value,
        item.id,
    )


async def samples(conn: Connection, kind: ItemKind, since: datetime) -> list[Sample]:
    """What was known of items that have ended, and whether they went wrong after it.

    Samples that an earlier version took with other figures are left out.
    """
    rows = await conn.fetch(
        "SELECT item_id, features, probability, flagged, bad_at IS NOT NULL AS bad "
        "FROM routing_warning_samples WHERE item_kind = $1 AND at >= $2 AND ended AND cardinality(features) = $3 "
        "ORDER BY at, item_id, number",
        kind.value,
        since,
        len(NAMES[kind]),
    )
    return [Sample(**row) for row in rows]


async def purge(conn: Connection, before: datetime) -> None:
    await conn.execute("DELETE FROM routing_warning_samples WHERE at < $1", before)
