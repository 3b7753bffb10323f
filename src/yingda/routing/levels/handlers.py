"""What the clocks do when something happens to a conversation or a ticket."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from yingda.conversations import (
    AuthorKind,
    ConversationChanged,
    ConversationsMerging,
    Kind,
    MessageReceived,
    MessageSent,
    State,
)
from yingda.infra.database import Tx
from yingda.infra.events import EventBus
from yingda.routing.levels import repository, rules, service
from yingda.routing.levels.schemas import Item, ItemKind
from yingda.routing.levels.watch import Watch
from yingda.tickets import TicketChanged, TicketCommented, TicketOpened, conversation_of

Expect = Callable[[Tx, datetime | None], None]


def subscribe(bus: EventBus, watch: Watch) -> None:
    def expect(tx: Tx, at: datetime | None) -> None:
        if at:
            tx.after_commit(partial(watch.expect, at))

    async def keep(tx: Tx, conversation_id: UUID, *, moved: bool = False) -> None:
        expect(tx, await service.keep_conversation(tx, conversation_id, moved=moved))

    async def changed(tx: Tx, event: ConversationChanged) -> None:
        """Who has it in hand does not matter to the clocks."""
        place, former = event.place, event.former
        given = place.assignee_id != former.assignee_id
        if not given or (place.state, place.team_id) != (event.before, former.team_id):
            await keep(tx, place.conversation_id, moved=place.team_id != former.team_id)

    async def received(tx: Tx, event: MessageReceived) -> None:
        """While the assistant answers, and once somebody waits, another message changes nothing."""
        conversation_id = event.place.conversation_id
        if event.place.state is State.OPEN and not await repository.is_waited_for(
            tx.conn, Item(ItemKind.CONVERSATION, conversation_id)
        ):
            await keep(tx, conversation_id)

    async def sent(tx: Tx, event: MessageSent) -> None:
        message = event.message
        if message.author.kind is AuthorKind.STAFF and message.kind is not Kind.NOTE:
            expect(tx, await service.keep_answered(tx, event.place, event.level))

    bus.subscribe(ConversationChanged, changed)
    bus.subscribe(MessageReceived, received)
    bus.subscribe(MessageSent, sent)
    bus.subscribe(ConversationsMerging, _merging)
    _tickets(bus, expect)


def _tickets(bus: EventBus, expect: Expect) -> None:

    async def opened(tx: Tx, event: TicketOpened) -> None:
        ticket = event.ticket
        expect(tx, await service.keep_ticket(tx, ticket, responded=ticket.owner_id is not None))

    async def changed(tx: Tx, event: TicketChanged) -> None:
        before, after = event.before, event.after
        moved = after.department_id != before.department_id
        expect(
            tx,
            await service.keep_ticket(tx, after, responded=rules.takes_up(before, after, event.by), moved=moved),
        )

    async def commented(tx: Tx, event: TicketCommented) -> None:
        """Where no customer is told, colleagues are those who want to hear."""
        ticket, comment = event.ticket, event.comment
        if rules.is_response(ticket, comment):
            updated = comment.public or await conversation_of(tx.conn, ticket) is None
            expect(tx, await service.keep_ticket(tx, ticket, responded=True, updated=updated))

    bus.subscribe(TicketOpened, opened)
    bus.subscribe(TicketChanged, changed)
    bus.subscribe(TicketCommented, commented)


async def _merging(tx: Tx, event: ConversationsMerging) -> None:
    await service.merge_conversations(tx, event.source_id, event.place.conversation_id)
