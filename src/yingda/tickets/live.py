"""Shows at once what becomes of tickets, here and in the other processes.

Over the socket go ids and heads, no words: what a ticket says is asked for, and so shown to those who may see it.
"""

from functools import partial
from uuid import UUID

import msgspec

from yingda.identity import Permission, Principal
from yingda.infra.database import Connection, Database, Tx
from yingda.infra.events import EventBus
from yingda.infra.realtime import Hub
from yingda.tickets.access import visibility_of
from yingda.tickets.events import TicketChanged, TicketCommented, TicketOpened, TicketTouched
from yingda.tickets.repository import tickets
from yingda.tickets.schemas import Ticket

_HEAD = (
    "id", "number", "kind_id", "state", "category", "level", "department_id", "owner_id", "parent_id", "due_at",
    "updated_at", "version",
)  # fmt: skip


async def topics_of(conn: Connection, principal: Principal) -> list[str]:
    """The topics on which somebody hears of tickets, besides their own. Some overlap: key on id and version."""
    if not principal.may(Permission.TICKETS_READ):
        return []
    visibility = await visibility_of(conn, principal)
    if visibility.everything:
        return ["tickets:all"]
    return [f"tickets:department:{department_id}" for department_id in visibility.department_ids]


def _topics(ticket: Ticket) -> list[str]:
    people = {ticket.owner_id, ticket.opened_by, *ticket.watcher_ids} - {None}
    return ["tickets:all", f"tickets:department:{ticket.department_id}", *(f"staff:{one}" for one in people)]


class LiveTickets:
    """One a process; announces to the others."""

    def __init__(self, hub: Hub, db: Database) -> None:
        self._hub = hub
        self._db = db
        hub.on_announced("ticket", self._load)

    def subscribe(self, bus: EventBus) -> None:
        bus.subscribe(TicketOpened, self._opened)
        bus.subscribe(TicketChanged, self._changed)
        bus.subscribe(TicketTouched, self._touched)
        bus.subscribe(TicketCommented, self._commented)

    async def _opened(self, tx: Tx, event: TicketOpened) -> None:
        tx.after_commit(partial(self._committed, event.ticket))

    async def _touched(self, tx: Tx, event: TicketTouched) -> None:
        tx.after_commit(partial(self._committed, event.ticket))

    async def _changed(self, tx: Tx, event: TicketChanged) -> None:
        tx.after_commit(partial(self._committed, event.after, event.before))

    async def _commented(self, tx: Tx, event: TicketCommented) -> None:
        tx.after_commit(partial(self._comment_committed, event))

    def _committed(self, ticket: Ticket, before: Ticket | None = None) -> None:
        former = before or ticket
        self._show(ticket, former.department_id, former.owner_id)
        self._hub.announce("ticket", f"{ticket.id}:{former.department_id}:{former.owner_id or ''}:")

    def _comment_committed(self, event: TicketCommented) -> None:
        self._show_comment(event.ticket, event.comment.id)
        self._hub.announce("ticket", f"{event.ticket.id}:::{event.comment.id}")

    def _show(self, ticket: Ticket, former_department: UUID, former_owner: UUID | None) -> None:
        topics = _topics(ticket)
        self._deliver(topics, "ticket", ticket={name: getattr(ticket, name) for name in _HEAD})
        left = [f"tickets:department:{former_department}", f"staff:{former_owner}"]
        self._deliver([topic for topic in left if topic not in topics], "ticket_left", ticket_id=ticket.id)

    def _show_comment(self, ticket: Ticket, comment_id: UUID) -> None:
        self._deliver(_topics(ticket), "ticket_comment", ticket_id=ticket.id, comment_id=comment_id)

    def _deliver(self, topics: list[str], type_: str, **fields: object) -> None:
        watched = [topic for topic in topics if self._hub.watched(topic)]
        if watched:
            frame = msgspec.json.encode({"type": type_, **fields}).decode()
            for topic in watched:
                self._hub.deliver(topic, frame)

    async def _load(self, refs: list[str]) -> None:
        if self._hub.empty:
            return
        told = [ref.split(":") for ref in refs]
        async with self._db.reading() as conn:
            found = await tickets.by_ids(conn, [UUID(ticket_id) for ticket_id, *_ in told])
        for ticket_id, department_id, owner_id, comment_id in told:
            ticket = found.get(UUID(ticket_id))
            if ticket and comment_id:
                self._show_comment(ticket, UUID(comment_id))
            elif ticket:
                self._show(ticket, UUID(department_id), UUID(owner_id) if owner_id else None)
