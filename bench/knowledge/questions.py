"""What customers asked, and which articles answer it."""

import csv
from enum import StrEnum
from pathlib import Path

import msgspec

FILE = Path(__file__).parent / "questions.tsv"
#: Written for the language model by people who had not seen the articles; all others were sent by customers of JD.
WRITTEN = "written"


class Half(StrEnum):
    """Synonyms, weights and thresholds are chosen on `dev`; `test` is only measured."""

    DEV = "dev"
    TEST = "test"


class Question(msgspec.Struct, frozen=True):
    """`slugs`: each of these articles answers it; none: no article does, and that should be noticed."""

    text: str
    slugs: frozenset[str]
    source: str
    half: Half

    @property
    def answerable(self) -> bool:
        return bool(self.slugs)


def read_questions(path: Path = FILE) -> list[Question]:
    """Line by line to the two halves in turn."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Question(
            text=row["question"],
            slugs=frozenset(row["slugs"].split("|")) - {""},
            source=row["source"],
            half=Half.TEST if number % 2 else Half.DEV,
        )
        for number, row in enumerate(rows)
    ]
