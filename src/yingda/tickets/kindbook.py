"""The organisation's kinds of tickets, and those that every organisation begins with."""

from uuid import UUID

import msgspec

from yingda.identity import Principal, departments
from yingda.infra.database import Connection, Tx
from yingda.kit.clock import now
from yingda.kit.ids import new_id
from yingda.privacy import AuditObject, audit
from yingda.tickets import rules
from yingda.tickets.errors import KindNotFound, KindOutdated, StateInUse
from yingda.tickets.kinds import KindChange, KindContent, KindDraft, NewKind, TicketKind
from yingda.tickets.repository import kinds
from yingda.tickets.shipped import shipped_kinds


async def create(tx: Tx, new: NewKind, principal: Principal) -> TicketKind:
    """Raises `KindInvalid`, `KindCodeTaken`, `ReferenceMissing`."""
    rules.check_kind(new)
    kind_id = new_id()
    await kinds.add(tx.conn, kind_id, new.code, new, _taken(new.code, new), now())
    kind = await _get(tx, kind_id)
    await audit(tx, principal, "tickets.kind_created", _object(kind_id), after=_plain(kind))
    return kind


async def change(tx: Tx, kind_id: UUID, draft: KindChange, principal: Principal) -> TicketKind:
    """Raises `KindNotFound`, `KindOutdated`, `KindInvalid`, `StateInUse`, `ReferenceMissing`."""
    before = await kinds.get(tx.conn, kind_id, lock=True)
    if before is None:
        raise KindNotFound
    if before.version != draft.version:
        raise KindOutdated(name=before.name)
    rules.check_kind(draft)
    await _check_states(tx, before, draft)
    await kinds.save(tx.conn, kind_id, draft, _taken(before.code, draft), now())
    after = await _get(tx, kind_id)
    await audit(tx, principal, "tickets.kind_changed", _object(kind_id), before=_plain(before), after=_plain(after))
    return after


def _taken(code: str, draft: KindDraft) -> KindContent | None:
    shipped = shipped_kinds().get(code) if draft.taken else None
    return shipped.content if shipped else None


async def _check_states(tx: Tx, before: TicketKind, draft: KindDraft) -> None:
    lost = {state.code: state.name for state in rules.lost_states(before, draft)}
    if lost and (used := await kinds.states_in_use(tx.conn, before.id, list(lost))):
        raise StateInUse(name=lost[used])


async def _get(tx: Tx, kind_id: UUID) -> TicketKind:
    kind = await kinds.get(tx.conn, kind_id)
    if kind is None:
        raise KindNotFound
    return kind


def _object(kind_id: UUID) -> AuditObject:
    return AuditObject("ticket_kind", str(kind_id))


def _plain(kind: TicketKind) -> dict[str, object]:
    plain: dict[str, object] = msgspec.to_builtins(kind)
    return plain


async def kind_named(conn: Connection, code: str) -> TicketKind | None:
    """The kind of this code, unless it is archived: then no ticket of it can be opened."""
    kind = await kinds.by_code(conn, code)
    return None if kind is None or kind.archived else kind


async def ensure_kinds(tx: Tx) -> None:
    """Give an organisation the kinds of `data/tickets/kinds.toml`; call it at every start.

    All of them to one that has none; to another those alone of which the product itself opens tickets.
    """
    known = {kind.code for kind in await kinds.all_kinds(tx.conn)}
    ids = {department.code: department.id for department in await departments(tx.conn)}
    for code, shipped in shipped_kinds().items():
        if shipped.department in ids and code not in known and (shipped.needed or not known):
            content = msgspec.to_builtins(shipped.content)
            plain = content | {"code": code, "department_id": ids[shipped.department], "position": shipped.position}
            new = msgspec.convert(plain, NewKind)
            rules.check_kind(new)
            await kinds.add_unless_there(tx.conn, new_id(), new.code, new, shipped.content, now())
