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


class ConversationAssigned(Event, frozen=True):
    """Somebody new has it in hand: `place.assignee_id`. `by`: who decided it; None when dispatch did."""

    place: Place
    by: UUID | None


class ConversationsJoined(Event, frozen=True):
    """The thread of `source_id` goes on behind `place`'s, its numbers raised by `offset`; the source is about to go."""

    source_id: UUID
    place: Place
    offset: int


class ConversationsMoved(Event, frozen=True):
    """These conversations are another customer's now: a visitor turned out to be known."""

    conversation_ids: tuple[UUID, ...]
    customer_id: UUID
