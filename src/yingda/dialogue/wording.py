"""What the assistant says, in the customer's language, from `data/dialogue/wording.toml`."""

import tomllib
from functools import cache

from yingda.kit.errors import Locale
from yingda.kit.paths import data_dir


@cache
def texts() -> dict[str, dict[str, str]]:
    """All texts by name and language."""
    return tomllib.loads((data_dir() / "dialogue" / "wording.toml").read_text("utf-8"))


def say(name: str, locale: Locale, **values: str | int) -> str:
    """The text `name` with its placeholders filled."""
    return texts()[name][locale].format_map(values)


def template(name: str, locale: Locale) -> str:
    """The same with its placeholders open."""
    return texts()[name][locale]
