"""SQL about what lets people in: passwords, sessions, one-time links, throttles, API keys."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from yingda.identity.permissions import Permission
from yingda.identity.rules import SESSION_IDLE, Attempts
from yingda.identity.schemas import ApiKeyView, InvitedCard, SessionView
from yingda.infra.database import Connection
from yingda.kit.ids import new_id


class Account(msgspec.Struct, frozen=True):
    """What log-in has to know of somebody."""

    id: UUID
    login: str
    password_hash: str | None
    active: bool


async def find_account(conn: Connection, login: str) -> Account | None:
    row = await conn.fetchrow("SELECT id, login, password_hash, active FROM staff WHERE login = $1", login)
    return row and Account(**row)


async def get_account(conn: Connection, staff_id: UUID) -> Account | None:
    row = await conn.fetchrow("SELECT id, login, password_hash, active FROM staff WHERE id = $1", staff_id)
    return row and Account(**row)


async def set_password(conn: Connection, staff_id: UUID, password_hash: str) -> None:
    await conn.execute("UPDATE staff SET password_hash = $2 WHERE id = $1", staff_id, password_hash)


async def set_demo_password(conn: Connection, login: str, password_hash: str) -> None:
    """Never touches an account that is not of the demo."""
    await conn.execute("UPDATE staff SET password_hash = $2 WHERE login = $1 AND demo", login, password_hash)


async def add_session(
    conn: Connection,
    *,
    staff_id: UUID,
    token_hash: bytes,
    user_agent: str,
    address: str,
    now: datetime,
    expires_at: datetime,
) -> bool:
    """Whether the session was begun: not for somebody who was deactivated while their password was checked."""
    status = await conn.execute(
        "INSERT INTO staff_sessions"
        " (id, staff_id, token_hash, user_agent, address, created_at, last_seen_at, expires_at)"
        " SELECT $1, id, $3, $4, $5, $6, $6, $7 FROM staff WHERE id = $2 AND active FOR SHARE",
        new_id(),
        staff_id,
        token_hash,
        user_agent,
        address,
        now,
        expires_at,
    )
    return _found(status)


async def list_sessions(conn: Connection, staff_id: UUID, current: UUID, now: datetime) -> list[SessionView]:
    """The live sessions of somebody, the latest used first."""
    rows = await conn.fetch(
        "SELECT id, id = $2 AS current, user_agent, address, created_at, last_seen_at, expires_at FROM staff_sessions"
        " WHERE staff_id = $1 AND expires_at > $3 AND last_seen_at > $4 ORDER BY last_seen_at DESC, id DESC",
        staff_id,
        current,
        now,
        now - SESSION_IDLE,
    )
    return [SessionView(**row) for row in rows]


async def delete_session(conn: Connection, staff_id: UUID, session_id: UUID) -> bool:
    status = await conn.execute("DELETE FROM staff_sessions WHERE staff_id = $1 AND id = $2", staff_id, session_id)
    return _found(status)


async def delete_sessions(conn: Connection, staff_id: UUID, keep: UUID | None) -> list[UUID]:
    """End all sessions of somebody but `keep`; the ids of those that were ended."""
    rows = await conn.fetch(
        "DELETE FROM staff_sessions WHERE staff_id = $1 AND id IS DISTINCT FROM $2 RETURNING id", staff_id, keep
    )
    return [row["id"] for row in rows]


async def replace_link(conn: Connection, token_hash: bytes, staff_id: UUID | None, expires_at: datetime) -> None:
    """A new one-time link; the one that stood for the same purpose is void."""
    await delete_links(conn, staff_id)
    await conn.execute(
        "INSERT INTO one_time_links (token_hash, staff_id, expires_at) VALUES ($1, $2, $3)",
        token_hash,
        staff_id,
        expires_at,
    )


async def delete_links(conn: Connection, staff_id: UUID | None) -> None:
    await conn.execute("DELETE FROM one_time_links WHERE staff_id IS NOT DISTINCT FROM $1", staff_id)


async def delete_password_links(conn: Connection, staff_ids: Sequence[UUID]) -> None:
    """Void the links of those who have a password already; an invitation stays."""
    await conn.execute(
        "DELETE FROM one_time_links l USING staff p"
        " WHERE p.id = l.staff_id AND p.password_hash IS NOT NULL AND l.staff_id = ANY($1::uuid[])",
        staff_ids,
    )


async def use_setup_link(conn: Connection, token_hash: bytes, now: datetime) -> bool:
    """Take the link for the first administrator, if there is such a one; nobody can take it twice."""
    status = await conn.execute(
        "DELETE FROM one_time_links WHERE token_hash = $1 AND staff_id IS NULL AND expires_at > $2", token_hash, now
    )
    return _found(status)


async def use_invitation(conn: Connection, token_hash: bytes, now: datetime) -> UUID | None:
    """Take the link to set a password; whose it is, or None."""
    staff_id: UUID | None = await conn.fetchval(
        "DELETE FROM one_time_links l USING staff p WHERE p.id = l.staff_id AND p.active"
        " AND l.token_hash = $1 AND l.expires_at > $2 RETURNING l.staff_id",
        token_hash,
        now,
    )
    return staff_id


async def find_invitation(conn: Connection, token_hash: bytes, now: datetime) -> InvitedCard | None:
    """Whose password the link sets; it stays usable."""
    row = await conn.fetchrow(
        "SELECT p.login, p.display_name, p.locale, l.expires_at FROM one_time_links l JOIN staff p ON p.id = l.staff_id"
        " WHERE p.active AND l.token_hash = $1 AND l.expires_at > $2",
        token_hash,
        now,
    )
    return row and InvitedCard(**row)


async def lock_attempts(conn: Connection, buckets: Sequence[str], now: datetime) -> dict[str, Attempts]:
    """What is known of each bucket; nobody else counts in them before the commit. Locked in order: no deadlock."""
    rows = await conn.fetch(
        "INSERT INTO login_throttles (bucket, failures, blocked_until, updated_at)"
        " SELECT bucket, 0, $2, $2 FROM unnest($1::text[]) bucket ORDER BY bucket"
        " ON CONFLICT (bucket) DO UPDATE SET bucket = excluded.bucket"
        " RETURNING bucket, failures, blocked_until, updated_at",
        buckets,
        now,
    )
    return {row["bucket"]: Attempts(row["failures"], row["blocked_until"], row["updated_at"]) for row in rows}


async def save_attempts(conn: Connection, attempts: Mapping[str, Attempts]) -> None:
    await conn.executemany(
        "UPDATE login_throttles SET failures = $2, blocked_until = $3, updated_at = $4 WHERE bucket = $1",
        [(bucket, a.failures, a.blocked_until, a.updated_at) for bucket, a in attempts.items()],
    )


async def forget_attempts(conn: Connection, bucket: str) -> None:
    await conn.execute("DELETE FROM login_throttles WHERE bucket = $1", bucket)


async def take_back_attempt(conn: Connection, bucket: str, now: datetime) -> None:
    """The attempt was no failure; those before it stay."""
    await conn.execute(
        "UPDATE login_throttles SET failures = greatest(failures - 1, 0), blocked_until = $2 WHERE bucket = $1",
        bucket,
        now,
    )


async def delete_expired(conn: Connection, now: datetime, throttles_before: datetime) -> None:
    """Rows that have no effect any more."""
    await conn.execute(
        "DELETE FROM staff_sessions WHERE expires_at <= $1 OR last_seen_at <= $2", now, now - SESSION_IDLE
    )
    await conn.execute("DELETE FROM one_time_links WHERE expires_at <= $1", now)
    await conn.execute("DELETE FROM login_throttles WHERE updated_at <= $1", throttles_before)


_API_KEY_VIEW = """
SELECT k.id, k.name, k.scopes, p.display_name AS created_by, k.created_at, k.expires_at, k.last_used_at, k.revoked_at
FROM api_keys k JOIN staff p ON p.id = k.staff_id
"""


async def add_api_key(
    conn: Connection,
    *,
    key_id: UUID,
    staff_id: UUID,
    name: str,
    secret_hash: bytes,
    scopes: Sequence[Permission],
    now: datetime,
    expires_at: datetime | None,
) -> ApiKeyView:
    await conn.execute(
        "INSERT INTO api_keys (id, staff_id, name, secret_hash, scopes, created_at, expires_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)",
        key_id,
        staff_id,
        name,
        secret_hash,
        scopes,
        now,
        expires_at,
    )
    (row,) = await conn.fetch(f"{_API_KEY_VIEW} WHERE k.id = $1", key_id)
    return ApiKeyView(**row)


async def list_api_keys(conn: Connection) -> list[ApiKeyView]:
    rows = await conn.fetch(f"{_API_KEY_VIEW} ORDER BY k.id DESC")
    return [ApiKeyView(**row) for row in rows]


async def revoke_api_key(conn: Connection, key_id: UUID, now: datetime) -> str | None:
    """The name of the key, if there is such a key."""
    name: str | None = await conn.fetchval(
        "UPDATE api_keys SET revoked_at = coalesce(revoked_at, $2) WHERE id = $1 RETURNING name", key_id, now
    )
    return name


async def revoke_api_keys_of(conn: Connection, staff_id: UUID, now: datetime) -> None:
    await conn.execute("UPDATE api_keys SET revoked_at = $2 WHERE staff_id = $1 AND revoked_at IS NULL", staff_id, now)


def _found(status: str) -> bool:
    """Whether a statement touched a row: PostgreSQL's answer ends with their number."""
    return not status.endswith(" 0")
