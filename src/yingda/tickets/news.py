"""What a release brings to kinds that an organisation has made its own: shown, declined; taken over in their form."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec

from yingda.identity import Principal, departments
from yingda.infra.database import Connection, Tx
from yingda.releases import Declined, compare, decline, declined
from yingda.tickets.errors import KindNotNews
from yingda.tickets.kinds import DeclineKinds, KindContent, KindNews, TicketKind
from yingda.tickets.repository import kinds
from yingda.tickets.shipped import ShippedKind, shipped_kinds

_SUBJECT = "ticket_kinds"


async def news(conn: Connection) -> list[KindNews]:
    """In the order of the shipped kinds; nothing of those that are archived."""
    shipped, ids = shipped_kinds(), {one.code: one.id for one in await departments(conn)}
    told = await declined(conn, _SUBJECT, {code: one.content for code, one in shipped.items()})
    return found(await kinds.with_bases(conn), list(shipped.values()), ids, told)


def found(
    own: Mapping[str, tuple[TicketKind, KindContent | None]],
    shipped: Sequence[ShippedKind],
    department_ids: Mapping[str, UUID],
    told: Mapping[str, Declined],
) -> list[KindNews]:
    listed = [(one, *own.get(one.code, (None, None))) for one in shipped]
    return [
        news
        for one, kind, base in listed
        if not (kind and kind.archived)
        if (news := _news(one, kind, base, department_ids.get(one.department), told.get(one.code)))
    ]


async def refuse(tx: Tx, principal: Principal, wanted: DeclineKinds) -> list[KindNews]:
    """Raises `KindNotNews`."""
    listed, shipped = {one.code for one in await news(tx.conn)}, shipped_kinds()
    if unknown := next((code for code in wanted.codes if code not in listed), None):
        raise KindNotNews(name=unknown)
    await decline(tx, principal, _SUBJECT, {code: shipped[code].content for code in wanted.codes}, wanted.why)
    return await news(tx.conn)


def _news(
    shipped: ShippedKind,
    kind: TicketKind | None,
    base: KindContent | None,
    department_id: UUID | None,
    told: Declined | None,
) -> KindNews | None:
    own = msgspec.convert(kind, KindContent, from_attributes=True) if kind else None
    former = msgspec.to_builtins(base) if base else None
    mine, theirs = msgspec.to_builtins(own) if own else None, msgspec.to_builtins(shipped.content)
    brought = compare(former, mine, theirs, KindContent)
    if brought is None:
        return None
    return KindNews(
        code=shipped.code,
        change=brought.change,
        edited=brought.edited,
        clashes=brought.clashes,
        kind_id=kind.id if kind else None,
        version=kind.version if kind else None,
        department_id=kind.department_id if kind else department_id,
        position=kind.position if kind else shipped.position,
        own=own,
        offered=msgspec.convert(brought.offered, KindContent),
        why_now=shipped.why_now,
        declined=told,
    )
