"""Writing articles and letting them go live: load, decide, save."""

from uuid import UUID

import msgspec

from yingda.identity import Permission, Principal
from yingda.infra.database import Connection, Tx
from yingda.kit.clock import SHANGHAI, now
from yingda.kit.ids import new_id
from yingda.knowledge.articles import rules, text
from yingda.knowledge.articles.errors import ArticleNotFound, ArticleOutdated, SecondPerson, VersionNotFound
from yingda.knowledge.articles.events import ArticlesChanged
from yingda.knowledge.articles.repository import articles as repository
from yingda.knowledge.articles.schemas import (
    Article,
    ArticleContent,
    ArticleState,
    ArticleView,
    Diff,
    EditArticle,
    Move,
    MoveArticle,
    Moved,
    NewArticle,
    Preview,
    Version,
    VersionHead,
)
from yingda.knowledge.articles.variables import Values, fill
from yingda.privacy import AuditObject, audit


def preview(body: str, values: Values) -> Preview:
    """Raises `ArticleInvalid`."""
    rules.check_text(body)
    filled = fill(body, values, markdown=True)
    said = [fill(one, values).text for one in text.passages(body)]
    return Preview(html=text.html(filled.text), passages=said, missing=[one.value for one in filled.missing])


async def find(conn: Connection, article_id: UUID) -> Article:
    """Raises `ArticleNotFound`."""
    found = await repository.find(conn, article_id)
    if found is None:
        raise ArticleNotFound
    return found


async def version(conn: Connection, article_id: UUID, number: int) -> Version:
    """Raises `VersionNotFound`."""
    found = await repository.version(conn, article_id, number)
    if found is None:
        raise VersionNotFound
    return found


async def view(conn: Connection, principal: Principal, article_id: UUID) -> ArticleView:
    article = await find(conn, article_id)
    latest = await version(conn, article_id, article.version)
    return ArticleView(
        article=article,
        content=latest.content,
        versions=await repository.heads(conn, article_id),
        history=await repository.moves(conn, article_id),
        moves=[move for move in rules.MOVES[article.state] if principal.may(permission_for(move))],
    )


async def diff(conn: Connection, article_id: UUID, before: int, after: int) -> Diff:
    old, new = await version(conn, article_id, before), await version(conn, article_id, after)
    return rules.diff(before, old.content, after, new.content)


def permission_for(move: Move) -> Permission:
    return Permission.KNOWLEDGE_PUBLISH if move in rules.DECISIONS else Permission.KNOWLEDGE_EDIT


async def create(tx: Tx, principal: Principal, wanted: NewArticle) -> Article:
    """A draft. Raises `ArticleInvalid`, `SlugTaken`."""
    content = rules.tidy(wanted.content)
    rules.check(content)
    article = new_article(wanted.slug.strip(), content, wanted.owner_id)
    await repository.add(tx.conn, [article])
    await repository.add_versions(tx.conn, [(article.id, written(article, content, principal, wanted.note))])
    return article


async def edit(tx: Tx, principal: Principal, article_id: UUID, wanted: EditArticle) -> Article:
    """A new version, which customers do not see yet. Raises `ArticleOutdated`, `MoveRefused`, `ArticleInvalid`."""
    article = await _locked(tx, article_id, wanted.version)
    content = rules.tidy(wanted.content)
    rules.check(content)
    edited = with_content(article, content, wanted.owner_id)
    await repository.save(tx.conn, [edited])
    await repository.add_versions(tx.conn, [(article_id, written(edited, content, principal, wanted.note))])
    return edited


async def move(tx: Tx, principal: Principal, article_id: UUID, wanted: MoveArticle) -> Article:
    """Raises `Forbidden`, `SecondPerson`, `ArticleOutdated`, `MoveRefused`."""
    move = Move(wanted.move)
    principal.require(permission_for(move))
    article = await _locked(tx, article_id, wanted.version)
    moved = msgspec.structs.replace(article, state=rules.after(article.state, move), updated_at=now())
    if move is Move.APPROVE:
        await _second_person(tx.conn, principal, article)
        moved = live(moved, (await version(tx.conn, article_id, article.version)).content)
    if move is Move.RETIRE:
        moved = msgspec.structs.replace(moved, live_version=None, review_due_on=None, live_at=None)
    await repository.save(tx.conn, [moved])
    done = Moved(
        version=article.version,
        move=move,
        staff_id=principal.staff_id,
        staff_name=principal.display_name,
        remark=wanted.remark.strip(),
        at=moved.updated_at,
    )
    await repository.add_moves(tx.conn, [(article_id, done)])
    if moved.live_version != article.live_version:
        await tx.publish(ArticlesChanged((article_id,)))
    if move in rules.DECISIONS:
        told = {"version": article.version, "live_version": moved.live_version}
        action = f"article.{move.value}"
        await audit(tx, principal, action, AuditObject("article", str(article_id)), reason=done.remark, after=told)
    return moved


async def _second_person(conn: Connection, principal: Principal, article: Article) -> None:
    """Also where the article was professional so far: nobody takes that from it alone."""
    tiers = {article.tier}
    if article.live_version:
        tiers.add((await version(conn, article.id, article.live_version)).content.tier)
    writers = await repository.writers(conn, article.id, article.live_version or 0)
    if rules.needs_second_person(tiers, principal.staff_id, writers):
        raise SecondPerson


async def _locked(tx: Tx, article_id: UUID, seen: int) -> Article:
    article = await repository.find(tx.conn, article_id, lock=True)
    if article is None:
        raise ArticleNotFound
    if article.version != seen:
        raise ArticleOutdated(version=article.version)
    return article


def new_article(slug: str, content: ArticleContent, owner_id: UUID | None = None) -> Article:
    """A first draft."""
    moment = now()
    return Article(
        id=new_id(),
        slug=slug,
        state=ArticleState.DRAFT,
        tier=content.tier,
        topic=content.topic,
        title=content.title,
        locale=content.locale,
        owner_role=content.owner_role,
        owner_id=owner_id,
        version=1,
        live_version=None,
        review_due_on=None,
        live_at=None,
        created_at=moment,
        updated_at=moment,
    )


def with_content(article: Article, content: ArticleContent, owner_id: UUID | None) -> Article:
    """The next version. Raises `MoveRefused`."""
    return msgspec.structs.replace(
        article,
        state=rules.after(article.state, Move.EDIT),
        tier=content.tier,
        topic=content.topic,
        title=content.title,
        locale=content.locale,
        owner_role=content.owner_role,
        owner_id=owner_id,
        version=article.version + 1,
        updated_at=now(),
    )


def live(article: Article, content: ArticleContent) -> Article:
    """The latest version is what customers are told from now on."""
    moment = now()
    return msgspec.structs.replace(
        article,
        state=ArticleState.LIVE,
        live_version=article.version,
        live_at=moment,
        review_due_on=rules.review_due(content, moment.astimezone(SHANGHAI).date()),
    )


def written(article: Article, content: ArticleContent, author: Principal | None, note: str) -> Version:
    head = VersionHead(
        number=article.version,
        author_id=author.staff_id if author else None,
        author_name=author.display_name if author else "",
        note=note.strip(),
        created_at=article.updated_at,
    )
    return Version(head, content)
