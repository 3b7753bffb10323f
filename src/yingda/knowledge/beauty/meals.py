"""Dinner, and what must never have been eaten: 宝宝喝了水 against 宝宝喝了你们家的水. Pure, from the words alone."""

import re

from yingda.knowledge.beauty.names import plain
from yingda.knowledge.beauty.phrases import phrases

#: So many characters before a question about a meal can name what was eaten: more would make long texts slow.
_NEAR = 40


def said_in(text: str) -> list[str]:
    """The messages of a turn, `plain` and without dinner; and all of them as one, for a sentence sent in pieces."""
    lines = [_blanked(plain(line)) for line in text.splitlines()]
    return lines if len(lines) < 2 else [*lines, ";".join(lines)]


def swallowed(text: str) -> bool:
    """Whether anybody has swallowed what is no food, or asks whether one may."""
    said = phrases()
    return any(said.swallowed.search(words) or said.child_took.search(words) for words in said_in(text))


def child_swallowed(text: str) -> bool:
    """Whether a child has. Who cannot be understood is believed to speak of the worst."""
    return any(phrases().child_took.search(words) for words in said_in(text))


def _blanked(words: str) -> str:
    """`plain` words with what was eaten and drunk as food blanked out, as long as before."""
    said = phrases()
    if said.worried.search(words):
        return words
    return said.meals.sub(lambda meal: "□" * len(meal[0]) if _is_food(words, meal) else meal[0], words)


def _is_food(words: str, meal: re.Match[str]) -> bool:
    said = phrases()
    asked_of_goods = meal["asked"] and said.told.search(words, max(0, meal.start() - _NEAR), meal.start())
    return not asked_of_goods and not said.unmasked.match(words, meal.end())
