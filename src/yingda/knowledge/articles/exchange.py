"""Articles taken away and brought in: a zip of Markdown files, CSV or Excel."""

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator, Sequence
from enum import StrEnum
from typing import Any

import msgspec

from yingda.identity import Permission, Principal
from yingda.infra.database import Database, Tx
from yingda.kit.cells import cell
from yingda.kit.errors import Locale, YingdaError
from yingda.knowledge.articles import rules
from yingda.knowledge.articles.errors import SlugTaken
from yingda.knowledge.articles.files import ArticleFile, write_article
from yingda.knowledge.articles.incoming import COLUMNS, LISTS, Entry, entries_of
from yingda.knowledge.articles.repository import articles as repository
from yingda.knowledge.articles.schemas import Article, ArticleContent
from yingda.knowledge.articles.service import new_article, with_content, written
from yingda.privacy import AuditObject, audit

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


async def bring_in(
    db: Database, principal: Principal, name: str, raw: bytes, *, check: bool, locale: Locale
) -> ImportReport:
    """Drafts of what is new, new versions of what differs; what is wrong is refused one by one.

    Nothing goes live by it. Raises `FileUnreadable` for a file that holds no list at all.
    """
    principal.require(Permission.KNOWLEDGE_EDIT)
    entries = await asyncio.to_thread(lambda: list(entries_of(name, raw)))
    async with db.transaction() as tx:
        items = await _keep(tx, principal, entries, locale, check=check)
    return ImportReport(not check, items)


async def _keep(
    tx: Tx, principal: Principal, entries: Sequence[Entry], locale: Locale, *, check: bool
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


def _checked(entry: Entry, seen: set[str]) -> ArticleFile:
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


def _refused(entry: Entry, error: YingdaError, locale: Locale) -> Imported:
    slug = entry.read.slug if isinstance(entry.read, ArticleFile) else None
    return Imported(
        name=entry.name, slug=slug, outcome=ImportOutcome.REFUSED, code=error.code, reason=error.detail(locale)
    )


async def permit(db: Database, principal: Principal, format_: str) -> None:
    """Who takes the articles away is written down."""
    principal.require(Permission.KNOWLEDGE_EDIT)
    async with db.transaction() as tx:
        await audit(tx, principal, "articles.exported", AuditObject("articles", format_))


async def rows(db: Database) -> AsyncIterator[list[list[str]]]:
    """The heading, then all articles that are not retired, as their latest versions say."""
    yield [list(COLUMNS)]
    async with db.reading() as conn:
        found = await repository.latest_contents(conn)
    yield [_row(article, content) for article, content in found]


def _row(article: Article, content: ArticleContent) -> list[str]:
    told = msgspec.to_builtins(content)
    told |= told.pop("scope") | {"slug": article.slug}
    lines = ("\n".join(told[name]) if name in LISTS else told[name] for name in COLUMNS)
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
