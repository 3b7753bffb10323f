"""Kinds that are there from the beginning."""

from yingda.dialogue import read_all, shipped_dir
from yingda.infra.database import Database
from yingda.tickets import ensure_kinds


async def test_every_organisation_has_the_kinds_that_the_product_opens_tickets_of(db: Database) -> None:
    for _ in range(2):
        async with db.transaction() as tx:
            await ensure_kinds(tx)
            codes = {row["code"] for row in await tx.conn.fetch("SELECT code FROM ticket_kinds")}
    assert {"war_room", "refund"} <= codes
    async with db.transaction() as tx:
        await tx.conn.execute("DELETE FROM ticket_kinds WHERE code <> 'refund'")
        await ensure_kinds(tx)
        kept = {row["code"] for row in await tx.conn.fetch("SELECT code FROM ticket_kinds")}
    opened = {step.kind for one in read_all(shipped_dir())[0] for step in one.process.steps if hasattr(step, "kind")}
    assert opened == {"logistics", "damage", "reaction", "complaint", "other"}
    assert kept == opened | {"refund", "carrier", "technical", "after_hours", "war_room"}
