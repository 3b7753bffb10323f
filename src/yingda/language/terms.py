"""The vocabulary of beauty that every shop shares: ingredients, brands, shades, by all the names that shoppers use."""

from functools import cache

from yingda.kit.paths import data_dir
from yingda.language.types import EntityKind, GazetteerEntry


@cache
def beauty_terms() -> tuple[GazetteerEntry, ...]:
    """What a gazetteer needs beside the shop's own products."""
    lines = (data_dir() / "language" / "beauty_terms.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line[0] != "#")
    return tuple(GazetteerEntry(EntityKind(kind), value, tuple(names.split("|"))) for kind, value, names in rows)
