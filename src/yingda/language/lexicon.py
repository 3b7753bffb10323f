"""Find many known words in a text in one walk: an index by first character, longest word first."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, TypeVar

V = TypeVar("V")


class Lexicon(Generic[V]):
    """Words with what they mean."""

    def __init__(self, words: Mapping[str, V] | Iterable[tuple[str, V]]) -> None:
        self._by_first: dict[str, list[tuple[str, V]]] = {}
        for word, meaning in words.items() if isinstance(words, Mapping) else words:
            if word:
                self._by_first.setdefault(word[0], []).append((word, meaning))
        for same_first in self._by_first.values():
            same_first.sort(key=lambda item: -len(item[0]))

    def find(self, text: str) -> Iterator[tuple[int, int, V]]:
        """Where words occur, from left to right, the longest at each place. ASCII words only whole."""
        position = 0
        get = self._by_first.get
        while position < len(text):
            for word, meaning in get(text[position], ()):
                if text.startswith(word, position) and _stands_alone(text, position, word):
                    yield position, position + len(word), meaning
                    position += len(word) - 1
                    break
            position += 1


def _stands_alone(text: str, start: int, word: str) -> bool:
    if not (word[0].isascii() and word[0].isalpha()):
        return True
    end = start + len(word)
    before, after = text[start - 1] if start else " ", text[end] if end < len(text) else " "
    return not (_is_letter(before) or (_is_letter(after) and word[-1].isalpha()))


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()
