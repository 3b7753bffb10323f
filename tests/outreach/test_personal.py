"""What a customer was told unasked goes along in a copy, and away with an erasure."""

from uuid import uuid4

from yingda.infra.database import Database
from yingda.outreach import PERSONAL
from yingda.privacy import Subject


async def test_what_was_told_is_copied_and_erased_for_this_customer_alone(db: Database) -> None:
    async with db.transaction() as tx:
        for owner in ("U1", "U2"):
            await tx.conn.execute(
                "INSERT INTO outreach_contacts (shop, owner, opted_out_at) VALUES ('liuli', $1, now())", owner
            )
            await tx.conn.execute(
                "INSERT INTO outreach_findings "
                "(id, shop, owner, order_no, tracking_no, rule, purpose, basis_at, evidence, "
                "found_at, told_text) VALUES ($1, 'liuli', $2, 'LM1', $2, 'stuck', 'outbound', now(), '{}', now(), $3)",
                uuid4(),
                owner,
                f"{owner}，您的包裹停了",
            )
    one = uuid4()
    subject = Subject(one, (one,), (("shop:liuli", "U1"), ("web", "visitor")))
    async with db.reading() as conn:
        assert [row["told_text"] for row in await PERSONAL.export(conn, subject)] == ["U1，您的包裹停了"]
    async with db.transaction() as tx:
        assert await PERSONAL.erase(tx, subject) == 2
    async with db.reading() as conn:
        assert await PERSONAL.export(conn, subject) == []
        assert [row["owner"] for row in await conn.fetch("SELECT owner FROM outreach_findings")] == ["U2"]
