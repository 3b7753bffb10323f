"""HTTP for one's own notices."""

from typing import Annotated
from uuid import UUID

from litestar import Controller, get, post
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.status_codes import HTTP_204_NO_CONTENT

from yingda.identity import Caller
from yingda.infra.given import Db
from yingda.kit.pagination import decode_cursor
from yingda.workspace.notices import service
from yingda.workspace.notices.schemas import NoticePage, SeenUpTo


class NoticeController(Controller):
    path = "/api/v1/notices"
    tags = ("notices",)

    @get("/", summary="One's own notices, the newest first")
    async def list_(
        self,
        db: Db,
        principal: Caller,
        cursor: Annotated[str | None, QueryParameter(max_length=500)] = None,
        limit: Annotated[int, QueryParameter(ge=1, le=100)] = 30,
    ) -> NoticePage:
        before = decode_cursor(cursor, UUID) if cursor else None
        async with db.reading() as conn:
            return await service.page(conn, principal, before, limit)

    @post("/read", status_code=HTTP_204_NO_CONTENT, summary="Mark all up to one as read")
    async def read_up_to(self, db: Db, principal: Caller, data: JSONBody[SeenUpTo]) -> None:
        async with db.transaction() as tx:
            await service.mark_read_up_to(tx, principal.staff_id, data.notice_id)

    @post("/{notice_id:uuid}/read", status_code=HTTP_204_NO_CONTENT, summary="Mark one as read")
    async def read(self, db: Db, principal: Caller, notice_id: FromPath[UUID]) -> None:
        async with db.transaction() as tx:
            await service.mark_read(tx, principal.staff_id, notice_id)


routers = [NoticeController]
