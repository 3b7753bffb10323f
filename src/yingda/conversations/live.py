"""Who sees at once what happens in a conversation.

An audience turns what happened into frames for its own topics: staff here, customers in their channel. After the
commit this process shows it to its own watchers and announces it to the other processes, which load it and show it to
theirs.
"""

from typing import Protocol, TypeAlias
from uuid import UUID

import msgspec
from litestar.di import NamedDependency

from yingda.conversations import rules
from yingda.conversations.events import ConversationChanged, MessageReceived, MessageSent, ReadMarkMoved
from yingda.conversations.repository import heads, messages
from yingda.conversations.schemas import Author, AuthorKind, Message, Place, Visibility
from yingda.infra.database import Database, Tx
from yingda.infra.events import EventBus
from yingda.infra.realtime import Hub, Loader


class Audience(Protocol):
    """Those who watch conversations in one way."""

    def message(self, hub: Hub, message: Message, place: Place) -> None: ...

    def changed(self, hub: Hub, place: Place) -> None: ...

    def typing(self, hub: Hub, place: Place, author: Author) -> None: ...

    def read(self, hub: Hub, place: Place, seq: int, *, by_customer: bool) -> None: ...


class Live:
    """Shows conversations to all audiences of this process and announces them to the others."""

    def __init__(self, hub: Hub, db: Database, *audiences: Audience) -> None:
        self._hub = hub
        self._db = db
        self._audiences = audiences
        hub.on_announced("message", self._for_somebody(self._load_messages))
        hub.on_announced("conversation", self._for_somebody(self._load_conversations))
        hub.on_announced("typing", self._for_somebody(self._load_typing))
        hub.on_announced("read", self._for_somebody(self._load_read))

    def _for_somebody(self, loader: Loader) -> Loader:
        """`loader`, unless nobody listens in this process: whoever comes later catches up from the database."""

        async def load(refs: list[str]) -> None:
            if not self._hub.empty:
                await loader(refs)

        return load

    def subscribe(self, bus: EventBus) -> None:
        bus.subscribe(MessageReceived, self._on_message)
        bus.subscribe(MessageSent, self._on_message)
        bus.subscribe(ConversationChanged, self._on_changed)
        bus.subscribe(ReadMarkMoved, self._on_read)

    def typing(self, place: Place, author: Author) -> None:
        """Somebody is writing. Not stored; forgotten by the clients after a few seconds."""
        self._show_typing(place, author)
        self._hub.announce("typing", f"{place.conversation_id}:{author.kind.value}")

    async def _on_message(self, tx: Tx, event: MessageReceived | MessageSent) -> None:
        tx.after_commit(lambda: self._message_committed(event.message, event.place))

    def _message_committed(self, message: Message, place: Place) -> None:
        self._show_message(message, place)
        self._hub.announce("message", f"{message.conversation_id}:{message.seq}")

    def _show_message(self, message: Message, place: Place) -> None:
        for audience in self._audiences:
            audience.message(self._hub, message, place)

    async def _load_messages(self, refs: list[str]) -> None:
        wanted = [(UUID(ref[:36]), int(ref[37:])) for ref in refs]
        async with self._db.reading() as conn:
            loaded = await messages.by_seq(conn, wanted)
            places = await heads.places(conn, [message.conversation_id for message in loaded])
        for message in loaded:
            self._show_message(message, places[message.conversation_id])

    async def _on_changed(self, tx: Tx, event: ConversationChanged) -> None:
        tx.after_commit(lambda: self._change_committed(event.place))

    def _change_committed(self, place: Place) -> None:
        self._show_change(place)
        self._hub.announce("conversation", str(place.conversation_id))

    def _show_change(self, place: Place) -> None:
        for audience in self._audiences:
            audience.changed(self._hub, place)

    async def _load_conversations(self, refs: list[str]) -> None:
        for place in (await self._places(refs)).values():
            self._show_change(place)

    def _show_typing(self, place: Place, author: Author) -> None:
        for audience in self._audiences:
            audience.typing(self._hub, place, author)

    async def _load_typing(self, refs: list[str]) -> None:
        places = await self._places(refs)
        for ref in refs:
            if place := places.get(UUID(ref[:36])):
                self._show_typing(place, Author(AuthorKind(ref[37:])))

    async def _on_read(self, tx: Tx, event: ReadMarkMoved) -> None:
        tx.after_commit(lambda: self._read_committed(event))

    def _read_committed(self, event: ReadMarkMoved) -> None:
        self._show_read(event.place, event.seq, by_customer=event.by_customer)
        side = "customer" if event.by_customer else "staff"
        self._hub.announce("read", f"{event.place.conversation_id}:{event.seq}:{side}")

    def _show_read(self, place: Place, seq: int, *, by_customer: bool) -> None:
        for audience in self._audiences:
            audience.read(self._hub, place, seq, by_customer=by_customer)

    async def _load_read(self, refs: list[str]) -> None:
        places = await self._places(refs)
        for ref in refs:
            conversation_id, seq, side = ref.split(":")
            if place := places.get(UUID(conversation_id)):
                self._show_read(place, int(seq), by_customer=side == "customer")

    async def _places(self, refs: list[str]) -> dict[UUID, Place]:
        async with self._db.reading() as conn:
            return await heads.places(conn, [UUID(ref[:36]) for ref in refs])


GivenLive: TypeAlias = NamedDependency[Live]


class StaffAudience:
    """Agents: the whole thread of a conversation they watch, and a line for each in the lists they may see."""

    def message(self, hub: Hub, message: Message, place: Place) -> None:
        self._to_thread(hub, place, "message", message=message)
        activity = {
            "conversation_id": message.conversation_id,
            "seq": message.seq,
            "author_kind": message.author.kind,
            "kind": message.kind,
            "assignee_id": place.assignee_id,
            "preview": rules.preview(message.content),
            "at": message.created_at,
        }
        self._to_lists(hub, place, "activity", **activity)

    def changed(self, hub: Hub, place: Place) -> None:
        self._to_lists(hub, place, "conversation", conversation=place)

    def typing(self, hub: Hub, place: Place, author: Author) -> None:
        self._to_thread(hub, place, "typing", author=author)

    def read(self, hub: Hub, place: Place, seq: int, *, by_customer: bool) -> None:
        self._to_thread(hub, place, "read", seq=seq, by_customer=by_customer)

    def _to_thread(self, hub: Hub, place: Place, type_: str, **fields: object) -> None:
        topic = thread_topic(place.conversation_id)
        if hub.watched(topic):
            hub.deliver(topic, _frame(type_, conversation_id=place.conversation_id, **fields))

    def _to_lists(self, hub: Hub, place: Place, type_: str, **fields: object) -> None:
        topics = [topic for topic in list_topics_of(place) if hub.watched(topic)]
        if topics:
            frame = _frame(type_, **fields)
            for topic in topics:
                hub.deliver(topic, frame)


def thread_topic(conversation_id: UUID) -> str:
    """The topic of all that happens in one conversation, as staff see it."""
    return f"conversation:{conversation_id}"


def list_topics_of(place: Place) -> list[str]:
    """The list topics on which a conversation's changes appear; the counterpart of `list_topics_for`."""
    topics = ["inbox:all", f"inbox:team:{place.team_id}" if place.team_id else "inbox:no-team"]
    if place.assignee_id:
        topics.append(f"inbox:staff:{place.assignee_id}")
    elif place.state == "open":
        topics.append(f"inbox:waiting:{place.team_id}" if place.team_id else "inbox:waiting")
    return topics


def list_topics_for(visibility: Visibility) -> list[str]:
    """The list topics of which a staff member may hear: what `repository` lets them list. Some overlap: key on seq."""
    if visibility.everything:
        return ["inbox:all"]
    mine = [f"inbox:staff:{visibility.staff_id}"]
    if visibility.own_only:
        return [*mine, "inbox:waiting", *(f"inbox:waiting:{team_id}" for team_id in visibility.team_ids)]
    return [*mine, "inbox:no-team", *(f"inbox:team:{team_id}" for team_id in visibility.team_ids)]


def _frame(type_: str, **fields: object) -> str:
    return msgspec.json.encode({"type": type_, **fields}).decode()
