"""Heads, versions, and what was done with them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from yingda.infra.database import Connection
from yingda.kit.ids import new_id
from yingda.knowledge.articles.errors import OwnerMissing, SlugTaken
from yingda.knowledge.articles.schemas import (
    Article,
    ArticleContent,
    Filter,
    Move,
    Moved,
    State,
    TopicCount,
    Version,
    VersionHead,
)
from yingda.knowledge.search import Tier

_ARTICLE = ", ".join(Article.__struct_fields__)
_HEAD = "number, author_id, author_name, note, created_at"


async def find(conn: Connection, article_id: UUID, *, lock: bool = False) -> Article | None:
    row = await conn.fetchrow(
        f"SELECT {_ARTICLE} FROM articles WHERE id = $1" + (" FOR UPDATE" if lock else ""), article_id
    )
    return _article(row) if row else None


async def by_slugs(conn: Connection, slugs: Sequence[str]) -> dict[str, Article]:
    """Those that exist, locked: somebody is about to put files in their place."""
    rows = await conn.fetch(f"SELECT {_ARTICLE} FROM articles WHERE slug = ANY($1) ORDER BY slug FOR UPDATE", slugs)
    return {row["slug"]: _article(row) for row in rows}


async def page(conn: Connection, wanted: Filter, after: tuple[datetime, UUID] | None, limit: int) -> list[Article]:
    """Latest change first."""
    rows = await conn.fetch(
        f"SELECT {_ARTICLE} FROM articles WHERE ($1::text IS NULL OR tier = $1) AND ($2::text IS NULL OR topic = $2) "
        "AND ($3::text IS NULL OR state = $3) AND ($4::date IS NULL OR (live_version IS NOT NULL "
        "AND review_due_on <= $4)) AND NOT EXISTS (SELECT FROM unnest($5::text[]) w "
        "WHERE strpos(lower(title || ' ' || slug || ' ' || topic), w) = 0) "
        "AND ($6::timestamptz IS NULL OR (updated_at, id) < ($6, $7::uuid)) "
        "ORDER BY updated_at DESC, id DESC LIMIT $8",
        wanted.tier,
        wanted.topic,
        wanted.state,
        wanted.due_by,
        wanted.words,
        after[0] if after else None,
        after[1] if after else None,
        limit,
    )
    return [_article(row) for row in rows]


async def topics(conn: Connection) -> list[TopicCount]:
    rows = await conn.fetch(
        "SELECT tier, topic, count(live_version) AS live, count(*) FILTER (WHERE state = 'draft') AS draft, "
        "count(*) FILTER (WHERE state = 'review') AS review, count(*) FILTER (WHERE state = 'retired') AS retired "
        "FROM articles GROUP BY tier, topic ORDER BY tier, topic"
    )
    return [TopicCount(**{**row, "tier": Tier(row["tier"])}) for row in rows]


async def add(conn: Connection, articles: Sequence[Article]) -> None:
    """Raises `SlugTaken` or `OwnerMissing`."""
    try:
        await conn.executemany(
            f"INSERT INTO articles ({_ARTICLE}) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
            [_values(one) for one in articles],
        )
    except asyncpg.UniqueViolationError:
        raise SlugTaken(slug=articles[0].slug) from None
    except asyncpg.ForeignKeyViolationError:
        raise OwnerMissing from None


async def save(conn: Connection, articles: Sequence[Article]) -> None:
    """What has become of known ones; the caller holds their locks. Raises `OwnerMissing`."""
    try:
        await conn.executemany(
            "UPDATE articles SET state = $3, tier = $4, topic = $5, title = $6, locale = $7, owner_role = $8, "
            "owner_id = $9, version = $10, live_version = $11, review_due_on = $12, live_at = $13, created_at = $14, "
            "updated_at = $15 WHERE id = $1 AND slug = $2",
            [_values(one) for one in articles],
        )
    except asyncpg.ForeignKeyViolationError:
        raise OwnerMissing from None


async def add_versions(conn: Connection, versions: Sequence[tuple[UUID, Version]]) -> None:
    await conn.executemany(
        f"INSERT INTO article_versions (article_id, content, {_HEAD}) VALUES ($1, $2::jsonb, $3, $4, $5, $6, $7)",
        [
            (
                article_id,
                msgspec.json.encode(one.content).decode(),
                one.head.number,
                one.head.author_id,
                one.head.author_name,
                one.head.note,
                one.head.created_at,
            )
            for article_id, one in versions
        ],
    )


async def version(conn: Connection, article_id: UUID, number: int) -> Version | None:
    row = await conn.fetchrow(
        f"SELECT {_HEAD}, content FROM article_versions WHERE article_id = $1 AND number = $2", article_id, number
    )
    return Version(_head(row), _content(row)) if row else None


async def latest_contents(conn: Connection) -> list[tuple[Article, ArticleContent]]:
    """Of all articles that are not retired, by place: what an export writes."""
    rows = await conn.fetch(
        f"SELECT {', '.join(f'a.{name}' for name in Article.__struct_fields__)}, v.content FROM articles a "
        "JOIN article_versions v ON v.article_id = a.id AND v.number = a.version "
        "WHERE a.state <> 'retired' ORDER BY a.tier, a.topic, a.slug"
    )
    return [(_article(row), _content(row)) for row in rows]


async def contents(conn: Connection, ids: Sequence[UUID]) -> dict[UUID, ArticleContent]:
    """What the latest versions say."""
    rows = await conn.fetch(
        "SELECT a.id, v.content FROM articles a JOIN article_versions v ON v.article_id = a.id "
        "AND v.number = a.version WHERE a.id = ANY($1)",
        ids,
    )
    return {row["id"]: _content(row) for row in rows}


async def heads(conn: Connection, article_id: UUID, limit: int = 100) -> list[VersionHead]:
    """Latest first."""
    rows = await conn.fetch(
        f"SELECT {_HEAD} FROM article_versions WHERE article_id = $1 ORDER BY number DESC LIMIT $2", article_id, limit
    )
    return [_head(row) for row in rows]


async def writers(conn: Connection, article_id: UUID, since: int) -> set[UUID]:
    """Who wrote or submitted versions after number `since`."""
    rows = await conn.fetch(
        "SELECT author_id AS staff FROM article_versions WHERE article_id = $1 AND number > $2 "
        "AND author_id IS NOT NULL UNION SELECT staff_id FROM article_moves WHERE article_id = $1 AND version > $2 "
        "AND move = 'submit' AND staff_id IS NOT NULL",
        article_id,
        since,
    )
    return {row["staff"] for row in rows}


async def add_moves(conn: Connection, moves: Sequence[tuple[UUID, Moved]]) -> None:
    await conn.executemany(
        "INSERT INTO article_moves (id, article_id, version, move, staff_id, staff_name, remark, at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        [
            (new_id(), article_id, one.version, one.move.value, one.staff_id, one.staff_name, one.remark, one.at)
            for article_id, one in moves
        ],
    )


async def moves(conn: Connection, article_id: UUID, limit: int = 100) -> list[Moved]:
    """Latest first."""
    rows = await conn.fetch(
        "SELECT version, move, staff_id, staff_name, remark, at FROM article_moves WHERE article_id = $1 "
        "ORDER BY at DESC, id DESC LIMIT $2",
        article_id,
        limit,
    )
    return [Moved(**{**row, "move": Move(row["move"])}) for row in rows]


def _values(one: Article) -> tuple[object, ...]:
    return tuple(value.value if isinstance(value, State | Tier) else value for value in msgspec.structs.astuple(one))


def _article(row: asyncpg.Record) -> Article:
    given = {name: row[name] for name in Article.__struct_fields__}
    return Article(**{**given, "state": State(row["state"]), "tier": Tier(row["tier"])})


def _head(row: asyncpg.Record) -> VersionHead:
    return VersionHead(**{name: row[name] for name in VersionHead.__struct_fields__})


def _content(row: asyncpg.Record) -> ArticleContent:
    return msgspec.json.decode(row["content"], type=ArticleContent)
