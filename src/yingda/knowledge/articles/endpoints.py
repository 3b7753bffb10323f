"""HTTP for articles: written, reviewed, compared, previewed, searched, taken away and brought in."""

from datetime import datetime
from time import perf_counter
from typing import Annotated, TypeAlias
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, get, post, put
from litestar.datastructures import State as RequestState
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, PathParameter, QueryParameter
from litestar.response import Stream
from litestar.status_codes import HTTP_200_OK, HTTP_201_CREATED, HTTP_204_NO_CONTENT

from yingda.identity import Caller, Permission
from yingda.infra import sheets
from yingda.infra.given import Db
from yingda.infra.uploads import UploadOperation, uploaded_part
from yingda.kit.clock import SHANGHAI, now
from yingda.kit.errors import Locale
from yingda.kit.pagination import Page, decode_cursor, encode_cursor
from yingda.knowledge.articles import exchange, proposals, service
from yingda.knowledge.articles.exchange import ImportReport
from yingda.knowledge.articles.library import Library
from yingda.knowledge.articles.repository import articles as repository
from yingda.knowledge.articles.schemas import (
    Article,
    ArticleState,
    ArticleView,
    Diff,
    EditArticle,
    Filter,
    Found,
    Move,
    MoveArticle,
    NewArticle,
    Preview,
    PreviewOf,
    Rating,
    SearchFor,
    TopicCount,
    Version,
)
from yingda.knowledge.articles.variables import ArticleVariableInfo, listed
from yingda.knowledge.search import Query, Tier

GivenLibrary: TypeAlias = NamedDependency[Library]
Cursor = Annotated[str | None, QueryParameter(max_length=500)]
Limit = Annotated[int, QueryParameter(ge=1, le=200)]
ShortText = Annotated[str | None, QueryParameter(max_length=100)]
Number = Annotated[int, PathParameter(ge=1, le=2**31 - 1)]
VersionNumber = Annotated[int, QueryParameter(ge=1, le=2**31 - 1)]
#: Of a cursor.
Moment = Annotated[datetime, msgspec.Meta(tz=True)]
ZIP = "application/zip"
_PATH = "/api/v1/knowledge/articles"


class ArticleController(Controller):
    path = _PATH
    tags = ("knowledge",)

    @get("/", summary="List articles, latest change first")
    async def list_(
        self,
        db: Db,
        principal: Caller,
        tier: FromQuery[Tier | None] = None,
        topic: ShortText = None,
        in_state: Annotated[ArticleState | None, QueryParameter(name="state")] = None,
        due: FromQuery[bool] = False,
        q: ShortText = None,
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> Page[Article]:
        """`due`: live, and to be looked at again by today. `q`: words of title, slug or topic."""
        principal.require(Permission.KNOWLEDGE_READ)
        wanted = Filter(
            tier=tier,
            topic=topic,
            state=in_state,
            due_by=now().astimezone(SHANGHAI).date() if due else None,
            words=tuple((q or "").lower().split()),
        )
        after = decode_cursor(cursor, tuple[Moment, UUID]) if cursor else None
        async with db.reading() as conn:
            found = await repository.page(conn, wanted, after, limit + 1)
        last = found[limit - 1] if len(found) > limit else None
        return Page(found[:limit], encode_cursor((last.updated_at, last.id)) if last else None)

    @get("/topics", summary="The tree: topics of each tier, and how many articles are in which state")
    async def topics(self, db: Db, principal: Caller) -> list[TopicCount]:
        principal.require(Permission.KNOWLEDGE_READ)
        async with db.reading() as conn:
            return await repository.topics(conn)

    @get("/variables", summary="What a text may leave open, and what it says in a shop")
    async def variables(
        self, principal: Caller, library: GivenLibrary, shop: ShortText = None
    ) -> list[ArticleVariableInfo]:
        principal.require(Permission.KNOWLEDGE_READ)
        return listed(library.values(shop))

    @post("/preview", status_code=HTTP_200_OK, summary="A text as it will be read")
    async def preview(self, principal: Caller, library: GivenLibrary, data: JSONBody[PreviewOf]) -> Preview:
        """Refuses what an article may not say."""
        principal.require(Permission.KNOWLEDGE_READ)
        return service.preview(data.body, library.values(data.shop))

    @post("/search", status_code=HTTP_200_OK, summary="What the assistant would find")
    async def search(self, principal: Caller, library: GivenLibrary, data: JSONBody[SearchFor]) -> Found:
        principal.require(Permission.KNOWLEDGE_READ)
        began = perf_counter()
        hits = await library.find(
            Query(
                text=data.text,
                shop=data.shop,
                channel=data.channel,
                products=tuple(data.products),
                mode=data.mode,
                limit=data.limit,
            )
        )
        return Found(hits, (perf_counter() - began) * 1000)

    @get("/export/markdown", summary="All articles as a zip of Markdown files", media_type=ZIP)
    async def export_markdown(self, db: Db, principal: Caller) -> Response[bytes]:
        await exchange.permit(db, principal, "markdown")
        return Response(await exchange.as_zip(db), media_type=ZIP, headers=sheets.saved_as("articles.zip"))

    @get("/export/csv", summary="All articles as CSV", media_type=sheets.CSV)
    async def export_csv(self, db: Db, principal: Caller) -> Stream:
        await exchange.permit(db, principal, "csv")
        content = sheets.as_csv(exchange.rows(db))
        return Stream(content, media_type=sheets.CSV, headers=sheets.saved_as("articles.csv"))

    @get("/export/xlsx", summary="All articles for Excel", media_type=sheets.XLSX)
    async def export_xlsx(self, db: Db, principal: Caller) -> Stream:
        await exchange.permit(db, principal, "xlsx")
        content = sheets.as_xlsx(exchange.rows(db), "文章")
        return Stream(content, media_type=sheets.XLSX, headers=sheets.saved_as("articles.xlsx"))

    @post("/", status_code=HTTP_201_CREATED, summary="Write a draft")
    async def create(self, db: Db, principal: Caller, data: JSONBody[NewArticle]) -> ArticleView:
        principal.require(Permission.KNOWLEDGE_EDIT)
        async with db.transaction() as tx:
            article = await service.create(tx, principal, data)
            return await service.view(tx.conn, principal, article.id)

    @get("/{article_id:uuid}", summary="One article: what it says, its versions, and what was done with it")
    async def get_one(self, db: Db, principal: Caller, article_id: FromPath[UUID]) -> ArticleView:
        principal.require(Permission.KNOWLEDGE_READ)
        async with db.reading() as conn:
            return await service.view(conn, principal, article_id)

    @put("/{article_id:uuid}", summary="Write the next version, which customers do not see yet")
    async def edit(
        self, db: Db, principal: Caller, article_id: FromPath[UUID], data: JSONBody[EditArticle]
    ) -> ArticleView:
        principal.require(Permission.KNOWLEDGE_EDIT)
        async with db.transaction() as tx:
            await service.edit(tx, principal, article_id, data)
            return await service.view(tx.conn, principal, article_id)

    @post("/{article_id:uuid}/moves", status_code=HTTP_200_OK, summary="Submit, withdraw, approve, reject or retire")
    async def move(
        self, db: Db, principal: Caller, article_id: FromPath[UUID], data: JSONBody[MoveArticle]
    ) -> ArticleView:
        principal.require(service.permission_for(Move(data.move)))
        async with db.transaction() as tx:
            await service.move(tx, principal, article_id, data)
            return await service.view(tx.conn, principal, article_id)

    @get("/{article_id:uuid}/versions/{number:int}", summary="What a version says")
    async def version(self, db: Db, principal: Caller, article_id: FromPath[UUID], number: Number) -> Version:
        principal.require(Permission.KNOWLEDGE_READ)
        async with db.reading() as conn:
            return await service.version(conn, article_id, number)

    @get("/{article_id:uuid}/diff", summary="What changed from one version to another")
    async def diff(
        self, db: Db, principal: Caller, article_id: FromPath[UUID], before: VersionNumber, after: VersionNumber
    ) -> Diff:
        principal.require(Permission.KNOWLEDGE_READ)
        async with db.reading() as conn:
            return await service.diff(conn, article_id, before, after)

    @post("/{article_id:uuid}/ratings", status_code=HTTP_204_NO_CONTENT, summary="Say whether it helped")
    async def rate(self, db: Db, principal: Caller, article_id: FromPath[UUID], data: JSONBody[Rating]) -> None:
        """What did not help becomes a proposal."""
        principal.require(Permission.KNOWLEDGE_READ)
        async with db.transaction() as tx:
            await proposals.rate(tx, article_id, data)


@post(
    f"{_PATH}/import",
    tags=["knowledge"],
    status_code=HTTP_200_OK,
    summary="Bring articles in as drafts, and say what became of each",
    operation_class=UploadOperation,
)
async def import_(
    request: Request[object, object, RequestState],
    db: Db,
    principal: Caller,
    check: FromQuery[bool] = False,
    locale: FromQuery[Locale] = "zh",
) -> ImportReport:
    """A Markdown file, a zip of them, CSV or Excel, as the exports write them. `check`: only say what would become."""
    principal.require(Permission.KNOWLEDGE_EDIT)
    raw, name = await uploaded_part(request)
    return await exchange.bring_in(db, principal, name, raw, check=check, locale=locale)


routers = [ArticleController]
upload_routers = [import_]
