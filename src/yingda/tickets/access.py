"""Which tickets a member of staff may see, and which they may change."""

from collections.abc import Collection, Iterable
from uuid import UUID

from yingda.identity import Permission, Principal, departments, principals_of
from yingda.infra.database import Connection
from yingda.kit.errors import Forbidden
from yingda.tickets import rules
from yingda.tickets.errors import MemberRefused, ReferenceMissing, TicketNotFound
from yingda.tickets.repository import tickets
from yingda.tickets.schemas import Ticket, TicketPerson, TicketVisibility


async def visibility_of(conn: Connection, principal: Principal) -> TicketVisibility:
    """Raises `Forbidden` for those who may see none."""
    principal.require(Permission.TICKETS_READ)
    return await _reach(conn, principal, Permission.TICKETS_READ)


async def _reach(conn: Connection, principal: Principal, permission: Permission) -> TicketVisibility:
    """Their departments; where the permission was granted for certain teams, those of these teams."""
    everything = principal.may(Permission.TICKETS_READ_ALL) and principal.teams_for(permission) is None
    reached = principal.department_ids
    if limit := principal.limited_to.get(permission):
        known = await departments(conn)
        reached = frozenset(one.id for one in known if any(team.id in limit for team in one.teams))
    return TicketVisibility(principal.staff_id, reached, everything)


async def get_visible(conn: Connection, ticket_id: UUID, visibility: TicketVisibility, *, lock: bool = False) -> Ticket:
    """Raises `TicketNotFound`, also for what they may not see."""
    ticket = await tickets.get(conn, ticket_id, lock=lock)
    if ticket is None or not rules.sees(visibility, ticket):
        raise TicketNotFound
    return ticket


async def readable_among(conn: Connection, ticket_ids: Collection[UUID], principal: Principal) -> dict[UUID, Ticket]:
    """Those of these that somebody may see; none for who may see no tickets at all."""
    if not ticket_ids or not principal.may(Permission.TICKETS_READ):
        return {}
    visibility = await visibility_of(conn, principal)
    found = await tickets.by_ids(conn, ticket_ids)
    return {key: ticket for key, ticket in found.items() if rules.sees(visibility, ticket)}


async def get_changeable(conn: Connection, ticket_id: UUID, principal: Principal) -> Ticket:
    """The ticket, locked, for somebody who is about to change it.

    Raises `TicketNotFound` where they may not look, `Forbidden` where they may only look.
    """
    principal.require(Permission.TICKETS_EDIT)
    ticket = await get_visible(conn, ticket_id, await visibility_of(conn, principal), lock=True)
    if not rules.belongs(await _reach(conn, principal, Permission.TICKETS_EDIT), ticket):
        raise Forbidden
    return ticket


async def may_change(conn: Connection, principal: Principal, ticket: Ticket) -> bool:
    return principal.may(Permission.TICKETS_EDIT) and rules.belongs(
        await _reach(conn, principal, Permission.TICKETS_EDIT), ticket
    )


async def members(conn: Connection, staff_ids: Iterable[UUID]) -> list[TicketPerson]:
    """These colleagues, once each, by name. Raises `ReferenceMissing`, `MemberRefused` unless all may see tickets."""
    wanted = list(dict.fromkeys(staff_ids))
    found = {one.staff_id: one for one in await principals_of(conn, wanted)} if wanted else {}
    if len(found) < len(wanted):
        raise ReferenceMissing
    for one in found.values():
        if not one.may(Permission.TICKETS_READ):
            raise MemberRefused(name=one.display_name)
    return [TicketPerson(staff_id, found[staff_id].display_name) for staff_id in wanted]


def serves_customers(principal: Principal) -> bool:
    """Whether texts are shown to them as they were written."""
    return principal.may(Permission.CUSTOMERS_READ)
