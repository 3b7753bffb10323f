"""HTTP for early warning."""

from typing import Annotated

from litestar import Controller, get
from litestar.params import QueryParameter

from yingda.conversations import visibility_of, visible_among
from yingda.identity import Caller, Permission
from yingda.infra.given import Db
from yingda.routing.warning import repository, service
from yingda.routing.warning.schemas import Quality, RiskList


class WarningController(Controller):
    path = "/api/v1/warnings"
    tags = ("warnings",)

    @get("/", summary="Conversations that are likely to go wrong, the most likely first")
    async def list_(self, db: Db, principal: Caller) -> RiskList:
        """Those that one may see."""
        async with db.reading() as conn:
            found = await repository.flagged(conn)
            seen = await visible_among(conn, set(found), visibility_of(principal))
        shown = [warning for warning in found.values() if warning.conversation_id in seen]
        return RiskList(sorted(shown, key=lambda warning: -warning.probability))

    @get("/quality", summary="How good the warnings were")
    async def quality(
        self, db: Db, principal: Caller, days: Annotated[int, QueryParameter(ge=1, le=90)] = 30
    ) -> Quality:
        principal.require(Permission.REPORTS_READ)
        async with db.reading() as conn:
            return await service.quality(conn, days)


routers = [WarningController]
