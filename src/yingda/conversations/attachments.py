"""Files in messages: uploaded first, sent by id, opened through a link that expires."""

from collections.abc import AsyncIterable
from datetime import UTC, datetime, timedelta
from typing import Annotated
from urllib.parse import quote
from uuid import UUID

import msgspec
from litestar import Request, get, post
from litestar.datastructures import State
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect, Stream
from litestar.status_codes import HTTP_201_CREATED, HTTP_307_TEMPORARY_REDIRECT

from yingda.conversations import service
from yingda.conversations.access import get_changeable, visibility_of
from yingda.conversations.content import FileContent, ImageContent
from yingda.conversations.repository import uploads
from yingda.identity import Caller
from yingda.infra.database import Connection
from yingda.infra.files import FileStore, StoredFile
from yingda.infra.given import Db, GivenFiles
from yingda.infra.uploads import UploadOperation, uploaded_part
from yingda.kit.clock import now
from yingda.kit.errors import NotFound
from yingda.kit.ids import parse_id

#: Links stay the same for as long as a browser may keep the file, and are open at least this long.
LINK_HOURS = 24


class AttachmentNotFound(NotFound):
    code = "attachment_not_found"
    zh = "没有找到这个文件，请重新上传。"
    en = "There is no such file. Please upload it again."


class Uploaded(msgspec.Struct, frozen=True, kw_only=True):
    """A file that can now be sent by its id."""

    file_id: str
    name: str
    media_type: str
    size: int
    width: int | None
    height: int | None
    url: str


def uploaded(files: FileStore, stored: StoredFile) -> Uploaded:
    """The answer to an upload."""
    return Uploaded(
        file_id=str(stored.id),
        name=stored.name,
        media_type=stored.media_type,
        size=stored.size,
        width=stored.width,
        height=stored.height,
        url=file_link(files, stored.id),
    )


async def upload(
    db: Db, files: GivenFiles, source: bytes | AsyncIterable[bytes], name: str, owner_id: UUID
) -> StoredFile:
    """Store a file that `owner_id` may then send. Raises what `FileStore.put` raises."""
    stored = await files.put(source, name)
    async with db.transaction() as tx:
        await uploads.add_attachment(tx.conn, stored, owner_id, now())
    return stored


async def attachment_content(conn: Connection, file_id: str, owner_id: UUID) -> ImageContent | FileContent:
    """The content of a message that carries this file. Raises `AttachmentNotFound`, also for another's file."""
    file = await uploads.attachment(conn, parse_id(file_id), owner_id)
    if file is None:
        raise AttachmentNotFound
    if file.media_type.startswith("image/"):
        return ImageContent(
            file_id=str(file.id),
            name=file.name,
            media_type=file.media_type,
            size=file.size,
            width=file.width,
            height=file.height,
        )
    return FileContent(file_id=str(file.id), name=file.name, media_type=file.media_type, size=file.size)


async def attached_image(conn: Connection, conversation_id: UUID, file_id: UUID) -> StoredFile:
    """An image of this conversation. Raises `AttachmentNotFound`, also for another's and for other files."""
    file = await uploads.attached(conn, conversation_id, file_id)
    if file is None or not file.media_type.startswith("image/"):
        raise AttachmentNotFound
    return file


def file_link(files: FileStore, file_id: UUID) -> str:
    """A path under which the file can be opened for at least `LINK_HOURS` hours; the same all day, for caches."""
    today = datetime.combine(now().date(), datetime.min.time(), UTC)
    return f"/api/v1/files/{file_id}?token={files.sign(file_id, today + timedelta(hours=24 + LINK_HOURS))}"


@post(
    "/api/v1/conversations/{conversation_id:uuid}/uploads",
    operation_class=UploadOperation,
    status_code=HTTP_201_CREATED,
    tags=["conversations"],
    summary="Upload a file to send in this conversation",
)
async def upload_for_reply(
    request: Request[object, object, State],
    db: Db,
    principal: Caller,
    files: GivenFiles,
    conversation_id: FromPath[UUID],
) -> Uploaded:
    """One multipart part named `file`. Nothing of it is read for those who may not reply."""
    async with db.reading() as conn:
        await get_changeable(conn, conversation_id, principal)
    return uploaded(files, await upload(db, files, *await uploaded_part(request), principal.staff_id))


@get("/api/v1/files/{file_id:uuid}", tags=["conversations"], summary="A file, by a link that expires")
async def open_file(
    db: Db, files: GivenFiles, file_id: FromPath[UUID], token: Annotated[str, QueryParameter(max_length=200)]
) -> Stream:
    """The link is the permission: it is only ever shown to those who may see the message."""
    files.verify(file_id, token)
    async with db.reading() as conn:
        file = await uploads.attachment(conn, file_id)
    if file is None:
        raise AttachmentNotFound
    disposition = "inline" if file.media_type.startswith("image/") else "attachment"
    return Stream(
        await files.stream(file.key),
        media_type=file.media_type,
        headers={
            "Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(file.name)}",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, max-age=86400, immutable",
        },
    )


@get(
    "/api/v1/conversations/{conversation_id:uuid}/files/{file_id:uuid}",
    status_code=HTTP_307_TEMPORARY_REDIRECT,
    tags=["conversations"],
    summary="A file of the thread",
)
async def thread_file(
    db: Db, principal: Caller, files: GivenFiles, conversation_id: FromPath[UUID], file_id: FromPath[UUID]
) -> Redirect:
    """Leads to a link that expires, for those who may see the conversation."""
    async with db.reading() as conn:
        await service.get_visible(conn, conversation_id, visibility_of(principal))
        if not await uploads.is_attached(conn, conversation_id, file_id):
            raise AttachmentNotFound
    return Redirect(file_link(files, file_id), status_code=HTTP_307_TEMPORARY_REDIRECT)
