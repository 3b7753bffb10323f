"""All SQL about customers. It lies on the message path, hence asyncpg."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from yingda.customers.schemas import Customer, Identity, Link, Matter, Note, Segment, SignedIdentity
from yingda.infra.database import Connection, count_of
from yingda.kit.errors import Locale
from yingda.kit.ids import new_id

_CUSTOMER = "c.id, c.display_name, c.phone, c.email, c.segment, c.locale, c.attributes, c.demo, c.created_at"
_IDENTITY = "id, customer_id, channel, external_id, verified, created_at"


def _customer(row: asyncpg.Record | None) -> Customer | None:
    if row is None:
        return None
    return msgspec.convert(dict(row, attributes=msgspec.json.decode(row["attributes"])), Customer)


async def get(conn: Connection, customer_id: UUID) -> Customer | None:
    return _customer(await conn.fetchrow(f"SELECT {_CUSTOMER} FROM customers c WHERE c.id = $1", customer_id))


async def lock(conn: Connection, customer_id: UUID) -> Customer | None:
    """The same, and nobody else changes who they are before this transaction ends."""
    sql = f"SELECT {_CUSTOMER} FROM customers c WHERE c.id = $1 FOR NO KEY UPDATE"
    return _customer(await conn.fetchrow(sql, customer_id))


async def find(conn: Connection, channel: str, external_id: str) -> Customer | None:
    sql = f"""
        SELECT {_CUSTOMER} FROM customer_identities i JOIN customers c ON c.id = i.customer_id
        WHERE i.channel = $1 AND i.external_id = $2"""
    return _customer(await conn.fetchrow(sql, channel, external_id))


async def add_with_identity(
    conn: Connection, identity: SignedIdentity, locale: Locale, now: datetime, *, verified: bool
) -> bool:
    """A new customer who owns `identity`, in one statement; False, and nothing added, if it is owned meanwhile."""
    sql = """
        WITH identity AS (
            INSERT INTO customer_identities (id, customer_id, channel, external_id, verified, evidence, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (channel, external_id) DO NOTHING RETURNING customer_id
        )
        INSERT INTO customers
            (id, display_name, phone, email, segment, locale, attributes, demo, created_at)
        SELECT customer_id, $8, $9, $10, 'new', $11, '{}', $12, $7 FROM identity"""
    status = await conn.execute(
        sql,
        new_id(),
        new_id(),
        identity.channel,
        identity.external_id,
        verified,
        _text(identity.evidence),
        now,
        identity.display_name,
        identity.phone,
        identity.email,
        locale,
        identity.demo,
    )
    return bool(status == "INSERT 0 1")


async def set_locale(conn: Connection, customer_id: UUID, locale: Locale) -> None:
    await conn.execute("UPDATE customers SET locale = $2 WHERE id = $1 AND locale <> $2", customer_id, locale)


async def attach(conn: Connection, customer_id: UUID, identity: SignedIdentity, now: datetime) -> UUID | None:
    """Add a verified identity; None if somebody owns it meanwhile."""
    identity_id: UUID | None = await conn.fetchval(
        """INSERT INTO customer_identities (id, customer_id, channel, external_id, verified, evidence, created_at)
           VALUES ($1, $2, $3, $4, true, $5, $6) ON CONFLICT (channel, external_id) DO NOTHING RETURNING id""",
        new_id(),
        customer_id,
        identity.channel,
        identity.external_id,
        _text(identity.evidence),
        now,
    )
    return identity_id


async def fill_in(conn: Connection, customer_id: UUID, told: SignedIdentity) -> None:
    """Take what the channel told where nothing was known; what is known stays."""
    await conn.execute(
        """UPDATE customers SET display_name = coalesce(display_name, $2), phone = coalesce(phone, $3),
               email = coalesce(email, $4), demo = demo OR $5
           WHERE id = $1 AND (display_name, phone, email, demo) IS DISTINCT FROM
               (coalesce(display_name, $2), coalesce(phone, $3), coalesce(email, $4), demo OR $5)""",
        customer_id,
        told.display_name,
        told.phone,
        told.email,
        told.demo,
    )


async def identities(conn: Connection, customer_id: UUID) -> list[Identity]:
    sql = f"SELECT {_IDENTITY} FROM customer_identities WHERE customer_id = $1 ORDER BY created_at, id"
    return [Identity(**row) for row in await conn.fetch(sql, customer_id)]


async def external_id(conn: Connection, customer_id: UUID, channel: str) -> str | None:
    sql = "SELECT external_id FROM customer_identities WHERE customer_id = $1 AND channel = $2 AND verified"
    found: str | None = await conn.fetchval(sql, customer_id, channel)
    return found


async def names(conn: Connection, customer_ids: Sequence[UUID]) -> dict[UUID, str]:
    sql = "SELECT id, display_name FROM customers WHERE id = ANY($1) AND display_name IS NOT NULL"
    return {row["id"]: row["display_name"] for row in await conn.fetch(sql, list(customer_ids))}


async def segments(conn: Connection, customer_ids: Sequence[UUID]) -> dict[UUID, Segment]:
    rows = await conn.fetch("SELECT id, segment FROM customers WHERE id = ANY($1::uuid[])", customer_ids)
    return {row["id"]: Segment(row["segment"]) for row in rows}


async def set_segment(conn: Connection, customer_id: UUID, segment: Segment) -> None:
    await conn.execute("UPDATE customers SET segment = $2 WHERE id = $1", customer_id, segment.value)


async def set_attribute(conn: Connection, customer_id: UUID, name: str, value: msgspec.Struct | list[Matter]) -> None:
    sql = "UPDATE customers SET attributes = attributes || jsonb_build_object($2::text, $3::jsonb) WHERE id = $1"
    await conn.execute(sql, customer_id, name, msgspec.json.encode(value).decode())


async def drop_attributes(conn: Connection, customer_id: UUID, names: Sequence[str]) -> None:
    await conn.execute("UPDATE customers SET attributes = attributes - $2::text[] WHERE id = $1", customer_id, names)


async def drop_expired(conn: Connection, now: datetime) -> int:
    """Take away what was told longer ago than it is kept; of how many customers."""
    expired = (
        "CASE WHEN (attributes->'skin'->>'until')::timestamptz <= $1 THEN ARRAY['skin'] ELSE '{}'::text[] END || "
        "CASE WHEN (attributes->'matters'->0->>'until')::timestamptz <= $1 THEN ARRAY['matters'] ELSE '{}'::text[] END"
    )
    return count_of(
        await conn.execute(
            f"UPDATE customers SET attributes = attributes - ({expired}) "
            f"WHERE attributes ?| ARRAY['skin', 'matters'] AND cardinality({expired}) > 0",
            now,
        )
    )


async def fill_in_attributes(conn: Connection, customer_id: UUID, absorbed_id: UUID) -> None:
    """Take over what was known of a visitor where nothing is known of the customer they turned out to be."""
    await conn.execute(
        "UPDATE customers c SET attributes = a.attributes || c.attributes FROM customers a "
        "WHERE c.id = $1 AND a.id = $2 AND a.attributes <> '{}'",
        customer_id,
        absorbed_id,
    )


#: A customer and the visitors who turned out to be them; undoing a link parts their notes again.
_ONE_PERSON = (
    "(customer_id = $1 OR customer_id IN (SELECT from_customer_id FROM customer_links "
    "WHERE to_customer_id = $1 AND outcome = 'adopted' AND undone_at IS NULL))"
)


async def notes(conn: Connection, customer_id: UUID, limit: int) -> list[Note]:
    """Latest first."""
    rows = await conn.fetch(
        "SELECT id, author_id, author_name, text, created_at FROM customer_notes "
        f"WHERE {_ONE_PERSON} ORDER BY id DESC LIMIT $2",
        customer_id,
        limit,
    )
    return [Note(**row) for row in rows]


async def add_note(conn: Connection, customer_id: UUID, note: Note) -> None:
    await conn.execute(
        "INSERT INTO customer_notes (id, customer_id, author_id, author_name, text, created_at) "
        "VALUES ($1, $2, $3, $4, $5, $6)",
        note.id,
        customer_id,
        note.author_id,
        note.author_name,
        note.text,
        note.created_at,
    )


async def delete_note(conn: Connection, customer_id: UUID, note_id: UUID, author_id: UUID) -> bool:
    """False: there is no such note of this author."""
    status = await conn.execute(
        f"DELETE FROM customer_notes WHERE {_ONE_PERSON} AND id = $2 AND author_id = $3",
        customer_id,
        note_id,
        author_id,
    )
    return bool(status == "DELETE 1")


async def move(conn: Connection, identity_ids: Sequence[UUID], from_id: UUID, to_id: UUID) -> None:
    """Hand over those identities that `from_id` still has."""
    sql = "UPDATE customer_identities SET customer_id = $3 WHERE id = ANY($1) AND customer_id = $2"
    await conn.execute(sql, list(identity_ids), from_id, to_id)


async def drop(conn: Connection, identity_ids: Sequence[UUID], customer_id: UUID) -> None:
    """Forget those identities that `customer_id` still has."""
    sql = "DELETE FROM customer_identities WHERE id = ANY($1) AND customer_id = $2"
    await conn.execute(sql, list(identity_ids), customer_id)


async def add_link(conn: Connection, link: Link) -> None:
    await conn.execute(
        """INSERT INTO customer_links (id, from_customer_id, to_customer_id, outcome, channel, external_id, evidence,
               moved, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)""",
        link.id,
        link.from_customer_id,
        link.to_customer_id,
        link.outcome,
        link.channel,
        link.external_id,
        _text(link.evidence),
        link.moved,
        link.created_at,
    )


async def links(conn: Connection, customer_id: UUID) -> list[Link]:
    sql = "SELECT * FROM customer_links WHERE from_customer_id = $1 OR to_customer_id = $1 ORDER BY id"
    return [_link(row) for row in await conn.fetch(sql, customer_id)]


async def lock_link(conn: Connection, link_id: UUID) -> Link | None:
    row = await conn.fetchrow("SELECT * FROM customer_links WHERE id = $1 FOR UPDATE", link_id)
    return row and _link(row)


def _link(row: asyncpg.Record) -> Link:
    return msgspec.convert(dict(row, evidence=msgspec.json.decode(row["evidence"])), Link)


async def mark_undone(conn: Connection, link_id: UUID, now: datetime) -> None:
    await conn.execute("UPDATE customer_links SET undone_at = $2 WHERE id = $1", link_id, now)


def _text(evidence: dict[str, str]) -> str:
    return msgspec.json.encode(evidence).decode()


# What is kept of one person, for copies and erasure. A person is a customer and the visitors who turned out to be them.


async def one_person(conn: Connection, customer_id: UUID) -> list[UUID]:
    """The customer, and whom they absorbed."""
    rows = await conn.fetch(
        "SELECT from_customer_id FROM customer_links WHERE to_customer_id = $1 AND outcome = 'adopted' "
        "AND undone_at IS NULL",
        customer_id,
    )
    return [customer_id, *(row["from_customer_id"] for row in rows)]


async def kept_of(conn: Connection, customer_ids: Sequence[UUID]) -> list[dict[str, Any]]:
    rows = await conn.fetch(
        "SELECT id, display_name, phone, email, locale, attributes, created_at FROM customers WHERE id = ANY($1) "
        "ORDER BY id",
        list(customer_ids),
    )
    return [dict(row, attributes=msgspec.json.decode(row["attributes"])) for row in rows]


async def drop_persons(conn: Connection, customer_ids: Sequence[UUID]) -> int:
    """Nothing tells any more who they were, or by which channel they came: what refers to them refers to nobody."""
    ids = list(customer_ids)
    dropped = [
        await conn.execute("DELETE FROM customer_notes WHERE customer_id = ANY($1)", ids),
        await conn.execute(
            "UPDATE customer_links SET external_id = '', evidence = '{}' "
            "WHERE from_customer_id = ANY($1) OR to_customer_id = ANY($1)",
            ids,
        ),
        await conn.execute("DELETE FROM customer_identities WHERE customer_id = ANY($1)", ids),
        await conn.execute(
            "UPDATE customers SET display_name = NULL, phone = NULL, email = NULL, attributes = '{}' "
            "WHERE id = ANY($1)",
            ids,
        ),
    ]
    return sum(count_of(status) for status in dropped)
