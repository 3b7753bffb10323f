"""HTTP for macros."""

from uuid import UUID

from litestar import Controller, delete, get, post, put
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_200_OK, HTTP_201_CREATED, HTTP_204_NO_CONTENT

from yingda.identity import Caller
from yingda.infra.given import Db
from yingda.workspace.macros import rules, service
from yingda.workspace.macros.schemas import Macro, MacroDraft, MacroRun, RunOn
from yingda.workspace.replies import GivenStores, subject_of, values_of


class MacroController(Controller):
    path = "/api/v1/macros"
    tags = ("workspace",)

    @get("/", summary="One's own, one's teams' and everybody's, most used first")
    async def list_(self, db: Db, principal: Caller) -> list[Macro]:
        async with db.reading() as conn:
            return await service.macros_of(conn, principal)

    @post("/", status_code=HTTP_201_CREATED, summary="Save a macro")
    async def create(self, db: Db, principal: Caller, data: JSONBody[MacroDraft]) -> Macro:
        async with db.transaction() as tx:
            return await service.create(tx, principal, data)

    @put("/{macro_id:uuid}", summary="Change a macro")
    async def change(self, db: Db, principal: Caller, macro_id: FromPath[UUID], data: JSONBody[MacroDraft]) -> Macro:
        async with db.transaction() as tx:
            return await service.change(tx, principal, macro_id, data)

    @delete("/{macro_id:uuid}", status_code=HTTP_204_NO_CONTENT, summary="Delete a macro")
    async def drop(self, db: Db, principal: Caller, macro_id: FromPath[UUID]) -> None:
        async with db.transaction() as tx:
            await service.drop(tx, principal, macro_id)

    @post("/{macro_id:uuid}/run", status_code=HTTP_200_OK, summary="Do all of it to a conversation, or nothing")
    async def run(
        self, db: Db, principal: Caller, stores: GivenStores, macro_id: FromPath[UUID], data: JSONBody[RunOn]
    ) -> MacroRun:
        async with db.reading() as conn:
            subject = await subject_of(conn, principal, data.conversation_id)
            macro = await service.find(conn, principal, macro_id)
        wanted = rules.variables_of(macro.actions)
        values = {
            locale: await values_of(subject, stores, wanted, locale) for locale in rules.languages_of(macro.actions)
        }
        async with db.transaction() as tx:
            return await service.run(tx, principal, macro, data, values)


routers = [MacroController]
