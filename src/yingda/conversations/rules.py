"""Pure decisions about conversations: which state may follow which, previews, search terms."""

import re
from collections.abc import Iterator
from enum import StrEnum

import msgspec

from yingda.conversations.schemas import (
    Content,
    Conversation,
    FileContent,
    ImageContent,
    Kind,
    OrderCard,
    ProductCard,
    State,
    TextContent,
)
from yingda.kit.errors import Conflict

#: A customer who writes again within this many hours goes on with the resolved conversation; later begins a new one.
REOPEN_HOURS = 24

#: Minutes within which a person answers a waiting customer, from level 1 (普通咨询) to 5 (危机事件).
ANSWER_MINUTES = (10, 5, 5, 3, 1)

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


def marks_of(head: Conversation) -> Marks:
    return Marks(head.last_seq, head.customer_seq, head.answered_seq, head.customer_read_seq)


def joined(first: Marks, second: Marks) -> Marks:
    """The marks of the thread of `first` with that of `second` behind it.

    Answered is only what has no unanswered message before it.
    """
    offset = first.last_seq
    customer_seq = offset + second.customer_seq if second.customer_seq else first.customer_seq
    answered_seq = first.answered_seq
    if first.answered_seq >= first.customer_seq and second.customer_seq:
        done = second.answered_seq >= second.customer_seq
        answered_seq = customer_seq if done else offset + second.answered_seq
    return Marks(offset + second.last_seq, customer_seq, answered_seq, offset + second.customer_read_seq)


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
