"""All SQL of the webhooks that come in."""

from datetime import datetime

from yingda.infra.database import Connection


async def add(conn: Connection, shop: str, delivery: str, now: datetime) -> bool:
    """False: it came before."""
    status = await conn.execute(
        "INSERT INTO hook_deliveries (shop, delivery, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        shop,
        delivery,
        now,
    )
    return bool(status == "INSERT 0 1")


async def purge(conn: Connection, before: datetime) -> None:
    await conn.execute("DELETE FROM hook_deliveries WHERE at < $1", before)
