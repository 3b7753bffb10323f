"""Traditional characters and their simplified ones, one for one, so that positions in a text stay."""

from functools import cache

from yingda.kit.paths import data_dir


@cache
def to_simplified() -> dict[int, str]:
    """For `str.translate`."""
    return {ord(traditional): simplified for traditional, simplified, _ in _pairs()}


@cache
def to_traditional() -> dict[int, str]:
    """For `str.translate`: the usual form of each, without regard to its neighbours (后 is always 後)."""
    return {ord(simplified): traditional for traditional, simplified, usual in _pairs() if usual == "1"}


@cache
def _pairs() -> tuple[tuple[str, ...], ...]:
    lines = (data_dir() / "language" / "traditional.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line[0] != "#")
