"""What sends conversations up the chain, and who says that they have one in hand."""

from datetime import timedelta
from uuid import UUID

import msgspec

from yingda.conversations import (
    Conversation,
    State,
    assign,
    author_of,
    count_contacts,
    get,
    get_changeable,
    latest_tones,
    locked,
    record,
)
from yingda.identity import Permission, Principal
from yingda.infra.database import Connection, Tx
from yingda.kit.clock import now
from yingda.kit.errors import Forbidden
from yingda.privacy import AuditObject, audit
from yingda.routing.escalation import crisis, rules, wording
from yingda.routing.escalation.asking import RisingConversation
from yingda.routing.escalation.chain import in_force
from yingda.routing.escalation.climbing import account_for, climb, receipt
from yingda.routing.escalation.schemas import (
    END,
    Details,
    Escalation,
    Trigger,
    TriggerKind,
    Why,
)
from yingda.routing.levels import Item, ItemKind


class Cause(msgspec.Struct, frozen=True):
    """Something that may send a conversation up, and what there is to say of it."""

    on: TriggerKind
    details: Details = {}


async def set_off(tx: Tx, conversation_id: UUID, *causes: Cause) -> Escalation | None:
    """Send a conversation up for the first cause for which its chain has a trigger; the step taken, if one was."""
    head = await get(tx.conn, conversation_id)
    if head.state in (State.PENDING, State.RESOLVED):
        return None
    chain = (await in_force(tx.conn)).chain
    if head.level >= chain.crisis_level:
        await crisis.declare(tx, head, chain.crisis_kind)
    for cause in causes:
        trigger = rules.trigger_of(chain, cause.on, head.level)
        details = await _looked_at(tx.conn, trigger, head, cause) if trigger else None
        if details is not None:
            return await climb(tx, RisingConversation(chain, head), Why(cause.on, details=details))
    return None


async def _looked_at(conn: Connection, trigger: Trigger, head: Conversation, cause: Cause) -> Details | None:
    """What there is to say of it; None if, looked at closely, the trigger is not set off."""
    match trigger.on:
        case TriggerKind.REPEAT:
            contacts = await count_contacts(conn, head.customer_id, now() - timedelta(days=trigger.days))
            return {"days": trigger.days, "contacts": contacts} if contacts >= trigger.count else None
        case TriggerKind.EMOTION:
            soured = rules.has_soured(trigger, await latest_tones(conn, head.id, trigger.count))
            return {"count": trigger.count} if soured else None
        case _:
            return cause.details


async def request(tx: Tx, principal: Principal, conversation_id: UUID, reason: str) -> Escalation:
    """An agent asks for help from above. Raises as `get_changeable`, and `TopReached` if nobody is left to ask."""
    head = await get_changeable(tx.conn, conversation_id, principal)
    chain = (await in_force(tx.conn)).chain
    why = Why(TriggerKind.REQUESTED, said=reason.strip(), by=author_of(principal))
    escalation = await climb(tx, RisingConversation(chain, head), why)
    if escalation is None:
        raise rules.TopReached
    await audit(
        tx,
        principal,
        "escalation.request",
        AuditObject("conversation", str(conversation_id)),
        reason=escalation.reason,
        after={"step": escalation.step, "owner": escalation.owner_name},
    )
    return escalation


async def confirm(tx: Tx, principal: Principal, escalation: Escalation, conversation_id: UUID) -> Escalation:
    """Of a team's step, the conversation comes with it.

    Raises `Forbidden` for who was not asked, `EscalationClosed`.
    """
    if not _is_asked(principal, escalation):
        raise Forbidden
    await locked(tx.conn, conversation_id)
    await receipt(tx, principal, escalation)
    if escalation.department_id is None:
        head = await get_changeable(tx.conn, conversation_id, principal)
        if head.assignee_id != principal.staff_id:
            await assign(tx, head.id, author_of(principal), by=principal.staff_id)
    words, details = wording.confirmed(principal.display_name)
    await record(tx, conversation_id, author_of(principal), "escalation_confirmed", words, details)
    return await account_for(tx, principal, escalation, Item(ItemKind.CONVERSATION, conversation_id))


def _is_asked(principal: Principal, escalation: Escalation) -> bool:
    if escalation.department_id:
        return escalation.department_id in principal.department_ids or principal.may(Permission.CONVERSATIONS_ASSIGN)
    if escalation.owner_id:
        return escalation.owner_id == principal.staff_id
    if escalation.step == END.id:
        return principal.may(Permission.CONVERSATIONS_ASSIGN)
    return escalation.team_id is None or escalation.team_id in principal.team_ids
