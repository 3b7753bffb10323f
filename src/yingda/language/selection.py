"""Active learning: of many messages, the few whose label would teach most. Uncertain, novel and frequent ones first."""

import math
from collections.abc import Iterable, Sequence

import msgspec

from yingda.language.text import normalise
from yingda.language.types import RankedIntent

_UNCERTAIN, _NOVEL = 0.6, 0.4
_FOREIGN, _UNSURE = 0.5, 0.4


class Candidate(msgspec.Struct, frozen=True):
    """A message as some model read it; `times`: how often customers wrote the same."""

    text: str
    intents: tuple[RankedIntent, ...]
    out_of_scope: float
    times: int = 1

    @property
    def unclear(self) -> bool:
        """Perhaps of no intent that there is."""
        return self.out_of_scope >= _FOREIGN or self.intents[0].confidence < _UNSURE

    @property
    def priority(self) -> float:
        """How much its label would teach; a wish told twice as often counts a constant more, not twice."""
        doubt = 1 - (self.intents[0].confidence - (self.intents[1].confidence if len(self.intents) > 1 else 0))
        return (_UNCERTAIN * doubt + _NOVEL * self.out_of_scope) * (1 + math.log(self.times))


def merge(candidates: Iterable[Candidate]) -> list[Candidate]:
    """One for each distinct message, as the engine sees it, with how often it came; in order of first appearance."""
    merged: dict[str, Candidate] = {}
    for one in candidates:
        key = normalise(one.text).text
        seen = merged.get(key)
        merged[key] = msgspec.structs.replace(seen, times=seen.times + one.times) if seen else one
    return [one for key, one in merged.items() if key]


def select(candidates: Iterable[Candidate], most: int, known: Sequence[str] = ()) -> list[Candidate]:
    """The `most` that would teach most, best first. `known` are texts that somebody labelled already."""
    done = {normalise(text).text for text in known}
    fresh = (one for one in merge(candidates) if normalise(one.text).text not in done)
    return sorted(fresh, key=lambda one: -one.priority)[:most]
