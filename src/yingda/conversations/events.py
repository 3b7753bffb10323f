"""What happened in a conversation. Published inside the transaction that made it happen."""

from uuid import UUID

from yingda.conversations.content import Citation, Verdict
from yingda.conversations.excerpts import Tone
from yingda.conversations.schemas import Message, Place, State
from yingda.infra.events import Event


class MessageReceived(Event, frozen=True):
    """A customer's message was stored; `place` is where the conversation stands after it."""

    message: Message
    place: Place


class MessageHeard(Event, frozen=True):
    """A customer's message to a person was understood, some time after it was stored."""

    place: Place
    seq: int
    tone: Tone


class MessageSent(Event, frozen=True):
    """A message of the service side was stored: assistant, staff, system or a note. `level`: of the conversation."""

    message: Message
    place: Place
    level: int


class StaffMentioned(Event, frozen=True):
    """A note asks for the attention of these colleagues, all of whom may see it."""

    message: Message
    place: Place
    staff_ids: tuple[UUID, ...]


class MessageChanged(Event, frozen=True):
    """A message was edited or taken back; `message` is what it is now."""

    message: Message
    place: Place


class MessageRated(Event, frozen=True):
    """The customer says whether an answer from an article helped: `message` has their verdict; `former`: what they had
    said of it before."""

    message: Message
    place: Place
    citation: Citation
    verdict: Verdict
    former: Verdict | None


class ConversationChanged(Event, frozen=True):
    """State, assignee, team or owner changed; `before` is the state it had, `former` where it stood."""

    before: State
    place: Place
    former: Place


class ConversationMarked(Event, frozen=True):
    """Something else that lists show is different: its labels, or that it is spam."""

    place: Place


class ConversationsMerging(Event, frozen=True):
    """The thread of `source_id` is about to go on behind that at `place`, its numbers raised by `offset`, and the
    source to be gone: what hangs on it has to move now, or it is lost."""

    source_id: UUID
    place: Place
    offset: int


class ConversationsMerged(Event, frozen=True):
    """`source` is a part of the conversation at `place` now, under the numbers that follow what was there."""

    source_id: UUID
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


class ConversationsJoining(Event, frozen=True):
    """These are about to be locked and to become another's, or part of another: none of them is locked yet.

    What is locked before conversations, as tickets are everywhere, is to be locked now.
    """

    conversation_ids: tuple[UUID, ...]


class ConversationsMoved(Event, frozen=True):
    """These conversations are another customer's now: a visitor turned out to be known."""

    conversation_ids: tuple[UUID, ...]
    customer_id: UUID
