"""Which customers a member of staff may look at, and of which they may have personal data shown."""

from typing import TypeAlias
from uuid import UUID

from litestar.di import NamedDependency

from yingda.conversations import service
from yingda.conversations.access import visibility_of
from yingda.conversations.repository import contacts
from yingda.conversations.schemas import Conversation, State
from yingda.customers import CustomerNotFound
from yingda.identity import Permission, Principal
from yingda.infra.database import Connection
from yingda.infra.limits import RateLimit
from yingda.kit.errors import Forbidden

#: How often one person may have personal data shown.
GivenReveals: TypeAlias = NamedDependency[RateLimit]


class RevealRefused(Forbidden):
    code = "reveal_refused"
    zh = "只有正在接待这位客户时才能查看。"
    en = "You can see this only while you have the customer in hand."


async def visible_conversation(conn: Connection, principal: Principal, conversation_id: UUID) -> Conversation:
    """The head, for who may know customers at all. Raises `ConversationNotFound`."""
    principal.require(Permission.CUSTOMERS_READ)
    return await service.get_visible(conn, conversation_id, visibility_of(principal))


async def require_visible(conn: Connection, principal: Principal, customer_id: UUID) -> None:
    """Raises `CustomerNotFound` for a customer none of whose conversations this person may see."""
    principal.require(Permission.CUSTOMERS_READ)
    if not await contacts.is_visible(conn, customer_id, visibility_of(principal)):
        raise CustomerNotFound


async def require_reveal(conn: Connection, principal: Principal, customer_id: UUID) -> None:
    """Raises `RevealRefused` unless they look after personal data, or have the customer in hand just now."""
    await require_visible(conn, principal, customer_id)
    if not (
        principal.may(Permission.CUSTOMERS_READ_PERSONAL)
        or await contacts.is_in_hand(conn, customer_id, principal.staff_id)
    ):
        raise RevealRefused


def may_reveal(principal: Principal, head: Conversation) -> bool:
    """The same, for the receiver of an order of a conversation's customer."""
    in_hand = head.assignee_id == principal.staff_id and head.state in (State.OPEN, State.SNOOZED)
    return in_hand or principal.may(Permission.CUSTOMERS_READ_PERSONAL)
