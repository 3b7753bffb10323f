"""What the organisation wants."""

from datetime import datetime

import msgspec

from yingda.infra.database import Connection
from yingda.outreach.schemas import KeptOutreach, OutreachSettings


async def kept(conn: Connection, *, lock: bool = False) -> KeptOutreach:
    """As shipped, and off, until somebody has decided."""
    row = await conn.fetchrow(
        "SELECT version, settings, at, by_name FROM outreach_settings" + (" FOR UPDATE" if lock else "")
    )
    if row is None:
        return KeptOutreach(version=0, settings=OutreachSettings(), changed_at=None, changed_by=None)
    settings = msgspec.json.decode(row["settings"], type=OutreachSettings)
    return KeptOutreach(version=row["version"], settings=settings, changed_at=row["at"], changed_by=row["by_name"])


async def keep(conn: Connection, version: int, settings: OutreachSettings, by_name: str, now: datetime) -> bool:
    """False: somebody else was first."""
    status = await conn.execute(
        "INSERT INTO outreach_settings (id, version, enabled, settings, at, by_name) "
        "VALUES (1, $1, $2, $3::jsonb, $4, $5) "
        "ON CONFLICT (id) DO UPDATE SET version = $1, enabled = $2, settings = $3::jsonb, at = $4, by_name = $5 "
        "WHERE outreach_settings.version = $1 - 1",
        version,
        settings.enabled,
        msgspec.json.encode(settings).decode(),
        now,
        by_name,
    )
    return bool(status == "INSERT 0 1")
