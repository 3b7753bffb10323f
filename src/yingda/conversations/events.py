"""What happened in a conversation. Published inside the transaction that made it happen."""

from uuid import UUID

from yingda.conversations.schemas import Message, Place, State
from yingda.infra.events import Event


class MessageReceived(Event, frozen=True):
    """A customer's message was stored; `place` is where the conversation stands after it."""

    message: Message
    place: Place


class MessageSent(Event, frozen=True):
    """A message of the service side was stored: assistant, staff, system or a note."""

    message: Message
    place: Place


class StaffMentioned(Event, frozen=True):
    """A note asks for the attention of these colleagues, all of whom may see it."""

    message: Message
    place: Place
    staff_ids: tuple[UUID, ...]


class ConversationChanged(Event, frozen=True):
    """State, assignee, team or owner changed; `before` is the state it had."""

    before: State
    place: Place


class ReadMarkMoved(Event, frozen=True):
    """One side has read as far as `seq`."""

    place: Place
    seq: int
    by_customer: bool
