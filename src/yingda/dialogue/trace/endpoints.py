"""HTTP: what the assistant did in a conversation."""

from typing import Final
from uuid import UUID

from litestar import get
from litestar.params import FromPath

from yingda.commerce import deeds_in
from yingda.conversations import get_visible, visibility_of
from yingda.dialogue.trace import repository
from yingda.dialogue.trace.rules import told
from yingda.dialogue.trace.schemas import TracedProcess
from yingda.identity import Caller
from yingda.infra.given import Db

#: More steps than anybody reads.
MOST_STEPS: Final = 500


@get(
    "/api/v1/conversations/{conversation_id:uuid}/trace",
    tags=["conversations"],
    summary="What the assistant did, process by process",
)
async def trace(db: Db, principal: Caller, conversation_id: FromPath[UUID]) -> list[TracedProcess]:
    """For whoever may see the conversation. Without what changes say, which may be personal."""
    async with db.reading() as conn:
        await get_visible(conn, conversation_id, visibility_of(principal))
        taken = await repository.taken(conn, conversation_id, MOST_STEPS)
        named = await repository.names(conn, {(one.process, one.version) for one in taken})
        return told(taken, await deeds_in(conn, conversation_id) if taken else [], named)


routers = [trace]
