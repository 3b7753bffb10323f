"""Pure decisions about wrap-ups: what to propose, in which words, and what may be confirmed."""

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from yingda.conversations import AuthorKind, Kind, Message, SystemNotice
from yingda.kit.errors import Conflict, Invalid, Locale
from yingda.language import Speaker, Summary
from yingda.workspace.wrapup.schemas import DraftPoint, DraftPromise, PointKind, Result

#: The category of a conversation that was about nothing we know.
UNKNOWN = "other"
#: So surely must a message be understood to speak for a category.
CONFIDENT = 0.35
#: How much the first matter has before the others: what follows is often a question within it.
CAME_WITH = 0.5

_SMALL_TALK = "chat."
#: What a conversation was about whatever else it touched.
_GRAVE = ("complaint.", "product.adverse")
_FEELING = ("chat.emotion", "chat.human", "chat.urge", "chat.greeting", "chat.thanks")


class UnknownChoice(Invalid):
    code = "wrap_up_choice"
    zh = "分类或原因不在可选范围内，请重新选择。"
    en = "The category or the cause is not one of those to choose from."


class CustomerWrote(Conflict):
    code = "customer_wrote"
    zh = "客户刚刚又发来了消息，请看过之后再结束会话。"
    en = "The customer has just written again. Read it before you resolve."


class Vote(msgspec.Struct, frozen=True):
    """What one message of the customer was read as."""

    intent: str
    confidence: float


def since_last_end(messages: Sequence[Message]) -> list[Message]:
    """The round that is being wrapped up: what came after the conversation was last resolved."""
    ends = [
        i
        for i, message in enumerate(messages)
        if isinstance(message.content, SystemNotice) and message.content.code == "resolved"
    ]
    return list(messages[ends[-1] + 1 if ends else 0 :])


def speaker_of(message: Message) -> Speaker | None:
    """Who said it to whom else could hear it; None for notes and for what the system says."""
    if message.kind in (Kind.NOTE, Kind.SYSTEM) or message.author.kind is AuthorKind.SYSTEM or message.recalled:
        return None
    return Speaker(message.author.kind.value)


def category_of(votes: Sequence[Vote]) -> str | None:
    """What the conversation was about: what the customer came with, unless they came back to something else more, or
    complained, or came to harm.

    Small talk counts only where there was nothing else; None if nothing was understood.
    """
    weight: dict[str, float] = defaultdict(float)
    for vote in votes:
        if vote.confidence >= CONFIDENT and vote.intent != UNKNOWN:
            weight[vote.intent] += vote.confidence
    matters = [intent for intent in weight if not intent.startswith(_SMALL_TALK)]
    if matters:
        weight[matters[0]] += CAME_WITH
        matters = [intent for intent in matters if intent.startswith(_GRAVE)] or matters
        return max(matters, key=lambda intent: weight[intent])
    return next((intent for intent in _FEELING if intent in weight), None)


def result_of(summary: Summary) -> Result:
    """How far it got, by what was said."""
    if not summary.asked:
        return Result.NONE
    if summary.open:
        return Result.UNRESOLVED
    return Result.PARTLY if any(promise.speaker is Speaker.STAFF for promise in summary.promises) else Result.RESOLVED


def points_of(summary: Summary) -> list[DraftPoint]:
    by_kind = {
        PointKind.ASKED: summary.asked,
        PointKind.NUMBER: summary.numbers,
        PointKind.DONE: summary.done,
        PointKind.RESULT: summary.results,
        PointKind.PROMISE: tuple(promise.point for promise in summary.promises),
        PointKind.OPEN: summary.open,
    }
    return [DraftPoint(kind, point.seq, point.text) for kind, points in by_kind.items() for point in points]


_HEADINGS: dict[PointKind, dict[Locale, str]] = {
    PointKind.ASKED: {"zh": "客户诉求", "en": "Asked"},
    PointKind.NUMBER: {"zh": "相关单号", "en": "Numbers"},
    PointKind.DONE: {"zh": "处理过程", "en": "Done"},
    PointKind.RESULT: {"zh": "处理结果", "en": "Result"},
    PointKind.PROMISE: {"zh": "承诺", "en": "Promised"},
    PointKind.OPEN: {"zh": "未答复", "en": "Unanswered"},
}


def text_of(points: Sequence[DraftPoint], locale: Locale) -> str:
    """The points as a text to edit: a line for each kind that there is, in the words of the conversation."""
    colon, mark = ("：", "；") if locale == "zh" else (": ", "; ")
    lines = []
    for kind in PointKind:
        quoted = [" ".join(point.text.split()).strip("，,；; ") for point in points if point.kind is kind]
        if quoted:
            lines.append(_HEADINGS[kind][locale] + colon + mark.join(quoted))
    return "\n".join(lines)


def new_promises(summary: Summary, known: Sequence[tuple[int | None, str]]) -> list[DraftPromise]:
    """What colleagues promised that is not written down yet. `known`: message and text of what is."""
    seqs, texts = {seq for seq, _ in known}, {text for _, text in known}
    return [
        DraftPromise(promise.point.text, promise.due, promise.point.seq)
        for promise in summary.promises
        if promise.speaker is Speaker.STAFF and promise.point.seq not in seqs and promise.point.text not in texts
    ]


def check_confirmed(category: str, cause: str, *, categories: Sequence[str], causes: Sequence[str]) -> None:
    """Raises `UnknownChoice`."""
    if category not in categories or cause not in causes:
        raise UnknownChoice


def check_seen(seq: int, customer_seq: int) -> None:
    """Whoever resolves has seen all that the customer wrote. Raises `CustomerWrote`."""
    if customer_seq > seq:
        raise CustomerWrote
