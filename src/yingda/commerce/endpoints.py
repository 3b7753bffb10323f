"""HTTP: what shops tell us, and what was done in them."""

from datetime import datetime
from typing import Annotated, Any, TypeAlias
from uuid import UUID

from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, HeaderParameter, PathParameter, QueryParameter
from litestar.status_codes import HTTP_200_OK

from yingda.commerce.deeds.repository import latest
from yingda.commerce.deeds.schemas import DeedRecord, DeedState
from yingda.commerce.hooks.service import Delivered, Hooks, Taken, take
from yingda.identity import Caller, Permission
from yingda.infra.given import Db
from yingda.kit.pagination import Page, decode_cursor, encode_cursor

GivenHooks: TypeAlias = NamedDependency[Hooks]
ShopCode = Annotated[str, PathParameter(max_length=40)]
ShortText = Annotated[str | None, QueryParameter(max_length=64)]


@post("/api/v1/hooks/{shop:str}", tags=["commerce"], summary="A shop says what happened", status_code=HTTP_200_OK)
async def hook(
    db: Db,
    hooks: GivenHooks,
    request: Request[Any, Any, Any],
    shop: ShopCode,
    timestamp: Annotated[str, HeaderParameter(name="X-Yingda-Timestamp", max_length=20)] = "",
    signature: Annotated[str, HeaderParameter(name="X-Yingda-Signature", max_length=400)] = "",
    delivery: Annotated[str, HeaderParameter(name="X-Yingda-Delivery", max_length=200)] = "",
) -> Taken:
    """Signed with the shop's secret: `sha256=` + HMAC-SHA256 of "{timestamp}.{body}", in hex.

    The same delivery id again is not published twice.
    """
    body = await request.body()
    delivered = Delivered(timestamp=timestamp, signature=signature, delivery=delivery, body=body)
    async with db.transaction() as tx:
        return await take(tx, hooks, shop, delivered)


@get("/api/v1/deeds", tags=["commerce"], summary="What was changed in shops, or refused, latest first")
async def list_deeds(
    db: Db,
    principal: Caller,
    shop: ShortText = None,
    order_no: ShortText = None,
    become: FromQuery[DeedState | None] = None,
    cursor: Annotated[str | None, QueryParameter(max_length=200)] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=200)] = 50,
) -> Page[DeedRecord]:
    """The audit of all deeds, without what is personal in them. `become`: only those that have become so."""
    principal.require(Permission.AUDIT_READ)
    before = decode_cursor(cursor, tuple[datetime, UUID]) if cursor else None
    async with db.reading() as conn:
        found = await latest(conn, shop, order_no, become, before, limit + 1)
    last = found[limit - 1] if len(found) > limit else None
    return Page(found[:limit], encode_cursor((last.begun_at, last.id)) if last else None)


routers = [hook, list_deeds]
