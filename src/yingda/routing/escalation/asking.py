"""Who is asked to help with a conversation."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from yingda.conversations import (
    SYSTEM,
    Author,
    AuthorKind,
    Conversation,
    Place,
    assign,
    get,
    has_replied,
    place_of,
    record,
)
from yingda.identity import Permission, departments, principals_of
from yingda.infra.database import Connection, Tx
from yingda.kit.clock import now
from yingda.routing.dispatch import colleagues_there, free_colleague
from yingda.routing.escalation import repository, rules, wording
from yingda.routing.escalation.chain import in_force
from yingda.routing.escalation.climbing import Asked
from yingda.routing.escalation.events import Escalated
from yingda.routing.escalation.schemas import END, Chain, ChainStep, Details, Escalation, Facts, StepKind, Why
from yingda.routing.levels import Item, ItemKind
from yingda.tickets import KindArchived, KindNotFound, NewTicket, Ticket, open_ticket


class RisingConversation(msgspec.Struct, frozen=True):
    """A locked conversation, which follows the published chain."""

    chain: Chain
    head: Conversation

    @property
    def item(self) -> Item:
        return Item(ItemKind.CONVERSATION, self.head.id)

    @property
    def level(self) -> int:
        return self.head.level

    def following(self, after: str | None) -> ChainStep | None:
        return rules.following(self.chain, after, Facts(self.head.level, self.head.intent))

    @property
    def last(self) -> ChainStep:
        return END

    async def ask(self, tx: Tx, step: ChainStep, why: Why) -> Asked | None:
        match step.kind:
            case StepKind.PERSON:
                return await _ask_person(tx, self.head, step)
            case StepKind.TEAM:
                return await _ask_team(tx, self.head, step)
            case StepKind.DEPARTMENT:
                return await _ask_department(tx, self.head, step, why)
            case StepKind.SUPERVISORS:
                place = await place_of(tx.conn, self.head.id)
                return Asked(owner_name=step.title, staff_ids=await supervisors(tx.conn, place))

    async def is_taken_up(self, conn: Connection, current: Escalation) -> bool:
        """They have answered the customer."""
        owner = current.owner_id
        if owner is None or owner != self.head.assignee_id:
            return False
        return await has_replied(conn, self.head.id, owner, current.created_at)

    async def record(self, tx: Tx, by: Author, code: str, words: str, details: Details) -> None:
        await record(tx, self.head.id, by, code, words, details)

    async def tell(self, tx: Tx, escalation: Escalation, staff_ids: Sequence[UUID]) -> None:
        await tx.publish(Escalated(escalation, await place_of(tx.conn, self.head.id), tuple(staff_ids)))


async def find(conn: Connection, conversation_id: UUID) -> RisingConversation:
    return RisingConversation((await in_force(conn)).chain, await get(conn, conversation_id))


async def _ask_person(tx: Tx, head: Conversation, step: ChainStep) -> Asked | None:
    history = await repository.history(tx.conn, Item(ItemKind.CONVERSATION, head.id))
    asked_before = [one.owner_id for one in history if one.owner_id]
    but_for = [*asked_before, *([head.assignee_id] if head.assignee_id else [])]
    found = await free_colleague(tx.conn, step.team_id or head.team_id, but_for, now())
    if found is None:
        return None
    staff_id, name = found
    await assign(tx, head.id, Author(AuthorKind.STAFF, staff_id, name))
    return Asked(owner_name=name, owner_id=staff_id, staff_ids=[staff_id])


async def _ask_team(tx: Tx, head: Conversation, step: ChainStep) -> Asked | None:
    """Whoever serves it goes on until one of the team takes it over: so it is never without an owner."""
    team_id = step.team_id or head.team_id
    present = [one for one in await colleagues_there(tx.conn, team_id) if one != head.assignee_id]
    return Asked(owner_name=step.title, team_id=team_id, staff_ids=present) if present else None


async def _ask_department(tx: Tx, head: Conversation, step: ChainStep, why: Why) -> Asked | None:
    department = next((one for one in await departments(tx.conn) if one.code == step.department), None)
    if department is None:  # dissolved since the chain was published
        return None
    title = f"升级：{wording.reason_of(why.on, why.details, why.said)}"
    ticket = await open_about(tx, head, step.ticket_kind, title, f"escalation:{head.id}:{step.id}", department.id)
    if ticket is None:
        return None
    members = [one.staff_id for one in await principals_of(tx.conn) if department.id in one.department_ids]
    return Asked(owner_name=department.name, department_id=department.id, ticket_id=ticket.id, staff_ids=members)


async def supervisors(conn: Connection, place: Place) -> list[UUID]:
    """Those who may pass on conversations of this team."""
    found: list[UUID] = []
    for principal in await principals_of(conn):
        teams = principal.teams_for(Permission.CONVERSATIONS_ASSIGN)
        if teams is None or place.team_id in teams:
            found.append(principal.staff_id)
    return found


async def open_about(
    tx: Tx, head: Conversation, kind: str, title: str, key: str, department_id: UUID | None = None
) -> Ticket | None:
    """In the kind's own department unless another is named; None if the kind was taken away since."""
    try:
        return await open_ticket(
            tx,
            NewTicket(
                kind=kind,
                title=title[:120],
                author=SYSTEM,
                source="escalation",
                description=head.handoff.summary if head.handoff else head.preview,
                level=head.level,
                department_id=department_id,
                customer_id=head.customer_id,
                conversation_id=head.id,
                idempotency_key=key,
                announce=False,
            ),
        )
    except (KindNotFound, KindArchived):
        return None
