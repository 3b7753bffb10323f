"""Recognise names that only the shop knows: products, brands, ingredients, shades.

Exactly; by sound (a pinyin keyboard's slips); and, for products with long names, by enough of their rarer pairs of
characters: nobody types 琉璃玻尿酸保湿面膜25ml×5片, they type 玻尿酸面膜.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from yingda.language.lexicon import Lexicon
from yingda.language.text import MAX_CHARACTERS, is_han, narrow
from yingda.language.types import Entity, EntityKind, GazetteerEntry

_ENOUGH = 0.5  # share of a name's weight that must be said
_CLEAR_LEAD = 1.15  # over the runner-up; two alike products are not guessed at
_FEWEST_PAIRS = 2
_BY_SOUND = 0.9
_SHORTEST_BY_SOUND = 3


class _Squeezed(NamedTuple):
    text: str
    offsets: list[int]


class Gazetteer:
    def __init__(self, entries: Sequence[GazetteerEntry], sounds: Mapping[int, str]) -> None:
        self._sounds = sounds
        named = [(said, entry) for entry in entries for name in entry.names for said in sorted(_spellings(name))]
        self._exact = Lexicon(named)
        self._by_sound = Lexicon((n.translate(sounds), e) for n, e in named if len(n) >= _SHORTEST_BY_SOUND)
        self._names = [(name, e) for name, e in named if len(name) >= 4 and e.kind is EntityKind.PRODUCT]
        self._holders: dict[str, list[int]] = defaultdict(list)
        for index, (name, _) in enumerate(self._names):
            for pair in {pair for _, pair in _pairs(name)}:
                self._holders[pair].append(index)
        total = len(self._names) or 1
        self._rarity = {pair: math.log(1 + total / len(held)) for pair, held in self._holders.items()}
        self._weights = [
            sum(self._rarity[pair] for pair in {pair for _, pair in _pairs(name)}) for name, _ in self._names
        ]

    def find(self, text: str) -> list[Entity]:
        """Names in the text, surest first."""
        squeezed = _squeeze(text[:MAX_CHARACTERS])
        found = [(start, end, entry, 1.0) for start, end, entry in self._exact.find(squeezed.text)]
        sounding = self._by_sound.find(squeezed.text.translate(self._sounds))
        found += [(start, end, entry, _BY_SOUND) for start, end, entry in sounding]
        found += self._nearly(squeezed.text)
        entities: list[Entity] = []
        for start, end, entry, score in found:
            begin, stop = squeezed.offsets[start], squeezed.offsets[end - 1] + 1
            if all(stop <= other.start or other.end <= begin for other in entities):
                entities.append(Entity(entry.kind, text[begin:stop], entry.value, begin, stop, score))
        return entities

    def _nearly(self, text: str) -> Iterator[tuple[int, int, GazetteerEntry, float]]:
        said: dict[int, float] = {}
        places: dict[int, list[int]] = defaultdict(list)
        for position, pair in _pairs(text):
            for index in self._holders.get(pair, ()):
                places[index].append(position)
        for index, positions in places.items():
            pairs = {text[p : p + 2] for p in positions}
            if len(pairs) >= _FEWEST_PAIRS:
                said[index] = sum(self._rarity[pair] for pair in pairs)
        scored = sorted(((said[i] / self._weights[i], i) for i in said), reverse=True)
        if not scored or scored[0][0] < _ENOUGH:
            return
        best, index = scored[0]
        value = self._names[index][1].value
        rival = next((score for score, other in scored[1:] if self._names[other][1].value != value), 0.0)
        if best >= rival * _CLEAR_LEAD:
            yield places[index][0], places[index][-1] + 2, self._names[index][1], round(min(best, 1) * _BY_SOUND, 3)


def _pairs(text: str) -> Iterator[tuple[int, str]]:
    """Pairs of ideographs with their positions: sizes and codes in a name are what people leave out first."""
    return ((i, text[i : i + 2]) for i in range(len(text) - 1) if is_han(text[i]) and is_han(text[i + 1]))


def _squeeze(text: str) -> _Squeezed:
    """Without the spaces and punctuation that people leave out of names; between Latin words one blank stays."""
    kept: list[str] = []
    offsets: list[int] = []
    plain = narrow(text)
    for position, character in enumerate(plain):
        if not character.isalnum():
            continue
        apart = kept and position - offsets[-1] > 1 and plain[position - 1] != "'"  # I've names no VE
        if apart and _is_letter(character) and _is_letter(kept[-1]):
            kept.append(" ")
            offsets.append(position - 1)
        kept.append(character)
        offsets.append(position)
    return _Squeezed("".join(kept), offsets)


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _spellings(name: str) -> set[str]:
    """SK-II and SKII: a Latin name of several words is also written as one."""
    squeezed = _squeeze(name).text
    return {squeezed, squeezed.replace(" ", "")}
