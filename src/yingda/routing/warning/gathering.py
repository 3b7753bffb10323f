"""What is known now of everything that can go wrong: a handful of statements, however much there is."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from yingda.conversations import Signals, contacts_of, signals
from yingda.infra.database import Connection
from yingda.routing.dispatch import away
from yingda.routing.levels import Item, ItemKind, stretches
from yingda.routing.warning import rules
from yingda.tickets import TicketSignals, ticket_signals

#: More are not looked at in one round.
MOST_WATCHED = 20_000
#: Conversations of the customer within so many days count as repeated contacts.
CONTACT_DAYS = 7


class Seen(msgspec.Struct, frozen=True):
    """An item, whose it is, and its features in the order of `NAMES`."""

    item: Item
    owner_id: UUID | None
    team_id: UUID | None
    values: list[float]


async def seen(conn: Connection, kind: ItemKind, moment: datetime) -> list[Seen]:
    """All items of a kind that are not done."""
    return await (_conversations if kind is ItemKind.CONVERSATION else _tickets)(conn, moment)


async def _conversations(conn: Connection, moment: datetime) -> list[Seen]:
    """Those in people's care."""
    found = await signals(conn, moment - timedelta(days=CONTACT_DAYS), MOST_WATCHED)
    ahead = _queue(found)
    return [
        Seen(
            Item(ItemKind.CONVERSATION, one.conversation_id),
            one.assignee_id,
            one.team_id,
            rules.values_of(rules.features_of(one, ahead.get(one.conversation_id, 0), moment)),
        )
        for one in found
    ]


def _queue(found: Sequence[Signals]) -> dict[UUID, int]:
    """Of those who wait for anybody, how many come first."""
    queue = sorted(
        (one for one in found if one.assignee_id is None and one.waiting_since),
        key=lambda one: (-one.level, one.waiting_since),
    )
    return {one.conversation_id: place for place, one in enumerate(queue)}


async def _tickets(conn: Connection, moment: datetime) -> list[Seen]:
    found = await ticket_signals(conn, MOST_WATCHED)
    customers = {one.customer_id for one in found if one.customer_id}
    contacts = await contacts_of(conn, customers, moment - timedelta(days=CONTACT_DAYS))
    clocks, absent = await stretches(conn, ItemKind.TICKET), await away(conn)
    ahead = _due_earlier(found)
    loads = Counter(one.owner_id for one in found if one.owner_id)
    parts = Counter(one.parent_id for one in found if one.parent_id)
    return [
        Seen(
            Item(ItemKind.TICKET, one.ticket_id),
            one.owner_id,
            None,
            rules.values_of(
                rules.ticket_features_of(
                    one,
                    moment,
                    stretch=clocks.get(one.ticket_id),
                    ahead=ahead.get(one.ticket_id, 0),
                    load=loads[one.owner_id] - 1 if one.owner_id else 0,
                    away=one.owner_id in absent,
                    parts=parts[one.ticket_id],
                    contacts=contacts.get(one.customer_id, 0) if one.customer_id else 0,
                )
            ),
        )
        for one in found
    ]


def _due_earlier(found: Sequence[TicketSignals]) -> dict[UUID, int]:
    """Of what is due, how many tickets of the department are due earlier."""
    due = sorted((one.due_at, one.ticket_id, one.department_id) for one in found if one.due_at)
    before: Counter[UUID] = Counter()
    places = {}
    for _, ticket_id, department_id in due:
        places[ticket_id] = before[department_id]
        before[department_id] += 1
    return places
