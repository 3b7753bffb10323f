"""Reads `data/beauty`: tables with a heading line, tab between columns, `|` between several values of one."""

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from yingda.kit.paths import data_dir
from yingda.knowledge.beauty.schemas import (
    Aspect,
    Book,
    EvidenceGrade,
    Fact,
    Link,
    Node,
    NodeKind,
    Registered,
    Relation,
    Source,
)

FILES = ("sources", "ingredients", "groups", "terms", "unlisted", "facts", "relations")


def folder() -> Path:
    return data_dir() / "beauty"


def read_book(directory: Path | None = None) -> Book:
    """The curated files. Raises `ValueError` and `KeyError` for what is not a table of these columns."""
    at = directory or folder()
    return Book(
        sources=tuple(
            Source(row["id"], row["kind"], row["title"], row["publisher"], int(row["year"]))
            for row in _rows(at / "sources.tsv")
        ),
        nodes=(*_ingredients(at), *_groups(at), *_terms(at), *_unlisted(at)),
        facts=tuple(
            Fact(row["subject"], Aspect(row["aspect"]), row["value"], row["text"], _evidence(row), row["source"])
            for row in _rows(at / "facts.tsv")
        ),
        relations=tuple(
            Relation(row["first"], Link(row["relation"]), row["second"], row["reason"], _evidence(row), row["source"])
            for row in _rows(at / "relations.tsv")
        ),
    )


@cache
def register() -> tuple[Registered, ...]:
    """The official list of used cosmetic ingredients, with the functions that CosIng knows."""
    return tuple(
        Registered(row["serial"], row["name"], row["inci"], _several(row["functions"]))
        for row in _rows(folder() / "official_names.tsv")
    )


def _ingredients(at: Path) -> Iterator[Node]:
    serials = {(one.name, one.inci): one.serial for one in register()}
    for row in _rows(at / "ingredients.tsv"):
        yield Node(
            id=serials.get((row["name"], row["inci"]), f"ingredient:{row['name']}"),
            kind=NodeKind.INGREDIENT,
            name=row["name"],
            inci=row["inci"],
            aliases=_several(row["aliases"]),
            groups=_several(row["groups"]),
            what=row["what"],
        )


def _groups(at: Path) -> Iterator[Node]:
    for row in _rows(at / "groups.tsv"):
        yield _node(NodeKind.GROUP, row, what=row["what"], groups=_several(row["groups"]))


def _terms(at: Path) -> Iterator[Node]:
    for row in _rows(at / "terms.tsv"):
        yield _node(NodeKind(row["kind"]), row, step=int(row["step"]), source=row["source"])


def _unlisted(at: Path) -> Iterator[Node]:
    for row in _rows(at / "unlisted.tsv"):
        yield _node(NodeKind.UNLISTED, row, what=row["what"], status=row["status"], source=row["source"])


def _node(kind: NodeKind, row: dict[str, str], **more: Any) -> Node:
    return Node(
        id=f"{kind.value}:{row['name']}",
        kind=kind,
        name=row["name"],
        aliases=_several(row["aliases"]),
        **more,
    )


def _evidence(row: dict[str, str]) -> EvidenceGrade:
    return EvidenceGrade(row["evidence"])


def _several(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
