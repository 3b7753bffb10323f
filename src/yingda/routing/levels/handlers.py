"""What the clocks do when something happens to a conversation."""

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
from yingda.routing.levels import repository, service
from yingda.routing.levels.schemas import Item, ItemKind
from yingda.routing.levels.watch import Watch


def subscribe(bus: EventBus, watch: Watch) -> None:
    async def keep(tx: Tx, conversation_id: UUID, *, answered: bool = False, moved: bool = False) -> None:
        if at := await service.keep_conversation(tx, conversation_id, answered=answered, moved=moved):
            tx.after_commit(partial(watch.expect, at))

    async def changed(tx: Tx, event: ConversationChanged) -> None:
        place = event.place
        await keep(tx, place.conversation_id, moved=place.team_id != event.former.team_id)

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
            await keep(tx, message.conversation_id, answered=True)

    bus.subscribe(ConversationChanged, changed)
    bus.subscribe(MessageReceived, received)
    bus.subscribe(MessageSent, sent)
    bus.subscribe(ConversationsMerging, _merging)


async def _merging(tx: Tx, event: ConversationsMerging) -> None:
    await service.merge_conversations(tx, event.source_id, event.place.conversation_id)
