"""The dialogues as they are written in the files beside."""

from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from yingda.app.simulate.script import Turn

FOLDER = Path(__file__).parent

#: What every customer can answer when asked, unless the dialogue says otherwise.
KNOWS = {
    "order": "{latest}",
    "item": "{latest.item}",
    "reason": "不想要了",
    "choice": "退款",
    "confirm": "确认",
    "photo": "",
    "phone": "19900012345",
    "address": "浙江省杭州市西湖区文华街88号青荷苑3栋2单元501室",
    "email": "kehu@liuli.example",
    "bill_to": "个人",
    "title": "林晓",
}


class WantedDeed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that must have been done once. `with_`: parts of the change, as it is kept."""

    kind: str
    order: str = "latest"
    with_: dict[str, Any] = msgspec.field(default_factory=dict, name="with")


class Dialogue(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`deeds`: exactly these were done, and nothing else was begun. `shop`: how things stand afterwards, by path.

    `says`, `never`: patterns somewhere, or nowhere, in what the assistant said; `last`: in what it said after the last
    turn. `alone`: the customer answers no questions beside the turns. `down_from`: from this turn on the shop does not
    answer; `deaf_from`: it does what it is asked for, and the answer is lost. `handoff`: whether, or for what reason;
    `any`: as it likes.
    """

    id: str
    given: list[str] = []
    turns: list[Turn]
    knows: dict[str, str | None] = {}
    alone: bool = False
    deeds: list[WantedDeed] = []
    shop: dict[str, Any] = {}
    says: list[str] = []
    never: list[str] = []
    last: list[str] = []
    handoff: bool | str = False
    tickets: int | None = None
    down_from: int | None = None
    deaf_from: int | None = None

    @property
    def answers(self) -> dict[str, str]:
        return (
            {} if self.alone else {slot: words for slot, words in {**KNOWS, **self.knows}.items() if words is not None}
        )


@cache
def dialogues() -> dict[str, Dialogue]:
    """All, by id."""
    found: dict[str, Dialogue] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        for dialogue in msgspec.yaml.decode(path.read_bytes(), type=list[Dialogue]):
            if dialogue.id in found:
                raise ValueError(f"{path.name}: {dialogue.id} is there twice")
            found[dialogue.id] = dialogue
    return found
