"""How well the language engine understands: by grams alone, with the encoder always, and as a cascade.

    python -m bench.language [SET …] [--encoder shop|general] [--data FOLDER] [--out FOLDER] [--markdown]

Figures, errors and vectors land in `var/bench`, so that only the first run encodes. Times are taken with the real
encoder, one message at a time on one thread, over a sample of each set; the time to teach is without encoding.
"""

import argparse
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import msgspec
import numpy as np
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bench.corpora import CORPORA, Split
from bench.vectors import Remembering
from yingda.language import (
    Classifier,
    Encoder,
    Example,
    Mode,
    Model,
    RankedIntent,
    Report,
    evaluate,
    general_encoder,
    installed_encoder,
    train,
)

SEED = 7
TIMED = 200
SHOWN = 8
ENCODERS = {"shop": installed_encoder, "general": general_encoder}


@dataclass
class Line:
    """One set read in one way; figures of several folds are means, weighted by their size."""

    corpus: str
    mode: str
    n: int
    accuracy: float
    macro_f1: float
    ece: float
    oos_auroc: float | None
    oos_recall: float | None  # of foreign messages, with 95 % of ours kept
    asked: float  # share put to the encoder
    us_p50: float
    us_p99: float
    us_mean: float
    model_bytes: int
    train_s: float


Wrong = tuple[Example, RankedIntent]


class Bench:
    def __init__(self, encoder: Encoder | None, memory: Path, progress: Progress) -> None:
        self._encoder = encoder
        self._remembering = Remembering(encoder, memory) if encoder else None
        self._progress = progress
        self.modes = list(Mode) if encoder else [Mode.LEXICAL]

    def run(self, corpus: str, splits: list[Split]) -> tuple[list[Line], list[Wrong]]:
        """The lines of a set, and what the last way of reading it got wrong."""
        task = self._progress.add_task(corpus, total=len(splits) * (2 + len(self.modes)))
        lines: dict[Mode, list[Line]] = {mode: [] for mode in self.modes}
        wrong: list[Wrong] = []
        for split in splits:
            lexical = train(split.taught, SEED)
            self._progress.advance(task)
            both = self._taught(corpus, split.taught)
            self._progress.advance(task)
            for mode in self.modes:
                line, report = self._measured(corpus, lexical if mode is Mode.LEXICAL else both, mode, split)
                lines[mode].append(line)
                self._progress.advance(task)
            wrong += [(e, p) for e, p in zip(split.asked, report.predictions, strict=True) if p.name != e.intent]
        if self._remembering:
            self._remembering.save()
        return [_mean(folds) for folds in lines.values()], wrong

    def _taught(self, corpus: str, examples: list[Example]) -> Model:
        if self._remembering:
            task = self._progress.add_task(f"{corpus}: encoding", total=len(examples))
            self._remembering.prepare(examples, lambda done, _: self._progress.update(task, completed=done))
            self._progress.remove_task(task)
        return train(examples, SEED, encoder=self._remembering)

    def _measured(self, corpus: str, model: Model, mode: Mode, split: Split) -> tuple[Line, Report]:
        classifier = Classifier(model, self._remembering, mode=mode)
        report = evaluate(classifier, split.asked)
        every = max(1, len(split.asked) // TIMED)
        timed = evaluate(Classifier(model, self._encoder, mode=mode), split.asked[::every])
        foreign = evaluate(classifier, split.foreign).out_of_scope if split.foreign else ()
        kept = float(np.quantile(report.out_of_scope, 0.95))
        line = Line(
            corpus=corpus,
            mode=mode.value,
            n=report.n,
            accuracy=report.accuracy,
            macro_f1=report.macro_f1,
            ece=report.ece,
            oos_auroc=_auroc(report.out_of_scope, foreign) if foreign else None,
            oos_recall=float(np.mean(np.array(foreign) > kept)) if foreign else None,
            asked=report.asked,
            us_p50=timed.us_p50,
            us_p99=timed.us_p99,
            us_mean=timed.us_mean,
            model_bytes=report.model_bytes,
            train_s=report.train_s,
        )
        return line, report


def _mean(folds: list[Line]) -> Line:
    """Of several folds, each by how many messages it has."""
    first, sizes = asdict(folds[0]), [line.n for line in folds]
    figures = {
        name: float(np.average([getattr(line, name) for line in folds], weights=sizes))
        for name, value in first.items()
        if isinstance(value, float)
    }
    return Line(**{**first, **figures, "n": sum(sizes)})


def _auroc(ours: Sequence[float], foreign: Sequence[float]) -> float:
    """How often a foreign message scores above one of ours; a tie counts half."""
    ascending = np.sort(np.array(ours))
    below, up_to = (np.searchsorted(ascending, foreign, side) for side in ("left", "right"))
    return float((below + up_to).mean() / 2 / len(ours))


def errors_of(corpus: str, n: int, wrong: list[Wrong]) -> str:
    """The confusions of a set, most frequent first, each with some of its messages."""
    groups: dict[tuple[str, str], list[Wrong]] = defaultdict(list)
    for example, said in wrong:
        groups[example.intent, said.name].append((example, said))
    out = [f"# {corpus}: {len(wrong)} of {n} wrong", ""]
    for (truth, said_name), found in sorted(groups.items(), key=lambda item: -len(item[1])):
        out.append(f"## {len(found)} × {truth} read as {said_name}")
        out += [f"- {said.confidence:.2f} {example.text}" for example, said in found[:SHOWN]] + [""]
    return "\n".join(out)


def table_of(lines: list[Line]) -> Table:
    table = Table()
    for name, *_ in COLUMNS:
        table.add_column(name, no_wrap=True)
    for line in lines:
        table.add_row(*_cells(line))
    return table


def markdown_of(lines: list[Line]) -> str:
    rows = [[name for name, _ in COLUMNS], ["---"] * len(COLUMNS), *map(_cells, lines)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cells(line: Line) -> list[str]:
    return [show(line) for _, show in COLUMNS]


def _share(value: float | None) -> str:
    return "" if value is None else f"{100 * value:.1f}"


COLUMNS: list[tuple[str, Callable[[Line], str]]] = [
    ("set", lambda line: line.corpus),
    ("engine", lambda line: line.mode),
    ("n", lambda line: str(line.n)),
    ("accuracy", lambda line: _share(line.accuracy)),
    ("macro F1", lambda line: _share(line.macro_f1)),
    ("ECE", lambda line: _share(line.ece)),
    ("OOS AUROC", lambda line: _share(line.oos_auroc)),
    ("OOS recall", lambda line: _share(line.oos_recall)),
    ("asked", lambda line: _share(line.asked)),
    ("µs p50", lambda line: f"{line.us_p50:,.0f}"),
    ("µs p99", lambda line: f"{line.us_p99:,.0f}"),
    ("µs mean", lambda line: f"{line.us_mean:,.0f}"),
    ("MB", lambda line: f"{line.model_bytes / 1e6:.1f}"),
    ("train s", lambda line: f"{line.train_s:.1f}"),
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", metavar="SET", choices=[[], *CORPORA], help=", ".join(CORPORA))
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("LANGUAGE_DATA", "../shared/data")))
    parser.add_argument("--out", type=Path, default=Path("var/bench"), help="figures, errors and vectors")
    parser.add_argument("--encoder", choices=ENCODERS, default="shop", help="ours, or the one that it was made from")
    parser.add_argument("--markdown", action="store_true", help="print the table as docs/language.md has it")
    options = parser.parse_args()
    lines: list[Line] = []
    with Progress(console=Console(stderr=True)) as progress:
        bench = Bench(ENCODERS[options.encoder](), options.out, progress)
        for corpus in options.sets or CORPORA:
            try:
                splits = CORPORA[corpus](options.data)
            except FileNotFoundError as error:
                progress.console.print(f"{corpus} skipped: {error.filename} is not there (--data FOLDER)")
                continue
            found, wrong = bench.run(corpus, splits)
            lines += found
            options.out.mkdir(parents=True, exist_ok=True)
            (options.out / f"errors-{corpus}.md").write_text(errors_of(corpus, found[0].n, wrong), "utf-8")
    (options.out / "language.json").write_bytes(msgspec.json.format(msgspec.json.encode([asdict(x) for x in lines])))
    if options.markdown:
        print(markdown_of(lines))
    else:
        Console(width=None if sys.stdout.isatty() else 160).print(table_of(lines))


if __name__ == "__main__":
    main()
