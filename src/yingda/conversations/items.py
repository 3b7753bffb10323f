"""Conversations as lines of the inbox: the head, whose it is, what stands beside it."""

from uuid import UUID

import msgspec

from yingda.conversations.repository import marks
from yingda.conversations.schemas import Conversation, Label, Message
from yingda.customers import display_names
from yingda.infra.database import Connection


class CustomerName(msgspec.Struct, frozen=True):
    id: UUID
    name: str


class ConversationItem(msgspec.Struct, frozen=True):
    """A line of the inbox. `followed`: by the reader."""

    conversation: Conversation
    customer: CustomerName
    labels: list[Label]
    followed: bool


class Hit(msgspec.Struct, frozen=True):
    """A message that a search found."""

    conversation_id: UUID
    customer: CustomerName
    message: Message


async def hits_of(conn: Connection, found: list[tuple[Message, UUID]]) -> list[Hit]:
    """Found messages with their customers' masked names, which tell apart what an assistant says to everybody alike."""
    names = await display_names(conn, [customer_id for _, customer_id in found])
    return [
        Hit(message.conversation_id, CustomerName(customer_id, names.get(customer_id, "")), message)
        for message, customer_id in found
    ]


async def items_of(conn: Connection, heads: list[Conversation], staff_id: UUID) -> list[ConversationItem]:
    """The lines of these heads as `staff_id` sees them, with two queries however many there are."""
    names = await display_names(conn, [head.customer_id for head in heads])
    marked = await marks.marks(conn, [head.id for head in heads], staff_id)
    return [
        ConversationItem(
            head,
            CustomerName(head.customer_id, names.get(head.customer_id, "")),
            marked[head.id].labels,
            marked[head.id].followed,
        )
        for head in heads
    ]
