"""What customers hear of their tickets, and what stands in the thread for those who serve them."""

from uuid import UUID

from yingda.conversations import (
    SYSTEM,
    Author,
    FileContent,
    ImageContent,
    Kind,
    SystemNotice,
    place_of,
    say,
)
from yingda.conversations import record as note_in_thread
from yingda.customers import get as get_customer
from yingda.infra.database import Connection, Tx
from yingda.kit.errors import Locale
from yingda.tickets import rules
from yingda.tickets.history import name_of
from yingda.tickets.kinds import TicketKind, TicketState
from yingda.tickets.repository import links
from yingda.tickets.schemas import Ticket


async def conversation_of(conn: Connection, ticket: Ticket) -> UUID | None:
    """Where the ticket's customer is spoken to: the conversation that was linked last, if it is theirs."""
    conversation_id = await links.latest_conversation(conn, ticket.id)
    if conversation_id is None or (await place_of(conn, conversation_id)).customer_id != ticket.customer_id:
        return None
    return conversation_id


async def opened(tx: Tx, ticket: Ticket, kind: TicketKind, author: Author, *, announce: bool) -> None:
    conversation_id = await conversation_of(tx.conn, ticket)
    if conversation_id is None:
        return
    text = f"{name_of(author)}创建了工单 {ticket.number}：{ticket.title}"
    await note_in_thread(
        tx, conversation_id, author, "ticket_opened", text, {**_about(ticket, author), "title": ticket.title}
    )
    if announce:
        await _tell_state(tx, conversation_id, ticket, kind, rules.first_state(kind))


async def moved(tx: Tx, ticket: Ticket, kind: TicketKind, state: TicketState, author: Author) -> None:
    """The ticket has entered `state`."""
    conversation_id = await conversation_of(tx.conn, ticket)
    if conversation_id is None:
        return
    text = f"{name_of(author)}将工单 {ticket.number} 改为“{state.name}”"
    await note_in_thread(
        tx, conversation_id, author, "ticket_state", text, {**_about(ticket, author), "state": state.name}
    )
    await _tell_state(tx, conversation_id, ticket, kind, state)


def _about(ticket: Ticket, author: Author) -> dict[str, str | int]:
    """`by`: a name, or who else than staff it was."""
    return {"by": author.name or author.kind.value, "number": ticket.number}


async def _tell_state(tx: Tx, conversation_id: UUID, ticket: Ticket, kind: TicketKind, state: TicketState) -> None:
    if state.customer_text:
        words = rules.told(state, ticket, kind, await _locale(tx.conn, conversation_id))
        notice = SystemNotice("ticket_state", words)
        await say(tx, conversation_id, SYSTEM, Kind.SYSTEM, notice)


async def _locale(conn: Connection, conversation_id: UUID) -> Locale:
    return (await get_customer(conn, (await place_of(conn, conversation_id)).customer_id)).locale


async def update(
    tx: Tx, conversation_id: UUID, ticket: Ticket, text: str, attachments: list[ImageContent | FileContent]
) -> None:
    """A public comment."""
    words = rules.update_words(ticket.number, text, await _locale(tx.conn, conversation_id))
    await say(tx, conversation_id, SYSTEM, Kind.SYSTEM, SystemNotice("ticket_update", words))
    for content in attachments:
        kind = Kind.IMAGE if isinstance(content, ImageContent) else Kind.FILE
        await say(tx, conversation_id, SYSTEM, kind, content)
