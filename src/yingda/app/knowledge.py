"""`yingda knowledge …`: ask, list and check what ships, without a server or a database."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from yingda.app.shelves import shelf_of
from yingda.commerce import demo_products
from yingda.kit.clock import now
from yingda.knowledge import Answer, Expert, catalogue, faults, problems, read_book, register
from yingda.language import default_engine

app = typer.Typer(no_args_is_help=True, help="Ask and check the beauty graph. Needs no server.")

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")]


class _Line(msgspec.Struct, frozen=True):
    """A line of a file of questions."""

    id: str | int
    question: str


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="What a customer asks.")] = None,
    file: Annotated[Path | None, typer.Option("--file", help=".jsonl with id and question.", exists=True)] = None,
    as_json: Json = False,
) -> None:
    """Answer a question, or each of a file, from the curated files."""
    if (question is None) == (file is None):
        raise typer.BadParameter("give either a question or --file")
    expert = _expert()
    for line in _lines(file) if file else [_Line("1", question or "")]:
        _show(line, expert.ask(line.question), as_json)


@app.command(name="catalogue")
def write_catalogue(
    out: Annotated[Path, typer.Option("--out", "-o", help="Where the questions go: .jsonl.")],
) -> None:
    """Write the questions that the graph is known to answer."""
    asked = catalogue(_expert().graph)
    out.write_text(
        "".join(_json({"id": i, **msgspec.to_builtins(one)}) + "\n" for i, one in enumerate(asked, 1)), "utf-8"
    )
    typer.echo(f"{out}: {len(asked):,} questions")


@app.command()
def check(
    directory: Annotated[Path | None, typer.Argument(help="Curated files. Default: those that ship.")] = None,
) -> None:
    """Say everything that is wrong with the curated files. Exit code 1: something is."""
    try:
        book = read_book(directory)
    except (OSError, KeyError, ValueError, TypeError) as error:
        typer.echo(f"the files cannot be read: {error}", err=True)
        raise SystemExit(1) from None
    wrong = problems(book, register())
    for one in wrong:
        typer.echo(one, err=True)
    if wrong:
        raise SystemExit(1)
    typer.echo(f"{len(book.nodes):,} names, {len(book.facts):,} facts, {len(book.relations):,} relations: in order")


@app.command()
def check_articles(
    directory: Annotated[
        Path | None, typer.Argument(help="Markdown files. Default: those that ship.", exists=True)
    ] = None,
) -> None:
    """Say everything that is wrong with articles before they are imported. Exit code 1: something is."""
    wrong = faults(directory)
    for name, fault in wrong.items():
        typer.echo(f"{name}: {fault.detail('en')}", err=True)
    if wrong:
        raise SystemExit(1)
    typer.echo("in order")


def _expert() -> Expert:
    return Expert.from_files(default_engine().model.sounds, shelf_of(demo_products(now())))


def _lines(file: Path) -> Iterator[_Line]:
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                yield msgspec.json.decode(line, type=_Line)
            except msgspec.MsgspecError as error:
                raise typer.BadParameter(f"line {number} of {file}: {error}") from None


def _show(line: _Line, answer: Answer, as_json: bool) -> None:
    if as_json:
        shown = msgspec.to_builtins(answer)
        typer.echo(_json({"id": line.id, **{name: shown[name] for name in _FIELDS}}))
        return
    typer.echo(f"[{answer.kind.value}{', hand-off' if answer.handoff else ''}] {answer.answer}")
    sys.stdout.flush()


_FIELDS = ("answer", "kind", "facts", "sources", "handoff")


def _json(value: dict[str, Any]) -> str:
    return msgspec.json.encode(value).decode()
