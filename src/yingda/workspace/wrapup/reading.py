"""From the messages of a round to what was said in it and what it was about."""

from collections.abc import Sequence
from typing import Protocol

import msgspec

from yingda.conversations import FileContent, ImageContent, Message, text_of
from yingda.language import Context, Entity, RankedIntent, Said, Speaker, Summary, Understanding, summarise
from yingda.workspace.wrapup import rules
from yingda.workspace.wrapup.rules import Vote

#: So many messages that nobody has read yet are read for a draft: the last ones.
READ_ANEW = 20


class Reader(Protocol):
    """What reads a customer's message."""

    def understand(self, text: str, context: Context, /) -> Understanding: ...


class _Stored(msgspec.Struct, frozen=True):
    """What is kept on a message of what the engine read."""

    intents: list[RankedIntent] = []
    entities: list[Entity] = []


def read_round(reader: Reader, messages: Sequence[Message]) -> tuple[Summary, list[Vote]]:
    """What was said, and what each message of the customer was read as. Takes milliseconds: not for the event loop."""
    heard = [(speaker, message) for message in messages if (speaker := rules.speaker_of(message))]
    unread = [m.seq for s, m in heard if s is Speaker.CUSTOMER and not _stored(m).intents]
    anew = set(unread[-READ_ANEW:])
    said: list[Said] = []
    votes: list[Vote] = []
    for speaker, message in heard:
        text = _words(message)
        known = _understood(reader, message, text) if message.seq in anew else _stored(message)
        best = known.intents[0] if known.intents else None
        if best and speaker is Speaker.CUSTOMER:
            votes.append(Vote(best.name, best.confidence))
        sure = best if best and best.confidence >= rules.CONFIDENT else None
        said.append(
            Said(
                seq=message.seq,
                speaker=speaker,
                text=text,
                at=message.created_at,
                intent=sure.name if sure else None,
                entities=tuple(known.entities),
            )
        )
    return summarise(said), votes


def _words(message: Message) -> str:
    """The name of a file says nothing of what somebody wants."""
    return "" if isinstance(message.content, ImageContent | FileContent) else text_of(message.content)


def _stored(message: Message) -> _Stored:
    return msgspec.json.decode(message.understanding, type=_Stored | None) or _Stored()


def _understood(reader: Reader, message: Message, text: str) -> _Stored:
    if not text:
        return _Stored()
    read = reader.understand(text, Context(now=message.created_at))
    return _Stored(list(read.intents), list(read.entities))
