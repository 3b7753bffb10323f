"""Articles taken away and brought in: a zip of Markdown files, CSV or Excel."""

import asyncio
import csv
import io
import lzma
import zipfile
import zlib
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from typing import Any

import msgspec

from yingda.identity import Permission, Principal
from yingda.infra.database import Database, Tx
from yingda.infra.sheets import bare, cell
from yingda.kit.errors import Locale, YingdaError
from yingda.knowledge.articles import rules
from yingda.knowledge.articles.errors import ArticleInvalid, FileUnreadable, SlugTaken
from yingda.knowledge.articles.files import ArticleFile, article_of, read_article, write_article
from yingda.knowledge.articles.repository import articles as repository
from yingda.knowledge.articles.schemas import Article, ArticleContent
from yingda.knowledge.articles.service import new_article, with_content, written
from yingda.privacy import AuditObject, audit

#: Of one import.
MOST_ARTICLES = 1_000
#: What one file may hold once it is unpacked, and all of them.
_FILE_BYTES, _ALL_BYTES = 256 * 1024, 32 * 1024 * 1024
_COLUMNS = (
    "slug", "title", "tier", "topic", "questions", "products", "channels", "shops", "valid_from", "valid_until",
    "review_every_days", "owner_role", "locale", "body",
)  # fmt: skip
_LISTS = ("questions", "products", "channels", "shops")
_NOTE = "导入"


class ImportOutcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one file or row. `code` and `reason`: why it was refused."""

    name: str
    slug: str | None
    outcome: ImportOutcome
    code: str | None = None
    reason: str | None = None


class ImportReport(msgspec.Struct, frozen=True):
    """`done`: whether anything was kept; a check only tells."""

    done: bool
    items: list[Imported]


class _Entry(msgspec.Struct, frozen=True):
    """A file or row, read or not."""

    name: str
    read: ArticleFile | YingdaError


async def bring_in(
    db: Database, principal: Principal, name: str, raw: bytes, *, check: bool, locale: Locale
) -> ImportReport:
    """Drafts of what is new, new versions of what differs; what is wrong is refused one by one.

    Nothing goes live by it. Raises `FileUnreadable` for a file that holds no list at all.
    """
    principal.require(Permission.KNOWLEDGE_EDIT)
    entries = await asyncio.to_thread(lambda: list(_entries(name, raw)))
    async with db.transaction() as tx:
        items = await _keep(tx, principal, entries, locale, check=check)
    return ImportReport(not check, items)


async def _keep(
    tx: Tx, principal: Principal, entries: Sequence[_Entry], locale: Locale, *, check: bool
) -> list[Imported]:
    slugs = [one.read.slug for one in entries if isinstance(one.read, ArticleFile)]
    known = await repository.by_slugs(tx.conn, slugs)
    contents = await repository.contents(tx.conn, [one.id for one in known.values()])
    items, new, changed, seen = [], [], [], set[str]()
    for entry in entries:
        try:
            file = _checked(entry, seen)
            present = known.get(file.slug)
            outcome = _outcome(present, file, contents)
            if outcome is ImportOutcome.CREATED:
                new.append((new_article(file.slug, file.content), file.content))
            elif present and outcome is ImportOutcome.UPDATED:
                changed.append((with_content(present, file.content, present.owner_id), file.content))
            items.append(Imported(name=entry.name, slug=file.slug, outcome=outcome))
        except YingdaError as error:
            items.append(_refused(entry, error, locale))
    if not check and (new or changed):
        await repository.add(tx.conn, [one for one, _ in new])
        await repository.save(tx.conn, [one for one, _ in changed])
        await repository.add_versions(
            tx.conn, [(one.id, written(one, content, principal, _NOTE)) for one, content in (*new, *changed)]
        )
        told = {"created": len(new), "updated": len(changed)}
        await audit(tx, principal, "articles.imported", AuditObject("articles", "import"), after=told)
    return items


def _checked(entry: _Entry, seen: set[str]) -> ArticleFile:
    if isinstance(entry.read, YingdaError):
        raise entry.read
    slug = entry.read.slug
    if slug in seen:
        raise SlugTaken(slug=slug)
    seen.add(slug)
    content = rules.tidy(entry.read.content)
    rules.check(content)
    return ArticleFile(slug, content)


def _outcome(present: Article | None, file: ArticleFile, contents: "dict[Any, ArticleContent]") -> ImportOutcome:
    if present is None:
        return ImportOutcome.CREATED
    return ImportOutcome.UNCHANGED if contents[present.id] == file.content else ImportOutcome.UPDATED


def _refused(entry: _Entry, error: YingdaError, locale: Locale) -> Imported:
    slug = entry.read.slug if isinstance(entry.read, ArticleFile) else None
    return Imported(
        name=entry.name, slug=slug, outcome=ImportOutcome.REFUSED, code=error.code, reason=error.detail(locale)
    )


# Reading


def _entries(name: str, raw: bytes) -> Iterator[_Entry]:
    readers: dict[str, Callable[[bytes], Iterator[_Entry]]] = {"zip": _zip, "csv": _csv, "xlsx": _xlsx}
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


def _entry(name: str, read: Callable[[], ArticleFile]) -> _Entry:
    try:
        return _Entry(name, read())
    except ArticleInvalid as error:
        return _Entry(name, error)


def _markdown(raw: bytes) -> ArticleFile:
    return read_article(_decoded(raw))


def _zip(raw: bytes) -> Iterator[_Entry]:
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


def _csv(raw: bytes) -> Iterator[_Entry]:
    try:
        yield from _rows(csv.reader(io.StringIO(_decoded(raw), newline="")))
    except csv.Error as error:
        raise FileUnreadable(reason=str(error)) from None


def _xlsx(raw: bytes) -> Iterator[_Entry]:
    from openpyxl import load_workbook  # slow to load, for who imports only

    _opened(raw).close()
    try:
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        yield from _rows(
            [_shown(value) for value in row]
            for row in sheet.iter_rows(max_row=MOST_ARTICLES + 2, max_col=len(_COLUMNS) * 2, values_only=True)
        )
    except FileUnreadable:
        raise
    except Exception:  # noqa: BLE001  the library raises whatever a broken workbook makes it stumble over
        raise FileUnreadable(reason="xlsx") from None


def _rows(rows: "Iterator[list[str]]") -> Iterator[_Entry]:
    heading = [name.strip().lower() for name in next(rows, [])]
    if not {"slug", "title", "body"} <= set(heading):
        raise FileUnreadable(reason="slug, title, body")
    for number, row in enumerate(rows, 2):
        given = {name: bare(value).strip() for name, value in zip(heading, row, strict=False) if name in _COLUMNS}
        if any(given.values()):
            yield _entry(str(number), partial(article_of, _raw(given)))


def _raw(given: dict[str, str]) -> dict[str, Any]:
    """A row in the shape of a front matter."""
    raw: dict[str, Any] = {name: value for name, value in given.items() if value and name not in _LISTS}
    lists = {name: [one.strip() for one in given.get(name, "").split("\n") if one.strip()] for name in _LISTS}
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


# Writing


async def permit(db: Database, principal: Principal, format_: str) -> None:
    """Who takes the articles away is written down."""
    principal.require(Permission.KNOWLEDGE_EDIT)
    async with db.transaction() as tx:
        await audit(tx, principal, "articles.exported", AuditObject("articles", format_))


async def rows(db: Database) -> AsyncIterator[list[list[str]]]:
    """The heading, then all articles that are not retired, as their latest versions say."""
    yield [list(_COLUMNS)]
    async with db.reading() as conn:
        found = await repository.latest_contents(conn)
    yield [_row(article, content) for article, content in found]


def _row(article: Article, content: ArticleContent) -> list[str]:
    told = msgspec.to_builtins(content)
    told |= told.pop("scope") | {"slug": article.slug}
    lines = ("\n".join(told[name]) if name in _LISTS else told[name] for name in _COLUMNS)
    return [cell("" if value is None else str(value)) for value in lines]


async def as_zip(db: Database) -> bytes:
    """A Markdown file for each, in a folder of its tier."""
    async with db.reading() as conn:
        found = await repository.latest_contents(conn)
    return await asyncio.to_thread(_packed, found)


def _packed(found: Sequence[tuple[Article, ArticleContent]]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for article, content in found:
            archive.writestr(f"{content.tier.value}/{article.slug}.md", write_article(article.slug, content))
    return file.getvalue()
