"""The table that an organisation begins with, and why its rules came: `data/routing/triage.toml`."""

import tomllib
from collections.abc import Iterable
from functools import cache
from typing import Any

import msgspec

from yingda.conversations import HandOffReason
from yingda.kit.paths import data_dir
from yingda.releases import WhyNow
from yingda.routing.triage.table import RuleTable, TriageRule

#: What a rule hands over for that is there to keep people from harm.
_SAFETY = frozenset({HandOffReason.SAFETY, HandOffReason.CRISIS})


@cache
def shipped_table() -> RuleTable:
    plain = _read()
    rules = [{name: value for name, value in rule.items() if name != "news"} for rule in plain["rules"]]
    return msgspec.convert(plain | {"rules": rules}, RuleTable)


@cache
def why_now() -> dict[str, WhyNow]:
    """By rule, where there is something to tell to who has an earlier one."""
    return {rule["id"]: msgspec.convert(rule["news"], WhyNow) for rule in _read()["rules"] if "news" in rule}


def keeps_safe(rule: TriageRule) -> bool:
    return rule.enabled and rule.effects.reason in _SAFETY


def missing_safety(rules: Iterable[TriageRule]) -> list[str]:
    """The shipped rules that keep people from harm and of which these have none that is on."""
    on = {rule.id for rule in rules if rule.enabled}
    return [rule.id for rule in shipped_table().rules if keeps_safe(rule) and rule.id not in on]


def _read() -> dict[str, Any]:
    return tomllib.loads((data_dir() / "routing" / "triage.toml").read_text("utf-8"))
