"""Where files that ship with the product lie, in a checkout as in an installed package."""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def data_dir() -> Path:
    """The folder `data/` of the product: beside `src` in a checkout, inside the package when installed."""
    checkout = _PACKAGE.parent.parent / "data"
    return checkout if (_PACKAGE.parent.parent / "pyproject.toml").is_file() else _PACKAGE / "data"
