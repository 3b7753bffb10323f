"""For whoever looks after the process: alive, ready, metrics."""

import asyncio
from enum import StrEnum

import msgspec
from litestar import Response, get

from yingda.infra.database import DATABASE_DOWN
from yingda.infra.given import Db, GivenMetrics
from yingda.kit.errors import Unavailable
from yingda.knowledge import GivenLibrary

READY_SECONDS = 2


class Health(msgspec.Struct, frozen=True):
    status: str


class DegradedPart(StrEnum):
    """What goes on in a lesser way while something that it needs fails."""

    ARTICLE_SEARCH = "article_search"
    """Finds by words alone, since the encoder fails."""


class Readiness(msgspec.Struct, frozen=True):
    """`degraded`: parts of this process that customers can still do with."""

    status: str
    degraded: list[DegradedPart]


@get("/health/live", tags=["operation"], summary="The process runs")
async def live() -> Health:
    return Health("live")


@get("/health/ready", tags=["operation"], summary="The process can serve: its database answers")
async def ready(db: Db, library: GivenLibrary) -> Readiness:
    try:
        async with asyncio.timeout(READY_SECONDS), db.reading() as conn:
            await conn.fetchval("SELECT 1")
    except (*DATABASE_DOWN, TimeoutError):
        raise Unavailable(retry_after=1) from None
    return Readiness("ready", [DegradedPart.ARTICLE_SEARCH] if library.by_words_alone else [])


@get("/metrics", tags=["operation"], summary="Figures for Prometheus", include_in_schema=False)
async def metrics_page(metrics: GivenMetrics, db: Db) -> Response[bytes]:
    pool = db.pool
    metrics.db_connections_used.labels("asyncpg").set(pool.get_size() - pool.get_idle_size())
    return Response(metrics.render(), headers={"Content-Type": metrics.content_type})


routers = [live, ready, metrics_page]
