"""What the customer sees live in the widget or the app."""

from uuid import UUID

import msgspec

from yingda.channels.web.schemas import CustomerAuthor, CustomerMessage, Person
from yingda.conversations import (
    Audience,
    Author,
    AuthorKind,
    FileContent,
    ImageContent,
    Kind,
    Message,
    Place,
    QuickReplies,
    State,
    TextContent,
    citation_of,
    file_link,
)
from yingda.infra.files import FileStore
from yingda.infra.realtime import Hub


class CustomerAudience(Audience):
    """Customers who have their conversation open."""

    def __init__(self, files: FileStore) -> None:
        self._files = files

    def message(self, hub: Hub, message: Message, place: Place) -> None:
        topic = customer_topic(place.customer_id, place.shop)
        if hub.watched(topic) and message.kind is not Kind.NOTE:
            hub.deliver(topic, frame("message", message=for_customer(message, self._files)))

    def edited(self, hub: Hub, message: Message, place: Place) -> None:
        """The same message again, as it is now."""
        self.message(hub, message, place)

    def rated(self, hub: Hub, message: Message, place: Place) -> None:
        """Whoever has the same conversation open elsewhere sees what they said of it."""
        self.message(hub, message, place)

    def merged(self, hub: Hub, source_id: UUID, place: Place) -> None:  # noqa: ARG002
        topic = customer_topic(place.customer_id, place.shop)
        if hub.watched(topic):
            hub.deliver(topic, frame("merged", conversation_id=place.conversation_id))

    def changed(self, hub: Hub, place: Place) -> None:
        topic = customer_topic(place.customer_id, place.shop)
        if hub.watched(topic):
            hub.deliver(topic, state_frame(place.state, place.assignee_name))

    def typing(self, hub: Hub, place: Place, author: Author) -> None:
        topic = customer_topic(place.customer_id, place.shop)
        if author.kind is not AuthorKind.CUSTOMER and hub.watched(topic):
            hub.deliver(topic, frame("typing", author=CustomerAuthor(author.kind, author.name)))

    def read(self, hub: Hub, place: Place, seq: int, *, by_customer: bool) -> None:
        topic = customer_topic(place.customer_id, place.shop)
        if not by_customer and hub.watched(topic):
            hub.deliver(topic, frame("read", seq=seq))


def customer_topic(customer_id: UUID, shop: str) -> str:
    """The topic of one customer's conversation with one shop."""
    return f"customer:{shop}:{customer_id}"


def for_customer(message: Message, files: FileStore) -> CustomerMessage:
    """The message without what only staff may know; files get a link that opens them."""
    content: object = message.content
    if isinstance(message.content, ImageContent | FileContent):
        link = file_link(files, UUID(message.content.file_id))
        content = {**msgspec.structs.asdict(message.content), "url": link}
    elif isinstance(message.content, TextContent | QuickReplies) and message.content.citation:
        content = msgspec.structs.replace(message.content, citation=None)
    own = message.author.kind is AuthorKind.CUSTOMER
    return CustomerMessage(
        id=message.id,
        conversation_id=message.conversation_id,
        seq=message.seq,
        kind=message.kind,
        author=CustomerAuthor(message.author.kind, message.author.name),
        content=content,
        client_id=message.external_id.rpartition(":")[2] if own and message.external_id else None,
        created_at=message.created_at,
        recalled=message.recalled,
        edited=message.edited_at is not None and not message.recalled,
        rateable=citation_of(message) is not None,
        rating=message.rating,
    )


def frame(type_: str, **fields: object) -> str:
    """One frame of the socket, as docs/web-channel.md says."""
    return msgspec.json.encode({"type": type_, **fields}).decode()


def state_frame(state: State, assignee_name: str | None) -> str:
    """Who answers now; without an assignee an open conversation waits for a person."""
    return frame("state", state=state, assignee=Person(assignee_name) if assignee_name else None)
