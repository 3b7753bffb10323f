"""A replay at the terminal: the file in, progress while it runs, the report out."""

import asyncio
import sys
from pathlib import Path

import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from yingda.app.replay import Chat, Report, Script, ScriptUnusable, Target, read_script, replay

_SHOWN_REJECTS = 20
_SHOWN_INTENTS = 12


def play(file: Path, target: Target, *, limit: int | None, as_json: bool) -> Report:
    """Play the file and print the report. Raises `ScriptUnusable` and `ReplayFailed`."""
    errors = Console(stderr=True, highlight=False)
    try:
        script = read_script(file.read_bytes())
    except OSError as error:
        raise ScriptUnusable(f"{file} cannot be read: {error.strerror}") from None
    except ScriptUnusable as error:
        raise ScriptUnusable(f"{file}: {error}") from None
    _tell_rejected(errors, file, script)
    quiet = as_json and not sys.stdout.isatty()
    report = asyncio.run(_with_progress(errors, target, script.chats[:limit], quiet=quiet))
    if as_json:
        print(msgspec.json.encode(report).decode())
    else:
        Console(highlight=False).print(_table(report))
    return report


async def _with_progress(errors: Console, target: Target, chats: list[Chat], *, quiet: bool) -> Report:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=errors, disable=quiet or not errors.is_terminal, transient=True) as progress:
        task = progress.add_task("messages", total=sum(len(chat.texts) for chat in chats))
        return await replay(target, chats, lambda: progress.advance(task))


def _tell_rejected(errors: Console, file: Path, script: Script) -> None:
    for rejected in script.rejected[:_SHOWN_REJECTS]:
        errors.print(f"{file}:{rejected.line}: {rejected.reason}", markup=False, soft_wrap=True)
    if script.rejected:
        hidden = max(0, len(script.rejected) - _SHOWN_REJECTS)
        more = f" ({hidden} not shown)" if hidden else ""
        errors.print(f"{len(script.rejected)} lines could not be used{more}; the others are played.")


def _table(report: Report) -> Table:
    latency = report.latency_ms
    rows: dict[str, object] = {
        "sessions": report.sessions,
        "messages sent": report.sent,
        "stored": report.stored,
        "answered by the assistant": report.answered,
        "handed over to a person": report.handed_over,
        "unanswered": report.unanswered,
        "lost": report.lost,
        "twice or out of order": report.misplaced,
        "refused": _counts(report.refused),
        "replies": _counts(report.replies),
        "hand-overs": _counts(report.hand_offs),
        "intents": _counts(report.intents),
        "first answer, ms": "–" if latency.p50 is None else f"p50 {latency.p50}, p99 {latency.p99}",
        "time": f"{report.seconds} s, {report.sent / max(report.seconds, 0.1):.0f} messages/s",
    }
    table = Table(show_header=False)
    for name, value in rows.items():
        table.add_row(name, str(value))
    return table


def _counts(counts: dict[str, int]) -> str:
    shown = [f"{name} {count}" for name, count in list(counts.items())[:_SHOWN_INTENTS]]
    hidden = len(counts) - len(shown)
    return ", ".join(shown) + (f" and {hidden} more" if hidden else "") or "–"
