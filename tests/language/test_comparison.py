"""Whether one model is better than another, and how surely."""

import pytest

from yingda.language import Example, RankedIntent, compare
from yingda.language.comparison import mcnemar


def said(*names: str) -> list[RankedIntent]:
    return [RankedIntent(name, 0.9) for name in names]


def on(n: int, gained: int, lost: int) -> tuple[list[Example], list[RankedIntent], list[RankedIntent]]:
    """`n` messages that both read rightly but for those that only one does."""
    examples = [Example(f"message {i}", "a") for i in range(n)]
    before = said(*["b"] * gained, *["a"] * (n - gained))
    after = said(*["a"] * gained, *["b"] * lost, *["a"] * (n - gained - lost))
    return examples, before, after


@pytest.mark.parametrize(
    ("gained", "lost", "p"), [(0, 0, 1.0), (1, 0, 1.0), (5, 0, 0.0625), (10, 2, 0.0386), (700, 500, 0.0)]
)
def test_mcnemar(gained: int, lost: int, p: float) -> None:
    assert mcnemar(gained, lost) == pytest.approx(p, abs=1e-4)
    assert mcnemar(lost, gained) == mcnemar(gained, lost)


@pytest.mark.parametrize(
    ("n", "gained", "lost", "worse"),
    [
        (500, 0, 0, False),
        (500, 20, 3, False),
        (500, 3, 4, False),  # chance
        (500, 0, 4, True),  # clearly lost, though little
        (500, 60, 66, True),  # perhaps chance, but more than a point
        (50, 0, 1, True),
    ],
)
def test_what_counts_as_worse(n: int, gained: int, lost: int, worse: bool) -> None:
    assert compare(*on(n, gained, lost)).worse is worse


def test_the_figures_and_what_changes() -> None:
    comparison = compare(*on(200, 10, 4))
    assert (comparison.before, comparison.after) == (0.95, 0.98)
    assert comparison.difference == 0.03
    assert comparison.low < 0.03 < comparison.high
    assert [change.text for change in comparison.changes] == [f"message {i}" for i in range(14)]
    assert compare(*on(200, 10, 4)) == comparison
