"""What ships now against what is in force and what that was made from, part by part.

Parts are plain JSON objects under ids that stay. A part of which nobody knows what it was made from (`base` None) may
have been changed in any way: nothing of it is taken for untouched.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

import msgspec

Plain = Mapping[str, Any]

#: What names an entry of a list of objects: the first of these that all of them have.
_NAMES = ("id", "code", "name", "text")


class Change(StrEnum):
    """`missing`: it came long ago and was taken out."""

    NEW = "new"
    CHANGED = "changed"
    MISSING = "missing"


class Brought(msgspec.Struct, frozen=True, kw_only=True):
    """A part that a release brings. `offered`: the organisation's own changes kept, the release's put in.

    `edited`: the one in force is no longer as it came. `clashes`: where not both can be kept: there `offered` is as
    shipped.
    """

    change: Change
    edited: bool
    offered: dict[str, Any]
    clashes: list[str]


def compare(base: Plain | None, own: Plain | None, shipped: Plain, form: Any = dict) -> Brought | None:
    """None: there is nothing that the organisation has not had before.

    `form`: the type of such parts; where the merge would be none (a list too long), all is offered as shipped.
    """
    if shipped == own:
        return None
    if shipped == base:
        return None if own else Brought(change=Change.MISSING, edited=True, offered=dict(shipped), clashes=[])
    if own is None:
        change = Change.NEW if base is None else Change.CHANGED
        return Brought(change=change, edited=base is not None, offered=dict(shipped), clashes=[])
    clashes: list[str] = []
    offered = _merge(base or {}, own, shipped, "", clashes)
    if offered == own:
        return None
    if not _fits(offered, form):
        offered, clashes = dict(shipped), _differing(own, shipped, "")
    return Brought(change=Change.CHANGED, edited=own != base, offered=offered, clashes=clashes)


def place_of(part: str, own: Sequence[str], shipped: Sequence[str]) -> int:
    """Where among `own` a part belongs: behind the nearest of those that it ships behind, else at the beginning."""
    before = shipped[: shipped.index(part)]
    return next((own.index(one) + 1 for one in reversed(before) if one in own), 0)


def _fits(part: Plain, form: Any) -> bool:
    try:
        msgspec.convert(part, form)
    except msgspec.ValidationError:
        return False
    return True


class _Absent:
    """Instead of a value that one side does not have."""


_ABSENT = _Absent()


def _merge(base: Any, own: Any, shipped: Any, path: str, clashes: list[str]) -> Any:
    if base in (own, shipped) or own == shipped:
        return shipped if own == base else own
    within: list[str] = []
    # What is empty often means "any": it is no list to add to, and no merge may come to it.
    if own and shipped and (merged := _merge_within(base, own, shipped, path, within)):
        clashes += within
        return merged
    clashes += _differing(own, shipped, path)
    return shipped


def _merge_within(base: Any, own: Any, shipped: Any, path: str, clashes: list[str]) -> Any:
    """None: these can only be taken as a whole."""
    if isinstance(own, Mapping) and isinstance(shipped, Mapping):
        return _merge_objects(base if isinstance(base, Mapping) else {}, own, shipped, path, clashes)
    if isinstance(own, list) and isinstance(shipped, list):
        former = base if isinstance(base, list) else []
        if name := _name_of(former, own, shipped):
            return _merge_named(name, (former, own, shipped), path, clashes)
        if all(isinstance(one, str) for one in (*former, *own, *shipped)):
            return _merge_words(former, own, shipped)
    return None


def _differing(own: Any, shipped: Any, path: str) -> list[str]:
    """The fields, by their paths, whose values are not the same; a list is one value."""
    if not isinstance(own, Mapping) or not isinstance(shipped, Mapping):
        return [] if own == shipped else [path]
    return [
        place
        for key in {**own, **shipped}
        for place in _differing(own.get(key, _ABSENT), shipped.get(key, _ABSENT), _under(path, key))
    ]


def _under(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _merge_objects(base: Plain, own: Plain, shipped: Plain, path: str, clashes: list[str]) -> dict[str, Any]:
    merged = {
        key: _merge(
            base.get(key, _ABSENT),
            own.get(key, _ABSENT),
            shipped.get(key, _ABSENT),
            _under(path, key),
            clashes,
        )
        for key in {**own, **shipped}
    }
    return {key: value for key, value in merged.items() if value is not _ABSENT}


def _merge_named(
    name: str, sides: tuple[list[Plain], list[Plain], list[Plain]], path: str, clashes: list[str]
) -> list[Any]:
    base, own, shipped = ({str(one[name]): one for one in side} for side in sides)
    merged = _merge_objects(base, own, shipped, path, clashes)
    order = [key for key in own if key in merged]
    for key in shipped:
        if key in merged and key not in order:
            order.insert(place_of(key, order, list(shipped)), key)
    return [merged[key] for key in order]


def _merge_words(base: list[str], own: list[str], shipped: list[str]) -> list[str]:
    withdrawn, had = set(base) - set(shipped), {*base, *own}
    return [one for one in own if one not in withdrawn] + [one for one in shipped if one not in had]


def _name_of(*sides: list[Any]) -> str | None:
    """What tells the entries of each of these lists apart."""
    if not all(isinstance(one, Mapping) for side in sides for one in side):
        return None
    name = next((name for name in _NAMES if all(name in one for side in sides for one in side)), None)
    if name is None or any(len({str(one[name]) for one in side}) < len(side) for side in sides):
        return None
    return name
