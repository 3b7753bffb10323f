"""Numbers, codes, sums, sizes and times in a message. Rules by form and by the word before; personal data by the kit.

Finders run in order of certainty; what one has taken, the later ones leave alone.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from yingda.kit.redaction import find_personal_data
from yingda.language import codes, measures
from yingda.language.address import find_regions
from yingda.language.codes import Raw
from yingda.language.dates import find_dates
from yingda.language.durations import durations
from yingda.language.numerals import CHARACTERS
from yingda.language.text import MAX_CHARACTERS, narrow
from yingda.language.types import Entity, EntityKind

_ANY_SIGN = re.compile(r"[0-9@\[_]|[省市区县镇乡村路街]|[一幺][三四五六七八九]")
_ANY_NUMBER = re.compile(rf"[0-9\[半x{CHARACTERS}]|\b(?:dozen|box|bottle|size)|[sml]码|^[sml]的?$")


def find_entities(text: str, now: datetime | None, known: Iterable[Entity] = ()) -> tuple[Entity, ...]:
    """Entities by position, without overlaps. `known` (from the gazetteer) yields to codes and wins over the rest."""
    text = text[:MAX_CHARACTERS]
    plain = narrow(text)
    taken = _Taken(text)
    if _ANY_SIGN.search(plain):
        for finder in (codes.orders, codes.parcels, codes.users):
            taken.take(finder(plain))
        spans = find_personal_data(plain)
        taken.bar(codes.secrets(spans))
        taken.take(codes.personal(spans, plain))
    for entity in known:
        taken.keep(entity)
    for finder in (measures.shades, lambda plain: _dates(plain, now), durations, _regions):
        taken.take(finder(plain))
    if _ANY_NUMBER.search(plain):
        for finder in (measures.amounts, measures.sizes, measures.quantities, measures.numbers):
            taken.take(finder(plain))
    return tuple(sorted(taken.entities, key=lambda entity: entity.start))


class _Taken:
    """What has been found so far, and stretches that nothing may be read from."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.entities: list[Entity] = []
        self._covered = bytearray(len(text))

    def bar(self, spans: Iterable[tuple[int, int]]) -> None:
        for start, end in spans:
            self._covered[start:end] = b"\1" * (end - start)

    def take(self, found: Iterator[Raw]) -> None:
        for kind, start, end, value in found:
            said = self._text[start:end]
            self.keep(Entity(kind, said, said if kind is EntityKind.ADDRESS else value, start, end))

    def keep(self, entity: Entity) -> None:
        if self._covered.find(1, entity.start, entity.end) < 0:
            self.entities.append(entity)
            self.bar([(entity.start, entity.end)])


def _regions(plain: str) -> Iterator[Raw]:
    for start, end, region in find_regions(plain):
        yield EntityKind.REGION, start, end, region


def _dates(plain: str, now: datetime | None) -> Iterator[Raw]:
    for found in find_dates(plain, now):
        yield EntityKind.DATE, found.start, found.end, found.value
