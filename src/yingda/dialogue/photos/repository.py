"""All SQL of photographs in conversations."""

from uuid import UUID

import msgspec

from yingda.infra.database import Connection


class Photo(msgspec.Struct, frozen=True):
    """A reading and where it belongs."""

    reading_id: UUID
    conversation_id: UUID
    file_id: UUID
    asked_by: UUID | None


async def add(conn: Connection, photo: Photo) -> None:
    await conn.execute(
        "INSERT INTO photo_readings (reading_id, conversation_id, file_id, asked_by) VALUES ($1, $2, $3, $4)",
        photo.reading_id,
        photo.conversation_id,
        photo.file_id,
        photo.asked_by,
    )


async def get(conn: Connection, reading_id: UUID) -> Photo | None:
    row = await conn.fetchrow(
        "SELECT reading_id, conversation_id, file_id, asked_by FROM photo_readings WHERE reading_id = $1", reading_id
    )
    return Photo(*row) if row else None


async def latest_of(conn: Connection, conversation_id: UUID, file_id: UUID) -> UUID | None:
    """The latest reading of this picture; ids ascend with time."""
    found: UUID | None = await conn.fetchval(
        "SELECT reading_id FROM photo_readings WHERE conversation_id = $1 AND file_id = $2 "
        "ORDER BY reading_id DESC LIMIT 1",
        conversation_id,
        file_id,
    )
    return found


async def count_unasked(conn: Connection, conversation_id: UUID, file_id: UUID) -> tuple[int, bool]:
    """How many pictures of a conversation the assistant has looked at by itself, and whether this is one."""
    row = await conn.fetchrow(
        "SELECT count(*) FILTER (WHERE asked_by IS NULL) AS seen, coalesce(bool_or(file_id = $2), false) AS known "
        "FROM photo_readings WHERE conversation_id = $1",
        conversation_id,
        file_id,
    )
    return row["seen"], row["known"]


async def hand_down(conn: Connection, source_id: UUID, target_id: UUID) -> None:
    """Two conversations become one."""
    await conn.execute(
        "UPDATE photo_readings SET conversation_id = $2 WHERE conversation_id = $1", source_id, target_id
    )
