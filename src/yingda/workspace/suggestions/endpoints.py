"""HTTP for suggestions."""

from typing import Annotated, TypeAlias
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.status_codes import HTTP_204_NO_CONTENT

from yingda.conversations import get_changeable
from yingda.identity import Caller, Permission
from yingda.infra.given import Db
from yingda.knowledge import Drafter, Experts, GivenLibrary
from yingda.workspace.suggestions import service
from yingda.workspace.suggestions.schemas import SuggestionList, SuggestionOutcome

GivenExperts: TypeAlias = NamedDependency[Experts]
GivenDrafter: TypeAlias = NamedDependency[Drafter | None]


class SuggestionController(Controller):
    path = "/api/v1/conversations/{conversation_id:uuid}/suggestions"
    tags = ("workspace",)

    @get("/", summary="What one may answer to a message of the customer")
    async def list_(
        self,
        db: Db,
        principal: Caller,
        library: GivenLibrary,
        experts: GivenExperts,
        drafter: GivenDrafter,
        conversation_id: FromPath[UUID],
        seq: Annotated[int, QueryParameter(ge=1, le=2**31 - 1)],
    ) -> SuggestionList:
        """For those who may answer there. `seq`: the message; what the customer wrote just before counts too."""
        async with db.reading() as conn:
            head = await get_changeable(conn, conversation_id, principal)
        return await service.suggest(db, service.Sources(library, experts, drafter), head, seq, principal.staff_id)

    @post("/outcomes", status_code=HTTP_204_NO_CONTENT, summary="Say what became of a suggestion")
    async def keep(
        self, db: Db, principal: Caller, conversation_id: FromPath[UUID], data: JSONBody[SuggestionOutcome]
    ) -> None:
        if data.correction:
            principal.require(Permission.KNOWLEDGE_READ)
        async with db.transaction() as tx:
            head = await get_changeable(tx.conn, conversation_id, principal)
            await service.keep(tx, head, principal.staff_id, data)


routers = [SuggestionController]
