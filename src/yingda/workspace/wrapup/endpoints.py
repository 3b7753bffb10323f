"""HTTP for wrap-ups."""

from typing import TypeAlias
from uuid import UUID

from litestar import Controller, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from litestar.status_codes import HTTP_201_CREATED

from yingda.conversations import get_changeable, get_visible, visibility_of
from yingda.identity import Caller
from yingda.infra.given import Db
from yingda.kit.errors import Locale
from yingda.language import ServedEngine
from yingda.workspace.wrapup import catalogue, service
from yingda.workspace.wrapup.schemas import Choices, Confirmation, Draft, NewWrapUp, WrapUp, WrapUps

GivenEngine: TypeAlias = NamedDependency[ServedEngine]


class WrapUpController(Controller):
    path = "/api/v1/conversations/{conversation_id:uuid}/wrap-up"
    tags = ("wrap-up",)

    @get("/draft", summary="What a wrap-up would say")
    async def draft(
        self,
        db: Db,
        principal: Caller,
        engine: GivenEngine,
        conversation_id: FromPath[UUID],
        locale: FromQuery[Locale] = "zh",
    ) -> Draft:
        """`locale` is that of the headings; what was said stays as it was said."""
        async with db.reading() as conn:
            head = await get_changeable(conn, conversation_id, principal)
            material = await service.material(conn, head)
        return await service.draft(engine, material, locale)

    @post("/", status_code=HTTP_201_CREATED, summary="Confirm the wrap-up and resolve")
    async def confirm(
        self, db: Db, principal: Caller, conversation_id: FromPath[UUID], data: JSONBody[NewWrapUp]
    ) -> WrapUp:
        async with db.transaction() as tx:
            await get_changeable(tx.conn, conversation_id, principal)
            return await service.confirm(tx, conversation_id, principal, data)

    @get("/", summary="The wrap-ups of a conversation")
    async def versions(self, db: Db, principal: Caller, conversation_id: FromPath[UUID]) -> WrapUps:
        async with db.reading() as conn:
            await get_visible(conn, conversation_id, visibility_of(principal))
            return WrapUps(await service.versions(conn, conversation_id))

    @put("/", summary="Correct the wrap-up")
    async def correct(
        self, db: Db, principal: Caller, conversation_id: FromPath[UUID], data: JSONBody[Confirmation]
    ) -> WrapUp:
        async with db.transaction() as tx:
            await get_changeable(tx.conn, conversation_id, principal)
            return await service.correct(tx, conversation_id, principal, data)


@get("/api/v1/wrap-up/choices", tags=["wrap-up"], summary="All that a wrap-up can say", sync_to_thread=False)
def choices(principal: Caller) -> Choices:  # noqa: ARG001 (only for those who are signed in)
    return catalogue.choices()


routers = [WrapUpController, choices]
