"""How far sentiment and urgency agree with two readers.

    python -m bench.feelings [--data FOLDER]

FOLDER holds `messages_dev.jsonl`. Messages on whose sentiment and urgency both readers agree count, by their source.
"""

import argparse
import json
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from yingda.language import Engine, default_engine


def labelled(data: Path) -> list[dict[str, Any]]:
    rows = map(json.loads, (data / "messages_dev.jsonl").read_text("utf-8").splitlines())
    told = (row for row in rows if None not in (row["sentiment"], row["urgency"]))
    return sorted(told, key=lambda row: str(row["source"]))


def agreement(engine: Engine, rows: Iterable[dict[str, Any]]) -> tuple[int, float, float]:
    """How many, and the shares with the same sign of sentiment, and with urgency where it was seen."""
    read = [(engine.understand(row["text"]), row) for row in rows]
    tone = sum((u.sentiment > 0) - (u.sentiment < 0) == row["sentiment"] for u, row in read)
    pressing = sum((u.urgency > 0) == (row["urgency"] > 0) for u, row in read)
    return len(read), tone / len(read), pressing / len(read)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    options = parser.parse_args()
    engine = default_engine()
    table = Table("source", "n", "sentiment", "urgency")
    for source, rows in groupby(labelled(options.data), key=lambda row: str(row["source"])):
        n, tone, pressing = agreement(engine, rows)
        table.add_row(source, str(n), f"{tone:.3f}", f"{pressing:.3f}")
    Console().print(table)


if __name__ == "__main__":
    main()
