"""How a Chinese title is spelt in Latin letters, from a table of our own: pypinyin's dictionaries weigh 37 MB."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from yingda.kit.paths import data_dir

TABLE = data_dir() / "workspace" / "pinyin.tsv"
#: Characters of a word.
LONGEST = 4


class Spelling(NamedTuple):
    """How characters are read by themselves, and words in which one of them is read otherwise: 重庆, 退还."""

    alone: Mapping[str, str]
    words: Mapping[str, Sequence[str]]

    def syllables(self, text: str) -> list[str]:
        """One for each character; what is not Chinese stays as it is."""
        found: list[str] = []
        while len(found) < len(text):
            at = len(found)
            size = next((size for size in range(LONGEST, 1, -1) if text[at : at + size] in self.words), 1)
            part = text[at : at + size]
            found += self.words[part] if size > 1 else [self.alone.get(part, part)]
        return found


@cache
def spelling() -> Spelling:
    alone: dict[str, str] = {}
    words: dict[str, Sequence[str]] = {}
    for line in TABLE.read_text("utf-8").splitlines():
        reading, _, read = line.partition("\t")
        if " " in reading and not reading.startswith("#"):
            words |= dict.fromkeys(read.split(), reading.split())
        elif not reading.startswith("#"):
            alone |= dict.fromkeys(read, reading)
    return Spelling(alone, words)
