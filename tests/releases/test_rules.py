"""What a release brings, from what was taken over, what is in force and what ships now."""

from typing import Annotated, Any

import msgspec
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
        ({"t": []}, {"t": [{"at": 1}]}, {"t": [{"at": 2}]}, Change.CHANGED, True, {"t": [{"at": 2}]}, ["t"]),
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
        "entries without names",
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


def at_any(*words: str) -> dict[str, Any]:
    return {"when": {"words": list(words)} if words else {}}


def named(*codes: str) -> dict[str, Any]:
    return {"states": [{"code": code, "text": str(place)} for place, code in enumerate(codes)]}


@pytest.mark.parametrize(
    ("base", "own", "shipped", "clashes"),
    [
        ({"words": ["x", "y"]}, {"words": ["x"]}, {"words": ["y"]}, ["words"]),
        ({"words": ["a", "b"]}, {"words": []}, {"words": ["a", "b", "c"]}, ["words"]),
        ({"words": ["a", "b"]}, {"words": ["a", "b", "c"]}, {"words": []}, ["words"]),
        (named("a", "b"), named("a"), {"states": named("a", "b")["states"][1:]}, ["states"]),
        (at_any("x"), at_any(), {"when": {"words": ["x"], "also": 1}}, ["when.words", "when.also"]),
        (
            {"when": {"words": ["x"], "also": 1}},
            at_any("x"),
            {"when": {"also": 1}},
            ["when.words", "when.also"],
        ),
        (named("a", "b"), named("a", "b", "b"), named("a", "b", "c"), ["states"]),
        (named("a", "b"), named("a"), named("a", "b", "b"), ["states"]),
    ],
    ids=[
        "nothing would be left of the words",
        "own words emptied",
        "shipped words emptied",
        "nothing would be left of the entries",
        "own conditions emptied",
        "nothing would be left of the conditions",
        "a name twice in own",
        "a name twice in shipped",
    ],
)
def test_what_cannot_be_merged_is_offered_as_shipped(base: Any, own: Any, shipped: Any, clashes: list[str]) -> None:
    """An empty list, or no condition, means any: nothing that is narrower may become so, nor the other way round."""
    brought = compare(base, own, shipped)
    assert brought
    assert (brought.offered, brought.clashes) == (shipped, clashes)


def test_what_would_be_no_such_part_is_offered_as_shipped() -> None:
    class Part(msgspec.Struct):
        level: int
        words: Annotated[list[str], msgspec.Meta(max_length=3)]

    brought = compare(
        {"level": 1, "words": ["x"]},
        {"level": 2, "words": ["x", "y", "z"]},
        {"level": 1, "words": ["x", "new"]},
        Part,
    )
    assert brought
    assert (brought.offered, brought.clashes) == ({"level": 1, "words": ["x", "new"]}, ["level", "words"])


@pytest.mark.parametrize(
    ("own", "place"),
    [(["a", "b", "fallback"], 2), (["own", "a", "fallback"], 2), (["own", "fallback"], 0), ([], 0)],
)
def test_a_new_part_goes_behind_the_one_that_it_ships_behind(own: list[str], place: int) -> None:
    assert place_of("c", own, ["a", "b", "c", "fallback"]) == place
