"""What happened in a conversation. Published inside the transaction that made it happen."""

from uuid import UUID

from yingda.conversations.schemas import Message, State
from yingda.infra.events import Event


class MessageReceived(Event, frozen=True):
    """A customer's message was stored. `state` is the conversation's after it."""

    message: Message
    customer_id: UUID
    shop: str
    state: State


class MessageSent(Event, frozen=True):
    """A message of the service side was stored: assistant, staff, system or a note."""

    message: Message


class ConversationChanged(Event, frozen=True):
    """State, assignee or team changed; `before` is the state it had."""

    conversation_id: UUID
    customer_id: UUID
    before: State
    state: State
    assignee_id: UUID | None
    team_id: UUID | None


class ConversationMoved(Event, frozen=True):
    """The conversation belongs to another customer record now: its visitor turned out to be known."""

    conversation_id: UUID
    customer_id: UUID
