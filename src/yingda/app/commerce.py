"""`yingda commerce`: look after the connection to shops."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from yingda.commerce import Finding, MappingUnreadable, Verdict, check_shop, read_mapping, read_sample

app = typer.Typer(no_args_is_help=True, help="Connect shops.")

_COLOURS = {Verdict.OK: "green", Verdict.FAILED: "red", Verdict.SKIPPED: "dim"}


@app.callback()
def _together() -> None:
    """One command alone would not be asked for by its name."""


@app.command()
def check(
    config: Annotated[Path, typer.Option(help="The shop's mapping file.")],
    sample: Annotated[Path, typer.Option(help="What there is in the shop to ask about.")],
    changes: Annotated[bool, typer.Option("--changes", help="Also make the sample's changes. They stay.")] = False,
) -> None:
    """Try every operation of a mapping file on the shop that it is for.

    Exit code 1: something does not hold. 2: a file cannot be used.
    """
    try:
        findings = asyncio.run(check_shop(read_mapping(config), read_sample(sample), changes=changes))
    except MappingUnreadable as error:
        typer.secho(f"yingda: {error}", err=True, fg="red")
        raise SystemExit(2) from None
    Console().print(_table(findings))
    if any(one.verdict is Verdict.FAILED for one in findings):
        raise SystemExit(1)


def _table(findings: list[Finding]) -> Table:
    table = Table("check", "verdict", "what was found", "ms", box=None)
    for one in findings:
        verdict = f"[{_COLOURS[one.verdict]}]{one.verdict}[/]"
        table.add_row(one.check, verdict, one.detail, f"{one.took:.0f}" if one.took else "")
    return table
