"""While a person serves, the assistant listens: how the customer sounds is known to those who watch over it."""

import asyncio
from functools import partial
from uuid import UUID

import structlog

from yingda.conversations import Kind, MessageReceived, State, Tone, hear, text_of
from yingda.dialogue.reading import Reader, pieces_of, read, record_of
from yingda.infra.database import DATABASE_DOWN, Database, Tx
from yingda.infra.events import EventBus
from yingda.kit.clock import now
from yingda.language import Context

logger = structlog.get_logger(__name__)

#: What is further behind than this is left unread: the tone of ten minutes ago helps nobody.
MOST_WAITING = 1000


class Listener:
    """One a process. What it has not read when the process dies stays unread; nothing depends on it."""

    def __init__(self, db: Database, engine: Reader) -> None:
        self._db = db
        self._engine = engine
        self._waiting: asyncio.Queue[tuple[UUID, int, str]] = asyncio.Queue(MOST_WAITING)

    def subscribe(self, bus: EventBus) -> None:
        bus.subscribe(MessageReceived, self._received)

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            conversation_id, seq, text = await self._waiting.get()
            try:
                await self._hear(conversation_id, seq, text)
            except DATABASE_DOWN:
                continue
            except Exception:
                logger.exception("a message was not understood", conversation_id=str(conversation_id))
            finally:
                self._waiting.task_done()

    async def drain(self) -> None:
        """Until all that was said so far has been read."""
        await self._waiting.join()

    async def _received(self, tx: Tx, event: MessageReceived) -> None:
        message = event.message
        if event.place.state is State.PENDING or message.kind is not Kind.TEXT or self._waiting.full():
            return
        heard = (message.conversation_id, message.seq, text_of(message.content))
        tx.after_commit(partial(self._put, heard))

    def _put(self, heard: tuple[UUID, int, str]) -> None:
        if not self._waiting.full():
            self._waiting.put_nowait(heard)

    async def _hear(self, conversation_id: UUID, seq: int, text: str) -> None:
        understanding = await read(self._engine, text, Context(now=now()))
        tone = Tone(understanding.emotion.value, understanding.sentiment)
        async with self._db.transaction() as tx:
            await hear(
                tx,
                conversation_id,
                seq,
                record_of(understanding, range(len(text)), pieces_of([(seq, text)]), None),
                tone,
            )
