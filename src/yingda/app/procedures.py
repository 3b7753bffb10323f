"""`yingda procedures …`: check and list what the assistant can do, without a server or a database."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from yingda.dialogue import read_all, shipped_dir

app = typer.Typer(no_args_is_help=True, help="Check and list the assistant's processes. Needs no server.")

Directory = Annotated[Path | None, typer.Argument(help="Folder with the files. Default: those that ship.", exists=True)]


@app.command()
def check(directory: Directory = None) -> None:
    """Say everything that is wrong with the files, with its line. Exit code 1: something is."""
    sources, problems = read_all(directory or shipped_dir())
    for problem in problems:
        typer.echo(problem)
    if problems:
        raise SystemExit(1)
    typer.echo(f"{len(sources)} processes, nothing wrong")


@app.command(name="list")
def list_processes(directory: Directory = None) -> None:
    """Name the processes, what begins them and who is concerned."""
    sources, _ = read_all(directory or shipped_dir())
    table = Table("id", "version", "title", "department", "steps", "begun by")
    for process in (source.process for source in sources):
        begun_by = ", ".join([*process.intents, *(f"hand-over: {reason}" for reason in process.reasons)])
        table.add_row(
            process.id, str(process.version), process.title.zh, process.department, str(len(process.steps)), begun_by
        )
    Console().print(table)
