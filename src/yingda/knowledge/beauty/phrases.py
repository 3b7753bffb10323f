"""How customers word what they ask: the patterns of `data/beauty/questions.toml`, ready to search with."""

import re
from functools import cache

import msgspec

from yingda.knowledge.beauty.files import folder


class _Lists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    asks: dict[str, list[str]]
    dangers: dict[str, list[str]]
    people: dict[str, list[str]]
    symptoms: dict[str, list[str]]
    meals: dict[str, list[str]]
    limits: dict[str, list[str]]


class Phrases(msgspec.Struct, frozen=True):
    """`reaction`: what skin does; `happened`: something went wrong; `supposed`: somebody asks whether it would;
    `harmless`: it only sounds so, `figures` of speech among it.

    `meals`: something was eaten that is there to be eaten, unless somebody is `worried`; its group `asked`: somebody
    asks whether one has eaten, unless the clause has `told` before it what was. `unmasked`: from its end on, it turns
    out to have been goods. `swallowed`: what is left when meals are out was, or is asked of; `child_took`: by a child,
    for whom less is enough.
    """

    asks: dict[str, re.Pattern[str]]
    dangers: dict[str, re.Pattern[str]]
    people: dict[str, re.Pattern[str]]
    reaction: re.Pattern[str]
    happened: re.Pattern[str]
    supposed: re.Pattern[str]
    harmless: re.Pattern[str]
    figures: re.Pattern[str]
    meals: re.Pattern[str]
    told: re.Pattern[str]
    unmasked: re.Pattern[str]
    worried: re.Pattern[str]
    swallowed: re.Pattern[str]
    child_took: re.Pattern[str]
    without: re.Pattern[str]


@cache
def phrases() -> Phrases:
    """Raises `msgspec.ValidationError` and `re.error` for a file that cannot be used."""
    lists = msgspec.toml.decode((folder() / "questions.toml").read_bytes(), type=_Lists)
    reaction, used, parts, troubled = (
        _any(lists.symptoms[name]) for name in ("reaction", "used", "places", "troubled")
    )
    return Phrases(
        asks=_compiled(lists.asks),
        dangers=_compiled(lists.dangers),
        people=_compiled(lists.people),
        reaction=re.compile(reaction),
        happened=re.compile(
            f"(?:{used})[^?？]{{0,14}}(?:{reaction})"
            f"|(?:{reaction})(?:{troubled})"
            f"|(?:{parts})(?:上|都|全|很|好|特别|一直|有点|开始|突然|又)*(?:{reaction})"
        ),
        supposed=re.compile(
            f"(?:会不会|容易|怕|担心|防止|避免|预防|会)(?:导致|引起|变|不)*(?:{reaction})(?:吗|么|呢|嘛)?"
        ),
        harmless=re.compile(_any([*lists.symptoms["harmless"], *lists.symptoms["figures"]])),
        figures=re.compile(_any(lists.symptoms["figures"])),
        meals=_meals(lists.meals),
        told=re.compile(f"(?:把|{_any(lists.meals['goods'])})[^,.!?;~。]*$"),
        unmasked=_unmasked(lists.meals),
        worried=re.compile(_any(lists.meals["worried"])),
        swallowed=re.compile(f"{_swallowed(lists.meals)}|{_any(lists.meals['edible'])}"),
        child_took=_child_took(lists),
        without=re.compile(_any(lists.limits["without"])),
    )


def _meals(lists: dict[str, list[str]]) -> re.Pattern[str]:
    food, amount, ends, meal, also, asked = (
        _any(lists[name]) for name in ("food", "amount", "ends", "meal", "also", "asked")
    )
    return re.compile(
        f"[吃喝](?:[了完过到])?(?:{amount})?的?(?:(?:{food})(?=了?(?:{ends}))|{meal})"
        f"|把(?:{food})(?:给|都|全|全都)?[吃喝](?:[了完光掉])+(?={ends})|{also}|(?P<asked>{asked})"
    )


def _unmasked(lists: dict[str, list[str]]) -> re.Pattern[str]:
    goods, business, turned, words = (_any(lists[name]) for name in ("goods", "business", "turned", "unmasked"))
    return re.compile(
        f"(?:(?!{turned}).){{0,40}}?(?:{goods}|你们家?的)(?!.{{0,8}}(?:{business}))|.{{0,40}}?(?:{words})"
    )


def _swallowed(lists: dict[str, list[str]]) -> str:
    swallowed, food, goods, took, taken, mouthful, bitten = (
        _any(lists[name]) for name in ("swallowed", "food", "goods", "took", "taken", "mouthful", "bitten")
    )
    return (
        f"{swallowed}|[吃喝](?:{food})了|(?:{took})(?:{goods})(?:{taken})|(?:{mouthful})(?:{goods})"
        f"|(?:{bitten})[^,.!?;~。涂擦抹敷用]{{0,4}}(?:{goods})|(?:{goods})[^,.!?;~。盒箱袋包]{{0,10}}(?:{bitten})"
    )


def _child_took(lists: _Lists) -> re.Pattern[str]:
    """Who did what is seldom told in more than a few words, and then in one sentence."""
    meals = lists.meals
    children = _any([*lists.people["children"], *meals["child"]])
    goods, bitten, more = (_any(meals[name]) for name in ("goods", "bitten", "swallowed_by_child"))
    return re.compile(
        f"(?:{children})(?:.{{0,16}}?|[^.!?;。]{{17,32}}?)(?:{_swallowed(meals)}|{more})"
        f"|(?:{goods})[^,.!?;~。盒箱袋包]{{0,4}}(?:{children})[^,.!?;~。]{{0,6}}(?:{bitten})"
    )


def _compiled(lists: dict[str, list[str]]) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(_any(patterns)) for name, patterns in lists.items()}


def _any(patterns: list[str]) -> str:
    return "|".join(patterns)
