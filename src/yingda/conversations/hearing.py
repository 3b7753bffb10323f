"""How conversations in the care of people are going: what customers sound like, and figures of each."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from yingda.conversations.events import MessageHeard
from yingda.conversations.excerpts import Signals, Tone
from yingda.conversations.repository import contacts, heads, messages
from yingda.conversations.repository import signals as repository
from yingda.conversations.service import place_of
from yingda.infra.database import Connection, Tx


async def hear(tx: Tx, conversation_id: UUID, seq: int, understanding: bytes, tone: Tone) -> None:
    """Keep what was understood of a message that a person answers."""
    await messages.set_understanding(tx.conn, conversation_id, seq, understanding)
    await heads.hear(tx.conn, conversation_id, tone)
    await tx.publish(MessageHeard(await place_of(tx.conn, conversation_id), seq, tone))


async def latest_tones(conn: Connection, conversation_id: UUID, count: int) -> list[Tone]:
    """How the customer's last messages sounded, as far as they were understood; the latest last."""
    return [Tone(emotion, sentiment) for _, _, emotion, sentiment in await contacts.moods(conn, conversation_id, count)]


async def signals(conn: Connection, contacts_since: datetime, limit: int) -> list[Signals]:
    """All conversations in the care of people, in figures; `contacts` counts from `contacts_since`."""
    return await repository.signals(conn, contacts_since, limit)


async def count_contacts(conn: Connection, customer_id: UUID, since: datetime) -> int:
    """How many conversations the customer has begun since then, in all shops."""
    return await heads.count_since(conn, customer_id, since)


async def contacts_of(conn: Connection, customer_ids: Collection[UUID], since: datetime) -> dict[UUID, int]:
    """The same, of many customers; who began none is left out."""
    return await heads.counts_since(conn, customer_ids, since)


async def has_replied(conn: Connection, conversation_id: UUID, staff_id: UUID, since: datetime) -> bool:
    """Whether this colleague has written to the customer since then."""
    return await messages.has_replied(conn, conversation_id, staff_id, since)
