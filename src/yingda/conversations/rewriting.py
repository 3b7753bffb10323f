"""HTTP for staff about single messages: edit, take back, what it said before, translate."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, get, patch, post
from litestar.params import FromPath, JSONBody, PathParameter
from litestar.status_codes import HTTP_200_OK

from yingda.conversations import edits, rules, service
from yingda.conversations.access import get_changeable, visibility_of
from yingda.conversations.schemas import FormerContent, Message
from yingda.conversations.translation import GivenTranslator, Translation, TranslationUnavailable
from yingda.identity import Caller
from yingda.infra.given import Db
from yingda.kit.errors import Locale

Number = Annotated[int, PathParameter(ge=1, le=2**31 - 1)]
MESSAGE = "/{conversation_id:uuid}/messages/{seq:int}"


class Edit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]


class Translate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    to: Locale = "zh"


class Abilities(msgspec.Struct, frozen=True):
    """What this deployment can do beyond what every one can."""

    translation: bool


class RewritingController(Controller):
    path = "/api/v1/conversations"
    tags = ("conversations",)

    @get("/abilities", summary="What this deployment can do with messages", sync_to_thread=False)
    def abilities(self, principal: Caller, translator: GivenTranslator) -> Abilities:
        visibility_of(principal)
        return Abilities(translation=translator is not None)

    @patch(MESSAGE, summary="Change what one has written")
    async def edit(
        self, db: Db, principal: Caller, conversation_id: FromPath[UUID], seq: Number, data: JSONBody[Edit]
    ) -> Message:
        """Replies for five minutes, notes always; nobody's but one's own."""
        async with db.transaction() as tx:
            await get_changeable(tx.conn, conversation_id, principal)
            return await edits.edit(tx, conversation_id, seq, principal.staff_id, data.text)

    @post(f"{MESSAGE}/recall", status_code=HTTP_200_OK, summary="Take back what one has written")
    async def recall(self, db: Db, principal: Caller, conversation_id: FromPath[UUID], seq: Number) -> Message:
        """Replies for two minutes, notes always; nobody's but one's own."""
        async with db.transaction() as tx:
            await get_changeable(tx.conn, conversation_id, principal)
            return await edits.recall(tx, conversation_id, seq, principal.staff_id)

    @get(f"{MESSAGE}/history", summary="What a message said before, oldest first")
    async def history(
        self, db: Db, principal: Caller, conversation_id: FromPath[UUID], seq: Number
    ) -> list[FormerContent]:
        """For its author, and for those who review quality."""
        async with db.reading() as conn:
            await service.get_visible(conn, conversation_id, visibility_of(principal))
            return await edits.history(conn, conversation_id, seq, principal)

    @post(f"{MESSAGE}/translate", status_code=HTTP_200_OK, summary="A message in another language")
    async def translate(
        self,
        db: Db,
        principal: Caller,
        translator: GivenTranslator,
        conversation_id: FromPath[UUID],
        seq: Number,
        data: JSONBody[Translate],
    ) -> Translation:
        """501 `translation_unavailable` where no translator is configured."""
        async with db.reading() as conn:
            await service.get_visible(conn, conversation_id, visibility_of(principal))
            message = await edits.find(conn, conversation_id, seq)
        if translator is None:
            raise TranslationUnavailable
        return Translation(await translator.translate(rules.text_of(message.content), data.to))
