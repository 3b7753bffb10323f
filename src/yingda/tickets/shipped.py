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


class _Entry(KindContent, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """As the file says it. `news`: why it came or was changed."""

    code: str
    department: str
    needed: bool = False
    news: WhyNow | None = None


@cache
def shipped_kinds() -> dict[str, ShippedKind]:
    """By code, in their order."""
    return read_kinds((data_dir() / "tickets" / "kinds.toml").read_text("utf-8"))


def read_kinds(text: str) -> dict[str, ShippedKind]:
    """Raises `msgspec.ValidationError` for what no kind has, such as a field that is misspelt."""
    entries = msgspec.convert(tomllib.loads(text)["kind"], list[_Entry])
    return {
        entry.code: ShippedKind(
            code=entry.code,
            department=entry.department,
            needed=entry.needed,
            position=position,
            content=KindContent(**{name: getattr(entry, name) for name in KindContent.__struct_fields__}),
            why_now=entry.news,
        )
        for position, entry in enumerate(entries)
    }
