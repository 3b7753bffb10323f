"""Steps that were taken, and how the processes were called at the time."""

from uuid import UUID

import msgspec

from yingda.dialogue.trace.schemas import Names, Taken
from yingda.infra.database import Connection


async def taken(conn: Connection, conversation_id: UUID, most: int) -> list[Taken]:
    """The latest ones, in the order in which they were taken."""
    rows = await conn.fetch(
        "SELECT seq, flow, process, version, step, reason, at FROM procedure_steps WHERE conversation_id = $1 "
        "ORDER BY id DESC LIMIT $2",
        conversation_id,
        most,
    )
    return [msgspec.convert(dict(row), Taken) for row in reversed(rows)]


async def names(conn: Connection, versions: set[tuple[str, int]]) -> dict[tuple[str, int], Names]:
    rows = await conn.fetch(
        "SELECT DISTINCT ON (process, version) process, version, body FROM procedures "
        "JOIN unnest($1::text[], $2::int[]) AS one (process, version) USING (process, version) "
        "ORDER BY process, version, seen_at DESC",
        [process for process, _ in versions],
        [version for _, version in versions],
    )
    return {(row["process"], row["version"]): msgspec.json.decode(row["body"], type=Names) for row in rows}
