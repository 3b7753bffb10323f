"""Dinner, and what must never have been eaten: 宝宝喝了水 against 宝宝喝了你们家的水. Pure, from the words alone."""

import re

from yingda.knowledge.beauty.names import plain
from yingda.knowledge.beauty.phrases import phrases


def blanked(words: str) -> str:
    """`plain` words with what was eaten and drunk as food blanked out, as long as before."""
    said = phrases()
    if said.worried.search(words):
        return words
    return said.meals.sub(lambda meal: "□" * len(meal[0]) if _is_food(words, meal) else meal[0], words)


def child_swallowed(text: str) -> bool:
    """Whether a child has swallowed what is no food. Who cannot be understood is believed to speak of the worst."""
    return any(phrases().child_took.search(blanked(plain(line))) for line in text.splitlines())


def _is_food(words: str, meal: re.Match[str]) -> bool:
    return meal["asked"] is None or not phrases().told.search(words, 0, meal.start())
