"""HTTP for staff who work on a conversation: take, snooze, resolve, reopen."""

from datetime import datetime
from uuid import UUID

import msgspec
from litestar import Controller, post
from litestar.params import FromPath, FromQuery, JSONBody
from litestar.status_codes import HTTP_200_OK

from yingda.conversations import service
from yingda.conversations.access import author_of, get_changeable
from yingda.conversations.schemas import Conversation
from yingda.identity import Caller
from yingda.infra.given import Db
from yingda.kit.clock import now
from yingda.kit.errors import Invalid


class Snooze(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    until: datetime


class SnoozeInPast(Invalid):
    code = "snooze_in_past"
    zh = "稍后处理的时间必须在将来。"
    en = "The snooze must end in the future."


class WorkController(Controller):
    path = "/api/v1/conversations"
    tags = ("conversations",)

    @post("/{conversation_id:uuid}/take", status_code=HTTP_200_OK, summary="Take the conversation")
    async def take(
        self, db: Db, principal: Caller, conversation_id: FromPath[UUID], unassigned: FromQuery[bool] = False
    ) -> Conversation:
        """`unassigned`: only if no colleague has it."""
        async with db.transaction() as tx:
            await get_changeable(tx.conn, conversation_id, principal)
            return await service.take(tx, conversation_id, author_of(principal), unassigned=unassigned)

    @post("/{conversation_id:uuid}/resolve", status_code=HTTP_200_OK, summary="Resolve")
    async def resolve(self, db: Db, principal: Caller, conversation_id: FromPath[UUID]) -> Conversation:
        async with db.transaction() as tx:
            await get_changeable(tx.conn, conversation_id, principal)
            await service.resolve(tx, conversation_id)
            return await service.get(tx.conn, conversation_id)

    @post("/{conversation_id:uuid}/reopen", status_code=HTTP_200_OK, summary="Take up a resolved conversation again")
    async def reopen(self, db: Db, principal: Caller, conversation_id: FromPath[UUID]) -> Conversation:
        async with db.transaction() as tx:
            await get_changeable(tx.conn, conversation_id, principal)
            await service.reopen(tx, conversation_id)
            return await service.get(tx.conn, conversation_id)

    @post("/{conversation_id:uuid}/snooze", status_code=HTTP_200_OK, summary="Put aside until a moment")
    async def snooze(
        self, db: Db, principal: Caller, conversation_id: FromPath[UUID], data: JSONBody[Snooze]
    ) -> Conversation:
        if data.until.tzinfo is None or data.until <= now():
            raise SnoozeInPast
        async with db.transaction() as tx:
            await get_changeable(tx.conn, conversation_id, principal)
            await service.snooze(tx, conversation_id, data.until)
            return await service.get(tx.conn, conversation_id)
