"""HTTP for the review of misjudgements and for the models that come of it."""

from datetime import datetime
from typing import Annotated, TypeAlias
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.status_codes import HTTP_200_OK, HTTP_201_CREATED

from yingda.conversations import get_changeable
from yingda.dialogue.review import service
from yingda.dialogue.review.schemas import (
    CorrectIntent,
    Correction,
    Models,
    Publish,
    ReviewItem,
    RollBack,
    Training,
)
from yingda.identity import Caller, Permission, Principal
from yingda.infra.given import Db
from yingda.infra.jobs import Jobs
from yingda.kit.cells import cell
from yingda.kit.errors import Forbidden
from yingda.kit.pagination import Page, decode_cursor, encode_cursor
from yingda.language import Publication, ServedEngine

GivenJobs: TypeAlias = NamedDependency[Jobs]
GivenEngine: TypeAlias = NamedDependency[ServedEngine]
Days = Annotated[int, QueryParameter(ge=1, le=90, description="How far back to look.")]
Limit = Annotated[int, QueryParameter(ge=1, le=200, description="Most rows in one answer.")]
Cursor = Annotated[str | None, QueryParameter(max_length=500)]

_SHOWN_TRAININGS = 20


class ReviewController(Controller):
    path = "/api/v1/review"
    tags = ("review",)

    @get("/queue", summary="Messages whose label would teach most")
    async def queue(
        self, db: Db, principal: Caller, days: FromQuery[Days] = 7, limit: FromQuery[Limit] = 50
    ) -> list[ReviewItem]:
        principal.require(Permission.QUALITY_REVIEW)
        async with db.reading() as conn:
            return await service.queue(conn, principal.teams_for(Permission.QUALITY_REVIEW), days, limit)

    @post("/corrections", status_code=HTTP_201_CREATED, summary="Say what a message really asks for")
    async def correct(self, db: Db, principal: Caller, data: JSONBody[CorrectIntent]) -> Correction:
        async with db.transaction() as tx:
            await get_changeable(tx.conn, data.conversation_id, principal, Permission.QUALITY_REVIEW)
            return await service.correct(tx, principal, data)

    @get("/corrections", summary="What was corrected, latest first")
    async def corrections(
        self, db: Db, principal: Caller, cursor: FromQuery[Cursor] = None, limit: FromQuery[Limit] = 50
    ) -> Page[Correction]:
        _everywhere(principal)
        before = decode_cursor(cursor, tuple[datetime, UUID]) if cursor else None
        async with db.reading() as conn:
            found = list(await service.corrections(conn, before, limit + 1))
        last = found[limit - 1] if len(found) > limit else None
        return Page(found[:limit], encode_cursor((last.at, last.id)) if last else None)

    @get("/corrections/export", summary="All corrections as training rows", media_type="text/tab-separated-values")
    async def export(self, db: Db, principal: Caller) -> Response[str]:
        _everywhere(principal)
        async with db.reading() as conn:
            rows = [("text", "intent", "author", "at")]
            rows += [
                (" ".join(one.text.split()), one.intent, one.author_name, one.at.isoformat())
                for one in await service.corrections(conn)
            ]
        content = "".join("\t".join(map(cell, row)) + "\n" for row in rows)
        headers = {"Content-Disposition": 'attachment; filename="corrections.tsv"'}
        return Response(content, media_type="text/tab-separated-values; charset=utf-8", headers=headers)

    @get("/trainings", summary="The latest candidates")
    async def trainings(self, db: Db, principal: Caller) -> list[Training]:
        _everywhere(principal)
        async with db.reading() as conn:
            return await service.trainings(conn, _SHOWN_TRAININGS)

    @post("/trainings", status_code=HTTP_201_CREATED, summary="Teach a candidate from all corrections")
    async def train(self, db: Db, principal: Caller, jobs: GivenJobs) -> Training:
        _everywhere(principal)
        async with db.transaction() as tx:
            return await service.ask_for_training(tx, jobs, principal)

    @get("/trainings/{training_id:uuid}", summary="How far a candidate is, and what it would change")
    async def training(self, db: Db, principal: Caller, training_id: FromPath[UUID]) -> Training:
        _everywhere(principal)
        async with db.reading() as conn:
            return await service.training(conn, training_id)

    @post("/trainings/{training_id:uuid}/cancel", status_code=HTTP_200_OK, summary="Stop a training")
    async def cancel(self, db: Db, principal: Caller, training_id: FromPath[UUID]) -> Training:
        _everywhere(principal)
        async with db.transaction() as tx:
            return await service.cancel(tx, training_id)

    @post("/trainings/{training_id:uuid}/publish", status_code=HTTP_200_OK, summary="Let a candidate serve")
    async def publish(
        self, db: Db, principal: Caller, engine: GivenEngine, training_id: FromPath[UUID], data: JSONBody[Publish]
    ) -> Publication:
        """A candidate that is worse is refused, unless somebody who may change settings forces it."""
        _everywhere(principal)
        if data.force:
            principal.require(Permission.SETTINGS_MANAGE)
        async with db.transaction() as tx:
            return await service.publish(tx, engine.registry, principal, training_id, data)

    @get("/models", summary="All models, which one serves, and what was published")
    async def models(self, db: Db, principal: Caller, engine: GivenEngine) -> Models:
        _everywhere(principal)
        async with db.reading() as conn:
            return await service.models(conn, engine)

    @post(
        "/models/rollback", status_code=HTTP_200_OK, summary="Let the model serve again that the present one replaced"
    )
    async def roll_back(self, db: Db, principal: Caller, engine: GivenEngine, data: JSONBody[RollBack]) -> Publication:
        _everywhere(principal)
        async with db.transaction() as tx:
            return await service.roll_back(tx, engine.registry, principal, data.why)


def _everywhere(principal: Principal) -> None:
    """Models are everybody's: who reviews for certain teams only may not exchange them."""
    principal.require(Permission.QUALITY_REVIEW)
    if principal.teams_for(Permission.QUALITY_REVIEW) is not None:
        raise Forbidden


routers = [ReviewController]
