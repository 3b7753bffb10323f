"""Shows at once what happens in a conversation, here and in the other processes.

An audience turns what happened into frames for its own topics: staff here, customers in their channel. After the
commit this process shows it to its own watchers and announces it to the other processes, which load it and show it to
theirs.
"""

from functools import partial
from typing import TypeAlias
from uuid import UUID

from litestar.di import NamedDependency

from yingda.conversations.audience import Audience
from yingda.conversations.content import Author, AuthorKind
from yingda.conversations.events import (
    ConversationChanged,
    ConversationMarked,
    ConversationsMerged,
    MessageChanged,
    MessageRated,
    MessageReceived,
    MessageSent,
    ReadMarkMoved,
)
from yingda.conversations.repository import heads, messages
from yingda.conversations.schemas import Message, Place, State
from yingda.identity import names_of
from yingda.infra.database import Database, Tx
from yingda.infra.events import EventBus
from yingda.infra.realtime import Hub, Loader


class Live:
    """Shows conversations to all audiences of this process and announces them to the others."""

    def __init__(self, hub: Hub, db: Database, *audiences: Audience) -> None:
        self._hub = hub
        self._db = db
        self._audiences = audiences
        loaders: dict[str, Loader] = {
            "message": self._load_messages,
            "edited": self._load_edited,
            "rated": self._load_rated,
            "conversation": self._load_conversations,
            "marked": self._load_marked,
            "merged": self._load_merged,
            "typing": self._load_typing,
            "read": self._load_read,
        }
        for kind, loader in loaders.items():
            hub.on_announced(kind, self._for_somebody(loader))

    def _for_somebody(self, loader: Loader) -> Loader:
        """`loader`, unless nobody listens in this process: whoever comes later catches up from the database."""

        async def load(refs: list[str]) -> None:
            if not self._hub.empty:
                await loader(refs)

        return load

    def subscribe(self, bus: EventBus) -> None:
        bus.subscribe(MessageReceived, self._on_message)
        bus.subscribe(MessageSent, self._on_message)
        bus.subscribe(MessageChanged, self._on_edited)
        bus.subscribe(MessageRated, self._on_rated)
        bus.subscribe(ConversationChanged, self._on_changed)
        bus.subscribe(ConversationMarked, self._on_marked)
        bus.subscribe(ConversationsMerged, self._on_merged)
        bus.subscribe(ReadMarkMoved, self._on_read)

    def typing(self, place: Place, author: Author) -> None:
        """Somebody is writing. Not stored; forgotten by the clients after a few seconds."""
        self._show_typing(place, author)
        who = author.id if author.kind is AuthorKind.STAFF else ""
        self._hub.announce("typing", f"{place.conversation_id}:{author.kind.value}:{who}")

    # A message came, or changed

    async def _on_message(self, tx: Tx, event: MessageReceived | MessageSent) -> None:
        tx.after_commit(lambda: self._message_committed(event.message, event.place))

    def _message_committed(self, message: Message, place: Place) -> None:
        self._show_message(message, place)
        self._hub.announce("message", f"{message.conversation_id}:{message.seq}")

    def _show_message(self, message: Message, place: Place) -> None:
        for audience in self._audiences:
            audience.message(self._hub, message, place)

    async def _load_messages(self, refs: list[str]) -> None:
        for message, place in await self._messages(refs):
            self._show_message(message, place)

    async def _on_edited(self, tx: Tx, event: MessageChanged) -> None:
        tx.after_commit(partial(self._edit_committed, event.message, event.place))

    def _edit_committed(self, message: Message, place: Place) -> None:
        self._show_edit(message, place)
        self._hub.announce("edited", f"{message.conversation_id}:{message.seq}")

    def _show_edit(self, message: Message, place: Place) -> None:
        for audience in self._audiences:
            audience.edited(self._hub, message, place)

    async def _load_edited(self, refs: list[str]) -> None:
        for message, place in await self._messages(refs):
            self._show_edit(message, place)

    async def _on_rated(self, tx: Tx, event: MessageRated) -> None:
        tx.after_commit(partial(self._rating_committed, event.message, event.place))

    def _rating_committed(self, message: Message, place: Place) -> None:
        self._show_rating(message, place)
        self._hub.announce("rated", f"{message.conversation_id}:{message.seq}")

    def _show_rating(self, message: Message, place: Place) -> None:
        for audience in self._audiences:
            audience.rated(self._hub, message, place)

    async def _load_rated(self, refs: list[str]) -> None:
        for message, place in await self._messages(refs):
            self._show_rating(message, place)

    async def _messages(self, refs: list[str]) -> list[tuple[Message, Place]]:
        wanted = [(UUID(ref[:36]), int(ref[37:])) for ref in refs]
        async with self._db.reading() as conn:
            loaded = await messages.by_seq(conn, wanted)
            places = await heads.places(conn, [message.conversation_id for message in loaded])
        return [(message, places[message.conversation_id]) for message in loaded if message.conversation_id in places]

    # A head changed

    async def _on_changed(self, tx: Tx, event: ConversationChanged) -> None:
        tx.after_commit(partial(self._change_committed, event.place, event.former))

    def _change_committed(self, place: Place, former: Place) -> None:
        self._show_change(former, place)
        self._hub.announce("conversation", ref_of_former(former))

    def _show_change(self, former: Place, place: Place | None) -> None:
        for audience in self._audiences:
            if place:
                audience.changed(self._hub, place)
            audience.left(self._hub, former, place)

    async def _load_conversations(self, refs: list[str]) -> None:
        places = await self._places(refs)
        for former in map(former_of_ref, refs):
            self._show_change(former, places.get(former.conversation_id))

    async def _on_marked(self, tx: Tx, event: ConversationMarked) -> None:
        tx.after_commit(partial(self._mark_committed, event.place))

    def _mark_committed(self, place: Place) -> None:
        self._show_mark(place)
        self._hub.announce("marked", str(place.conversation_id))

    def _show_mark(self, place: Place) -> None:
        for audience in self._audiences:
            audience.marked(self._hub, place)

    async def _load_marked(self, refs: list[str]) -> None:
        for place in (await self._places(refs)).values():
            self._show_mark(place)

    async def _on_merged(self, tx: Tx, event: ConversationsMerged) -> None:
        tx.after_commit(partial(self._merge_committed, event.source_id, event.place))

    def _merge_committed(self, source_id: UUID, place: Place) -> None:
        self._show_merge(source_id, place)
        self._hub.announce("merged", f"{place.conversation_id}:{source_id}")

    def _show_merge(self, source_id: UUID, place: Place) -> None:
        for audience in self._audiences:
            audience.merged(self._hub, source_id, place)

    async def _load_merged(self, refs: list[str]) -> None:
        places = await self._places(refs)
        for ref in refs:
            if place := places.get(UUID(ref[:36])):
                self._show_merge(UUID(ref[37:]), place)

    # Typing, reading

    def _show_typing(self, place: Place, author: Author) -> None:
        for audience in self._audiences:
            audience.typing(self._hub, place, author)

    async def _load_typing(self, refs: list[str]) -> None:
        said = [ref.split(":") for ref in refs]
        async with self._db.reading() as conn:
            places = await heads.places(conn, [UUID(conversation_id) for conversation_id, _, _ in said])
            names = await names_of(conn, [UUID(staff_id) for _, _, staff_id in said if staff_id])
        for conversation_id, kind, staff_id in said:
            if place := places.get(UUID(conversation_id)):
                who = UUID(staff_id) if staff_id else None
                self._show_typing(place, Author(AuthorKind(kind), who, names.get(who) if who else None))

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


def ref_of_former(former: Place) -> str:
    """Which conversation changed, and under whose eyes it stood: ids only."""
    waited = "open" if former.state is State.OPEN else ""
    return f"{former.conversation_id}:{former.team_id or ''}:{former.assignee_id or ''}:{waited}"


def former_of_ref(ref: str) -> Place:
    """As much of the former place as says who heard of it."""
    conversation_id, team_id, assignee_id, waited = ref.split(":")
    return Place(
        conversation_id=UUID(conversation_id),
        customer_id=UUID(int=0),
        shop="",
        state=State.OPEN if waited else State.PENDING,
        assignee_id=UUID(assignee_id) if assignee_id else None,
        assignee_name=None,
        team_id=UUID(team_id) if team_id else None,
    )
