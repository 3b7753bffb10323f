"""What was asked, what was answered, how old the articles are."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from yingda.infra.database import Connection
from yingda.kit.clock import SHANGHAI
from yingda.knowledge.articles.schemas import ArticleFigures, DayFigures, KnowledgeBoard, ProposalKind


async def count(conn: Connection, day: date, by_shop: Mapping[str, tuple[int, int, int]]) -> None:
    """Answered, offered and missed questions of a day."""
    await conn.executemany(
        "INSERT INTO article_days AS d (day, shop, answered, offered, missed) VALUES ($1, $2, $3, $4, $5) "
        "ON CONFLICT (day, shop) DO UPDATE SET answered = d.answered + $3, offered = d.offered + $4, "
        "missed = d.missed + $5",
        [(day, shop, *counts) for shop, counts in sorted(by_shop.items())],
    )


async def count_uses(conn: Connection, day: date, uses: Mapping[UUID, int]) -> None:
    """Articles that are gone by now count nothing."""
    await conn.execute(
        "INSERT INTO article_uses AS u (article_id, day, answered, useful, useless) "
        "SELECT t.id, $1, t.times, 0, 0 FROM unnest($2::uuid[], $3::int[]) AS t (id, times) "
        "JOIN articles a ON a.id = t.id ORDER BY t.id "
        "ON CONFLICT (article_id, day) DO UPDATE SET answered = u.answered + excluded.answered",
        day,
        list(uses),
        list(uses.values()),
    )


async def rate(conn: Connection, article_id: UUID, day: date, *, useful: int, useless: int) -> bool:
    """So many more of each; False: there is no such article any more."""
    status: str = await conn.execute(
        "INSERT INTO article_uses AS u (article_id, day, answered, useful, useless) "
        "SELECT id, $2, 0, $3, $4 FROM articles WHERE id = $1 "
        "ON CONFLICT (article_id, day) DO UPDATE SET useful = u.useful + $3, useless = u.useless + $4",
        article_id,
        day,
        useful,
        useless,
    )
    return status.endswith(" 1")


async def board(conn: Connection, moment: datetime, days: int, encoder: str | None) -> KnowledgeBoard:
    today = moment.astimezone(SHANGHAI).date()
    since = today - timedelta(days=days - 1)
    figures = await _days(conn, since)
    asked = sum(one.answered + one.offered + one.missed for one in figures)
    return KnowledgeBoard(
        **await _stock(conn, moment, today, encoder),
        coverage=sum(one.answered for one in figures) / asked if asked else None,
        days=figures,
        most_used=await _most_used(conn, since),
        open_proposals=await _open(conn),
    )


async def _stock(conn: Connection, moment: datetime, today: date, encoder: str | None) -> dict[str, Any]:
    row = await conn.fetchrow(
        "SELECT count(live_version) AS live, count(*) FILTER (WHERE state = 'draft') AS draft, "
        "count(*) FILTER (WHERE state = 'review') AS review, "
        "count(*) FILTER (WHERE live_version IS NOT NULL AND review_due_on <= $2) AS overdue, "
        "count(*) FILTER (WHERE (v.content->>'valid_until')::date < $2) AS expired, "
        "percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM $1 - live_at) / 86400) AS median_age_days, "
        "(max(extract(epoch FROM $1 - live_at)) / 86400)::float8 AS oldest_age_days, count(e.article_id) AS encoded "
        "FROM articles a LEFT JOIN article_versions v ON v.article_id = a.id AND v.number = a.live_version "
        "LEFT JOIN article_vectors e ON e.article_id = a.id AND e.version = a.live_version AND e.encoder = $3",
        moment,
        today,
        encoder or "",
    )
    return dict(row or {})


async def _days(conn: Connection, since: date) -> list[DayFigures]:
    rows = await conn.fetch(
        "SELECT day, sum(answered)::int AS answered, sum(offered)::int AS offered, sum(missed)::int AS missed "
        "FROM article_days WHERE day >= $1 GROUP BY day ORDER BY day",
        since,
    )
    return [DayFigures(**row) for row in rows]


async def _most_used(conn: Connection, since: date) -> list[ArticleFigures]:
    rows = await conn.fetch(
        "SELECT a.id, a.slug, a.title, sum(u.answered)::int AS answered, sum(u.useful)::int AS useful, "
        "sum(u.useless)::int AS useless FROM article_uses u JOIN articles a ON a.id = u.article_id "
        "WHERE u.day >= $1 GROUP BY a.id ORDER BY 4 DESC, a.slug LIMIT 10",
        since,
    )
    return [ArticleFigures(**row) for row in rows]


async def _open(conn: Connection) -> dict[ProposalKind, int]:
    rows = await conn.fetch("SELECT kind, count(*) FROM article_proposals WHERE state = 'open' GROUP BY kind")
    return {ProposalKind(kind): count for kind, count in rows}
