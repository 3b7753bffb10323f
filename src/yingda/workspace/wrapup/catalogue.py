"""What a wrap-up can say, from `data/workspace/wrapup.toml` and the catalogue of intents."""

import tomllib
from functools import cache

import msgspec

from yingda.kit.paths import data_dir
from yingda.language import intents
from yingda.workspace.wrapup.schemas import Cause, Choices, Group, Result


class GroupEntry(msgspec.Struct, frozen=True):
    code: str
    zh: str
    en: str
    intents: list[str]
    cause: str


class Catalogue(msgspec.Struct, frozen=True):
    """The file, as it is."""

    groups: list[GroupEntry]
    causes: list[Cause]
    likely_cause: dict[str, str]

    def group_of(self, category: str) -> GroupEntry:
        """The group in whose list the beginning of the category's name stands, else the last one."""
        beginning = category.partition(".")[0]
        return next((group for group in self.groups if beginning in group.intents), self.groups[-1])

    def cause_of(self, category: str) -> str:
        """What is behind it most often."""
        return self.likely_cause.get(category) or self.group_of(category).cause

    def knows_cause(self, code: str) -> bool:
        return any(cause.code == code for cause in self.causes)


@cache
def catalogue() -> Catalogue:
    path = data_dir() / "workspace" / "wrapup.toml"
    return msgspec.convert(tomllib.loads(path.read_text("utf-8")), Catalogue)


@cache
def category_names() -> dict[str, str]:
    """Every category with its Chinese name."""
    return intents()


@cache
def choices() -> Choices:
    known = catalogue()
    groups = [
        Group(group.code, group.zh, group.en, [name for name in category_names() if known.group_of(name) is group])
        for group in known.groups
    ]
    return Choices(groups, known.causes, list(Result))
