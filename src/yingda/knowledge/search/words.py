"""From text to the words by which articles are found: cut, without those that say nothing, synonyms made alike."""

import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

import msgspec
import rjieba

from yingda.kit.paths import data_dir

_WORD = re.compile(r"[a-z0-9\u3400-\u4dbf\u4e00-\u9fff]")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]{2,}")
#: More characters than these of a question or a passage say nothing new.
LONGEST = 2_000
#: How sure the cutter is to keep a word whole that we name.
_OFTEN = 20_000
#: Texts whose words are kept: an article is cut when it is put in, and when it is compared with a question.
_KEPT = 4_096


class WordList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`data/knowledge/words.toml`: `stop` says nothing, `whole` is not cut, each of `same` is a group of synonyms."""

    stop: str
    whole: str
    same: tuple[str, ...]


def shipped_words() -> WordList:
    """Raises what the TOML reader raises for a file that cannot be read."""
    raw = tomllib.loads((data_dir() / "knowledge" / "words.toml").read_text("utf-8"))
    return msgspec.convert(raw, WordList)


class Words:
    """`fold` makes spellings alike; `names`: groups of names for the same thing, the usual one first. `read`: what is
    read of a question; a longer text is a letter, which takes seconds to encode and fits no article better.

    All share the dictionary that `rjieba` makes when it is loaded, since another one weighs 25 MB: what one keeps
    whole, all keep whole.
    """

    def __init__(
        self,
        fold: Callable[[str], str] = str.lower,
        names: Iterable[Sequence[str]] = (),
        listed: WordList | None = None,
        read: Callable[[str], str] = str,
    ) -> None:
        self.read = read
        self._fold = fold
        self._kept = lru_cache(_KEPT)(self._of)
        listed = listed or shipped_words()
        self._stop = frozenset(map(fold, listed.stop.split()))
        self._same: dict[str, str] = {}
        for word in listed.whole.split():
            rjieba.add_word(fold(word), _OFTEN, None)
        for group in (*(line.split() for line in listed.same), *names):
            self._learn([fold(name) for name in group])

    def of(self, text: str) -> tuple[str, ...]:
        """In their order; a long word brings its parts along."""
        return self._kept(text[:LONGEST])

    def _of(self, text: str) -> tuple[str, ...]:
        cut = rjieba.cut_for_search(self._fold(text))
        return tuple(self._same.get(word, word) for word in cut if word not in self._stop and _WORD.search(word))

    def distinct(self, text: str) -> list[str]:
        return list(dict.fromkeys(self.of(text)))

    def grams(self, text: str) -> list[str]:
        """Pairs of neighbouring ideographs: what a misspelling or a wrong cut leaves of a word."""
        runs = _HAN.findall(self._fold(text[:LONGEST]))
        return list(dict.fromkeys(run[i : i + 2] for run in runs for i in range(len(run) - 1)))

    def _learn(self, group: Sequence[str]) -> None:
        usual = self._same.get(group[0], group[0])
        for name in group:
            rjieba.add_word(name, _OFTEN, None)
            self._same.setdefault(name, usual)
