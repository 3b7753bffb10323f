"""Handing over, and what was promised outside working hours: a ticket that is there in the morning."""

from datetime import datetime
from uuid import UUID

from yingda.conversations import (
    SYSTEM,
    Conversation,
    ConversationChanged,
    HandOff,
    Kind,
    State,
    SystemNotice,
    get,
    say,
)
from yingda.customers import get as get_customer
from yingda.infra.database import Connection, Tx
from yingda.infra.events import EventBus
from yingda.kit.clock import now
from yingda.kit.errors import Locale
from yingda.routing import levels
from yingda.routing.dispatch import colleagues_there, put_in_queue, tell_waiting
from yingda.routing.handing.rules import moment_words, promise_words
from yingda.tickets import (
    KindArchived,
    KindNotFound,
    NewTicket,
    Ticket,
    conversation_of,
    finish,
    open_ticket,
    set_due,
    undone_of,
)

#: The kind of ticket, and how a ticket says where it comes from.
KIND = SOURCE = "after_hours"


async def hand_over(tx: Tx, conversation_id: UUID, story: HandOff, level: int, *, team_id: UUID | None = None) -> None:
    """From the assistant into the queue, and tell the customer what happens next and how long it takes."""
    queued = await put_in_queue(tx, conversation_id, story, level, team_id=team_id)
    by = None if queued.there else await levels.promised_by(tx.conn, level, queued.team_id)
    if by is None:
        await tell_waiting(tx, conversation_id, queued)
    else:
        await _promise(tx, await get(tx.conn, conversation_id), story, by)


async def promised_when(conn: Connection, locale: Locale) -> str | None:
    """By when a person would answer who is asked for now that nobody is at work, as people say it; None: at once."""
    by = None if await colleagues_there(conn, None) else await levels.promised_by(conn, 1, None)
    return moment_words(by, now(), locale) if by else None


async def _promise(tx: Tx, head: Conversation, story: HandOff, by: datetime) -> None:
    """Nobody is at work: say until when somebody answers, and leave a ticket for them."""
    ticket = await _open(tx, head, story)
    if ticket:
        await set_due(tx, ticket.id, by, "非工作时间的答复承诺")
    locale = (await get_customer(tx.conn, head.customer_id)).locale
    words = promise_words(by, now(), ticket.number if ticket else None, locale)
    await say(tx, head.id, SYSTEM, Kind.SYSTEM, SystemNotice("handoff_promised", words))


async def _open(tx: Tx, head: Conversation, story: HandOff) -> Ticket | None:
    """None where no such kind of ticket is kept."""
    try:
        return await open_ticket(
            tx,
            NewTicket(
                kind=KIND,
                title=f"答复非工作时间的咨询：{story.summary}"[:120],
                author=SYSTEM,
                source=SOURCE,
                description="\n".join([story.summary, *story.tried]),
                level=head.level,
                conversation_id=head.id,
                idempotency_key=f"{SOURCE}:{head.id}:{head.customer_seq}",
                announce=False,
            ),
        )
    except (KindNotFound, KindArchived):
        return None


def subscribe(bus: EventBus) -> None:
    bus.subscribe(ConversationChanged, _resolved)


async def _resolved(tx: Tx, event: ConversationChanged) -> None:
    """The customer was answered: what was opened so that nobody forgets them has served."""
    place = event.place
    if place.state is not State.RESOLVED or event.before is State.PENDING:
        return
    for ticket in await undone_of(tx.conn, place.customer_id):
        if ticket.source == SOURCE and await conversation_of(tx.conn, ticket) == place.conversation_id:
            await finish(tx, ticket.id, SYSTEM, "会话已处理完")
