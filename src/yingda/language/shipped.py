"""The examples that come with the product, and the model that is taught from them at first start."""

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

from yingda.kit.paths import data_dir
from yingda.language.model import Model, ModelUnreadable
from yingda.language.training import data_hash, train
from yingda.language.types import Example

_SEED = 7
_RECIPE = 1  # part of the file's name: a change of the features or of the learning makes a new model
_MAPPED_WEIGHT = 0.3  # another company's intents, mapped onto ours: mostly right


class _Labelled(msgspec.Struct):
    text: str
    intent: str


def intents(folder: Path | None = None) -> dict[str, str]:
    """Every intent with its Chinese name, in the order of the catalogue."""
    return {intent: name for intent, name, *_ in _rows((folder or _folder()) / "intents.tsv")}


def shipped_examples(folder: Path | None = None) -> list[Example]:
    """All labelled messages that ship: written ones, real ones, and JD's intents as far as they are ours."""
    folder = folder or _folder()
    known = intents(folder)
    found = [*_written(folder), *_labelled(folder), *_mapped(folder)]
    unknown = {example.intent for example in found} - set(known)
    if unknown:
        raise ValueError(f"not in intents.tsv: {', '.join(sorted(unknown))}")
    return list({(example.text, example.intent): example for example in found}.values())


def ensure_model(cache_dir: Path) -> Path:
    """The file of the shipped model, taught now if these examples have not been learnt before (about ten seconds).

    Several processes may start at once: each writes its own file and moves it into place, the last one wins, all
    are alike.
    """
    examples = shipped_examples()
    path = cache_dir / f"language-{_RECIPE}-{data_hash(examples)}.npz"
    try:
        Model.load(path)
    except ModelUnreadable:
        train(examples, _SEED).save(path)
    return path


@cache
def _folder() -> Path:
    return data_dir() / "language"


def _rows(path: Path) -> Iterator[list[str]]:
    """Rows of a tab-separated file after its heading."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(reader)
        yield from reader


def _written(folder: Path) -> Iterator[Example]:
    for name in ("utterances.tsv", "jd_hand_labelled.tsv"):
        for intent, text in _rows(folder / name):
            yield Example(text, intent)


def _labelled(folder: Path) -> Iterator[Example]:
    for line in (folder / "jd_labelled.jsonl").read_bytes().splitlines():
        row = msgspec.json.decode(line, type=_Labelled)
        yield Example(row.text, row.intent)


def _mapped(folder: Path) -> Iterator[Example]:
    ours = dict(_rows(folder / "jddc" / "mapping.tsv"))
    for text, theirs in _rows(folder / "jddc" / "intents_51.tsv"):
        if theirs in ours:
            yield Example(text, ours[theirs], _MAPPED_WEIGHT)
