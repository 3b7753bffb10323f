"""What became of a simulated customer, as it is printed: one JSON object each. Pure."""

from collections.abc import Sequence
from typing import Any

import msgspec

from yingda.app.replay.tally import HANDED_OVER, Heard, Sent

_ACTS = ("done", "begun", "unclear")
_SELF_EVIDENT = ("type", "order_no")


class Uttered(msgspec.Struct, frozen=True, omit_defaults=True, rename={"by": "from"}):
    """One message of the thread. `choices`: what its buttons say; `order`: what a card shows."""

    by: str
    text: str
    choices: list[str] = []
    order: str | None = None
    notice: str | None = None


class Action(msgspec.Struct, frozen=True):
    """Something that was changed, or is being changed, in the shop. What was refused is none."""

    name: str
    order: str
    detail: dict[str, Any]


class Ticket(msgspec.Struct, frozen=True):
    number: str
    title: str
    state: str
    category: str
    level: int


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """`handoff`: a person is in charge at the end, for `reason`. `final_intent`: as what the last words were read.

    `errors`: what could not be played or found out; without any, all of this is sure.
    """

    id: str | int
    transcript: list[Uttered] = []
    actions: list[Action] = []
    handoff: bool = False
    reason: str | None = None
    final_intent: str | None = None
    tickets: list[Ticket] = []
    errors: list[str] = []


def uttered(heard: Sequence[Heard]) -> list[Uttered]:
    return [
        Uttered(
            one.author,
            one.text or ("" if one.kind == "text" else f"[{one.kind}]"),
            [says for _, says in one.choices],
            one.order_no,
            one.notice,
        )
        for one in heard
    ]


def actions_of(records: dict[str, Any]) -> list[Action]:
    """Out of what the demo shop has of its customer."""
    return [_action(deed["record"], deed["change"]) for deed in records["deeds"] if deed["record"]["state"] in _ACTS]


def _action(record: dict[str, Any], change: dict[str, Any]) -> Action:
    said = {name: value for name, value in change.items() if name not in _SELF_EVIDENT}
    came = {name: record[name] for name in ("state", "reference", "amount_cents")}
    return Action(record["kind"], record["order_no"], {**said, **came, "undone": record["undone_by"] is not None})


def handed_over(heard: Sequence[Heard]) -> bool:
    return any(one.notice in HANDED_OVER for one in heard)


def mishaps(sent: Sequence[Sent], heard: Sequence[Heard]) -> list[str]:
    """Messages that were refused, or that neither the assistant nor a person has answered."""
    errors = [f"message {number} was refused: {one.refused}" for number, one in enumerate(sent, 1) if one.refused]
    last = max((one.seq for one in heard if one.author != "customer"), default=0)
    unheard = [number for number, one in enumerate(sent, 1) if one.seq and one.seq > last]
    if unheard and not handed_over(heard):
        errors += [f"message {number} was not answered" for number in unheard]
    return errors
