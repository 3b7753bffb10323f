"""What customers wrote and sent: to be copied out, or to be erased so that nothing of it can be read or searched."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from yingda.infra.database import Connection, count_of

#: Codes of notices that say what people wrote: the other notices' words are the product's.
_WORDED = ["ticket_update"]


async def conversations_of(conn: Connection, customer_ids: Sequence[UUID]) -> list[UUID]:
    rows = await conn.fetch("SELECT id FROM conversations WHERE customer_id = ANY($1) ORDER BY id", list(customer_ids))
    return [row["id"] for row in rows]


async def heads(conn: Connection, conversation_ids: Sequence[UUID]) -> list[dict[str, Any]]:
    rows = await conn.fetch(
        "SELECT id, shop, channel, state, intent, emotion, handoff, created_at, resolved_at FROM conversations "
        "WHERE id = ANY($1) ORDER BY id",
        list(conversation_ids),
    )
    return [dict(row, handoff=msgspec.json.decode(row["handoff"] or "null")) for row in rows]


async def said(conn: Connection, conversation_ids: Sequence[UUID]) -> list[dict[str, Any]]:
    """Every message but what staff noted among themselves."""
    rows = await conn.fetch(
        "SELECT conversation_id, seq, kind, author_kind, content, understanding, created_at FROM messages "
        "WHERE conversation_id = ANY($1) AND kind <> 'note' ORDER BY conversation_id, seq",
        list(conversation_ids),
    )
    return [
        dict(
            row,
            content=msgspec.json.decode(row["content"]),
            understanding=msgspec.json.decode(row["understanding"] or "null"),
        )
        for row in rows
    ]


async def silence(conn: Connection, conversation_ids: Sequence[UUID], preview: str) -> int:
    """Take every word away; that there was a message stays, so that figures and numbers hold.

    Of notices of the system, those in which a colleague's words stand.
    """
    ids = list(conversation_ids)
    await conn.execute("DELETE FROM message_edits WHERE conversation_id = ANY($1)", ids)
    await conn.execute("UPDATE conversations SET preview = $2, handoff = NULL WHERE id = ANY($1)", ids, preview)
    return count_of(
        await conn.execute(
            'UPDATE messages SET content = \'{"type": "text", "text": ""}\', terms = \'{}\', understanding = NULL, '
            "recalled = true WHERE conversation_id = ANY($1) AND (kind <> 'system' OR content->>'code' = ANY($2))",
            ids,
            _WORDED,
        )
    )


async def withdraw_files(conn: Connection, owner_ids: Sequence[UUID]) -> list[str]:
    """What these people uploaded is served to nobody any more; the keys of the files."""
    rows = await conn.fetch(
        "UPDATE attachments SET withdrawn = true, name = '' WHERE owner_id = ANY($1) RETURNING key", list(owner_ids)
    )
    return [row["key"] for row in rows]
