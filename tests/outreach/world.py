"""A demo shop whose parcels tests move, under a clock that tests move."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from tests.factories import SHOP, Colleague, Visitor
from tests.server import RunningServer
from yingda.commerce import ParcelMoved, Shipment, ShipmentEvent, ShipmentState
from yingda.kit import clock


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    with clock.frozen(moment):
        yield


def noon(days: int = 0) -> datetime:
    """Today at noon in China, or so many days later: no quiet hours. It may be over already, so all happens `at` it."""
    today = clock.now().astimezone(clock.SHANGHAI)
    return (today.replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=days)).astimezone(UTC)


class World:
    """One process with everything in it."""

    def __init__(self, server: RunningServer) -> None:
        self.server = server
        self.runtime = server.runtime
        self.pool = server.runtime.db.pool

    async def only_showcases(self) -> None:
        """Only the parcels of customers whom a test may be: a sweep concerns nobody else."""
        await self.pool.execute(
            "DELETE FROM demo_shipments WHERE owner NOT IN (SELECT user_id FROM demo_shoppers WHERE note IS NOT NULL)"
        )

    async def parcel_of(self, visitor: Visitor, state: str) -> Shipment:
        """One of theirs that stands there."""
        owner = await self.owner_of(visitor)
        body = await self.pool.fetchval(
            "SELECT body FROM demo_shipments WHERE owner = $1 AND body ->> 'state' = $2", owner, state
        )
        return msgspec.json.decode(body, type=Shipment)

    async def owner_of(self, visitor: Visitor) -> str:
        shop = f"shop:{SHOP}"
        customer_id = await self.customer_of(visitor)
        return str(
            await self.pool.fetchval(
                "SELECT external_id FROM customer_identities WHERE customer_id = $1 AND channel = $2", customer_id, shop
            )
        )

    async def customer_of(self, visitor: Visitor) -> Any:
        name = visitor.session["customer"]["name"]
        return await self.pool.fetchval("SELECT id FROM customers WHERE display_name = $1", name)

    async def move(
        self, parcel: Shipment, state: ShipmentState, moment: datetime, place: str = "杭州西湖营业部"
    ) -> None:
        """The carrier says something new."""
        event = ShipmentEvent(moment, state, place, "新的物流记录")
        await self.keep(msgspec.structs.replace(parcel, state=state, events=(*parcel.events, event)))

    async def keep(self, parcel: Shipment) -> None:
        await self.pool.execute(
            "UPDATE demo_shipments SET body = $2::jsonb, moved_at = $3 WHERE tracking_no = $1",
            parcel.tracking_no,
            msgspec.json.encode(parcel).decode(),
            parcel.last_event.at,
        )

    async def tell(self, event: ParcelMoved, moment: datetime) -> None:
        """The shop tells of a parcel."""
        with at(moment):
            async with self.runtime.db.transaction() as tx:
                await tx.publish(event)

    async def sweep(self, moment: datetime) -> None:
        with at(moment):
            await self.runtime.outreach.sweep()

    async def told(self, visitor: Visitor) -> list[str]:
        """What the assistant has told them unasked."""
        return [
            one["content"]["text"]
            for one in await visitor.thread()
            if one["author"]["kind"] == "assistant" and one["kind"] == "quick_replies"
        ]

    async def notes(self, conversation_id: str) -> list[str]:
        rows = await self.pool.fetch(
            "SELECT content ->> 'text' AS text FROM messages WHERE conversation_id = $1 AND kind = 'note' "
            "AND content ->> 'type' = 'note'",
            conversation_id,
        )
        return [row["text"] for row in rows]


async def turn_on(admin: Colleague, **settings: Any) -> dict[str, Any]:
    """As a supervisor does it on the page."""
    kept = await admin.get("/outreach/settings")
    body = {"version": kept["version"], "settings": kept["settings"] | {"enabled": True} | settings}
    answer = await admin.call("PUT", "/outreach/settings", json=body)
    assert answer.status_code == 200, answer.text
    changed: dict[str, Any] = answer.json()
    return changed


async def finding_of(admin: Colleague, parcel: Shipment) -> dict[str, Any]:
    """The latest about this parcel."""
    found: list[dict[str, Any]] = (await admin.get("/outreach/findings", number=parcel.tracking_no))["items"]
    return found[0]
