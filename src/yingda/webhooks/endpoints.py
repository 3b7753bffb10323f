"""HTTP for whoever connects other systems."""

from datetime import datetime
from typing import Annotated, TypeAlias
from uuid import UUID

from litestar import Controller, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.status_codes import HTTP_200_OK, HTTP_201_CREATED, HTTP_202_ACCEPTED

from yingda.identity import Caller, Permission
from yingda.infra.given import Db
from yingda.kit.clock import now
from yingda.kit.pagination import Page, decode_cursor, encode_cursor
from yingda.webhooks import repository, service
from yingda.webhooks.schemas import (
    Delivery,
    DeliveryState,
    EventType,
    Rotate,
    Webhook,
    WebhookSecret,
    WriteWebhook,
)
from yingda.webhooks.service import Webhooks

GivenWebhooks: TypeAlias = NamedDependency[Webhooks]
WebhookId: TypeAlias = FromPath[UUID]


class WebhookController(Controller):
    path = "/api/v1/webhooks"
    tags = ("webhooks",)

    @get("/", summary="All webhooks, by name")
    async def list_all(self, db: Db, principal: Caller) -> list[Webhook]:
        principal.require(Permission.SETTINGS_MANAGE)
        async with db.reading() as conn:
            return await repository.webhooks(conn, now())

    @get("/event-types", summary="What can be subscribed to")
    async def event_types(self, principal: Caller) -> list[EventType]:
        principal.require(Permission.SETTINGS_MANAGE)
        return [one for one in EventType if one is not EventType.PING]

    @post("/", status_code=HTTP_201_CREATED, summary="Add a webhook; its secret is told this once")
    async def add(
        self, db: Db, principal: Caller, webhooks: GivenWebhooks, data: JSONBody[WriteWebhook]
    ) -> WebhookSecret:
        principal.require(Permission.SETTINGS_MANAGE)
        async with db.transaction() as tx:
            return await webhooks.add(tx, principal, data)

    @put("/{webhook_id:uuid}", summary="Change a webhook")
    async def change(
        self, db: Db, principal: Caller, webhooks: GivenWebhooks, webhook_id: WebhookId, data: JSONBody[WriteWebhook]
    ) -> Webhook:
        principal.require(Permission.SETTINGS_MANAGE)
        async with db.transaction() as tx:
            return await webhooks.change(tx, principal, webhook_id, data)

    @delete("/{webhook_id:uuid}", summary="Remove a webhook and its log")
    async def remove(self, db: Db, principal: Caller, webhooks: GivenWebhooks, webhook_id: WebhookId) -> None:
        principal.require(Permission.SETTINGS_MANAGE)
        async with db.transaction() as tx:
            await webhooks.remove(tx, principal, webhook_id)

    @post("/{webhook_id:uuid}/rotate", status_code=HTTP_200_OK, summary="Exchange the secret")
    async def rotate(
        self, db: Db, principal: Caller, webhooks: GivenWebhooks, webhook_id: WebhookId, data: JSONBody[Rotate]
    ) -> WebhookSecret:
        """While both are valid, `X-Yingda-Signature` has two signatures, separated by a comma."""
        principal.require(Permission.SETTINGS_MANAGE)
        async with db.transaction() as tx:
            return await webhooks.rotate(tx, principal, webhook_id, data.overlap_hours)

    @post("/{webhook_id:uuid}/ping", status_code=HTTP_202_ACCEPTED, summary="Send something to try it")
    async def ping(self, db: Db, principal: Caller, webhooks: GivenWebhooks, webhook_id: WebhookId) -> Delivery:
        principal.require(Permission.SETTINGS_MANAGE)
        async with db.transaction() as tx:
            return await webhooks.ping(tx, webhook_id)

    @get("/{webhook_id:uuid}/deliveries", summary="The log, latest first")
    async def deliveries(
        self,
        db: Db,
        principal: Caller,
        webhook_id: WebhookId,
        become: FromQuery[DeliveryState | None] = None,
        cursor: Annotated[str | None, QueryParameter(max_length=200)] = None,
        limit: Annotated[int, QueryParameter(ge=1, le=200)] = 50,
    ) -> Page[Delivery]:
        principal.require(Permission.SETTINGS_MANAGE)
        before = decode_cursor(cursor, tuple[datetime, UUID]) if cursor else None
        async with db.reading() as conn:
            await service.get(conn, webhook_id)
            found = await repository.deliveries(conn, webhook_id, become, before, limit + 1)
        last = found[limit - 1] if len(found) > limit else None
        return Page(found[:limit], encode_cursor((last.created_at, last.id)) if last else None)

    @post(
        "/deliveries/{delivery_id:uuid}/redeliver", status_code=HTTP_202_ACCEPTED, summary="Deliver the same once more"
    )
    async def redeliver(
        self, db: Db, principal: Caller, webhooks: GivenWebhooks, delivery_id: FromPath[UUID]
    ) -> Delivery:
        principal.require(Permission.SETTINGS_MANAGE)
        async with db.transaction() as tx:
            return await webhooks.redeliver(tx, delivery_id)


routers = [WebhookController]
