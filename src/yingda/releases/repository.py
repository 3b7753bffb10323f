"""All SQL of what was declined."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from yingda.infra.database import Connection
from yingda.releases.schemas import Declined


async def declined(conn: Connection, subject: str) -> dict[str, tuple[dict[str, Any], Declined]]:
    """By part: what was declined, and by whom."""
    rows = await conn.fetch(
        "SELECT part, content, why, author_name, at FROM release_declines WHERE subject = $1", subject
    )
    return {
        row["part"]: (
            msgspec.json.decode(row["content"]),
            Declined(why=row["why"], author_name=row["author_name"], at=row["at"]),
        )
        for row in rows
    }


async def decline(
    conn: Connection, subject: str, parts: Mapping[str, msgspec.Struct], told: Declined, author_id: UUID
) -> None:
    await conn.execute(
        "INSERT INTO release_declines (subject, part, content, why, author_id, author_name, at) "
        "SELECT $1, part, content::jsonb, $4, $5, $6, $7 FROM unnest($2::text[], $3::text[]) AS x (part, content) "
        "ON CONFLICT (subject, part) DO UPDATE SET content = EXCLUDED.content, why = EXCLUDED.why, "
        "author_id = EXCLUDED.author_id, author_name = EXCLUDED.author_name, at = EXCLUDED.at",
        subject,
        list(parts),
        [msgspec.json.encode(content).decode() for content in parts.values()],
        told.why,
        author_id,
        told.author_name,
        told.at,
    )


async def forget(conn: Connection, subject: str, parts: Sequence[str]) -> None:
    await conn.execute(
        "DELETE FROM release_declines WHERE subject = $1 AND part = ANY($2::text[])", subject, list(parts)
    )
