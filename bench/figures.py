"""What a benchmark found, and how it is shown."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Any

from rich.table import Table


@dataclass(frozen=True)
class Figure:
    """One promise measured in several rounds. `limit` is the most (or, with `at_least`, the least) that is allowed."""

    what: str
    unit: str
    rounds: list[float]
    limit: float | None = None
    at_least: bool = False

    @property
    def value(self) -> float:
        return median(self.rounds)

    @property
    def met(self) -> bool | None:
        if self.limit is None:
            return None
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    def row(self) -> list[str]:
        """What, value, the rounds' range, limit, verdict."""
        spread = f"{_short(min(self.rounds))}–{_short(max(self.rounds))}" if len(self.rounds) > 1 else ""
        sign = "≥" if self.at_least else "≤"
        limit = f"{sign} {_short(self.limit)} {self.unit}" if self.limit is not None else ""
        verdict = {True: "ok", False: "missed", None: ""}[self.met]
        return [self.what, f"{_short(self.value)} {self.unit}", spread, limit, verdict]

    def plain(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "what": self.what,
            "unit": self.unit,
            "value": round(self.value, 4),
            "rounds": [round(each, 4) for each in self.rounds],
            "limit": self.limit,
            "at_least": self.at_least,
            "met": self.met,
        }


HEADINGS = ("what", "median", "rounds", "budget", "")


def table_of(figures: Iterable[Figure]) -> Table:
    table = Table(*HEADINGS)
    for figure in figures:
        cells = figure.row()
        colour = {"missed": "red", "ok": "green"}.get(cells[4], "")
        table.add_row(*cells, style=colour)
    return table


def markdown_of(figures: Iterable[Figure]) -> str:
    rows = [HEADINGS, ["---"] * len(HEADINGS), *(figure.row() for figure in figures)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest value that at least this share of all do not exceed."""
    ascending = sorted(values)
    return ascending[math.ceil(share * len(ascending)) - 1]


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
