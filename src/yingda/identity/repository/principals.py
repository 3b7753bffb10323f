"""SQL that finds out who is asking: one statement a request."""

from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from yingda.identity.permissions import TEAM_PERMISSIONS, Permission
from yingda.identity.principal import Principal
from yingda.identity.rules import SESSION_IDLE, SESSION_TOUCH, known
from yingda.infra.database import Connection

#: What a person may do, from the row `who` (staff_id, scopes: null for all). A role that is limited to a
#: department counts for all of its teams.
_RIGHTS = """
SELECT who.*, p.display_name,
  ARRAY(SELECT DISTINCT m.department_id FROM memberships m WHERE m.staff_id = p.id) AS departments,
  ARRAY(SELECT m.team_id FROM memberships m WHERE m.staff_id = p.id AND m.team_id IS NOT NULL) AS teams,
  ARRAY(
    SELECT DISTINCT permission
    FROM role_assignments a JOIN roles r ON r.id = a.role_id CROSS JOIN unnest(r.permissions) permission
    WHERE a.staff_id = p.id AND a.department_id IS NULL AND a.team_id IS NULL) AS everywhere,
  (SELECT jsonb_object_agg(permission, team_ids) FROM (
    SELECT permission, jsonb_agg(DISTINCT t.id) AS team_ids
    FROM role_assignments a JOIN roles r ON r.id = a.role_id CROSS JOIN unnest(r.permissions) permission
    JOIN teams t ON t.id = a.team_id OR t.department_id = a.department_id
    WHERE a.staff_id = p.id GROUP BY permission) limited) AS limited
FROM who JOIN staff p ON p.id = who.staff_id AND p.active
"""

_BY_SESSION = f"""
WITH who AS (
  SELECT s.id, s.staff_id, NULL::text[] AS scopes FROM staff_sessions s
  WHERE s.token_hash = $1 AND s.expires_at > $2 AND s.last_seen_at > $3),
seen AS (
  UPDATE staff_sessions s SET last_seen_at = $2 FROM who WHERE s.id = who.id AND s.last_seen_at < $4)
{_RIGHTS}"""  # constants

_BY_API_KEY = f"""
WITH who AS (
  SELECT k.id, k.staff_id, k.scopes FROM api_keys k
  WHERE k.id = $1 AND k.secret_hash = $3 AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > $2)),
used AS (
  UPDATE api_keys k SET last_used_at = $2 FROM who
  WHERE k.id = who.id AND (k.last_used_at IS NULL OR k.last_used_at < $4))
{_RIGHTS}"""  # constants


_BY_STAFF = f"""
WITH who AS (SELECT id AS staff_id, NULL::text[] AS scopes FROM staff WHERE $1::uuid[] IS NULL OR id = ANY($1::uuid[]))
{_RIGHTS}"""  # constants

_AS_NOW = f"""
WITH who AS (
  SELECT p.id AS staff_id, k.scopes FROM staff p LEFT JOIN api_keys k ON k.id = $2
  WHERE p.id = $1 AND ($2::uuid IS NULL OR k.id IS NOT NULL AND k.revoked_at IS NULL))
{_RIGHTS}"""  # constants


async def principal_by_session(conn: Connection, token_hash: bytes, now: datetime) -> Principal | None:
    """The owner of a live session; notes, at most once a minute, that they were seen."""
    row = await conn.fetchrow(_BY_SESSION, token_hash, now, now - SESSION_IDLE, now - SESSION_TOUCH)
    return row and _principal(row, session_id=row["id"])


async def principal_by_api_key(conn: Connection, key_id: UUID, secret_hash: bytes, now: datetime) -> Principal | None:
    """The maker of a live API key, cut down to its scopes."""
    row = await conn.fetchrow(_BY_API_KEY, key_id, now, secret_hash, now - SESSION_TOUCH)
    return row and _principal(row, api_key_id=row["id"])


async def principal_as_now(conn: Connection, before: Principal) -> Principal | None:
    """Who asked, with the rights that they have by now; None: they were shut out."""
    row = await conn.fetchrow(_AS_NOW, before.staff_id, before.api_key_id)
    return row and _principal(row, before.session_id, before.api_key_id)


async def principals_of_staff(conn: Connection, staff_ids: list[UUID] | None) -> list[Principal]:
    """What these people, as far as they are active, may see and do; to look it up, not to act as them."""
    rows = await conn.fetch(_BY_STAFF, staff_ids)
    return [_principal(row) for row in rows]


def _principal(row: asyncpg.Record, session_id: UUID | None = None, api_key_id: UUID | None = None) -> Principal:
    scopes = frozenset(Permission) if row["scopes"] is None else known(row["scopes"])
    everywhere = scopes & known(row["everywhere"])
    limited = msgspec.json.decode(row["limited"] or "{}", type=dict[str, frozenset[UUID]])
    limited_to = {
        permission: limited[permission]
        for permission in (TEAM_PERMISSIONS & scopes) - everywhere
        if permission in limited
    }
    return Principal(
        staff_id=row["staff_id"],
        display_name=row["display_name"],
        permissions=everywhere | limited_to.keys(),
        department_ids=frozenset(row["departments"]),
        team_ids=frozenset(row["teams"]),
        limited_to=limited_to,
        via="session" if session_id else "api_key",
        session_id=session_id,
        api_key_id=api_key_id,
    )
