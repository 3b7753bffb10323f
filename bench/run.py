"""Runs the benchmarks and says which promises of the design are kept.

    python -m bench.run [NAME …] [--quick] [--json FILE] [--markdown]

Without names all are run. `--quick` is one short round of each: whether they work, not how good the figures are.
"""

import argparse
from pathlib import Path

import msgspec
import uvloop
from rich.console import Console

from bench import (
    beauty,
    console,
    dialogues,
    dispatch,
    fanout,
    labels,
    outreach,
    start,
    store,
    tickets,
    timers,
    triage,
    understand,
    widget,
)
from bench.figures import Figure, markdown_of, table_of
from bench.system import running_system

#: Those that need nothing running, and those that load a running system, the gentlest first.
ALONE = {
    "widget": widget.measure,
    "understand": understand.measure,
    "start": start.measure,
    "beauty": beauty.measure,
    "labels": labels.measure,
    "dispatch": dispatch.measure,
    "timers": timers.measure,
    "triage": triage.measure,
    "outreach": outreach.measure,
}
LOADED = {
    "dialogues": dialogues.measure,
    "fanout": fanout.measure,
    "console": console.measure,
    "tickets": tickets.measure,
    "store": store.measure,
}


async def run(names: list[str], *, quick: bool) -> list[Figure]:
    screen = Console(stderr=True)
    figures: list[Figure] = []
    for name in [name for name in ALONE if name in names]:
        screen.print(f"{name} …")
        figures += await ALONE[name](quick=quick)
    loaded = [name for name in LOADED if name in names]
    if loaded:
        async with running_system() as system:
            for name in loaded:
                screen.print(f"{name} …")
                figures += await LOADED[name](system, quick=quick)
            figures.append(Figure("memory of the web process after all this", "MB", [system.memory() / 1e6], 400))
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    every = [*ALONE, *LOADED]
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[[], *every], help=", ".join(every))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", type=Path, default=Path("var/bench.json"))
    parser.add_argument("--markdown", action="store_true", help="print the table as docs/performance.md has it")
    options = parser.parse_args()
    figures = uvloop.run(run(options.names or every, quick=options.quick))
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_bytes(msgspec.json.format(msgspec.json.encode([figure.plain() for figure in figures])))
    if options.markdown:
        print(markdown_of(figures))
    else:
        Console().print(table_of(figures))


if __name__ == "__main__":
    main()
