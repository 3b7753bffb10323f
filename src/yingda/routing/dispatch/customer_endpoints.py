"""HTTP for customers who wait: see docs/web-channel.md."""

from typing import TypeAlias

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from litestar.status_codes import HTTP_200_OK

from yingda.channels.web import VISITOR, Visitor, WebLimits
from yingda.infra.given import Db
from yingda.routing.dispatch import waiting_room
from yingda.routing.dispatch.schemas import AskCallback, Waiting

GivenVisitor: TypeAlias = NamedDependency[Visitor]
GivenLimits: TypeAlias = NamedDependency[WebLimits]


class QueueController(Controller):
    path = "/api/v1/chat"
    tags = ("chat",)
    security = VISITOR

    @get("/queue", summary="Where one stands while waiting for a person")
    async def queue(self, db: Db, visitor: GivenVisitor) -> Waiting:
        async with db.reading() as conn:
            return await waiting_room.waiting_of(conn, visitor)

    @post("/callback", status_code=HTTP_200_OK, summary="Ask to be called instead of waiting")
    async def callback(
        self, db: Db, visitor: GivenVisitor, web_limits: GivenLimits, data: JSONBody[AskCallback]
    ) -> Waiting:
        web_limits.visitor.take(visitor.customer_id)
        async with db.transaction() as tx:
            return await waiting_room.ask_callback(tx, visitor, data)
