"""Pure decisions about conversations: which state may follow which, previews, search terms."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from yingda.conversations.content import (
    Content,
    FileContent,
    ImageContent,
    IngredientCard,
    Kind,
    NoteContent,
    OrderCard,
    ProductCard,
    SystemNotice,
    TextContent,
)
from yingda.conversations.lists import Visibility
from yingda.conversations.schemas import Conversation, Message, Place, State
from yingda.kit.errors import Conflict

#: A customer who writes again within this many hours goes on with the resolved conversation; later begins a new one.
REOPEN_HOURS = 24

PREVIEW_CHARS = 80
SEARCHED_CHARS = 1000


class Move(StrEnum):
    """What can be done to a conversation's state."""

    HAND_OFF = "hand_off"
    TAKE = "take"
    SNOOZE = "snooze"
    WAKE = "wake"
    RESOLVE = "resolve"
    REOPEN = "reopen"
    CUSTOMER_RETURNS = "customer_returns"


class MoveRefused(Conflict):
    code = "conversation_state"
    zh = "会话当前状态是“{state}”，不能执行此操作。"
    en = "The conversation is {state}: this cannot be done now."


class TakenMeanwhile(Conflict):
    code = "conversation_taken"
    zh = "{name}刚刚接入了这个会话。"
    en = "{name} has just taken this conversation."


_MOVES: dict[Move, dict[State, State]] = {
    Move.HAND_OFF: {State.PENDING: State.OPEN},
    Move.TAKE: {State.PENDING: State.OPEN, State.OPEN: State.OPEN, State.SNOOZED: State.OPEN},
    Move.SNOOZE: {State.OPEN: State.SNOOZED, State.SNOOZED: State.SNOOZED},
    Move.WAKE: {State.SNOOZED: State.OPEN},
    Move.RESOLVE: {State.PENDING: State.RESOLVED, State.OPEN: State.RESOLVED, State.SNOOZED: State.RESOLVED},
    Move.REOPEN: {State.RESOLVED: State.OPEN},
    Move.CUSTOMER_RETURNS: {State.RESOLVED: State.PENDING},
}


def after(move: Move, state: State) -> State:
    """The state after `move`. Raises `MoveRefused` when `state` does not allow it.

    A person's conversation never falls back to the assistant by itself: only a customer who returns after it was
    resolved meets the assistant again.
    """
    try:
        return _MOVES[move][state]
    except KeyError:
        raise MoveRefused(state=state.value) from None


class Marks(msgspec.Struct, frozen=True):
    """How far a thread goes, and how far each side has dealt with it."""

    last_seq: int
    customer_seq: int
    answered_seq: int
    customer_read_seq: int
    staff_read_seq: int


def marks_of(head: Conversation) -> Marks:
    return Marks(head.last_seq, head.customer_seq, head.answered_seq, head.customer_read_seq, head.staff_read_seq)


def joined(first: Marks, second: Marks) -> Marks:
    """The marks of the thread of `first` with that of `second` behind it.

    Answered, and read by staff, is only what has nothing of the customer's unanswered, or unread, before it. Who has
    written in the second has seen the first: it is one window to the customer.
    """
    offset = first.last_seq
    customer_seq = offset + second.customer_seq if second.customer_seq else first.customer_seq
    answered_seq = first.answered_seq
    if first.answered_seq >= first.customer_seq and second.customer_seq:
        done = second.answered_seq >= second.customer_seq
        answered_seq = customer_seq if done else offset + second.answered_seq
    read_on = second.staff_read_seq > 0 and first.staff_read_seq >= first.customer_seq
    return Marks(
        last_seq=offset + second.last_seq,
        customer_seq=customer_seq,
        answered_seq=answered_seq,
        customer_read_seq=offset + second.customer_read_seq if second.customer_read_seq else first.customer_read_seq,
        staff_read_seq=offset + second.staff_read_seq if read_on else first.staff_read_seq,
    )


_URGENCY = (State.RESOLVED, State.PENDING, State.SNOOZED, State.OPEN)


def leading(first: Conversation, second: Conversation) -> Conversation:
    """Which of two conversations that become one says how the whole goes on: a person's before the assistant's."""
    return max(first, second, key=lambda head: _URGENCY.index(head.state))


def place_of(head: Conversation) -> Place:
    return Place(
        head.id,
        head.customer_id,
        head.shop,
        head.state,
        head.assignee_id,
        head.assignee_name,
        head.team_id,
        head.spam,
    )


def sees(visibility: Visibility, place: Place) -> bool:
    """What `repository.where.restrict` says in SQL, of one conversation."""
    if visibility.everything or place.assignee_id == visibility.staff_id:
        return True
    if visibility.own_only and (place.assignee_id is not None or place.state is not State.OPEN):
        return False
    return place.team_id is None or place.team_id in visibility.team_ids


#: How long a reply may be changed, and how long it may be taken back. Notes: always.
EDIT_MINUTES = 5
RECALL_MINUTES = 2
#: What the list shows of a message that was taken back.
RECALLED = "[已撤回]"


class MessageRecalled(Conflict):
    code = "message_recalled"
    zh = "这条消息已经撤回。"
    en = "This message has been taken back."


class NotEditable(Conflict):
    code = "message_not_editable"
    zh = "只能修改文字消息。"
    en = "Only texts can be edited."


class EditTooLate(Conflict):
    code = "edit_too_late"
    zh = "回复发出超过 {minutes} 分钟，不能再修改。"
    en = "A reply can be edited for {minutes} minutes only."


class RecallTooLate(Conflict):
    code = "recall_too_late"
    zh = "回复发出超过 {minutes} 分钟，不能再撤回。"
    en = "A reply can be taken back for {minutes} minutes only."


def check_edit(message: Message, now: datetime) -> None:
    """Raises `MessageRecalled`, `NotEditable`, `EditTooLate`."""
    if message.recalled:
        raise MessageRecalled
    if not isinstance(message.content, TextContent | NoteContent):
        raise NotEditable
    if message.kind is not Kind.NOTE and now - message.created_at > timedelta(minutes=EDIT_MINUTES):
        raise EditTooLate(minutes=EDIT_MINUTES)


def rewritten(content: Content, text: str) -> TextContent | NoteContent:
    """The content that says `text` instead; a note still mentions whom it still names."""
    if not isinstance(content, NoteContent):
        return TextContent(text)
    return NoteContent(text, [mention for mention in content.mentions if f"@{mention.name}" in text])


def check_recall(message: Message, now: datetime) -> None:
    """Raises `MessageRecalled`, `NotEditable` (of what the system has noted), `RecallTooLate`."""
    if message.recalled:
        raise MessageRecalled
    if isinstance(message.content, SystemNotice):
        raise NotEditable
    if message.kind is not Kind.NOTE and now - message.created_at > timedelta(minutes=RECALL_MINUTES):
        raise RecallTooLate(minutes=RECALL_MINUTES)


def kind_of(content: TextContent | ImageContent | FileContent) -> Kind:
    """What a message with this content is called."""
    return {TextContent: Kind.TEXT, ImageContent: Kind.IMAGE, FileContent: Kind.FILE}[type(content)]


def text_of(content: Content) -> str:
    """What a content says in words, for previews, search and the language engine."""
    match content:
        case ImageContent() | FileContent():
            return content.name
        case ProductCard():
            return content.title
        case OrderCard():
            return content.order_no
        case _:
            return content.text


def preview(content: Content) -> str:
    """One line for the list."""
    match content:
        case ImageContent():
            return "[图片]"
        case FileContent():
            label = "[文件] "
        case ProductCard():
            label = "[商品] "
        case OrderCard():
            label = "[订单] "
        case IngredientCard():
            label = "[成分] "
        case _:
            label = ""
    return (label + " ".join(text_of(content).split()))[:PREVIEW_CHARS]


_CJK = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_RUNS = re.compile(rf"[{_CJK}]+|[a-z0-9]+")


def search_terms(text: str) -> list[str]:
    """The terms under which a text is found: each Chinese character and pair of neighbours, each Latin word or number.

    Pairs, because a dictionary would miss product names and slang, and two characters is the shortest word asked for.
    """
    return sorted(set(_terms(text[:SEARCHED_CHARS].lower())))


def _terms(text: str) -> Iterator[str]:
    for run in _RUNS.findall(text):
        if run.isascii():
            yield run
        else:
            yield from run
            yield from (run[i : i + 2] for i in range(len(run) - 1))


def query_terms(query: str) -> list[str]:
    """The terms that a text must all have to match `query`."""
    terms: set[str] = set()
    for run in _RUNS.findall(query[:SEARCHED_CHARS].lower()):
        if run.isascii() or len(run) == 1:
            terms.add(run)
        else:
            terms.update(run[i : i + 2] for i in range(len(run) - 1))
    return sorted(terms)
