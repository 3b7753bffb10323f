"""Finds the keywords of all rules in one pass over a message, however many rules there are."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from yingda.language import narrow

#: Between two words of a keyword, and as many characters may stand there.
GAP = "…"
GAP_CHARACTERS = 8

_BESIDE_HAN = re.compile(r"(?<=[^\x00-~])\s+|\s+(?=[^\x00-~])")
_SPACES = re.compile(r"\s+")


def plain(text: str) -> str:
    """The form in which texts and keywords are compared: width, case and script alike, spaces only within Latin."""
    return _SPACES.sub(" ", _BESIDE_HAN.sub("", narrow(text))).strip()


def words_of(keyword: str) -> tuple[str, ...]:
    """What stands between the gaps, in plain form; nothing for a keyword without a letter."""
    return tuple(word for part in keyword.split(GAP) if (word := plain(part)))


class _Keyword(msgspec.Struct, frozen=True):
    """`words` are what stands between the gaps."""

    written: str
    words: tuple[str, ...]

    def end(self, text: str, start: int) -> int:
        """Where the keyword ends that starts here; -1 if it does not."""
        first, *rest = self.words
        if not text.startswith(first, start) or _inside_word(text, start):
            return -1
        end = start + len(first)
        for word in rest:
            found = text.find(word, end, end + GAP_CHARACTERS + len(word))
            if found < 0:
                return -1
            end = found + len(word)
        return -1 if _inside_word(text, end) else end


def _inside_word(text: str, at: int) -> bool:
    """Whether a Latin word or a number goes on across this place: `sue` is not in `issue`, 12315 not in 123150."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    return before.isascii() and after.isascii() and before.isalnum() and after.isalnum()


class Keywords:
    """The keywords of rules by their number, with what they do not count in."""

    def __init__(self, wanted: Mapping[int, tuple[Sequence[str], Sequence[str]]]) -> None:
        self._starting: dict[str, list[tuple[_Keyword, list[int]]]] = defaultdict(list)
        self._unless: dict[int, re.Pattern[str]] = {}
        sought: dict[str, list[int]] = defaultdict(list)
        for number, (keywords, unless) in wanted.items():
            for written in dict.fromkeys(keywords):
                sought[written].append(number)
            if unless:
                self._unless[number] = _pattern(unless)
        for written, numbers in sought.items():
            words = words_of(written) or (written,)
            self._starting[words[0][:2]].append((_Keyword(written, words), numbers))

    def find(self, text: str) -> dict[int, str]:
        """By the number of a rule, the first of its keywords that the text (in its plain form) has."""
        found: dict[int, str] = {}
        starting = self._starting
        for start in range(len(text)):
            for key in (text[start : start + 2], text[start]):
                for keyword, numbers in starting.get(key, ()):
                    end = keyword.end(text, start)
                    for number in numbers if end > 0 else ():
                        if number not in found and not self._cancelled(number, text, start, end):
                            found[number] = keyword.written
        return found

    def _cancelled(self, number: int, text: str, start: int, end: int) -> bool:
        pattern = self._unless.get(number)
        return pattern is not None and any(hit.start() < end and start < hit.end() for hit in pattern.finditer(text))


def _pattern(phrases: Sequence[str]) -> re.Pattern[str]:
    gap = f".{{0,{GAP_CHARACTERS}}}?"
    parts = (gap.join(re.escape(plain(word)) for word in phrase.split(GAP)) for phrase in phrases)
    return re.compile("|".join(sorted(parts, key=len, reverse=True)))
