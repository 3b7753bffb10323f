"""HTTP for canned replies."""

from typing import Annotated, TypeAlias
from uuid import UUID

from litestar import Controller, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.status_codes import HTTP_200_OK, HTTP_201_CREATED, HTTP_204_NO_CONTENT

from yingda.commerce import Store
from yingda.identity import Caller
from yingda.infra.given import Db
from yingda.workspace.replies import service
from yingda.workspace.replies.facts import subject_of, values_of
from yingda.workspace.replies.rules import variables_in
from yingda.workspace.replies.schemas import CannedReply, Rendered, RenderFor, ReplyDraft, VariableInfo

GivenStores: TypeAlias = NamedDependency[dict[str, Store]]


class ReplyController(Controller):
    path = "/api/v1/canned-replies"
    tags = ("workspace",)

    @get("/", summary="One's own, one's teams' and everybody's, most used first")
    async def list_(
        self, db: Db, principal: Caller, q: Annotated[str, QueryParameter(max_length=100)] = ""
    ) -> list[CannedReply]:
        """`q`: words of code, title, category or text, or the title's pinyin or initials."""
        async with db.reading() as conn:
            return await service.replies_of(conn, principal, q)

    @get("/variables", summary="What a text may leave open")
    async def variables(self, principal: Caller) -> list[VariableInfo]:  # noqa: ARG002  who is not signed in is refused
        return service.variables()

    @post("/", status_code=HTTP_201_CREATED, summary="Save a canned reply")
    async def create(self, db: Db, principal: Caller, data: JSONBody[ReplyDraft]) -> CannedReply:
        async with db.transaction() as tx:
            return await service.create(tx, principal, data)

    @put("/{reply_id:uuid}", summary="Change a canned reply")
    async def change(
        self, db: Db, principal: Caller, reply_id: FromPath[UUID], data: JSONBody[ReplyDraft]
    ) -> CannedReply:
        async with db.transaction() as tx:
            return await service.change(tx, principal, reply_id, data)

    @delete("/{reply_id:uuid}", status_code=HTTP_204_NO_CONTENT, summary="Delete a canned reply")
    async def drop(self, db: Db, principal: Caller, reply_id: FromPath[UUID]) -> None:
        async with db.transaction() as tx:
            await service.drop(tx, principal, reply_id)

    @post("/{reply_id:uuid}/render", status_code=HTTP_200_OK, summary="Fill in for a conversation, and count the use")
    async def render(
        self, db: Db, principal: Caller, stores: GivenStores, reply_id: FromPath[UUID], data: JSONBody[RenderFor]
    ) -> Rendered:
        async with db.reading() as conn:
            subject = await subject_of(conn, principal, data.conversation_id)
            reply = await service.find(conn, principal, reply_id)
        values = await values_of(subject, stores, variables_in(reply.text), reply.language)
        async with db.transaction() as tx:
            return await service.use(tx, reply, values)


routers = [ReplyController]
