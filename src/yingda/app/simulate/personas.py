"""Generated customers: what they want and how they talk. Pure: chance is given, and so is what they hear."""

import re
from collections.abc import Mapping
from functools import cache
from random import Random
from typing import Annotated

import msgspec

from yingda.app.simulate.script import Turn
from yingda.kit.paths import data_dir

Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Words = Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]

_CLAUSES = re.compile(r"(?<=[，,。！!？?])")


class Goal(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What somebody wants. `person`: whether a colleague has to take over; none: either way will do."""

    name: str
    given: tuple[str, ...]
    says: Words
    knows: dict[str, str] = {}
    deeds: tuple[str, ...] = ()
    heard: str | None = None
    person: bool | None = None


class Persona(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How somebody talks: the share of messages with each habit. `thanks`: how often they say so at the end."""

    name: str
    weight: Annotated[int, msgspec.Meta(ge=1)] = 1
    filler: Share = 0
    ending: Share = 0
    typo: Share = 0
    burst: Share = 0
    anger: Share = 0
    aside: Share = 0
    thanks: Share = 0.3
    patience: Annotated[int, msgspec.Meta(ge=2)] = 12


class Habits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The material of habits, and who has which."""

    asides: Words
    anger: Words
    fillers: Words
    endings: Words
    typos: dict[str, str]
    personas: tuple[Persona, ...]


class Goals(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that generated customers want, what all of them know, and how they decline."""

    declines: str
    knows: dict[str, str]
    goals: tuple[Goal, ...]


class Role(msgspec.Struct, frozen=True):
    """One generated customer."""

    number: int
    goal: Goal
    persona: Persona
    seed: str

    @property
    def id(self) -> str:
        return f"{self.number:04d} {self.goal.name} {self.persona.name}"


@cache
def habits() -> Habits:
    return msgspec.toml.decode((data_dir() / "simulate" / "personas.toml").read_bytes(), type=Habits)


@cache
def goals() -> Goals:
    return msgspec.toml.decode((data_dir() / "simulate" / "goals.toml").read_bytes(), type=Goals)


def cast_roles(count: int, seed: int) -> list[Role]:
    """Every goal as often as every other, personas by weight; the same for the same seed."""
    rng, personas, wanted = Random(f"roles/{seed}"), habits().personas, goals().goals
    weights = [persona.weight for persona in personas]
    return [
        Role(number, wanted[number % len(wanted)], rng.choices(personas, weights)[0], f"{seed}/{number}")
        for number in range(count)
    ]


def knowledge(goal: Goal, of_order: Mapping[str, str]) -> dict[str, str]:
    """What this customer can answer: `of_order` says which order and item it is about.

    Who came for words alone declines what else is offered.
    """
    declining = {} if goal.deeds else {"confirm": goals().declines}
    return {**goals().knows, **declining, **of_order, **goal.knows}


def put(words: str, persona: Persona, rng: Random) -> Turn:
    """The words as this persona types them, in one message or several."""
    if rng.random() < persona.typo:
        words = _mistyped(words, rng)
    if rng.random() < persona.filler:
        words = rng.choice(habits().fillers) + words
    if rng.random() < persona.ending:
        words = words.rstrip("。！!？?") + rng.choice(habits().endings)
    parts = [part for part in _CLAUSES.split(words) if part]
    if rng.random() < persona.anger:
        parts.append(rng.choice(habits().anger))
    if len(parts) > 1 and rng.random() < persona.burst:
        return parts
    return "".join(parts)


def _mistyped(words: str, rng: Random) -> str:
    """One word wrong, if there is one that people get wrong."""
    if found := [right for right in habits().typos if right in words]:
        right = rng.choice(found)
        return words.replace(right, habits().typos[right], 1)
    return words
