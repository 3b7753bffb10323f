"""HTTP for whoever runs proactive service, and for customers who do or do not want it."""

from datetime import datetime
from typing import Annotated, TypeAlias
from uuid import UUID

from litestar import Controller, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromQuery, JSONBody, QueryParameter
from litestar.status_codes import HTTP_200_OK

from yingda.channels.web import VISITOR, Visitor
from yingda.commerce import Store
from yingda.identity import Caller, Permission
from yingda.infra.given import Db
from yingda.kit.pagination import Page, decode_cursor, encode_cursor
from yingda.outreach import service
from yingda.outreach.repository import findings
from yingda.outreach.schemas import (
    KeptOutreach,
    OutreachChange,
    OutreachOverview,
    OutreachPreview,
    OutreachSettings,
    ParcelFinding,
    ReminderPreference,
    Trouble,
)

GivenStores: TypeAlias = NamedDependency[dict[str, Store]]
GivenVisitor: TypeAlias = NamedDependency[Visitor]


class OutreachController(Controller):
    path = "/api/v1/outreach"
    tags = ("outreach",)

    @get("/settings", summary="What is watched for, and how customers are told")
    async def settings(self, db: Db, principal: Caller) -> KeptOutreach:
        async with db.reading() as conn:
            return await service.kept(conn, principal)

    @put("/settings", summary="Change it")
    async def change(self, db: Db, principal: Caller, data: JSONBody[OutreachChange]) -> KeptOutreach:
        """From now on, for parcels that are under way already too."""
        async with db.transaction() as tx:
            return await service.change(tx, principal, data)

    @post("/previews", status_code=HTTP_200_OK, sync_to_thread=False, summary="What customers would read")
    def previews(
        self, principal: Caller, stores: GivenStores, data: JSONBody[OutreachSettings]
    ) -> list[OutreachPreview]:
        """With settings as they are in the body, saved or not."""
        return service.previews(principal, data, next((store.name for store in stores.values()), ""))

    @get("/overview", summary="What was found and told, how right it was, and what is known of the shops")
    async def overview(self, db: Db, principal: Caller, stores: GivenStores) -> OutreachOverview:
        async with db.reading() as conn:
            return await service.overview(conn, principal, stores)

    @get("/findings", summary="The log: what was found, why, what was told; latest first")
    async def list_(
        self,
        db: Db,
        principal: Caller,
        rule: FromQuery[Trouble | None] = None,
        is_open: Annotated[bool | None, QueryParameter(name="open")] = None,
        told: FromQuery[bool | None] = None,
        number: Annotated[str | None, QueryParameter(max_length=64, description="Of an order or a parcel.")] = None,
        cursor: Annotated[str | None, QueryParameter(max_length=200)] = None,
        limit: Annotated[int, QueryParameter(ge=1, le=200)] = 50,
    ) -> Page[ParcelFinding]:
        principal.require(Permission.ROUTING_MANAGE)
        before = decode_cursor(cursor, tuple[datetime, UUID]) if cursor else None
        async with db.reading() as conn:
            found = await findings.listed(
                conn, rule=rule, is_open=is_open, told=told, number=number, before=before, limit=limit + 1
            )
        last = found[limit - 1] if len(found) > limit else None
        return Page(found[:limit], encode_cursor((last.found_at, last.id)) if last else None)


class PreferenceController(Controller):
    path = "/api/v1/chat/reminders"
    tags = ("chat",)
    security = VISITOR

    @get("/", summary="Whether one is told of trouble with a parcel unasked")
    async def preference(self, db: Db, visitor: GivenVisitor) -> ReminderPreference:
        async with db.reading() as conn:
            return await service.preference(conn, visitor.customer_id, visitor.shop)

    @put("/", summary="Want to be")
    async def want(self, db: Db, visitor: GivenVisitor) -> ReminderPreference:
        async with db.transaction() as tx:
            return await service.set_preference(tx, visitor.customer_id, visitor.shop, wanted=True)

    @delete("/", status_code=HTTP_200_OK, summary="Want to be told no more")
    async def drop(self, db: Db, visitor: GivenVisitor) -> ReminderPreference:
        async with db.transaction() as tx:
            return await service.set_preference(tx, visitor.customer_id, visitor.shop, wanted=False)


routers = [OutreachController, PreferenceController]
