"""What the assistant says exists in both languages, with the same gaps to fill, and nothing is left unsaid."""

import re
import string
from pathlib import Path

import pytest

import yingda.dialogue
from yingda.commerce import OrderState, ReturnState
from yingda.conversations import HandOffReason
from yingda.dialogue import shipped_dir
from yingda.dialogue.step import topic_of
from yingda.dialogue.wording import texts
from yingda.language import intents

SOURCES = "\n".join(path.read_text("utf-8") for path in Path(yingda.dialogue.__file__).parent.rglob("*.py"))
PROCESSES = "\n".join(path.read_text("utf-8") for path in shipped_dir().glob("*.yaml"))


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("name", texts())
def test_both_languages_say_the_same(name: str) -> None:
    entry = texts()[name]
    assert set(entry) == {"zh", "en"}
    assert gaps(entry["zh"]) == gaps(entry["en"])


def test_who_is_hurt_nobody_knows_how_is_told_what_is_right_for_skin_and_stomach() -> None:
    said = texts()["first_aid"]
    assert re.search("停用.*入口.*误食", said["zh"])
    assert re.search("on the skin or by mouth.*swallowed", said["en"])


def test_every_text_that_is_asked_for_exists() -> None:
    asked = set(re.findall(r'say\("(\w+)"', SOURCES))
    assert asked <= set(texts())


def test_no_text_is_there_for_nobody() -> None:
    made = {f"handoff_{reason.value}" for reason in HandOffReason} | {f"order_{state.value}" for state in OrderState}
    made |= {f"case_{state.value}" for state in ReturnState}
    labels = {f"{kind}_{topic}" for kind in ("label", "say") for topic in ("track", "refund", "invoice")}
    quoted = set(re.findall(r'"(\w+)"', SOURCES))
    spoken = set(re.findall(r"(?:words|ask|again): (\w+)", PROCESSES))
    assert set(texts()) - made - labels <= quoted | spoken


@pytest.mark.parametrize("reason", HandOffReason)
def test_every_hand_off_is_explained(reason: HandOffReason) -> None:
    assert f"handoff_{reason.value}" in texts()


def test_every_topic_has_a_name_in_both_languages() -> None:
    assert [
        intent for intent in intents() if topic_of(intent, "en") == intent or topic_of(intent, "zh") == intent
    ] == []
    assert not re.search("[一-龥]", "".join(topic_of(intent, "en") for intent in intents()))
