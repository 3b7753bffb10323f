"""HTTP for saved views."""

from uuid import UUID

from litestar import Controller, delete, get, post, put
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_201_CREATED, HTTP_204_NO_CONTENT

from yingda.identity import Caller
from yingda.infra.given import Db
from yingda.workspace.views import service
from yingda.workspace.views.schemas import SavedView, ViewDraft


class ViewController(Controller):
    path = "/api/v1/saved-views"
    tags = ("workspace",)

    @get("/", summary="Everybody's views and one's own")
    async def list_(self, db: Db, principal: Caller) -> list[SavedView]:
        async with db.reading() as conn:
            return await service.views_of(conn, principal)

    @post("/", status_code=HTTP_201_CREATED, summary="Save a view")
    async def create(self, db: Db, principal: Caller, data: JSONBody[ViewDraft]) -> SavedView:
        async with db.transaction() as tx:
            return await service.create(tx, principal, data)

    @put("/{view_id:uuid}", summary="Change a view")
    async def change(self, db: Db, principal: Caller, view_id: FromPath[UUID], data: JSONBody[ViewDraft]) -> SavedView:
        async with db.transaction() as tx:
            return await service.change(tx, principal, view_id, data)

    @delete("/{view_id:uuid}", status_code=HTTP_204_NO_CONTENT, summary="Delete a view")
    async def drop(self, db: Db, principal: Caller, view_id: FromPath[UUID]) -> None:
        async with db.transaction() as tx:
            await service.drop(tx, principal, view_id)


routers = [ViewController]
