"""What happens with photographs when something happens below."""

from yingda.conversations import ConversationsMerging, MessageReceived, State
from yingda.dialogue.photos import repository
from yingda.dialogue.photos.service import Photos
from yingda.dialogue.photos.tasks import TELL_LABEL
from yingda.infra.database import Tx
from yingda.infra.events import EventBus
from yingda.infra.jobs import Jobs
from yingda.knowledge.labels import LabelBegun, LabelRead


def subscribe(bus: EventBus, jobs: Jobs, photos: Photos) -> None:
    async def received(tx: Tx, event: MessageReceived) -> None:
        if event.place.state is State.PENDING:
            await photos.received(tx, event.message)

    async def begun(tx: Tx, event: LabelBegun) -> None:
        await photos.begun(tx, event.reading_id)

    async def read(tx: Tx, event: LabelRead) -> None:
        await photos.read(tx, event.reading_id)

    async def merging(tx: Tx, event: ConversationsMerging) -> None:
        await repository.hand_down(tx.conn, event.source_id, event.place.conversation_id)

    bus.subscribe(MessageReceived, received)
    bus.subscribe(LabelBegun, begun)
    bus.subscribe(LabelRead, read)
    bus.subscribe(ConversationsMerging, merging)
    jobs.handle(TELL_LABEL, photos.tell)
