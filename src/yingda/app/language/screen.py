"""What the commands print: tables for people, one JSON object for programs."""

from collections.abc import Sequence

import msgspec
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from yingda.language import Card, Change, Comparison, Publication, Report, SpanRole, Topic, Understanding, Version

_SHOWN = 40
_WIDE = 160


def console() -> Console:
    """Into a file or another program, names are written in full however long they are."""
    wide = Console(highlight=False, soft_wrap=True)
    return wide if wide.is_terminal else Console(highlight=False, soft_wrap=True, width=_WIDE)


def print_json(value: object) -> None:
    """One object on one line, whatever else is on the terminal."""
    print(msgspec.json.encode(value).decode())


def figures(report: Report) -> dict[str, float]:
    """What `evaluate` is asked for: shares from 0 to 1, microseconds of one thread, bytes, seconds."""
    return {
        "n": report.n,
        "accuracy": round(report.accuracy, 4),
        "macro_f1": round(report.macro_f1, 4),
        "ece": round(report.ece, 4),
        "us_p50": round(report.us_p50, 1),
        "us_p99": round(report.us_p99, 1),
        "model_bytes": report.model_bytes,
        "train_s": report.train_s,
    }


def report_table(report: Report) -> Table:
    table = Table(show_header=False)
    for name, value in figures(report).items():
        table.add_row(name, f"{value:,}")
    if report.asked:
        table.add_row("put to the encoder", f"{report.asked:.1%}")
    return table


def confusions_table(pairs: Sequence[tuple[str, str, int, str]]) -> Table:
    table = Table(*_names("is", "read as"), "times", "for example", title="Most confused")
    for intent, predicted, times, example in pairs:
        table.add_row(intent, predicted, str(times), Text(example[:60]))
    return table


def card_table(card: Card) -> Table:
    table = Table(show_header=False)
    rows = {
        "intents": len(card.labels),
        "examples": card.examples,
        "accuracy in cross-validation": f"{card.cv_accuracy:.1%}",
        "second stage": card.semantics.encoder if card.semantics else "–",
        "taught in": f"{card.train_s:g} s",
        "taught at": card.trained_at,
        "data": card.data_hash,
        "seed": card.seed,
    }
    for name, value in rows.items():
        table.add_row(name, str(value))
    return table


def comparison_table(comparison: Comparison) -> Table:
    table = Table(show_header=False)
    table.add_row("messages", f"{comparison.n:,}")
    table.add_row("accuracy", f"{comparison.before:.2%} → {comparison.after:.2%}")
    interval = f"95 %: {comparison.low:+.2%} … {comparison.high:+.2%}"
    table.add_row("difference", f"{comparison.difference:+.2%}   ({interval})")
    table.add_row("right only after / only before", f"{comparison.gained} / {comparison.lost}")
    table.add_row("p (McNemar, exact)", f"{comparison.p_value:.4f}")
    table.add_row("verdict", "worse" if comparison.worse else "not worse")
    return table


def changes_table(changes: Sequence[Change], how_to_see_all: str = "") -> Table:
    table = Table("message", *_names("is", "before", "after"), title=f"{len(changes)} messages are read differently")
    for change in changes[:_SHOWN]:
        right = change.after.name == change.intent
        after = Text(change.after.name, style="green" if right else "")
        table.add_row(Text(change.text[:60]), change.intent or "", change.before.name, after)
    if len(changes) > _SHOWN:
        table.caption = "; ".join(filter(None, (f"{len(changes) - _SHOWN} more", how_to_see_all)))
    return table


def understanding_table(text: str, understood: Understanding) -> Table:
    table = Table(show_header=False)
    table.add_row("intents", "\n".join(f"{ranked.confidence:6.1%}  {ranked.name}" for ranked in understood.intents))
    table.add_row("because of", _spans(text, understood, SpanRole.INTENT))
    table.add_row("out of scope", f"{understood.out_of_scope:.1%}")
    table.add_row("decided by", understood.stage.value)
    for part in understood.parts:
        table.add_row("part", f"{text[part.start : part.end].strip()} → {part.intent.name}")
    for entity in understood.entities:
        table.add_row(entity.kind.value, f"{entity.text} = {entity.value}")
    table.add_row("emotion", f"{understood.emotion.value} ({understood.sentiment:+g})")
    table.add_row("urgency", str(understood.urgency))
    if felt := _spans(text, understood, SpanRole.EMOTION, SpanRole.URGENCY):
        table.add_row("felt in", felt)
    table.add_row("language", understood.language)
    return table


def versions_table(versions: Sequence[Version], current: int) -> Table:
    table = Table("", *_names("version", "taught at"), "intents", "examples", "cross-validation", "second stage")
    table.add_row("▶" if current == 0 else "", "0 (shipped)", "", "", "", "", "")
    for version in versions:
        card = version.card
        table.add_row(
            "▶" if version.current else "",
            str(version.number),
            card.trained_at,
            str(len(card.labels)),
            f"{card.examples:,}",
            f"{card.cv_accuracy:.1%}",
            card.semantics.encoder if card.semantics else "–",
        )
    return table


def history_table(history: Sequence[Publication]) -> Table:
    table = Table(*_names("at"), "what", "version", "by", "fixed set", "why", title="Publications")
    for one in history:
        shown = one.figures
        measured = f"{shown.before:.1%} → {shown.after:.1%} of {shown.n}, p {shown.p_value:.3f}" if shown else "–"
        what = f"{one.action}, forced" if one.forced else one.action
        table.add_row(f"{one.at:%Y-%m-%d %H:%M}", what, str(one.version), one.by, measured, one.why)
    return table


def topics_table(topics: Sequence[Topic], messages: int) -> Table:
    table = Table(
        "topic", "messages", "for example", title=f"{len(topics)} topics in {messages:,} messages", show_lines=True
    )
    for topic in topics:
        examples = Text("\n".join(text[:60] for text in topic.examples[:3]))
        table.add_row(topic.name, f"{topic.messages:,}", examples)
    return table


def _names(*headings: str) -> list[Column]:
    """Columns that are folded rather than cut off: half an intent names none."""
    return [Column(heading, overflow="fold") for heading in headings]


def _spans(text: str, understood: Understanding, *roles: SpanRole) -> str:
    return "  ".join(f"「{text[s.start : s.end]}」 {s.label} {s.weight:g}" for s in understood.spans if s.role in roles)
