"""Processes read from YAML: typed, checked, and every defect told with its file and line, in Chinese and English.

Scalars are read as they look to somebody who is no programmer: only `true`, `false` and plain numbers are not text.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import msgspec
import yaml

from yingda.dialogue.procedures.schemas import AnyStep, Process, Slot, Words

Place: TypeAlias = tuple[str | int, ...]
_PATH = re.compile(r" - at `\$(?P<path>[^`]*)`")
_KEY = re.compile(r"\.([^.\[]+)|(\[\.\.\.\])")
_UNKNOWN = re.compile(r"unknown field `([^`]+)`")


class Problem(msgspec.Struct, frozen=True, order=True):
    """What is wrong, and where. Lines count from 1."""

    file: str
    line: int
    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.zh} / {self.en}"


class Source(msgspec.Struct, frozen=True):
    """A process as it was read. `digest` tells this wording of it from every other; `lines` where each part stands."""

    process: Process
    digest: str
    body: bytes
    file: str
    lines: dict[Place, int]

    def problem(self, place: Place, zh: str, en: str) -> Problem:
        """At the nearest line that is known for `place`."""
        while place and place not in self.lines:
            place = place[:-1]
        return Problem(self.file, self.lines.get(place, 1), zh, en)


def read(path: Path) -> Source | Problem:
    try:
        node = yaml.compose(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return Problem(path.name, line, f"不是合法的 YAML：{error.problem}", f"not YAML: {error.problem}")
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        return Problem(path.name, 1, f"无法读取：{error}", f"cannot be read: {error}")
    if node is None:
        return Problem(path.name, 1, "文件是空的", "the file is empty")
    lines: dict[Place, int] = {}
    raw = _value(node, (), lines)
    for place, part, kind in _parts(raw):
        try:
            msgspec.convert(part, kind)
        except msgspec.ValidationError as error:
            return _misfit(path.name, str(error), place, lines)
    try:
        process = msgspec.convert(raw, Process)
    except msgspec.ValidationError as error:
        return _misfit(path.name, str(error), (), lines)
    body = msgspec.json.encode(process, order="deterministic")
    return Source(process, hashlib.sha256(body).hexdigest()[:16], body, path.name, lines)


def _parts(raw: Any) -> Iterator[tuple[Place, Any, Any]]:
    """The members of lists and tables one by one: of those msgspec does not say which one is wrong."""
    if not isinstance(raw, dict):
        return
    for name, kind in (("slots", Slot), ("words", Words)):
        members = raw.get(name)
        for key, part in members.items() if isinstance(members, dict) else ():
            yield (name, key), part, kind
    steps = raw.get("steps")
    for i, part in enumerate(steps if isinstance(steps, list) else ()):
        yield ("steps", i), part, AnyStep


def _value(node: yaml.Node, place: Place, lines: dict[Place, int]) -> Any:
    lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return dict(_members(node, place, lines))
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*place, i), lines) for i, child in enumerate(node.value)]
    text: str = node.value
    plain = not getattr(node, "style", None)
    if plain and text in ("true", "false"):
        return text == "true"
    if plain and re.fullmatch(r"-?[0-9]{1,9}(?:\.[0-9]{1,9})?", text):
        return float(text) if "." in text else int(text)
    return text


def _members(node: yaml.MappingNode, place: Place, lines: dict[Place, int]) -> Iterator[tuple[str, Any]]:
    for key, child in node.value:
        inner = (*place, key.value)
        lines[inner] = key.start_mark.line + 1
        yield key.value, _value(child, inner, lines)


def _misfit(file: str, text: str, place: Place, lines: dict[Place, int]) -> Problem:
    """What msgspec found, at the line that it means as nearly as its path tells."""
    path = _PATH.search(text)
    steps = [name for name, _ in _KEY.findall(path["path"] if path else "")]
    steps += _UNKNOWN.findall(text)
    for step in steps:
        if (*place, step) not in lines:
            break
        place = (*place, step)
    words = _PATH.sub("", text)
    return Problem(file, lines.get(place, 1), f"内容不符合格式：{words}", words)
