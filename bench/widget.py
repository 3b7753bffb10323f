"""What a customer's browser loads: before the chat is opened, and for the chat."""

import gzip
import re
from collections.abc import Iterable
from pathlib import Path

from bench.figures import Figure
from yingda.app import main

_NAME = re.compile(rb"[\w.-]+\.(?:js|css|html|svg)")


async def measure(*, quick: bool) -> list[Figure]:  # noqa: ARG001  there is nothing to shorten
    web = main.WEB
    loader, app = [web / "widget.js"], _reachable(web / "widget" / "index.html")
    peek = _reachable(web / "widget" / "peek.html")
    return [
        Figure("widget before the chat opens, gzip", "KiB", [_gzipped(loader)], 3),
        Figure("the same for who has chatted before", "KiB", [_gzipped([*loader, *peek])], 3),
        Figure("widget after the chat has opened, gzip", "KiB", [_gzipped(app)], 30),
    ]


def _reachable(page: Path) -> set[Path]:
    """The page and all built files whose names it or its files mention."""
    files = {path.name: path for path in page.parent.rglob("*") if path.is_file()}
    found: set[Path] = set()
    waiting = [page]
    while waiting:
        path = waiting.pop()
        found.add(path)
        named = {name.decode() for name in _NAME.findall(path.read_bytes())}
        waiting += [files[name] for name in named & files.keys() if files[name] not in found]
    return found


def _gzipped(files: Iterable[Path]) -> float:
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in files) / 1024
