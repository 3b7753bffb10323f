"""HTTP for early warning."""

from typing import Annotated

from litestar import Controller, get
from litestar.params import FromQuery, QueryParameter

from yingda.conversations import visibility_of, visible_among
from yingda.identity import Caller, Permission
from yingda.infra.given import Db
from yingda.routing.levels import ItemKind
from yingda.routing.warning import repository, service
from yingda.routing.warning.schemas import Quality, RiskList
from yingda.tickets import readable_among


class WarningController(Controller):
    path = "/api/v1/warnings"
    tags = ("warnings",)

    @get("/", summary="Conversations and tickets that are likely to go wrong, the most likely first")
    async def list_(self, db: Db, principal: Caller) -> RiskList:
        """Those that one may see."""
        async with db.reading() as conn:
            found = (await repository.flagged(conn)).values()
            talks = {risk.id for risk in found if risk.kind is ItemKind.CONVERSATION}
            seen = set(await visible_among(conn, talks, visibility_of(principal)))
            seen |= set(await readable_among(conn, {risk.id for risk in found} - talks, principal))
        return RiskList(sorted((risk for risk in found if risk.id in seen), key=lambda risk: -risk.probability))

    @get("/quality", summary="How good the warnings were")
    async def quality(
        self,
        db: Db,
        principal: Caller,
        days: Annotated[int, QueryParameter(ge=1, le=90)] = 30,
        kind: FromQuery[ItemKind] = ItemKind.CONVERSATION,
    ) -> Quality:
        principal.require(Permission.REPORTS_READ)
        async with db.reading() as conn:
            return await service.quality(conn, kind, days)


routers = [WarningController]
