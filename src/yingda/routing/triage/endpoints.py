"""HTTP for the rules of triage. Rules concern everybody: who may change routing may see all of this."""

import asyncio
from collections.abc import Sequence
from typing import Annotated, TypeAlias
from uuid import UUID

from litestar import Controller, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, PathParameter
from litestar.status_codes import HTTP_200_OK, HTTP_201_CREATED, HTTP_204_NO_CONTENT

from yingda.commerce import Store
from yingda.identity import Caller, Permission
from yingda.infra.given import Db
from yingda.infra.jobs import Jobs
from yingda.kit.clock import now
from yingda.language import Context, ServedEngine
from yingda.routing.levels import working_hours
from yingda.routing.triage import news, repository, service
from yingda.routing.triage.live import LiveTriage
from yingda.routing.triage.schemas import (
    CheckedDraft,
    DeclineNews,
    DryRun,
    PublishDraft,
    Restore,
    RuleVersion,
    RuleVersionHead,
    SaveDraft,
    ShownRun,
    StartRun,
    TakeNews,
    TriageNews,
    Tried,
    Try,
)

GivenStores: TypeAlias = NamedDependency[dict[str, Store]]
GivenJobs: TypeAlias = NamedDependency[Jobs]
GivenEngine: TypeAlias = NamedDependency[ServedEngine]
GivenTriage: TypeAlias = NamedDependency[LiveTriage]

Number: TypeAlias = Annotated[int, PathParameter(ge=1, le=2**31 - 1)]

_SHOWN_VERSIONS = 100


class TriageController(Controller):
    path = "/api/v1/triage"
    tags = ("routing",)

    @get("/draft", summary="The draft and what is wrong with it; without one, the table that serves")
    async def draft(self, db: Db, principal: Caller, stores: GivenStores) -> CheckedDraft:
        principal.require(Permission.ROUTING_MANAGE)
        async with db.reading() as conn:
            return await service.checked(conn, await service.draft(conn), stores)

    @put("/draft", summary="Keep a draft, faulty or not")
    async def save_draft(
        self, db: Db, principal: Caller, stores: GivenStores, data: JSONBody[SaveDraft]
    ) -> CheckedDraft:
        principal.require(Permission.ROUTING_MANAGE)
        async with db.transaction() as tx:
            return await service.checked(tx.conn, await service.save_draft(tx, principal, data), stores)

    @delete("/draft", status_code=HTTP_204_NO_CONTENT, summary="Give the draft up")
    async def drop_draft(self, db: Db, principal: Caller) -> None:
        principal.require(Permission.ROUTING_MANAGE)
        async with db.transaction() as tx:
            await service.drop_draft(tx)

    @post("/draft/publish", status_code=HTTP_201_CREATED, summary="Let the draft serve")
    async def publish(
        self, db: Db, principal: Caller, stores: GivenStores, triage: GivenTriage, data: JSONBody[PublishDraft]
    ) -> RuleVersionHead:
        principal.require(Permission.ROUTING_MANAGE)
        async with db.transaction() as tx:
            head = await news.publish(tx, principal, data, stores)
        await triage.refresh()
        return head

    @get("/news", summary="What this release brings that the draft (without one, the table that serves) has not")
    async def news(self, db: Db, principal: Caller) -> TriageNews:
        principal.require(Permission.ROUTING_MANAGE)
        async with db.reading() as conn:
            return await news.news(conn)

    @post("/news/take", status_code=HTTP_200_OK, summary="Take rules of this release over into the draft")
    async def take_news(self, db: Db, principal: Caller, stores: GivenStores, data: JSONBody[TakeNews]) -> CheckedDraft:
        principal.require(Permission.ROUTING_MANAGE)
        async with db.transaction() as tx:
            return await service.checked(tx.conn, await news.take(tx, principal, data), stores)

    @post("/news/decline", status_code=HTTP_200_OK, summary="Remember that rules of this release are not wanted")
    async def decline_news(self, db: Db, principal: Caller, data: JSONBody[DeclineNews]) -> TriageNews:
        principal.require(Permission.ROUTING_MANAGE)
        async with db.transaction() as tx:
            return await news.refuse(tx, principal, data)

    @get("/versions", summary="What was published, latest first; the first serves")
    async def versions(self, db: Db, principal: Caller) -> Sequence[RuleVersionHead]:
        principal.require(Permission.ROUTING_MANAGE)
        async with db.reading() as conn:
            return await repository.versions(conn, _SHOWN_VERSIONS)

    @get("/versions/{number:int}", summary="A version with its rules")
    async def version(self, db: Db, principal: Caller, number: Number) -> RuleVersion:
        principal.require(Permission.ROUTING_MANAGE)
        async with db.reading() as conn:
            return await service.version(conn, number)

    @post("/versions/{number:int}/restore", status_code=HTTP_201_CREATED, summary="Let an earlier version serve again")
    async def restore(
        self, db: Db, principal: Caller, triage: GivenTriage, number: Number, data: JSONBody[Restore]
    ) -> RuleVersionHead:
        principal.require(Permission.ROUTING_MANAGE)
        async with db.transaction() as tx:
            head = await service.restore(tx, principal, number, data)
        await triage.refresh()
        return head

    @post("/try", status_code=HTTP_200_OK, summary="What would be decided about a message, now and by the draft")
    async def try_(
        self, db: Db, principal: Caller, engine: GivenEngine, triage: GivenTriage, data: JSONBody[Try]
    ) -> Tried:
        principal.require(Permission.ROUTING_MANAGE)
        async with db.reading() as conn:
            draft, hours = await service.draft(conn), await working_hours(conn)
        read = await asyncio.to_thread(engine.understand, data.text, Context(now=now()))
        return service.tried(triage.triage, draft.table, data, read, hours)

    @post("/dry-runs", status_code=HTTP_201_CREATED, summary="Try the draft on past messages")
    async def start_run(self, db: Db, principal: Caller, jobs: GivenJobs, data: JSONBody[StartRun]) -> DryRun:
        principal.require(Permission.ROUTING_MANAGE)
        async with db.transaction() as tx:
            return await service.start_run(tx, jobs, principal, data)

    @get("/dry-runs/latest", summary="The latest dry run, with what the reader may see of it")
    async def latest_run(self, db: Db, principal: Caller) -> ShownRun | None:
        principal.require(Permission.ROUTING_MANAGE)
        async with db.reading() as conn:
            run = await repository.latest_run(conn)
            return await service.shown(conn, principal, run) if run else None

    @get("/dry-runs/{run_id:uuid}", summary="A dry run, with what the reader may see of it")
    async def run(self, db: Db, principal: Caller, run_id: FromPath[UUID]) -> ShownRun:
        principal.require(Permission.ROUTING_MANAGE)
        async with db.reading() as conn:
            return await service.shown(conn, principal, await service.run(conn, run_id))

    @post("/dry-runs/{run_id:uuid}/cancel", status_code=HTTP_200_OK, summary="Stop a dry run")
    async def cancel_run(self, db: Db, principal: Caller, run_id: FromPath[UUID]) -> DryRun:
        principal.require(Permission.ROUTING_MANAGE)
        async with db.transaction() as tx:
            return await service.cancel_run(tx, run_id)


routers = [TriageController]
