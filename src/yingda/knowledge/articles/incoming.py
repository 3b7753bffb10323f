"""Files that somebody brings: Markdown, a zip of it, CSV or Excel, read with distrust."""

import csv
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from typing import Any

import msgspec

from yingda.kit.cells import bare
from yingda.kit.errors import YingdaError
from yingda.knowledge.articles.errors import ArticleInvalid, FileUnreadable
from yingda.knowledge.articles.files import ArticleFile, article_of, read_article

#: Of one import.
MOST_ARTICLES = 1_000
#: What one file may hold once it is unpacked, and all of them.
_FILE_BYTES, _ALL_BYTES = 256 * 1024, 32 * 1024 * 1024
COLUMNS = (
    "slug", "title", "tier", "topic", "questions", "products", "channels", "shops", "valid_from", "valid_until",
    "review_every_days", "owner_role", "locale", "body",
)  # fmt: skip
LISTS = ("questions", "products", "channels", "shops")


class Entry(msgspec.Struct, frozen=True):
    """A file or row, read or not."""

    name: str
    read: ArticleFile | YingdaError


def entries_of(name: str, raw: bytes) -> Iterator[Entry]:
    """What the file holds. Raises `FileUnreadable` for one that is no list at all."""
    readers: dict[str, Callable[[bytes], Iterator[Entry]]] = {"zip": _zip, "csv": _csv, "xlsx": _xlsx}
    kind = name.lower().rpartition(".")[2]
    if kind in {"md", "markdown"}:
        yield _entry(name, partial(_markdown, raw))
        return
    if kind not in readers:
        raise FileUnreadable(reason=".md .zip .csv .xlsx")
    for count, entry in enumerate(readers[kind](raw)):
        if count >= MOST_ARTICLES:
            raise FileUnreadable(reason=f"> {MOST_ARTICLES}")
        yield entry


def _entry(name: str, read: Callable[[], ArticleFile]) -> Entry:
    try:
        return Entry(name, read())
    except ArticleInvalid as error:
        return Entry(name, error)


def _markdown(raw: bytes) -> ArticleFile:
    return read_article(_decoded(raw))


def _zip(raw: bytes) -> Iterator[Entry]:
    with _opened(raw) as archive:
        for info in archive.infolist():
            name = info.filename
            if info.is_dir() or not name.lower().endswith((".md", ".markdown")):
                continue
            yield _entry(name, partial(_unpacked, archive, info))


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> ArticleFile:
    if info.file_size > _FILE_BYTES:
        raise FileUnreadable(reason=f"> {_FILE_BYTES // 1024} KiB")
    try:
        raw = archive.read(info)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError):
        raise FileUnreadable(reason="zip") from None
    return _markdown(raw)


def _opened(raw: bytes) -> zipfile.ZipFile:
    """An archive that says what it unpacks to, which is not too much."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise FileUnreadable(reason="zip") from None
    if sum(info.file_size for info in archive.infolist()) > _ALL_BYTES:
        raise FileUnreadable(reason=f"> {_ALL_BYTES // 1024 // 1024} MiB")
    return archive


def _csv(raw: bytes) -> Iterator[Entry]:
    try:
        yield from _rows(csv.reader(io.StringIO(_decoded(raw), newline="")))
    except csv.Error as error:
        raise FileUnreadable(reason=str(error)) from None


def _xlsx(raw: bytes) -> Iterator[Entry]:
    from openpyxl import load_workbook  # slow to load, for who imports only

    _opened(raw).close()
    try:
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        yield from _rows(
            [_shown(value) for value in row]
            for row in sheet.iter_rows(max_row=MOST_ARTICLES + 2, max_col=len(COLUMNS) * 2, values_only=True)
        )
    except FileUnreadable:
        raise
    except Exception:  # noqa: BLE001  the library raises whatever a broken workbook makes it stumble over
        raise FileUnreadable(reason="xlsx") from None


def _rows(rows: "Iterator[list[str]]") -> Iterator[Entry]:
    heading = [name.strip().lower() for name in next(rows, [])]
    if not {"slug", "title", "body"} <= set(heading):
        raise FileUnreadable(reason="slug, title, body")
    for number, row in enumerate(rows, 2):
        given = {name: bare(value).strip() for name, value in zip(heading, row, strict=False) if name in COLUMNS}
        if any(given.values()):
            yield _entry(str(number), partial(article_of, _raw(given)))


def _raw(given: dict[str, str]) -> dict[str, Any]:
    """A row in the shape of a front matter."""
    raw: dict[str, Any] = {name: value for name, value in given.items() if value and name not in LISTS}
    lists = {name: [one.strip() for one in given.get(name, "").split("\n") if one.strip()] for name in LISTS}
    if days := raw.get("review_every_days"):
        raw["review_every_days"] = int(days) if days.isdecimal() else days
    raw["questions"] = lists.pop("questions")
    return raw | {"scope": lists, "body": given.get("body", "")}


def _shown(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileUnreadable(reason="UTF-8") from None
