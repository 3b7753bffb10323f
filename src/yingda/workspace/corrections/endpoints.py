"""HTTP for corrections."""

from typing import Annotated
from uuid import UUID

from litestar import post
from litestar.params import FromPath, JSONBody, PathParameter
from litestar.status_codes import HTTP_204_NO_CONTENT

from yingda.conversations import get_changeable
from yingda.identity import Caller, Permission
from yingda.infra.given import Db
from yingda.workspace.corrections import service
from yingda.workspace.corrections.schemas import AnswerCorrection


@post(
    "/api/v1/conversations/{conversation_id:uuid}/messages/{seq:int}/correction",
    tags=["workspace"],
    status_code=HTTP_204_NO_CONTENT,
    summary="Say what the article that an answer cites should say",
)
async def correct_answer(
    db: Db,
    principal: Caller,
    conversation_id: FromPath[UUID],
    seq: Annotated[int, PathParameter(ge=1, le=2**31 - 1)],
    data: JSONBody[AnswerCorrection],
) -> None:
    """It becomes a proposal, together with what the customer had asked."""
    principal.require(Permission.KNOWLEDGE_READ)
    async with db.transaction() as tx:
        await get_changeable(tx.conn, conversation_id, principal)
        await service.correct_answer(tx, conversation_id, seq, data.text)


routers = [correct_answer]
