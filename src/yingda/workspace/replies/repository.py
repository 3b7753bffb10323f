"""All SQL of canned replies."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

import asyncpg

from yingda.infra.database import Connection
from yingda.kit.errors import Conflict
from yingda.workspace.ownership import IN_PLACE, WITHIN_REACH, Place, Reach, Scope, TeamMissing
from yingda.workspace.replies.schemas import CannedReply, ReplyDraft

_COLUMNS = "id, scope, team_id, code, title, text, language, category, keys, used_count, updated_at"


class CodeTaken(Conflict):
    code = "reply_code_taken"
    zh = "短码“{name}”已被使用，请换一个。"
    en = "The code {name} is in use already: choose another."


async def list_within(conn: Connection, reach: Reach, words: Sequence[str]) -> list[CannedReply]:
    """Those whose keys or text have all the words, most used first."""
    rows = await conn.fetch(
        f"SELECT {_COLUMNS} FROM canned_replies WHERE {WITHIN_REACH} AND NOT EXISTS (SELECT FROM unnest($4::text[]) w "
        "WHERE strpos(keys || chr(10) || lower(text), w) = 0) ORDER BY used_count DESC, updated_at, id",
        reach.staff_id,
        reach.team_ids,
        reach.all_teams,
        words,
    )
    return [_reply(row) for row in rows]


async def find(conn: Connection, reply_id: UUID, reach: Reach) -> CannedReply | None:
    row = await conn.fetchrow(
        f"SELECT {_COLUMNS} FROM canned_replies WHERE {WITHIN_REACH} AND id = $4",
        reach.staff_id,
        reach.team_ids,
        reach.all_teams,
        reply_id,
    )
    return _reply(row) if row else None


async def count(conn: Connection, place: Place) -> int:
    """How many are kept in one place."""
    return int(
        await conn.fetchval(
            f"SELECT count(*) FROM canned_replies WHERE {IN_PLACE}",
            place.owner_id,
            place.team_id,
        )
    )


async def has_any(conn: Connection) -> bool:
    return bool(await conn.fetchval("SELECT EXISTS (SELECT FROM canned_replies)"))


async def save(
    conn: Connection, reply_id: UUID, place: Place, draft: ReplyDraft, keys: Sequence[str], now: datetime
) -> CannedReply:
    """Store a new one, or what has changed of a known one. Raises `CodeTaken` or `TeamMissing`."""
    try:
        row = await conn.fetchrow(
            "INSERT INTO canned_replies "
            "(id, scope, owner_id, team_id, code, title, text, language, category, keys, updated_at) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) "
            "ON CONFLICT (id) DO UPDATE SET scope = $2, owner_id = $3, team_id = $4, code = $5, title = $6, text = $7, "
            f"language = $8, category = $9, keys = $10, updated_at = $11 RETURNING {_COLUMNS}",
            reply_id,
            draft.scope.value,
            place.owner_id,
            place.team_id,
            draft.code,
            draft.title,
            draft.text,
            draft.language,
            draft.category,
            "\n".join(keys),
            now,
        )
    except asyncpg.UniqueViolationError:
        raise CodeTaken(name=draft.code) from None
    except asyncpg.ForeignKeyViolationError:
        raise TeamMissing from None
    return _reply(cast("asyncpg.Record", row))


async def count_use(conn: Connection, reply_id: UUID) -> None:
    await conn.execute("UPDATE canned_replies SET used_count = used_count + 1 WHERE id = $1", reply_id)


async def delete(conn: Connection, reply_id: UUID) -> None:
    await conn.execute("DELETE FROM canned_replies WHERE id = $1", reply_id)


def _reply(row: asyncpg.Record) -> CannedReply:
    return CannedReply(**{**row, "scope": Scope(row["scope"]), "keys": row["keys"].split("\n")})
