"""What was asked, what was answered, how old the articles are."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from yingda.infra.database import Connection


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


async def rate(conn: Connection, article_id: UUID, day: date, *, useful: bool) -> None:
    await conn.execute(
        "INSERT INTO article_uses AS u (article_id, day, answered, useful, useless) VALUES ($1, $2, 0, $3, $4) "
        "ON CONFLICT (article_id, day) DO UPDATE SET useful = u.useful + $3, useless = u.useless + $4",
        article_id,
        day,
        int(useful),
        int(not useful),
    )
