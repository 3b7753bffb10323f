"""The examples that come with the product, and the model that was taught from them."""

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

from yingda.kit.paths import data_dir
from yingda.language.encoders import Encoder
from yingda.language.model import Model, ModelUnreadable
from yingda.language.training import data_hash, train
from yingda.language.types import Example

SEED = 7
_RECIPE = 3  # part of a taught file's name: a change of the features or of the learning makes a new model


class _Labelled(msgspec.Struct):
    text: str
    intent: str


def intents(folder: Path | None = None) -> dict[str, str]:
    """Every intent with its Chinese name, in the order of the catalogue."""
    return {intent: name for intent, name, *_ in _rows((folder or _folder()) / "intents.tsv")}


def shipped_examples(folder: Path | None = None) -> list[Example]:
    """All labelled messages that ship, written ones and real ones. Less is trusted where its readers disagreed."""
    folder = folder or _folder()
    known = intents(folder)
    found = [*_read(folder), *_labelled(folder)]
    unknown = {example.intent for example in found} - set(known)
    if unknown:
        raise ValueError(f"not in intents.tsv: {', '.join(sorted(unknown))}")
    return list({(example.text, example.intent): example for example in found}.values())


def shipped_model(folder: Path | None = None) -> Path:
    """The model that was taught from these examples, with the encoder of the extra, when the release was made."""
    return (folder or _folder()) / "model.npz"


def ensure_model(cache_dir: Path, encoder: Encoder | None = None) -> Path:
    """A model of the shipped examples that works with this encoder: the shipped file, if it does, else one taught now.

    Teaching takes most of a minute and the time to encode all examples. Several processes may start at once: each
    writes its own file and moves it into place, the last one wins, all are alike.
    """
    examples = shipped_examples()
    taught = cache_dir / f"language-{_RECIPE}-{data_hash(examples)}-{_file_name(encoder)}.npz"
    for path in (shipped_model(), taught):
        if _fits(path, examples, encoder):
            return path
    train(examples, SEED, encoder=encoder).save(taught)
    return taught


def _fits(path: Path, examples: list[Example], encoder: Encoder | None) -> bool:
    try:
        card = Model.card_of(path)
    except ModelUnreadable:
        return False
    second = card.semantics.encoder if card.semantics else None
    return card.data_hash == data_hash(examples) and (encoder is None or encoder.name == second)


def _file_name(encoder: Encoder | None) -> str:
    return re.sub(r"[^\w.-]", "_", encoder.name) if encoder else "lexical"


@cache
def _folder() -> Path:
    return data_dir() / "language"


def _rows(path: Path) -> Iterator[list[str]]:
    """Rows of a tab-separated file after its heading."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(reader)
        yield from reader


def _read(folder: Path) -> Iterator[Example]:
    for name in ("utterances.tsv", "shop_utterances.tsv", "jd_hand_labelled.tsv"):
        for intent, text, *trust in _rows(folder / name):
            yield Example(text, intent, float(trust[0]) if trust else 1.0)


def _labelled(folder: Path) -> Iterator[Example]:
    for line in (folder / "jd_labelled.jsonl").read_bytes().splitlines():
        row = msgspec.json.decode(line, type=_Labelled)
        yield Example(row.text, row.intent)
