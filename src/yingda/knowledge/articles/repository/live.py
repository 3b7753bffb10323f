"""What customers are told, as processes keep it in memory; and the vectors of it."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from yingda.infra.database import Connection
from yingda.knowledge.articles.schemas import ArticleContent, LiveContent, StoredVectors

_LIVE = (
    "SELECT a.id, a.slug, a.live_version, v.content FROM articles a "
    "JOIN article_versions v ON v.article_id = a.id AND v.number = a.live_version WHERE a.live_version IS NOT NULL"
)


async def numbers(conn: Connection) -> dict[UUID, int]:
    """Which version of which article is live."""
    rows = await conn.fetch("SELECT id, live_version FROM articles WHERE live_version IS NOT NULL")
    return {row["id"]: row["live_version"] for row in rows}


async def contents(conn: Connection, ids: Sequence[UUID] | None = None) -> list[LiveContent]:
    """What they say; None: all of them."""
    rows = await (conn.fetch(_LIVE) if ids is None else conn.fetch(f"{_LIVE} AND a.id = ANY($1)", ids))
    return [
        LiveContent(
            id=row["id"],
            slug=row["slug"],
            version=row["live_version"],
            content=msgspec.json.decode(row["content"], type=ArticleContent),
        )
        for row in rows
    ]


async def vector_numbers(conn: Connection, encoder: str) -> dict[UUID, int]:
    """Of which version of which article the vectors are."""
    rows = await conn.fetch("SELECT article_id, version FROM article_vectors WHERE encoder = $1", encoder)
    return {row["article_id"]: row["version"] for row in rows}


async def vectors(conn: Connection, encoder: str, ids: Sequence[UUID]) -> list[StoredVectors]:
    """Those of live versions."""
    rows = await conn.fetch(
        "SELECT v.article_id, v.version, v.size, v.rows FROM article_vectors v JOIN articles a ON a.id = v.article_id "
        "AND a.live_version = v.version WHERE v.encoder = $1 AND v.article_id = ANY($2)",
        encoder,
        ids,
    )
    return [StoredVectors(**row) for row in rows]


async def keep_vectors(conn: Connection, encoder: str, made: Sequence[StoredVectors]) -> None:
    await conn.executemany(
        "INSERT INTO article_vectors (article_id, encoder, version, size, rows) VALUES ($1, $2, $3, $4, $5) "
        "ON CONFLICT (article_id, encoder) DO UPDATE SET version = $3, size = $4, rows = $5",
        [(one.article_id, encoder, one.version, one.size, one.rows) for one in made],
    )
