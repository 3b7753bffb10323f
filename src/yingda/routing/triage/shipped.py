"""The table that an organisation begins with, and why its rules came: `data/routing/triage.toml`."""

import tomllib
from functools import cache
from typing import Any

import msgspec

from yingda.kit.paths import data_dir
from yingda.releases import WhyNow
from yingda.routing.triage.table import RuleTable


@cache
def shipped_table() -> RuleTable:
    plain = _read()
    rules = [{name: value for name, value in rule.items() if name != "news"} for rule in plain["rules"]]
    return msgspec.convert(plain | {"rules": rules}, RuleTable)


@cache
def why_now() -> dict[str, WhyNow]:
    """By rule, where there is something to tell to who has an earlier one."""
    return {rule["id"]: msgspec.convert(rule["news"], WhyNow) for rule in _read()["rules"] if "news" in rule}


def _read() -> dict[str, Any]:
    return tomllib.loads((data_dir() / "routing" / "triage.toml").read_text("utf-8"))
