"""HTTP for what articles should say, and how they are doing."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, get, post
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.status_codes import HTTP_201_CREATED, HTTP_204_NO_CONTENT

from yingda.identity import Caller, Permission
from yingda.infra.given import Db
from yingda.kit.clock import now
from yingda.kit.pagination import Page, decode_cursor, encode_cursor
from yingda.knowledge.articles import proposals, service
from yingda.knowledge.articles.endpoints import Cursor, GivenLibrary, Limit, Moment
from yingda.knowledge.articles.repository import figures
from yingda.knowledge.articles.repository import proposals as repository
from yingda.knowledge.articles.schemas import (
    ArticleView,
    KnowledgeBoard,
    NewArticle,
    NewProposal,
    Proposal,
    ProposalKind,
    ProposalState,
    Settle,
)

#: Of a cursor: what the database can compare.
Count = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]


class ProposalController(Controller):
    path = "/api/v1/knowledge/proposals"
    tags = ("knowledge",)

    @get("/", summary="What articles should say, most often asked first")
    async def list_(
        self,
        db: Db,
        principal: Caller,
        in_state: Annotated[ProposalState, QueryParameter(name="state")] = ProposalState.OPEN,
        kind: FromQuery[ProposalKind | None] = None,
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> Page[Proposal]:
        """Misses are those of kind `miss`."""
        principal.require(Permission.KNOWLEDGE_READ)
        after = decode_cursor(cursor, tuple[Count, Moment, UUID]) if cursor else None
        async with db.reading() as conn:
            found = await repository.page(conn, in_state, kind, after, limit + 1)
        last = found[limit - 1] if len(found) > limit else None
        return Page(found[:limit], encode_cursor((last.count, last.last_at, last.id)) if last else None)

    @post("/", status_code=HTTP_201_CREATED, summary="Say what an article should say")
    async def create(self, db: Db, principal: Caller, data: JSONBody[NewProposal]) -> Proposal:
        principal.require(Permission.KNOWLEDGE_READ)
        async with db.transaction() as tx:
            return await proposals.correct(tx, data)

    @post("/{proposal_id:uuid}/accept", status_code=HTTP_201_CREATED, summary="Make a draft of it")
    async def accept(
        self, db: Db, principal: Caller, proposal_id: FromPath[UUID], data: JSONBody[NewArticle]
    ) -> ArticleView:
        principal.require(Permission.KNOWLEDGE_EDIT)
        async with db.transaction() as tx:
            article = await proposals.accept(tx, principal, proposal_id, data)
            return await service.view(tx.conn, principal, article.id)

    @post("/{proposal_id:uuid}/settle", status_code=HTTP_204_NO_CONTENT, summary="Dismiss it, or say it was done")
    async def settle(self, db: Db, principal: Caller, proposal_id: FromPath[UUID], data: JSONBody[Settle]) -> None:
        principal.require(Permission.KNOWLEDGE_EDIT)
        async with db.transaction() as tx:
            await proposals.settle(tx, principal, proposal_id, ProposalState(data.state))


@get("/api/v1/knowledge/board", tags=["knowledge"], summary="Age, coverage and misses of the articles")
async def board(
    db: Db, principal: Caller, library: GivenLibrary, days: Annotated[int, QueryParameter(ge=1, le=90)] = 7
) -> KnowledgeBoard:
    """`days`: how far back the questions are counted, today included."""
    principal.require(Permission.KNOWLEDGE_READ)
    async with db.reading() as conn:
        return await figures.board(conn, now(), days, library.encoder_name)


routers = [ProposalController, board]
