"""Turns and answers for the engine, without a server."""

from datetime import UTC, datetime
from typing import Any

from yingda.dialogue.procedures.engine import Engine
from yingda.dialogue.procedures.library import shipped
from yingda.dialogue.procedures.state import Heard, LookingUp, Move, Performing, State, Told
from yingda.dialogue.wording import template
from yingda.language import Entity, EntityKind

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
OWN = ("LM202611200001", "LM202611180002")
FOREIGN = "LM202611010009"

ENGINE = Engine(shipped(), template)

ORDER = {
    "order_no": OWN[0],
    "order_state": "paid",
    "order_title": "雪竹面霜",
    "order_amount": "¥99.00",
    "guessed": False,
    "delivered": False,
}


def heard(text: str, intent: str = "other", *, at: datetime = NOW, **more: Any) -> Heard:
    """`number`: an order that the text names; `understood`: unless it is `other`."""
    number = more.pop("number", None)
    entities = more.pop("entities", ())
    entities += (Entity(EntityKind.ORDER_NO, number, number, 0, len(number)),) if number else ()
    more.setdefault("understood", intent != "other")
    return Heard(text=text, locale="zh", now=at, intent=intent, entities=entities, **more)


def found(**facts: Any) -> Told:
    return Told(outcome="found", facts=facts)


class Talk:
    """A conversation with the engine: look-ups are answered from `answers` by tool, deeds are done."""

    def __init__(self, **answers: Told) -> None:
        self.answers = answers
        self.state = State()
        self.done: list[Performing] = []
        self.looked_up: list[LookingUp] = []
        self.reason: str | None = None
        self.aside = False
        self.tickets = 0

    def say(self, text: str, intent: str = "other", **more: Any) -> str:
        """What the assistant says to it."""
        turn = heard(text, intent, **more)
        move = ENGINE.hear(self.state, turn)
        if move is None:
            return ""
        said = [*move.lines]
        while move.effect:
            move = ENGINE.told(move.state, turn, self._bring_about(move))
            said += move.lines
        self.state, self.reason, self.aside = move.state, move.reason, move.aside
        return "\n".join(line.text for line in said)

    def slot(self, name: str) -> object:
        return self.state.top and self.state.top.slots.get(name)

    def asked(self, tool: str) -> list[dict[str, Any]]:
        """What was given to it each time."""
        return [one.given for one in self.looked_up if one.tool == tool]

    def _bring_about(self, move: Move) -> Told:
        effect = move.effect
        if isinstance(effect, LookingUp):
            self.looked_up.append(effect)
            return self.answers[effect.tool]
        if isinstance(effect, Performing):
            self.done.append(effect)
            return self.answers.get("deed", Told(outcome="done", text="已办好。"))
        self.tickets += 1
        return Told(outcome="found", facts={"ticket_no": "YD-1"})
