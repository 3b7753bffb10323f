"""HTTP for staff who sort conversations: labels, following, spam, merging."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, delete, get, patch, post, put
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_200_OK, HTTP_204_NO_CONTENT

from yingda.conversations import joining, labels, service, spam
from yingda.conversations.access import author_of, get_changeable, visibility_of
from yingda.conversations.items import ConversationItem, items_of
from yingda.conversations.repository import labels as label_rows
from yingda.conversations.repository import marks
from yingda.conversations.schemas import Conversation, Label, LabelColor
from yingda.identity import Caller, Permission
from yingda.infra.given import Db
from yingda.kit.clock import now

LabelName = Annotated[str, msgspec.Meta(min_length=1, max_length=20)]


class NewLabel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: LabelName
    color: LabelColor = LabelColor.GRAY


class LabelChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is not named stays."""

    name: LabelName | None = None
    color: LabelColor | None = None
    archived: bool | None = None


class Merge(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    other_id: UUID


class LabelController(Controller):
    path = "/api/v1/labels"
    tags = ("labels",)

    @get("/", summary="All labels, those in use first")
    async def list_labels(self, db: Db, principal: Caller) -> list[Label]:
        visibility_of(principal)
        async with db.reading() as conn:
            return await label_rows.all_labels(conn)

    @post("/", summary="A new label")
    async def create_label(self, db: Db, principal: Caller, data: JSONBody[NewLabel]) -> Label:
        principal.require(Permission.ROUTING_MANAGE)
        async with db.transaction() as tx:
            return await labels.create_label(tx, data.name, data.color, principal.staff_id)

    @patch("/{label_id:uuid}", summary="Rename, recolour or archive a label")
    async def change_label(
        self, db: Db, principal: Caller, label_id: FromPath[UUID], data: JSONBody[LabelChange]
    ) -> Label:
        principal.require(Permission.ROUTING_MANAGE)
        async with db.transaction() as tx:
            return await labels.change_label(tx, label_id, name=data.name, color=data.color, archived=data.archived)


class MarkingController(Controller):
    path = "/api/v1/conversations"
    tags = ("conversations",)

    @put("/{conversation_id:uuid}/labels/{label_id:uuid}", status_code=HTTP_204_NO_CONTENT, summary="Put a label on")
    async def add_label(
        self, db: Db, principal: Caller, conversation_id: FromPath[UUID], label_id: FromPath[UUID]
    ) -> None:
        async with db.transaction() as tx:
            await get_changeable(tx.conn, conversation_id, principal)
            await labels.add_label(tx, conversation_id, author_of(principal), label_id)

    @delete("/{conversation_id:uuid}/labels/{label_id:uuid}", summary="Take a label off")
    async def remove_label(
        self, db: Db, principal: Caller, conversation_id: FromPath[UUID], label_id: FromPath[UUID]
    ) -> None:
        async with db.transaction() as tx:
            await get_changeable(tx.conn, conversation_id, principal)
            await labels.remove_label(tx, conversation_id, label_id)

    @put("/{conversation_id:uuid}/follow", status_code=HTTP_204_NO_CONTENT, summary="Follow what becomes of it")
    async def follow(self, db: Db, principal: Caller, conversation_id: FromPath[UUID]) -> None:
        async with db.transaction() as tx:
            await service.get_visible(tx.conn, conversation_id, visibility_of(principal))
            await marks.follow(tx.conn, conversation_id, principal.staff_id, now())

    @delete("/{conversation_id:uuid}/follow", summary="Follow it no more")
    async def unfollow(self, db: Db, principal: Caller, conversation_id: FromPath[UUID]) -> None:
        async with db.transaction() as tx:
            await service.get_visible(tx.conn, conversation_id, visibility_of(principal))
            await marks.unfollow(tx.conn, conversation_id, principal.staff_id)

    @put("/{conversation_id:uuid}/spam", summary="Mark as spam: out of sight, never answered")
    async def mark_spam(self, db: Db, principal: Caller, conversation_id: FromPath[UUID]) -> Conversation:
        async with db.transaction() as tx:
            await get_changeable(tx.conn, conversation_id, principal)
            return await spam.mark_spam(tx, conversation_id, author_of(principal))

    @delete("/{conversation_id:uuid}/spam", status_code=HTTP_200_OK, summary="It is no spam: open it again")
    async def clear_spam(self, db: Db, principal: Caller, conversation_id: FromPath[UUID]) -> Conversation:
        async with db.transaction() as tx:
            await get_changeable(tx.conn, conversation_id, principal)
            return await spam.clear_spam(tx, conversation_id, author_of(principal))

    @post(
        "/{conversation_id:uuid}/merge",
        status_code=HTTP_200_OK,
        summary="Merge with another conversation of the customer's",
    )
    async def merge(
        self, db: Db, principal: Caller, conversation_id: FromPath[UUID], data: JSONBody[Merge]
    ) -> ConversationItem:
        """The earlier one goes on, with the later one's messages behind its own; the answer is the one that is left."""
        async with db.transaction() as tx:
            one = await get_changeable(tx.conn, conversation_id, principal)
            other = await get_changeable(tx.conn, data.other_id, principal)
            whole = await joining.merge(tx, one, other, author_of(principal))
            return (await items_of(tx.conn, [whole], principal.staff_id))[0]
