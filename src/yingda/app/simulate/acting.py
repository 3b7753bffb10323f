"""A generated customer's chat: says what they want, answers what they are asked, and leaves when that is over."""

import re
from collections.abc import Mapping, Sequence
from random import Random

from yingda.app.replay.customer import Customer
from yingda.app.replay.tally import Heard
from yingda.app.simulate.answering import answer_to
from yingda.app.simulate.outcome import Outcome
from yingda.app.simulate.personas import Role, habits, knowledge, put
from yingda.app.simulate.score import Act
from yingda.app.simulate.script import Turn
from yingda.app.simulate.theatre import Theatre

_NOT_UNDERSTOOD = re.compile(r"没有?完全理解|换个说法|没有?听懂|did not (?:quite )?get|another way", re.IGNORECASE)
_BYE = "谢谢"


async def act(theatre: Theatre, role: Role) -> Act:
    """Play the role to its end. Raises `CastRefused` and `ReplayFailed`."""
    async with theatre.customer(role.goal.given, role.seed) as (customer, who):
        order: Mapping[str, str] = {}
        if who and (orders := (await theatre.records(who))["orders"]):
            order = {"order": orders[0]["order_no"], "item": orders[0]["lines"][0]["title"]}
        await _Chat(theatre, customer, role, knowledge(role.goal, order)).hold()
        outcome: Outcome = await theatre.outcome(role.id, customer, who)
        waits = [sent.wait_ms for sent in customer.sent if sent.wait_ms is not None]
    return Act(role=role, outcome=outcome, order_no=order.get("order"), messages=len(customer.sent), waits_ms=waits)


class _Chat:
    """One customer on their way through a conversation."""

    def __init__(self, theatre: Theatre, customer: Customer, role: Role, knows: Mapping[str, str]) -> None:
        self._theatre = theatre
        self._customer = customer
        self._role = role
        self._knows = knows
        self._rng = Random(f"chat/{role.seed}")
        self._phrases = self._rng.sample(role.goal.says, len(role.goal.says))

    async def hold(self) -> None:
        heard = await self._say(self._phrases.pop())
        while not self._at_end and (turn := self._next(heard)) is not None:
            if self._rng.random() < self._role.persona.aside:
                await self._say(self._rng.choice(habits().asides))
            heard = await self._theatre.take_turn(self._customer, turn)
        if not self._at_end and self._rng.random() < self._role.persona.thanks:
            await self._say(_BYE)

    @property
    def _at_end(self) -> bool:
        return self._customer.handed_over or len(self._customer.sent) >= self._role.persona.patience

    def _next(self, heard: Sequence[Heard]) -> Turn | None:
        answer = answer_to(heard, self._knows)
        if answer is None and self._phrases and any(_NOT_UNDERSTOOD.search(one.text) for one in heard):
            return put(self._phrases.pop(), self._role.persona, self._rng)
        return answer

    async def _say(self, words: str) -> list[Heard]:
        return await self._theatre.take_turn(self._customer, put(words, self._role.persona, self._rng))
