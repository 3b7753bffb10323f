"""Writes down who changed what of a ticket, when and why: for its readers, and what people did for the auditors too."""

from uuid import UUID

from yingda.conversations import NAMELESS, Author, AuthorKind
from yingda.conversations import author_of as staff_author
from yingda.identity import Principal
from yingda.infra.database import Tx
from yingda.kit.clock import now
from yingda.kit.ids import new_id
from yingda.kit.redaction import redact
from yingda.privacy import AuditObject, audit
from yingda.tickets.repository import tickets
from yingda.tickets.rules import Difference
from yingda.tickets.schemas import TicketHistoryEntry


def author_of(by: Principal | Author) -> Author:
    """How whoever does something signs it."""
    return staff_author(by) if isinstance(by, Principal) else by


def name_of(author: Author) -> str:
    return author.name or NAMELESS.get(author.kind, "")


async def record(
    tx: Tx, by: Principal | Author, ticket_id: UUID, action: str, what: Difference, reason: str | None = None
) -> None:
    """To be called last in a transaction: see `account_for`."""
    await tell(tx, by, ticket_id, action, what, reason)
    await account_for(tx, by, ticket_id, action, what, reason)


async def tell(
    tx: Tx, by: Principal | Author, ticket_id: UUID, action: str, what: Difference, reason: str | None = None
) -> None:
    """For the ticket's readers. Comes before the event that others answer with entries of their own."""
    author = author_of(by)
    entry = TicketHistoryEntry(
        id=new_id(),
        at=now(),
        actor_id=author.id if author.kind is AuthorKind.STAFF else None,
        actor_name=name_of(author),
        action=action,
        before=what.before,
        after=what.after,
        reason=_why(reason),
    )
    await tickets.add_change(tx.conn, ticket_id, entry)


async def account_for(
    tx: Tx, by: Principal | Author, ticket_id: UUID, action: str, what: Difference, reason: str | None = None
) -> None:
    """What a person did goes to the audit trail, to which one adds at a time: hence last in a transaction."""
    if isinstance(by, Principal):
        target = AuditObject("ticket", str(ticket_id))
        await audit(tx, by, f"tickets.{action}", target, reason=_why(reason), before=what.before, after=what.after)


def _why(reason: str | None) -> str | None:
    return redact(reason.strip()) if reason and reason.strip() else None
