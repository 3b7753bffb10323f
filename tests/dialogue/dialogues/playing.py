"""Plays dialogues through the public API, all of them at once, and keeps what came of each."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.dialogue.dialogues.outage import Moods
from tests.dialogue.dialogues.reading import Dialogue
from yingda.app.replay.customer import Customer, ReplayFailed
from yingda.app.replay.tally import Heard
from yingda.app.simulate.answering import answer_to
from yingda.app.simulate.outcome import Outcome
from yingda.app.simulate.script import NOT_SIGNED_IN, Photo, Turn
from yingda.app.simulate.theatre import CastRefused, Theatre

AT_ONCE = 12
#: More questions than this after one turn are a fault of whoever asks.
MOST_QUESTIONS = 8
_PLACE = re.compile(r"\{([a-z.]+)\}")


@dataclass(frozen=True)
class Played:
    """What came of a dialogue: as a script's line tells it, the shop's records, and what was said last."""

    outcome: Outcome
    records: dict[str, Any]
    last: str
    asked_too_often: bool

    @property
    def said(self) -> str:
        return "\n".join(one.text for one in self.outcome.transcript if one.by == "assistant")

    @property
    def transcript(self) -> str:
        return "\n".join(f"{one.by}: {one.text} {' | '.join(one.choices)}" for one in self.outcome.transcript)


async def play_all(theatre: Theatre, moods: Moods, wanted: Sequence[Dialogue]) -> dict[str, Played]:
    gate = asyncio.Semaphore(AT_ONCE)
    async with theatre.customer(["latest_unshipped"], "stranger") as (_, stranger):
        assert stranger
        strange = places("stranger", await theatre.records(stranger))

        async def play(dialogue: Dialogue) -> Played:
            async with gate:
                try:
                    return await play_one(theatre, moods, dialogue, strange)
                except (CastRefused, ReplayFailed) as error:  # only this dialogue has failed
                    outcome = Outcome(id=dialogue.id, errors=[str(error)])
                    return Played(outcome, {"orders": [], "deeds": []}, "", asked_too_often=False)

        played = await asyncio.gather(*(play(dialogue) for dialogue in wanted))
        assert (await theatre.records(stranger))["deeds"] == [], "somebody else's order was touched"
    return {dialogue.id: one for dialogue, one in zip(wanted, played, strict=True)}


async def play_one(theatre: Theatre, moods: Moods, dialogue: Dialogue, strange: Mapping[str, str]) -> Played:
    async with theatre.customer(dialogue.given, dialogue.id) as (customer, who):
        owner = who["user_id"] if who else NOT_SIGNED_IN
        records = await theatre.records(who) if who else {"orders": [], "shipments": []}
        known = {**strange, **places("", records)}
        knows = {slot: filled(words, known) for slot, words in dialogue.answers.items()}
        last: list[Heard] = []
        tired = False
        for number, turn in enumerate(dialogue.turns, 1):
            if number == dialogue.down_from:
                moods.down.add(owner)
            if number == dialogue.deaf_from:
                moods.deaf.add(owner)
            last, answered = await converse(theatre, customer, filled_turn(turn, known), knows)
            tired |= not answered
        moods.down.discard(owner)
        outcome = await theatre.outcome(dialogue.id, customer, who)
        after = await theatre.records(who) if who else records
    return Played(outcome, after, "\n".join(one.text for one in last if one.author == "assistant"), tired)


async def converse(
    theatre: Theatre, customer: Customer, turn: Turn, knows: Mapping[str, str]
) -> tuple[list[Heard], bool]:
    """Say it, and answer what is asked; all that was heard, and whether the questions came to an end."""
    heard = all_heard = await theatre.take_turn(customer, turn)
    for _ in range(MOST_QUESTIONS):
        answer = None if customer.handed_over else answer_to(heard, knows)
        if answer is None:
            return all_heard, True
        heard = await theatre.take_turn(customer, answer)
        all_heard = [*all_heard, *heard]
    return all_heard, False


def places(whose: str, records: dict[str, Any]) -> dict[str, str]:
    """What can be named in a dialogue: `{latest}`, `{latest.item}`, `{previous.tracking}`, `{stranger}`."""
    found: dict[str, str] = {}
    for age, order in zip(("latest", "previous"), records["orders"], strict=False):
        name = whose or age
        parcels = [one["tracking_no"] for one in records["shipments"] if one["order_no"] == order["order_no"]]
        found[name] = order["order_no"]
        found[f"{name}.item"] = order["lines"][0]["title"]
        found[f"{name}.variant"] = order["lines"][0]["variant"]
        found[f"{name}.sku"] = order["lines"][0]["sku"]
        found[f"{name}.second"] = order["lines"][-1]["title"]
        found[f"{name}.name"] = order["address"]["name"]
        found[f"{name}.tracking"] = parcels[-1] if parcels else ""
    return found


def filled(words: str, known: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda place: known[place[1]] if place[1] in known else place[0], words)


def filled_turn(turn: Turn, known: Mapping[str, str]) -> Turn:
    match turn:
        case str():
            return filled(turn, known)
        case Photo():
            return turn
        case _:
            return [filled(words, known) for words in turn]
