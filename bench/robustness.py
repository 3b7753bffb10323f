"""How much accuracy each kind of noise costs.

    python -m bench.robustness [FILE] [--engine lexical|cascade] [--markdown]

FILE: labelled messages that the shipped model was not taught; without it, the fixed set.
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from yingda.language import (
    Classifier,
    Example,
    Mode,
    default_engine,
    evaluate,
    fixed_set,
    installed_encoder,
    read_examples,
)
from yingda.language.noise import NOISES, noisy
from yingda.language.tables import DataUnreadable

SEED = 7


def accuracies(classifier: Classifier, examples: Sequence[Example]) -> dict[str, float]:
    """Accuracy by noise; `clean` first."""
    clean = {"clean": evaluate(classifier, examples).accuracy}
    return clean | {name: evaluate(classifier, noisy(examples, name, SEED)).accuracy for name in NOISES}


def table_of(columns: Mapping[str, Mapping[str, float]]) -> Table:
    """One column for each way of reading."""
    table = Table("noise", *columns)
    for name in next(iter(columns.values())):
        table.add_row(name, *(f"{column[name]:.1%}" for column in columns.values()))
    return table


def markdown_of(columns: Mapping[str, Mapping[str, float]]) -> str:
    rows = [["noise", *columns], ["---"] * (len(columns) + 1)]
    rows += [[name, *(f"{one[name]:.3f}" for one in columns.values())] for name in next(iter(columns.values()))]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--engine", choices=list(Mode), action="append")
    parser.add_argument("--markdown", action="store_true")
    options = parser.parse_args()
    try:
        examples = read_examples(options.file) if options.file else fixed_set()
    except DataUnreadable as problem:
        parser.error(str(problem))
    encoder = installed_encoder()
    model = default_engine(encoder=encoder).model
    modes = [Mode(name) for name in options.engine or ([Mode.LEXICAL, Mode.CASCADE] if encoder else [Mode.LEXICAL])]
    columns = {mode.value: accuracies(Classifier(model, encoder, mode=mode), examples) for mode in modes}
    if options.markdown:
        print(markdown_of(columns))
    else:
        Console().print(table_of(columns))


if __name__ == "__main__":
    main()
