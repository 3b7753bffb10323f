"""What a conversation came to: what was asked, done and promised, what came of it, what is still open.

Extractive: every point is a stretch of one message and says which. Nothing is put into words of ours, and where
nobody said anything there is nothing. It reads words alone, without a model: 200 messages take a few milliseconds.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum

import msgspec

from yingda.language import acts
from yingda.language.acts import Act
from yingda.language.due import due_of
from yingda.language.text import MAX_CHARACTERS, narrow
from yingda.language.types import Entity, EntityKind

#: A longer quotation is cut, and as many points of a kind are enough for a summary.
LONGEST_POINT = 120
POINTS = 5
SHORTEST_NEWS = 4

_NUMBERS = frozenset({EntityKind.ORDER_NO, EntityKind.TRACKING_NO})
_NO_REQUEST = ("chat.", "other")


class Speaker(StrEnum):
    """Whoever the customer can hear. What systems say and what staff note among themselves is not part of it."""

    CUSTOMER = "customer"
    ASSISTANT = "assistant"
    STAFF = "staff"


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """One message. `intent` and `entities`: what was understood of a customer's, where it was read."""

    seq: int
    speaker: Speaker
    text: str
    at: datetime
    intent: str | None = None
    entities: tuple[Entity, ...] = ()


class Point(msgspec.Struct, frozen=True):
    """`text` stands in message `seq` at `start:end`."""

    seq: int
    text: str
    start: int
    end: int


class Promise(msgspec.Struct, frozen=True):
    """What the service side said it would do, in the words of `point`. `due`: by when, if a date was said."""

    point: Point
    speaker: Speaker
    due: datetime | None


class Summary(msgspec.Struct, frozen=True):
    """All in the order of the conversation. `open`: what the customer asked last and nobody has answered yet."""

    asked: tuple[Point, ...] = ()
    numbers: tuple[Point, ...] = ()  # orders and parcels the customer named
    done: tuple[Point, ...] = ()
    results: tuple[Point, ...] = ()
    promises: tuple[Promise, ...] = ()
    open: tuple[Point, ...] = ()


def summarise(conversation: Sequence[Said]) -> Summary:
    """The points of a conversation, whose messages are given in order. Never raises."""
    read = [_Read(said) for said in conversation]
    customer = [one for one in read if one.said.speaker is Speaker.CUSTOMER]
    service = [one for one in read if one.said.speaker is not Speaker.CUSTOMER]
    reports = [(act, point) for one in service for act, point in one.reports()]
    answered = next((one.said.seq for one in reversed(service) if one.answers()), -1)
    requests = [(one.said, point) for one in customer for point in one.requests()] or _opening(customer)
    content = [point for one in customer for point in one.content()]
    results = sorted([point for act, point in reports if act is Act.RESULT] + content, key=lambda p: (p.seq, p.start))
    return Summary(
        asked=_first_of_each(requests),
        numbers=_distinct(point for one in customer for point in one.numbers()),
        done=_distinct(point for act, point in reports if act is Act.DONE),
        results=_distinct(results),
        promises=_latest(promise for one in service for promise in one.promises()),
        open=_distinct(point for said, point in requests if said.seq > answered),
    )


class _Read:
    """One message with its sentences. `plain` has the same length as what was read of the text."""

    def __init__(self, said: Said) -> None:
        self.said = said
        self.text = said.text[:MAX_CHARACTERS]
        self.plain = narrow(self.text.replace("。", "\n"))  # a full stop ends a sentence, also behind a number
        self.sentences = list(acts.sentences(self.plain))

    def point(self, start: int, end: int) -> Point:
        end = min(end, start + LONGEST_POINT)
        return Point(self.said.seq, self.text[start:end], start, end)

    def requests(self) -> Iterator[Point]:
        """What a customer wants: by their words, or because the engine has understood it."""
        asking = [span for span in self.sentences if acts.asks(self.plain[slice(*span)])]
        intent = self.said.intent
        if not asking and intent and not intent.startswith(_NO_REQUEST):
            asking = [span for span in self.sentences if not acts.is_courtesy(self.plain[slice(*span)])][:1]
        return (self.point(*span) for span in asking)

    def tells(self, start: int, end: int) -> bool:
        """Whether this sentence brings a matter: more than courtesy, a bare answer, or that all is well."""
        plain = self.plain[start:end]
        return len(plain) >= SHORTEST_NEWS and not acts.is_courtesy(plain) and not acts.is_content(plain)

    def numbers(self) -> Iterator[Point]:
        for entity in self.said.entities:
            if entity.kind in _NUMBERS and entity.text and self.text[entity.start : entity.end] == entity.text:
                yield self.point(entity.start, entity.end)

    def content(self) -> Iterator[Point]:
        for start, end in self._clauses():
            if acts.is_content(self.plain[start:end]):
                yield self.point(start, end)

    def answers(self) -> bool:
        ends = ((start, acts.without_consent(self.plain, start, end)) for start, end in self.sentences)
        return any(acts.answers(self.plain[start:end]) for start, end in ends)

    def reports(self) -> Iterator[tuple[Act, Point]]:
        for start, end in self._clauses():
            if act := acts.report(self.plain[start:end]):
                yield act, self.point(start, end)

    def promises(self) -> Iterator[Promise]:
        for start, sentence_end in self.sentences:
            end = acts.without_consent(self.plain, start, sentence_end)
            if acts.is_future(self.plain[start:end]) and not acts.is_question(self.plain[start:end]):
                yield from self._promise(start, end)

    def _promise(self, start: int, end: int) -> Iterator[Promise]:
        """From the clause that looks ahead to the last one by which the service binds itself."""
        due = due_of(self.plain[start:end], self.said.at)
        spans = acts.clauses(self.plain, start, end)
        ahead = [i for i, span in enumerate(spans) if acts.is_future(self.plain[slice(*span)])]
        bound = [
            i
            for i, span in enumerate(spans)
            if acts.commits(self.plain[slice(*span)], dated=due is not None) and not self._is_past(*span)
        ]
        if ahead and bound and bound[-1] >= ahead[0] - 1:
            point = self.point(spans[min(ahead[0], bound[-1])][0], spans[max(ahead[0], bound[-1])][1])
            yield Promise(point, self.said.speaker, due)

    def _is_past(self, start: int, end: int) -> bool:
        return acts.report(self.plain[start:end]) is not None and not acts.is_future(self.plain[start:end])

    def _clauses(self) -> Iterator[tuple[int, int]]:
        for start, end in self.sentences:
            yield from acts.clauses(self.plain, start, end)


def _opening(customer: Sequence[_Read]) -> list[tuple[Said, Point]]:
    """Who asks nothing in so many words has come with the first thing they tell."""
    told = ((one, span) for one in customer for span in one.sentences)
    first = next(((one, span) for one, span in told if one.tells(*span)), None)
    return [(first[0].said, first[0].point(*first[1]))] if first else []


def _first_of_each(requests: Sequence[tuple[Said, Point]]) -> tuple[Point, ...]:
    """The first request of each intent; of what was not understood, each that is said in other words.

    Of several requests in one message nobody knows which its intent is of.
    """
    first: dict[str, Point] = {}
    of_message = Counter(said.seq for said, _ in requests)
    for said, point in requests:
        single = of_message[said.seq] == 1 and said.intent and not said.intent.startswith(_NO_REQUEST)
        understood = said.intent if single else None
        first.setdefault(understood or _key(point), point)
    return _distinct(first.values())


def _distinct(points: Iterable[Point]) -> tuple[Point, ...]:
    """Without repetitions, at most `POINTS`: the earliest, since who repeats does so later."""
    return tuple({_key(point): point for point in reversed(list(points))}.values())[::-1][:POINTS]


def _latest(promises: Iterable[Promise]) -> tuple[Promise, ...]:
    """The same words promised again count as said last; of too many, the latest."""
    return tuple({_key(promise.point): promise for promise in promises}.values())[-POINTS:]


def _key(point: Point) -> str:
    return "".join(character for character in narrow(point.text) if character.isalnum())
