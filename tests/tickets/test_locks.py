"""Tickets are locked before conversations, by all who lock both: so nobody waits for each other."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from tests.conftest import DemoTemplate
from tests.factories import Colleague
from tests.server import RunningServer
from tests.tickets.desk import asked, me, open_ticket
from yingda.conversations import Author, AuthorKind, get, merge, move_to_customer
from yingda.identity import principals_of
from yingda.infra.database import Database
from yingda.tickets import comments
from yingda.tickets.access import get_changeable

CLERK = Author(AuthorKind.STAFF, None, "小雅")


async def blocked(db: Database) -> None:
    """Until some transaction waits for another's lock."""
    async with db.reading() as conn:
        async with asyncio.timeout(20):
            while not await conn.fetchval("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)"):
                await asyncio.sleep(0.01)


@pytest.mark.parametrize("how", ["merged", "identified"])
async def test_a_ticket_that_tells_its_customer_and_conversations_that_become_one(
    server: RunningServer, demo_template: DemoTemplate, how: str
) -> None:
    db = server.runtime.db
    agent = await Colleague.sign_in(server.url, demo_template.account("demo.agent1"))
    _, earlier_id, _ = await asked(server, agent)
    _, later_id, seq = await asked(server, agent)
    view = await open_ticket(agent, conversation_id=later_id, seq=seq, title="")
    async with db.reading() as conn:
        later, earlier = await get(conn, UUID(later_id)), await get(conn, UUID(earlier_id))
        (principal,) = await principals_of(conn, [UUID(await me(agent))])

    whose = later.customer_id if how == "merged" else earlier.customer_id
    async with db.transaction() as tx:
        await tx.conn.execute(
            "UPDATE conversations SET customer_id = $2, state = 'resolved' WHERE id = $1", earlier.id, whose
        )

    async def joined() -> None:
        async with db.transaction() as tx:
            if how == "merged":
                await merge(tx, later, await get(tx.conn, earlier.id), CLERK)
            else:
                await move_to_customer(tx, later.customer_id, whose, later.shop)

    async with db.transaction() as tx:
        ticket = await get_changeable(tx.conn, UUID(view["ticket"]["id"]), principal)
        other = asyncio.create_task(joined())
        await blocked(db)
        told: Any = await comments.add(tx, ticket, principal, comments.NewComment(text="包裹已找到", public=True))
    await other
    assert told.public
    moved = await agent.get(f"/tickets/{view['ticket']['id']}")
    assert moved["ticket"]["customer_id"] == str(whose)
    await agent.close()
