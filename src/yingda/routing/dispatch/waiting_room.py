"""What customers hear while they wait: their place, how long it will take, and whether they had rather be called."""

from uuid import UUID

from yingda.channels.web import Visitor, customer_topic, frame
from yingda.conversations import Conversation, Incoming, Kind, State, TextContent, current, receive
from yingda.customers import get as get_customer
from yingda.infra.database import Connection, Database, Tx
from yingda.infra.realtime import Hub
from yingda.kit.clock import now
from yingda.kit.errors import Conflict
from yingda.kit.ids import new_id
from yingda.routing.dispatch import rules
from yingda.routing.dispatch.repository import skills, waits
from yingda.routing.dispatch.schemas import AskCallback, CallbackState, Stand, Waiting


class NotWaiting(Conflict):
    code = "not_waiting"
    zh = "您现在没有在排队，直接发消息就可以。"
    en = "You are not waiting for anybody: just write."


class WaitingRoom:
    """Shows those who wait where they stand, here and through the other processes."""

    def __init__(self, hub: Hub, db: Database) -> None:
        self._hub = hub
        self._db = db
        hub.on_announced("queue", self._load)

    def tell(self, stands: list[Stand]) -> None:
        """After the commit of what is told."""
        for stand in stands:
            self._show(stand)
            self._hub.announce("queue", str(stand.conversation_id))

    def _show(self, stand: Stand) -> None:
        topic = customer_topic(stand.customer_id, stand.shop)
        if self._hub.watched(topic):
            seconds, callback = stand.told_seconds, stand.told_callback
            shown = frame("queue", place=stand.told_place, seconds=seconds, callback=callback)
            self._hub.deliver(topic, shown)

    async def _load(self, refs: list[str]) -> None:
        if self._hub.empty:
            return
        async with self._db.reading() as conn:
            for stand in await waits.told(conn, [UUID(ref) for ref in refs], now()):
                self._show(stand)


async def waiting_of(conn: Connection, visitor: Visitor) -> Waiting:
    """Where the visitor stands now."""
    head = await current(conn, visitor.customer_id, visitor.shop)
    stand = await waits.stand_of(conn, head.id, now()) if head else None
    if head is None or stand is None:
        return Waiting(None, None, CallbackState.NONE)
    moment = now()
    paces = await waits.paces(conn, rules.cells_of(stand.team_id, stand.level, moment))
    seen = rules.forecast(stand, paces, moment)
    seconds = rules.foretold(stand, seen.seconds)
    if await waits.callback_asked(conn, head.id):
        return Waiting(seen.place, seconds, CallbackState.ASKED)
    offered = rules.offers_callback(stand, seen, await skills.limits(conn))
    return Waiting(seen.place, seconds, CallbackState.OFFERED if offered else CallbackState.NONE)


async def ask_callback(tx: Tx, visitor: Visitor, wanted: AskCallback) -> Waiting:
    """The wish becomes a message of the customer's, so that whoever takes over reads it. Raises `NotWaiting`,
    `CallbackInPast`."""
    moment = now()
    rules.check_callback(wanted.at, moment)
    head = await current(tx.conn, visitor.customer_id, visitor.shop)
    if head is None or head.state is not State.OPEN or head.assignee_id is not None:
        raise NotWaiting
    customer = await get_customer(tx.conn, head.customer_id)
    words = rules.callback_words(wanted.phone, wanted.at, customer.locale)
    stored = await receive(tx, _said(head, words))
    await waits.ask_callback(tx.conn, stored.message.conversation_id, stored.message.seq, wanted.at, moment)
    return await waiting_of(tx.conn, visitor)


def _said(head: Conversation, words: str) -> Incoming:
    return Incoming(
        customer_id=head.customer_id,
        shop=head.shop,
        channel=head.channel,
        external_id=f"callback:{new_id()}",
        kind=Kind.TEXT,
        content=TextContent(words),
    )
