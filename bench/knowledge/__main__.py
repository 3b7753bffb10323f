"""How well and how fast questions are answered from what the shop knows.

    python -m bench.knowledge [PART …] [--quick] [--json FILE] [--markdown]

Vectors and the errors of the dev half of the questions land in `var/bench`, so that only the first run encodes.
"""

import argparse
from pathlib import Path

import msgspec
import uvloop
from rich.console import Console

from bench import beauty, labels
from bench.figures import Figure, markdown_of, table_of
from bench.knowledge import fit, live, retrieval, speed

PARTS = {
    "fit": fit.measure,
    "retrieval": retrieval.measure,
    "speed": speed.measure,
    "graph": beauty.measure,
    "live": live.measure,
    "photos": labels.measure,
}


async def run(names: list[str], *, quick: bool) -> list[Figure]:
    screen = Console(stderr=True)
    figures: list[Figure] = []
    for name in names:
        screen.print(f"{name} …")
        figures += await PARTS[name](quick=quick)
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="PART", choices=[[], *PARTS], help=", ".join(PARTS))
    parser.add_argument("--quick", action="store_true", help="one short round: whether it works")
    parser.add_argument("--json", type=Path, default=Path("var/bench/knowledge.json"))
    parser.add_argument("--markdown", action="store_true", help="print the table as docs/knowledge.md has it")
    options = parser.parse_args()
    figures = uvloop.run(run(options.names or list(PARTS), quick=options.quick))
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_bytes(msgspec.json.format(msgspec.json.encode([figure.plain() for figure in figures])))
    if options.markdown:
        print(markdown_of(figures))
    else:
        Console().print(table_of(figures))


if __name__ == "__main__":
    main()
