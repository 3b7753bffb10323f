"""What the encoder is taught with, and what is kept from it."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from yingda.kit.paths import data_dir
from yingda.knowledge import shipped as shipped_articles
from yingda.language import Example
from yingda.language.encoders import key_of, readable
from yingda.language.shipped import shipped_examples

_KEPT = 8  # one example in so many tells how well the encoder reads what it was not taught
_FOREIGN = 9_000  # English texts, of which no label is read


class Lessons(NamedTuple):
    ours: list[Example]
    kept: list[Example]  # of ours, never taught
    massive: list[Example]  # a hundred other things that people say in Chinese
    others: list[str]  # where these lie is known: articles, and English


def read_lessons(data: Path, seed: int) -> Lessons:
    """`data`: the folder of the public sets. Raises FileNotFoundError for one that is missing."""
    asked = _asked(data)
    examples = [e for e in shipped_examples() if key_of(e.text) not in asked]
    ours = [Example(readable(e.text), e.intent, e.weight) for e in examples]
    massive = [Example(readable(text), intent) for text, intent in _rows(data / "massive_zh" / "train.tsv")]
    english = list(dict.fromkeys(map(readable, _english(data))))
    chosen = np.random.default_rng(seed).permutation(len(english))[:_FOREIGN]
    return Lessons(
        ours=[e for e in ours if not _is_kept(e)],
        kept=[e for e in ours if _is_kept(e)],
        massive=massive,
        others=[*(english[number] for number in chosen), *_passages()],
    )


def _is_kept(example: Example) -> bool:
    return key_of(example.text) % _KEPT == 0


def _asked(data: Path) -> set[int]:
    """Texts that the product is measured on: neither they nor their labels are taught."""
    messages = (data / "messages_dev.jsonl").read_text("utf-8").splitlines()
    jd = _rows(data_dir() / "language" / "jddc" / "intents_51.tsv", header=True)
    return {key_of(json.loads(line)["text"]) for line in messages} | {key_of(text) for text, _ in jd}


def _english(data: Path) -> Iterator[str]:
    with (data / "banking77" / "train.csv").open(encoding="utf-8", newline="") as file:
        yield from (row[0] for row in list(csv.reader(file))[1:])
    yield from (text for text, _ in json.loads((data / "clinc150" / "data_full.json").read_text("utf-8"))["train"])


def _passages() -> list[str]:
    found = [article.content for article in shipped_articles()]
    texts = [text for content in found for text in (content.title, *content.questions, *content.body.split("\n\n"))]
    return list(dict.fromkeys(readable(text) for text in texts if text.strip()))


def _rows(path: Path, *, header: bool = False) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)):
            if number or not header:
                yield row[0], row[1]
