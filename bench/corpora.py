"""The labelled sets that the language engine is measured on, as pairs of what is taught and what is asked."""

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from yingda.language import Example
from yingda.language.shipped import shipped_examples
from yingda.language.text import normalise

FOLDS = 5


class Split(NamedTuple):
    """`foreign`: messages of none of the taught intents."""

    taught: list[Example]
    asked: list[Example]
    foreign: Sequence[Example] = ()


Splits = list[Split]


def _rows(path: Path, delimiter: str, *, header: bool) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        quoting = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
        reader = csv.reader(file, delimiter=delimiter, quoting=quoting)
        if header:
            next(reader)
        yield from reader


def _examples(path: Path, *, header: bool = True) -> list[Example]:
    return [Example(row[0], row[1]) for row in _rows(path, "," if path.suffix == ".csv" else "\t", header=header)]


def _folds(examples: list[Example]) -> Splits:
    fold = np.random.default_rng(0).permutation(len(examples)) % FOLDS
    return [
        Split(
            [e for e, f in zip(examples, fold, strict=True) if f != k],
            [e for e, f in zip(examples, fold, strict=True) if f == k],
        )
        for k in range(FOLDS)
    ]


def messages(data: Path) -> list[Example]:
    """Real messages on whose intent two annotators agree."""
    rows = map(json.loads, (data / "messages_dev.jsonl").read_text("utf-8").splitlines())
    return [Example(row["text"], row["intent"]) for row in rows]


def _messages_blind(data: Path) -> Splits:
    """Taught with what ships, but for every text that is asked: some of these messages ship."""
    asked = messages(data)
    seen = {normalise(example.text).text for example in asked}
    return [Split([e for e in shipped_examples() if normalise(e.text).text not in seen], asked)]


def _clinc(data: Path) -> Splits:
    sets = json.loads((data / "clinc150" / "data_full.json").read_text("utf-8"))
    taught, asked, foreign = ([Example(*row) for row in sets[name]] for name in ("train", "test", "oos_test"))
    return [Split(taught, asked, foreign)]


def _banking(data: Path) -> Splits:
    return [Split(*(_examples(data / "banking77" / f"{part}.csv") for part in ("train", "test")))]


def _banking_ten_shot(data: Path) -> Splits:
    return [Split(*(_examples(data / "banking77" / "10shot" / f"{part}.tsv") for part in ("train", "test")))]


def _massive(data: Path) -> Splits:
    return [Split(*(_examples(data / "massive_zh" / f"{part}.tsv", header=False) for part in ("train", "test")))]


#: By name: what each is, and how it is read.
CORPORA: dict[str, Callable[[Path], Splits]] = {
    "messages": _messages_blind,
    "messages-cv": lambda data: _folds(messages(data)),
    "jddc-51": lambda data: _folds(_examples(data / "jddc" / "intents_51.tsv")),
    "massive-zh": _massive,
    "clinc150": _clinc,
    "banking77": _banking,
    "banking77-10": _banking_ten_shot,
}
