"""Uploaded files and where they were sent."""

from datetime import datetime
from uuid import UUID

from yingda.infra.database import Connection
from yingda.infra.files import StoredFile


async def add_attachment(conn: Connection, file: StoredFile, owner_id: UUID, now: datetime) -> None:
    await conn.execute(
        "INSERT INTO attachments (id, owner_id, key, name, media_type, size, width, height, created_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        file.id,
        owner_id,
        file.key,
        file.name,
        file.media_type,
        file.size,
        file.width,
        file.height,
        now,
    )


async def attachment(conn: Connection, file_id: UUID, owner_id: UUID | None = None) -> StoredFile | None:
    """The file, if it is `owner_id`'s or nobody asks whose it is."""
    row = await conn.fetchrow(
        "SELECT id, key, name, media_type, size, width, height FROM attachments "
        "WHERE id = $1 AND NOT withdrawn AND ($2::uuid IS NULL OR owner_id = $2)",
        file_id,
        owner_id,
    )
    return StoredFile(**dict(row)) if row else None


async def attached(conn: Connection, conversation_id: UUID, file_id: UUID) -> StoredFile | None:
    """The file, if a message of this conversation carries it."""
    return await attachment(conn, file_id) if await is_attached(conn, conversation_id, file_id) else None


async def is_attached(conn: Connection, conversation_id: UUID, file_id: UUID) -> bool:
    """Whether a message of this conversation carries the file."""
    return bool(
        await conn.fetchval(
            "SELECT EXISTS (SELECT FROM messages WHERE conversation_id = $1 AND kind IN ('image', 'file') "
            "AND content->>'file_id' = $2)",
            conversation_id,
            str(file_id),
        )
    )
