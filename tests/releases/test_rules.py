"""What a release brings, from what was taken over, what is in force and what ships now."""

from typing import Any

import pytest

from yingda.releases import Change, compare, place_of

BASE = {"id": "a", "level": 1, "words": ["x", "y"]}


@pytest.mark.parametrize(
    ("base", "own", "shipped"),
    [
        (BASE, BASE, BASE),
        (BASE, BASE | {"level": 3}, BASE),
        (None, BASE, BASE),
        (BASE, BASE | {"level": 2}, BASE | {"level": 2}),
        (BASE, BASE | {"words": ["x", "y", "z", "own"]}, BASE | {"words": ["x", "y", "z"]}),
    ],
    ids=["as it came", "own change alone", "written by hand", "changed alike by hand", "has it all already"],
)
def test_nothing_new(base: Any, own: Any, shipped: Any) -> None:
    assert compare(base, own, shipped) is None


@pytest.mark.parametrize(
    ("base", "own", "shipped", "change", "edited", "offered", "clashes"),
    [
        (None, None, BASE, Change.NEW, False, BASE, []),
        (BASE, None, BASE, Change.MISSING, True, BASE, []),
        (BASE, None, BASE | {"level": 2}, Change.CHANGED, True, BASE | {"level": 2}, []),
        (BASE, BASE, BASE | {"level": 2}, Change.CHANGED, False, BASE | {"level": 2}, []),
        (
            BASE,
            {"id": "a", "level": 3, "words": ["x", "mine"]},
            {"id": "a", "level": 1, "words": ["x", "y", "z"], "en": "t"},
            Change.CHANGED,
            True,
            {"id": "a", "level": 3, "words": ["x", "mine", "z"], "en": "t"},
            [],
        ),
        (BASE, BASE | {"level": 3}, BASE | {"level": 2}, Change.CHANGED, True, BASE | {"level": 2}, ["level"]),
        (
            BASE,
            BASE | {"words": ["x", "y", "mine"]},
            BASE | {"words": ["x"]},
            Change.CHANGED,
            True,
            BASE | {"words": ["x", "mine"]},
            [],
        ),
        (
            None,
            {"id": "a", "words": ["mine"]},
            {"id": "a", "words": ["x"]},
            Change.CHANGED,
            True,
            {"id": "a", "words": ["mine", "x"]},
            [],
        ),
        (
            BASE,
            {"id": "a", "words": ["x", "y"]},
            BASE | {"level": 2},
            Change.CHANGED,
            True,
            BASE | {"level": 2},
            ["level"],
        ),
        ({"t": [1]}, {"t": [1, 2]}, {"t": [3]}, Change.CHANGED, True, {"t": [3]}, ["t"]),
    ],
    ids=[
        "new",
        "taken out",
        "taken out, changed since",
        "untouched",
        "both changed different things",
        "both changed the same",
        "a word withdrawn",
        "nobody knows what it was made from",
        "a field taken out, changed since",
        "values without names",
    ],
)
def test_what_is_brought(
    base: Any, own: Any, shipped: Any, change: Change, edited: bool, offered: Any, clashes: list[str]
) -> None:
    brought = compare(base, own, shipped)
    assert brought
    assert (brought.change, brought.edited, brought.offered, brought.clashes) == (change, edited, offered, clashes)


def test_entries_that_have_a_name_are_merged_one_by_one() -> None:
    def states(**texts: str) -> dict[str, Any]:
        return {"states": [{"code": code, "text": text} for code, text in texts.items()]}

    brought = compare(
        states(new="a", done="b"), states(new="mine", own="o", done="b"), states(new="a", wait="w", done="c", shut="s")
    )
    assert brought
    assert brought.offered == states(new="mine", wait="w", own="o", done="c", shut="s")
    assert brought.clashes == []
    both = compare(states(new="a"), states(new="mine"), states(new="theirs"))
    assert both
    assert both.clashes == ["states.new.text"]


@pytest.mark.parametrize(
    ("own", "place"),
    [(["a", "b", "fallback"], 2), (["own", "a", "fallback"], 2), (["own", "fallback"], 0), ([], 0)],
)
def test_a_new_part_goes_behind_the_one_that_it_ships_behind(own: list[str], place: int) -> None:
    assert place_of("c", own, ["a", "b", "c", "fallback"]) == place
