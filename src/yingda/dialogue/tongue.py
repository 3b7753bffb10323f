"""The language in which a customer is answered, from their words and from how the conversation went so far. Pure.

Goods have English names: who writes one, or says ok, in a Chinese conversation goes on in Chinese.
"""

import re
from functools import cache
from typing import Final

import msgspec

from yingda.dialogue.memory import Memory
from yingda.kit.errors import Locale
from yingda.kit.paths import data_dir
from yingda.language import EntityKind, Understanding, language_of

LOCALES: Final[tuple[Locale, ...]] = ("zh", "en")

_NAMES = frozenset({EntityKind.PRODUCT, EntityKind.BRAND, EntityKind.INGREDIENT, EntityKind.SHADE})
_WORD = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)*")
#: The words at the beginning of a message, if it begins with three or more in Latin letters.
_BEGINNING = re.compile(r"[^\w']*[A-Za-z']+(?: +[A-Za-z']+){2,5}")


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands in `data/dialogue/english.toml`."""

    names: frozenset[str]
    says: frozenset[str]
    joins: frozenset[str]
    courtesies: frozenset[str]


@cache
def _english() -> _Words:
    return msgspec.toml.decode((data_dir() / "dialogue" / "english.toml").read_bytes(), type=_Words)


@cache
def _names() -> re.Pattern[str]:
    return re.compile("|".join(rf"\b{re.escape(name)}\b" for name in _english().names), re.IGNORECASE)


def locale_of(words: str, understanding: Understanding, memory: Memory) -> Locale:
    """The customer's language; a bare number, name or courtesy says nothing about it, so the last one stays. Who begins
    with an English sentence writes English, also around a Chinese name or address."""
    words = words.replace("’", "'")
    bare = _unnamed(words, understanding)
    beginning = _BEGINNING.match(bare)
    if beginning and _is_sentence(beginning[0]):
        return "en"
    language = language_of(bare)
    if understanding.intent == "chat.inform" or language == "other":
        return memory.locale
    if language == "zh":
        return "zh"
    doubtful = bare != words or _chinese_so_far(memory)
    return memory.locale if doubtful and not _is_sentence(bare) else "en"


def tells(words: str, understanding: Understanding, locale: Locale) -> bool:
    """Whether the words by themselves show that the customer writes `locale`, as a name or a courtesy does not."""
    bare = _unnamed(words.replace("’", "'"), understanding)
    return language_of(bare) == "zh" if locale == "zh" else _is_sentence(bare)


def _chinese_so_far(memory: Memory) -> bool:
    begun = memory.last_intent is not None or bool(memory.tried) or memory.state.waiting is not None
    return begun and memory.locale == "zh"


def _is_sentence(words: str) -> bool:
    said = _WORD.findall(words)
    plain, english = {word.lower() for word in said}, _english()
    if plain <= english.courtesies:
        return False
    titled = all(word[0].isupper() for word in said)
    return bool(plain & english.says) or (len(said) > 2 and not titled and bool(plain & english.joins))


def _unnamed(words: str, understanding: Understanding) -> str:
    """With the names of goods in Latin letters made numbers, as long as before."""
    for entity in understanding.entities:
        if entity.kind in _NAMES and entity.text.isascii():
            words = words[: entity.start] + "0" * (entity.end - entity.start) + words[entity.end :]
    return _names().sub(lambda name: "0" * len(name[0]), words)
