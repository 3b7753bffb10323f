"""Minutes of the departments' meetings."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from yingda.infra.database import Connection
from yingda.tickets.schemas import MeetingHead


class MeetingRecord(msgspec.Struct, frozen=True, kw_only=True):
    """As it is kept."""

    id: UUID
    held_on: date
    title: str
    notes: str
    attendee_ids: list[UUID]
    written_by: UUID
    written_by_name: str
    created_at: datetime


_MEETING = ", ".join(MeetingRecord.__struct_fields__)


async def add(conn: Connection, meeting: MeetingRecord) -> None:
    await conn.execute(
        f"INSERT INTO ticket_meetings ({_MEETING}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        *(getattr(meeting, name) for name in MeetingRecord.__struct_fields__),
    )


async def get(conn: Connection, meeting_id: UUID) -> MeetingRecord | None:
    row = await conn.fetchrow(f"SELECT {_MEETING} FROM ticket_meetings WHERE id = $1", meeting_id)
    return MeetingRecord(**row) if row else None


async def latest(conn: Connection, before: tuple[date, UUID] | None, limit: int) -> list[MeetingHead]:
    rows = await conn.fetch(
        "SELECT m.id, m.held_on, m.title, m.written_by_name, "
        "(SELECT count(*) FROM ticket_comments c WHERE c.meeting_id = m.id) AS decisions FROM ticket_meetings m "
        "WHERE $1::date IS NULL OR (m.held_on, m.id) < ($1, $2::uuid) ORDER BY m.held_on DESC, m.id DESC LIMIT $3",
        *(before or (None, None)),
        limit,
    )
    return [MeetingHead(**row) for row in rows]
