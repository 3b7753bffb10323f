"""What the watch needs of the kinds of things that can be late."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from yingda import tickets
from yingda.conversations import SYSTEM, DueClock, place_of, record, set_due, try_lock
from yingda.infra.database import Connection, Tx
from yingda.routing.dispatch import reorder
from yingda.routing.levels.schemas import ItemKind

CLOCK_NAMES = {
    DueClock.FIRST_RESPONSE: "首次响应",
    DueClock.NEXT_UPDATE: "下次更新",
    DueClock.RESOLUTION: "解决",
}


class Keeper(Protocol):
    """Items of one kind, as their own feature keeps them."""

    @property
    def kind(self) -> ItemKind: ...

    async def lock(self, conn: Connection, ids: list[UUID]) -> UUID | None:
        """Lock the first of these that nobody else holds."""

    async def whose(self, conn: Connection, item_id: UUID) -> tuple[UUID | None, UUID | None]:
        """The owner and the team."""

    async def set_due(self, tx: Tx, item_id: UUID, due_at: datetime | None, clock: DueClock | None) -> None:
        """Write down what is due next."""

    async def note(self, tx: Tx, item_id: UUID, code: str, text: str, details: dict[str, str | int]) -> None:
        """Put something into the item's record. `details`: what the text says, for other languages."""


class ConversationKeeper:
    kind = ItemKind.CONVERSATION

    async def lock(self, conn: Connection, ids: list[UUID]) -> UUID | None:
        return await try_lock(conn, ids)

    async def whose(self, conn: Connection, item_id: UUID) -> tuple[UUID | None, UUID | None]:
        place = await place_of(conn, item_id)
        return place.assignee_id, place.team_id

    async def set_due(self, tx: Tx, item_id: UUID, due_at: datetime | None, clock: DueClock | None) -> None:
        await set_due(tx, item_id, due_at, clock)
        await reorder(tx, item_id, due_at)

    async def note(self, tx: Tx, item_id: UUID, code: str, text: str, details: dict[str, str | int]) -> None:
        await record(tx, item_id, SYSTEM, code, text, details)


class TicketKeeper:
    kind = ItemKind.TICKET

    async def lock(self, conn: Connection, ids: list[UUID]) -> UUID | None:
        return await tickets.try_lock(conn, ids)

    async def whose(self, conn: Connection, item_id: UUID) -> tuple[UUID | None, UUID | None]:
        """A ticket belongs to a department, to no team of it."""
        return (await tickets.get_ticket(conn, item_id)).owner_id, None

    async def set_due(self, tx: Tx, item_id: UUID, due_at: datetime | None, clock: DueClock | None) -> None:
        await tickets.set_due(tx, item_id, due_at, CLOCK_NAMES[clock] if clock else None)

    async def note(self, tx: Tx, item_id: UUID, code: str, text: str, details: dict[str, str | int]) -> None:
        await tickets.note(tx, item_id, code, text, details)
