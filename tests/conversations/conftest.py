"""Makers of customers and messages below the HTTP surface."""

from collections.abc import Awaitable, Callable
from uuid import UUID, uuid4

import pytest

from yingda.conversations import Incoming, Kind, Received, TextContent, receive
from yingda.customers import resolve_visitor
from yingda.infra.database import Database

Says = Callable[..., Awaitable[Received]]


@pytest.fixture
async def customer(db: Database) -> UUID:
    async with db.transaction() as tx:
        return (await resolve_visitor(tx, "web", str(uuid4()))).id


@pytest.fixture
def says(db: Database) -> Says:
    """`await says(customer, "text")` hands a message in, as a channel does."""

    async def hand_in(customer: UUID, text: str, external_id: str | None = None, channel: str = "web") -> Received:
        async with db.transaction() as tx:
            return await receive(
                tx,
                Incoming(
                    customer_id=customer,
                    shop="liuli",
                    channel=channel,
                    external_id=external_id or str(uuid4()),
                    kind=Kind.TEXT,
                    content=TextContent(text),
                ),
            )

    return hand_in
