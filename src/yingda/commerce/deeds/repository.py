"""All SQL of the deeds."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import asyncpg
import msgspec

from yingda.commerce.changes import Change
from yingda.commerce.deeds.rules import target_of
from yingda.commerce.deeds.schemas import Actor, Before, Deed, DeedRecord, DeedSeen, DeedState, Kept, Past
from yingda.commerce.refusals import Refusal
from yingda.commerce.schemas import Address, Receipt
from yingda.infra.database import Connection, count_of

T = TypeVar("T")
_LOCK = 0x64656564

_RECORD = (
    "id, shop, owner, kind, order_no, state, amount_cents, receipt ->> 'reference' AS reference, refusal, reason, "
    "actor_kind, actor_id, approved_by, conversation_id, undoes, undone_by, begun_at, settled_at"
)
_KEPT = f"{_RECORD}, key, fingerprint, change, before, receipt, tries"


async def lock_customer(conn: Connection, shop: str, owner: str) -> None:
    """Let nobody else decide on this customer's deeds until this transaction ends: limits count what is under way."""
    await conn.execute("SELECT pg_advisory_xact_lock($1, hashtext($2))", _LOCK, f"{shop}\n{owner}")


async def find(conn: Connection, shop: str, key: str) -> Kept | None:
    row = await conn.fetchrow(f"SELECT {_KEPT} FROM deeds WHERE shop = $1 AND key = $2", shop, key)
    return _kept(row) if row else None


async def get(conn: Connection, deed_id: UUID) -> Kept | None:
    row = await conn.fetchrow(f"SELECT {_KEPT} FROM deeds WHERE id = $1", deed_id)
    return _kept(row) if row else None


async def last(conn: Connection, shop: str, owner: str, since: datetime, kinds: Sequence[str]) -> Kept | None:
    """The latest of these kinds that was done and stands; what only took another back is none."""
    row = await conn.fetchrow(
        f"SELECT {_KEPT} FROM deeds WHERE shop = $1 AND owner = $2 AND begun_at >= $3 AND kind = ANY($4) "
        "AND state = 'done' AND undone_by IS NULL AND undoes IS NULL ORDER BY begun_at DESC, id DESC LIMIT 1",
        shop,
        owner,
        since,
        list(kinds),
    )
    return _kept(row) if row else None


async def in_conversation(conn: Connection, conversation_id: UUID) -> list[tuple[str, DeedRecord]]:
    """All that was asked for in it, in order, with their keys."""
    rows = await conn.fetch(
        f"SELECT {_RECORD}, key FROM deeds WHERE conversation_id = $1 ORDER BY begun_at, id", conversation_id
    )
    return [(row["key"], _record(row)) for row in rows]


async def past(conn: Connection, shop: str, owner: str, since: datetime) -> list[Past]:
    """What was done for the customer or is under way, without what was undone."""
    rows = await conn.fetch(
        "SELECT id, kind, order_no, amount_cents, begun_at AS at, state, target FROM deeds "
        "WHERE shop = $1 AND owner = $2 AND begun_at >= $3 AND state IN ('begun', 'done', 'unclear') "
        "AND undone_by IS NULL",
        shop,
        owner,
        since,
    )
    return [msgspec.convert(dict(row), Past) for row in rows]


async def add(
    conn: Connection,
    deed: Deed,
    *,
    deed_id: UUID,
    fingerprint: str,
    kind: str,
    change: Change,
    amount_cents: int,
    before: Before | None,
    refusal: Refusal | None,
    now: datetime,
) -> bool:
    """False: the key is known."""
    status = await conn.execute(
        "INSERT INTO deeds (id, shop, owner, key, fingerprint, kind, order_no, target, change, before, reason, "
        "actor_kind, actor_id, approved_by, conversation_id, undoes, state, amount_cents, refusal, begun_at, tried_at, "
        "settled_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, "
        "$20, $20, $21) ON CONFLICT (shop, key) DO NOTHING",
        deed_id,
        deed.shop,
        deed.owner,
        deed.key,
        fingerprint,
        kind,
        change.order_no,
        target_of(change),
        _text(change),
        _text(before),
        deed.reason,
        deed.actor.kind,
        deed.actor.id,
        deed.approved_by,
        deed.conversation_id,
        deed.undoes,
        DeedState.REFUSED if refusal else DeedState.BEGUN,
        amount_cents,
        refusal,
        now,
        now if refusal else None,
    )
    return bool(status == "INSERT 0 1")


async def settle(
    conn: Connection,
    deed_id: UUID,
    state: DeedState,
    receipt: Receipt | None,
    refusal: Refusal | None,
    now: datetime,
) -> Kept | None:
    """The deed as it is now; None: somebody else has settled it."""
    row = await conn.fetchrow(
        f"UPDATE deeds SET state = $2, receipt = $3, refusal = $4, settled_at = $5 "
        f"WHERE id = $1 AND state = 'begun' RETURNING {_KEPT}",
        deed_id,
        state,
        _text(receipt),
        refusal,
        now,
    )
    return _kept(row) if row else None


async def mark_undone(conn: Connection, by: DeedRecord, reference: str | None) -> None:
    """The deeds that `by` has taken back: the one it names, or whatever brought about `reference`."""
    await conn.execute(
        "UPDATE deeds SET undone_by = $1 WHERE shop = $2 AND owner = $3 AND state = 'done' AND undone_by IS NULL "
        "AND (id = $4 OR (order_no = $5 AND receipt ->> 'reference' = $6)) AND id <> $1",
        by.id,
        by.shop,
        by.owner,
        by.undoes,
        by.order_no,
        reference,
    )


async def claim_open(conn: Connection, now: datetime, limit: int) -> list[Kept]:
    """Deeds whose answer is due to be asked for again, each for one process: a minute after the first try, then
    twice as long each time, an hour at most."""
    rows = await conn.fetch(
        f"UPDATE deeds SET tries = tries + 1, tried_at = $1 WHERE id IN (SELECT id FROM deeds WHERE state = 'begun' "
        f"AND tried_at + least(30 * 2 ^ least(tries, 10), 3600) * interval '1 second' <= $1 "
        f"ORDER BY tried_at LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING {_KEPT}",
        now,
        limit,
    )
    return [_kept(row) for row in rows]


async def latest(
    conn: Connection,
    shop: str | None,
    order_no: str | None,
    state: DeedState | None,
    before: tuple[datetime, UUID] | None,
    limit: int,
) -> list[DeedRecord]:
    at, deed_id = before or (None, None)
    rows = await conn.fetch(
        f"SELECT {_RECORD} FROM deeds WHERE ($1::text IS NULL OR shop = $1) AND ($2::text IS NULL OR order_no = $2) "
        "AND ($3::text IS NULL OR state = $3) AND ($4::timestamptz IS NULL OR (begun_at, id) < ($4, $5::uuid)) "
        "ORDER BY begun_at DESC, id DESC LIMIT $6",
        shop,
        order_no,
        state,
        at,
        deed_id,
        limit,
    )
    return [_record(row) for row in rows]


async def of_customer(conn: Connection, shop: str, owner: str) -> list[DeedSeen]:
    """All of the customer's, in order."""
    rows = await conn.fetch(
        f"SELECT {_KEPT} FROM deeds WHERE shop = $1 AND owner = $2 ORDER BY begun_at, id", shop, owner
    )
    return [DeedSeen(_kept(row).record, msgspec.json.decode(row["change"])) for row in rows]


def _record(row: asyncpg.Record) -> DeedRecord:
    plain = dict(row)
    actor = Actor(plain.pop("actor_kind"), plain.pop("actor_id"))
    return msgspec.convert({**plain, "actor": actor}, DeedRecord)


def _kept(row: asyncpg.Record) -> Kept:
    return Kept(
        record=_record(row),
        fingerprint=row["fingerprint"],
        key=row["key"],
        change=msgspec.json.decode(row["change"], type=Change),
        before=_read(row["before"], Before),
        receipt=_read(row["receipt"], Receipt),
        tries=row["tries"],
    )


def _read(text: str | None, kind: type[T]) -> T | None:
    return None if text is None else msgspec.json.decode(text, type=kind)


def _text(value: Any) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()


async def told_of(conn: Connection, shop: str, owner: str) -> list[dict[str, Any]]:
    """All that was done for a customer, oldest first, with what they asked for."""
    rows = await conn.fetch(
        "SELECT shop, kind, order_no, state, amount_cents, reason, change, begun_at, settled_at FROM deeds "
        "WHERE shop = $1 AND owner = $2 ORDER BY begun_at, id",
        shop,
        owner,
    )
    return [dict(row, change=msgspec.json.decode(row["change"])) for row in rows]


#: Where a change has somebody's words or address, and what stands there afterwards.
_NOBODY = msgspec.json.encode(Address("", "", "", "", "", "")).decode()
_BLANKED = "CASE WHEN {json} ? '{name}' THEN jsonb_build_object('{name}', '{blank}'::jsonb) ELSE '{{}}'::jsonb END"


def _blanked(json: str, names: dict[str, str]) -> str:
    parts = (_BLANKED.format(json=json, name=name, blank=blank) for name, blank in names.items())
    return " || ".join((json, *parts))


_CHANGE = _blanked("change", {"address": _NOBODY, "text": '"-"', "title": '"-"', "email": '"-@-.-"', "tax_no": "null"})
_BEFORE = _blanked("before", {"address": _NOBODY, "remark": "null"})


async def strip(conn: Connection, shop: str, owner: str) -> int:
    """Take addresses, titles and words out of what was done for a customer and is settled."""
    return count_of(
        await conn.execute(
            f"UPDATE deeds SET change = {_CHANGE}, before = {_BEFORE}, reason = '' "
            "WHERE shop = $1 AND owner = $2 AND state <> 'begun'",
            shop,
            owner,
        )
    )
