"""What a colleague reads of a hand-off has a name in both languages."""

import re
from pathlib import Path

import pytest

from yingda.language import EntityKind


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_of_entity_has_its_name_in_the_console(language: str) -> None:
    texts = Path(f"web/console/src/i18n/{language}.ts").read_text()
    _, _, slots = texts.partition("\n  slot: {\n")
    named = set(re.findall(r"^    (\w+): ", slots.partition("\n  },")[0], flags=re.MULTILINE))
    assert {kind.value for kind in EntityKind} <= named
