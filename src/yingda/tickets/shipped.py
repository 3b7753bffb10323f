"""The kinds that every organisation begins with, and why they came: `data/tickets/kinds.toml`."""

import tomllib
from functools import cache

import msgspec

from yingda.kit.paths import data_dir
from yingda.releases import WhyNow
from yingda.tickets.kinds import KindContent


class ShippedKind(msgspec.Struct, frozen=True, kw_only=True):
    """`department`: its code. `needed`: the product itself opens tickets of it."""

    code: str
    department: str
    needed: bool
    position: int
    content: KindContent
    why_now: WhyNow | None


@cache
def shipped_kinds() -> dict[str, ShippedKind]:
    """By code, in their order."""
    entries = tomllib.loads((data_dir() / "tickets" / "kinds.toml").read_text("utf-8"))["kind"]
    return {
        entry["code"]: ShippedKind(
            code=entry["code"],
            department=entry["department"],
            needed=entry.get("needed", False),
            position=position,
            content=msgspec.convert(entry, KindContent),
            why_now=msgspec.convert(entry["news"], WhyNow) if "news" in entry else None,
        )
        for position, entry in enumerate(entries)
    }
