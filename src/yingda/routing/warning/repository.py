"""All SQL of early warning."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from yingda.infra.database import Connection
from yingda.routing.warning.schemas import NAMES, Model, Risk, RiskReason, Sample


async def model(conn: Connection) -> Model | None:
    """The taught model that serves; None as long as none was taught."""
    found = await conn.fetchval("SELECT model FROM routing_warning_models ORDER BY version DESC LIMIT 1")
    return msgspec.json.decode(found, type=Model) if found else None


async def add_model(conn: Connection, taught: Model) -> None:
    await conn.execute(
        "INSERT INTO routing_warning_models (version, model, at) VALUES ($1, $2, $3)",
        taught.version,
        msgspec.json.encode(taught).decode(),
        taught.at,
    )


async def flagged(conn: Connection) -> dict[UUID, Risk]:
    rows = await conn.fetch("SELECT conversation_id, probability, reasons, since FROM routing_warnings")
    return {
        row["conversation_id"]: Risk(
            conversation_id=row["conversation_id"],
            probability=row["probability"],
            reasons=msgspec.json.decode(row["reasons"], type=list[RiskReason]),
            since=row["since"],
        )
        for row in rows
    }


async def flag(conn: Connection, warnings: Sequence[Risk]) -> None:
    """These are what is flagged from now on; `since` stays what it was."""
    await conn.execute(
        "DELETE FROM routing_warnings WHERE conversation_id <> ALL($1::uuid[])",
        [warning.conversation_id for warning in warnings],
    )
    await conn.executemany(
        "INSERT INTO routing_warnings (conversation_id, probability, reasons, since) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (conversation_id) DO UPDATE SET probability = excluded.probability, reasons = excluded.reasons",
        [
            (one.conversation_id, one.probability, msgspec.json.encode(one.reasons).decode(), one.since)
            for one in warnings
        ],
    )


async def sampled(conn: Connection, conversation_ids: Sequence[UUID]) -> dict[UUID, tuple[int, datetime]]:
    """How many samples of each of these there are, and when the last was taken."""
    rows = await conn.fetch(
        "SELECT conversation_id, count(*) AS number, max(at) AS at FROM routing_warning_samples "
        "WHERE conversation_id = ANY($1::uuid[]) GROUP BY conversation_id",
        conversation_ids,
    )
    return {row["conversation_id"]: (row["number"], row["at"]) for row in rows}


async def add_samples(
    conn: Connection, samples: Sequence[tuple[UUID, int, datetime, list[float], float, bool]]
) -> None:
    await conn.executemany(
        "INSERT INTO routing_warning_samples (conversation_id, number, at, features, probability, flagged) "
        "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
        samples,
    )


async def went_wrong(conn: Connection, conversation_id: UUID, at: datetime) -> None:
    """It was escalated, or missed a deadline: that is what its samples should have foreseen."""
    await conn.execute(
        "UPDATE routing_warning_samples SET bad_at = $2 WHERE conversation_id = $1 AND bad_at IS NULL AND at < $2",
        conversation_id,
        at,
    )


async def end(conn: Connection, conversation_id: UUID) -> None:
    """Nothing to be warned of any more; what was known of it can be learnt from."""
    await conn.execute(
        "WITH gone AS (DELETE FROM routing_warnings WHERE conversation_id = $1) "
        "UPDATE routing_warning_samples SET ended = true WHERE conversation_id = $1",
        conversation_id,
    )


async def samples(conn: Connection, since: datetime) -> list[Sample]:
    """What was known of conversations that have ended, and whether they went wrong after it.

    Samples that an earlier version took with other figures are left out.
    """
    rows = await conn.fetch(
        "SELECT conversation_id, features, probability, flagged, bad_at IS NOT NULL AS bad "
        "FROM routing_warning_samples WHERE at >= $1 AND ended AND cardinality(features) = $2 "
        "ORDER BY at, conversation_id, number",
        since,
        len(NAMES),
    )
    return [Sample(**row) for row in rows]


async def purge(conn: Connection, before: datetime) -> None:
    await conn.execute("DELETE FROM routing_warning_samples WHERE at < $1", before)
