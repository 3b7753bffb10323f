"""Which suggestions are worth an agent's glance, in which order, and what a draft says. Pure."""

from collections.abc import Mapping, Sequence

import msgspec

from yingda.knowledge import Drafted, Evidence
from yingda.workspace.suggestions.schemas import Record, Suggestion, SuggestionSource

#: More of them are not looked at while a customer waits.
MOST_SHOWN = 4
#: Less sure than this is noise, and less than that no ground for a whole reply.
_LEAST, _SURE = 0.2, 0.5
#: What is not known yet counts as this many suggestions, of which so many were taken.
_UNKNOWN, _UNKNOWN_TAKEN = 5.0, 3.0
#: An edited one saved some of the work.
_EDITED = 0.6

_OPENINGS = {
    "anxious": "您先别着急，我帮您看一下。",
    "angry": "非常抱歉给您带来这样的体验，我马上为您处理。",
    "disappointed": "没让您满意，实在抱歉。",
    "confused": "我给您说明一下：",
}
_OPENING = "您好，"


def usefulness(record: Record) -> float:
    """The share of its suggestions that helped, drawn towards the usual while there are few: 0 to 1."""
    told = record.accepted + record.edited + record.rejected
    return (record.accepted + _EDITED * record.edited + _UNKNOWN_TAKEN) / (told + _UNKNOWN)


def ranked(found: Sequence[Suggestion], records: Mapping[str, Record]) -> list[Suggestion]:
    """Those worth showing, best first: how sure the source is, times how often it helped."""
    worth = [one for one in found if one.confidence >= _LEAST and one.text.strip()]
    order = sorted(worth, key=lambda one: -one.confidence * usefulness(records.get(one.key, Record())))
    return order[:MOST_SHOWN]


def drafted(best: Suggestion, emotion: str | None) -> Suggestion | None:
    """A reply that opens as the customer feels and goes on with the best suggestion; None: it is not sure enough."""
    if best.confidence < _SURE:
        return None
    text = _OPENINGS.get(emotion or "", _OPENING) + best.text
    return msgspec.structs.replace(best, key=f"draft:{best.key}", source=SuggestionSource.DRAFT, text=text)


def evidence(shown: Sequence[Suggestion]) -> list[Evidence]:
    """What a whole reply may be written from: nothing but guesses is no ground for one."""
    if not any(one.confidence >= _SURE for one in shown):
        return []
    return [Evidence("；".join(one.sources) or one.title, one.text) for one in shown]


def written(draft: Drafted, best: Suggestion) -> Suggestion:
    """A reply that was written from the others, ready to be sent; what each sentence cites is beside it."""
    return Suggestion(
        key=f"written:{best.key}"[:200],
        source=SuggestionSource.DRAFT,
        title=best.title,
        text=draft.plain,
        confidence=best.confidence,
        sources=[f"[{number}] {title}" for number, title in enumerate(draft.sources, 1)],
    )
