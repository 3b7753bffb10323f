"""HTTP for escalations and the chain."""

from uuid import UUID

from litestar import Controller, get, post, put
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_200_OK, HTTP_201_CREATED

from yingda.conversations import get_visible, visibility_of, visible_among
from yingda.identity import Caller, Permission
from yingda.infra.given import Db
from yingda.routing.escalation import about_conversations, chain, repository, service
from yingda.routing.escalation.schemas import (
    EscalateRequest,
    Escalation,
    EscalationList,
    PublishChain,
    PublishedChain,
)
from yingda.routing.levels import Item, ItemKind
from yingda.tickets import TicketNotFound, readable_among

#: Nobody reads a longer list.
MOST_LISTED = 200


class EscalationController(Controller):
    path = "/api/v1/escalations"
    tags = ("escalation",)

    @get("/", summary="What has gone up and is not done, unconfirmed first")
    async def list_(self, db: Db, principal: Caller) -> EscalationList:
        """Those of conversations and tickets that one may see."""
        async with db.reading() as conn:
            found = await repository.unclosed(conn, MOST_LISTED)
            talks = {one.conversation_id for one in found if one.conversation_id}
            seen = set(await visible_among(conn, talks, visibility_of(principal)))
            tickets = {one.about_ticket_id for one in found if one.about_ticket_id}
            seen |= set(await readable_among(conn, tickets, principal))
        return EscalationList([one for one in found if (one.conversation_id or one.about_ticket_id) in seen])

    @post("/{escalation_id:uuid}/confirm", status_code=HTTP_200_OK, summary="Confirm that one has it in hand")
    async def confirm(self, db: Db, principal: Caller, escalation_id: FromPath[UUID]) -> Escalation:
        async with db.transaction() as tx:
            return await service.confirm(tx, principal, escalation_id)

    @get("/chain", summary="The chain in force")
    async def chain(self, db: Db, principal: Caller) -> PublishedChain:
        principal.require(Permission.CONVERSATIONS_REPLY)
        async with db.reading() as conn:
            return await chain.in_force(conn)

    @put("/chain", summary="Put another chain in force")
    async def publish(self, db: Db, principal: Caller, data: JSONBody[PublishChain]) -> PublishedChain:
        principal.require(Permission.ROUTING_MANAGE)
        async with db.transaction() as tx:
            return await chain.publish(tx, principal, data)


class ConversationEscalationController(Controller):
    path = "/api/v1/conversations/{conversation_id:uuid}/escalations"
    tags = ("escalation",)

    @get("/", summary="How a conversation went up, the latest step first")
    async def list_(self, db: Db, principal: Caller, conversation_id: FromPath[UUID]) -> EscalationList:
        async with db.reading() as conn:
            await get_visible(conn, conversation_id, visibility_of(principal))
            return EscalationList(await repository.history(conn, Item(ItemKind.CONVERSATION, conversation_id)))

    @post("/", status_code=HTTP_201_CREATED, summary="Ask the next step of the chain for help")
    async def request(
        self, db: Db, principal: Caller, conversation_id: FromPath[UUID], data: JSONBody[EscalateRequest]
    ) -> Escalation:
        async with db.transaction() as tx:
            return await about_conversations.request(tx, principal, conversation_id, data.reason)


class TicketEscalationController(Controller):
    path = "/api/v1/tickets/{ticket_id:uuid}/escalations"
    tags = ("escalation",)

    @get("/", summary="How a ticket went up, the latest step first")
    async def list_(self, db: Db, principal: Caller, ticket_id: FromPath[UUID]) -> EscalationList:
        async with db.reading() as conn:
            if not await readable_among(conn, {ticket_id}, principal):
                raise TicketNotFound
            return EscalationList(await repository.history(conn, Item(ItemKind.TICKET, ticket_id)))


routers = [EscalationController, ConversationEscalationController, TicketEscalationController]
