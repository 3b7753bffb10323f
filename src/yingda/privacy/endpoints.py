"""HTTP for those who look after privacy."""

from datetime import date
from typing import Annotated
from uuid import UUID

from litestar import get
from litestar.params import FromQuery, QueryParameter

from yingda.identity import Caller, Permission
from yingda.infra.given import Db
from yingda.kit.pagination import Page, decode_cursor, encode_cursor
from yingda.privacy import service
from yingda.privacy.schemas import AuditFilter, AuditLine

ShortText = Annotated[str | None, QueryParameter(max_length=200)]


@get("/api/v1/audit", tags=["privacy"], summary="Who saw or changed what, latest first")
async def list_audit(
    db: Db,
    principal: Caller,
    actor_id: FromQuery[UUID | None] = None,
    action: ShortText = None,
    object_kind: ShortText = None,
    object_id: ShortText = None,
    since: FromQuery[date | None] = None,
    until: FromQuery[date | None] = None,
    cursor: Annotated[str | None, QueryParameter(max_length=100)] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=200)] = 50,
) -> Page[AuditLine]:
    """`since` and `until` are days in Shanghai, both included."""
    principal.require(Permission.AUDIT_READ)
    wanted = AuditFilter(
        actor_id=actor_id,
        action=action,
        object_kind=object_kind,
        object_id=object_id,
        since=since,
        until=until,
    )
    before = decode_cursor(cursor, int) if cursor else None
    async with db.reading() as conn:
        entries = await service.latest(conn, wanted, before, limit + 1)
    more = len(entries) > limit
    return Page(entries[:limit], encode_cursor(entries[limit - 1].number) if more else None)


routers = [list_audit]
