"""The table that an organisation begins with: `data/routing/triage.toml`."""

import tomllib
from functools import cache

import msgspec

from yingda.kit.paths import data_dir
from yingda.routing.triage.table import RuleTable


@cache
def shipped_table() -> RuleTable:
    text = (data_dir() / "routing" / "triage.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), RuleTable)
