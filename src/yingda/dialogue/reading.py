"""Asking the language engine, and what is kept of its answer."""

import asyncio
import re
from collections.abc import Sequence
from functools import cache
from typing import Protocol

import msgspec

from yingda.dialogue.procedures.choosing import option_of
from yingda.dialogue.procedures.state import Logged, State
from yingda.kit.errors import Locale
from yingda.kit.paths import data_dir
from yingda.language import (
    Context,
    Emotion,
    Entity,
    EntityKind,
    RankedIntent,
    Span,
    Understanding,
    language_of,
    narrow,
)
from yingda.routing import Kept

#: A burst of more messages than this is read as a whole only.
MOST_LINES = 8
_SAY_LITTLE = frozenset({"chat.inform", "chat.greeting", "other"})
#: Parcels, presents, vehicles and the like. Faces, hands and hearts say how somebody feels.
_THINGS = re.compile("[\U0001f380-\U0001f393\U0001f484\U0001f4b0-\U0001f4ff\U0001f680-\U0001f6ff]")
_MARKS = re.compile(r"[,.!?~。！？～…\s\ufe0f]+$")
_SURE = 0.6


class Reader(Protocol):
    """The language engine, as far as the assistant needs it."""

    @property
    def slow(self) -> bool: ...

    def understand(self, text: str, context: Context) -> Understanding: ...


@cache
def _bare() -> dict[str, re.Pattern[str]]:
    raw = (data_dir() / "dialogue" / "bare.toml").read_bytes()
    return {intent: re.compile(said) for intent, said in msgspec.toml.decode(raw, type=dict[str, str]).items()}


def said_barely(words: str) -> str | None:
    """What a turn of a word or a sign says, if it is one of those that are written down."""
    plain = _MARKS.sub("", narrow(words)).strip()
    return next((intent for intent, said in _bare().items() if said.fullmatch(plain)), None) if plain else None


async def read(engine: Reader, words: str, context: Context) -> Understanding:
    """In a thread where an encoder may be asked: it computes for milliseconds without holding the interpreter. Pictures
    of things among the words (我的包裹📦呢) are no words; each character stays where it was."""
    if intent := said_barely(words):
        return certain(intent, language_of(words))
    words = _THINGS.sub(" ", words)
    if engine.slow:
        return await asyncio.to_thread(engine.understand, words, context)
    return engine.understand(words, context)


def chosen(words: str, state: State, locale: Locale) -> Understanding | None:
    """A turn that is, word for word, what a process has just offered: that choice, whatever the words say besides."""
    waiting = state.waiting
    option = option_of(words, waiting.options) if waiting and waiting.slot else None
    if waiting is None or option is None:
        return None
    order = Entity(EntityKind.ORDER_NO, words, option.value, 0, len(words))
    return certain("chat.inform", locale, (order,) if waiting.slot == EntityKind.ORDER_NO.value else ())


def certain(intent: str, language: str, entities: tuple[Entity, ...] = ()) -> Understanding:
    """What is known without the engine."""
    return Understanding(
        intents=(RankedIntent(intent, 1.0),),
        out_of_scope=0.0,
        entities=entities,
        emotion=Emotion.CALM,
        sentiment=0.0,
        urgency=0,
        language=language,
        spans=(),
    )


async def read_turn(engine: Reader, words: str, context: Context) -> Understanding:
    """Several short messages are one turn: of those that only inform, the line that asks says what it is about."""
    whole = await read(engine, words, context)
    lines = words.split("\n")
    if whole.intent not in _SAY_LITTLE or context.expected_slot or len(lines) == 1:
        return whole
    for line in lines[:MOST_LINES]:
        part = await read(engine, line, context)
        if part.intent not in _SAY_LITTLE and part.confidence >= _SURE:
            return msgspec.structs.replace(whole, intents=part.intents, out_of_scope=part.out_of_scope)
    return whole


class Piece(msgspec.Struct, frozen=True):
    """A message of a turn: from where to where it stands in the turn's words."""

    seq: int
    start: int
    end: int


def pieces_of(texts: Sequence[tuple[int, str]]) -> list[Piece]:
    """Of messages, by number, that were joined with a character in between."""
    pieces: list[Piece] = []
    for seq, text in texts:
        start = pieces[-1].end + 1 if pieces else 0
        pieces.append(Piece(seq, start, start + len(text)))
    return pieces


def record_of(
    understanding: Understanding,
    places: Sequence[int],
    pieces: Sequence[Piece],
    triage: Kept | None,
    steps: Sequence[Logged] = (),
) -> bytes:
    """What is kept on the turn's last message: what was understood, which words of which message spoke for it, which
    rules decided, and which steps of processes were taken. `places`: where in the turn each character stands that was
    read."""
    return msgspec.json.encode(
        {
            "intents": understanding.intents[:3],
            "out_of_scope": understanding.out_of_scope,
            "entities": [part for one in understanding.entities for part in _in_messages(one, places, pieces)[:1]],
            "emotion": understanding.emotion,
            "sentiment": understanding.sentiment,
            "urgency": understanding.urgency,
            "spans": [part for one in understanding.spans[:4] for part in _in_messages(one, places, pieces)],
            "stage": understanding.stage,
            "triage": triage,
            "procedure": steps,
        }
    )


def _in_messages(found: Entity | Span, places: Sequence[int], pieces: Sequence[Piece]) -> list[dict[str, object]]:
    """With the message in which it stands and its place there; once for each message that it reaches into."""
    parts = []
    for piece in pieces:
        here = [place for place in places[found.start : found.end] if piece.start <= place < piece.end]
        if here:
            place = {"seq": piece.seq, "start": here[0] - piece.start, "end": here[-1] + 1 - piece.start}
            parts.append(msgspec.structs.asdict(found) | place)
    return parts
