"""Kinds that are there from the beginning."""

from yingda.infra.database import Database
from yingda.tickets import ensure_kinds


async def test_every_organisation_has_the_kinds_that_the_product_opens_tickets_of(db: Database) -> None:
    for _ in range(2):
        async with db.transaction() as tx:
            await ensure_kinds(tx)
            codes = {row["code"] for row in await tx.conn.fetch("SELECT code FROM ticket_kinds")}
    assert {"war_room", "refund"} <= codes
    async with db.transaction() as tx:
        await tx.conn.execute("DELETE FROM ticket_kinds WHERE code <> 'complaint'")
        await ensure_kinds(tx)
        kept = {row["code"] for row in await tx.conn.fetch("SELECT code FROM ticket_kinds")}
    assert kept == {"complaint", "logistics", "technical", "other", "war_room"}
