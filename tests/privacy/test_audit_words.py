"""Whatever goes into the audit trail has its words in the console."""

import ast
import re
from pathlib import Path

from yingda.identity import AccessChange

SOURCES = Path("src/yingda")
WORDS = Path("web/console/src/i18n/pages/audit.ts")


def _written(call: ast.Call) -> set[str]:
    """The actions that a call of `audit` may write, where they stand in it."""
    texts = {node.value for node in ast.walk(call) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return {text for text in texts if re.fullmatch(r"[a-z_]+\.[a-z_]+", text)}


def _actions() -> set[str]:
    calls = (
        node
        for path in SOURCES.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "audit"
    )
    return {change.value for change in AccessChange}.union(*map(_written, calls))


def test_every_action_has_its_words_in_both_languages() -> None:
    actions = _actions()
    assert {"staff.invited", "customer.reveal", "service_levels.create_calendar"} <= actions, "they are found"
    for language in re.split(r"^const en\b", WORDS.read_text(), maxsplit=1, flags=re.MULTILINE):
        _, _, texts = language.partition("action: {")
        areas = re.findall(r"(\w+): \{([^{}]*)\}", texts)
        told = {f"{area}.{what}" for area, words in areas for what in re.findall(r"(\w+): [\'\"]", words)}
        assert actions <= told
