"""HTTP for the test bench: hand a picture in, look until it has been read."""

from typing import TypeAlias
from uuid import UUID

import msgspec
from litestar import Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.status_codes import HTTP_202_ACCEPTED

from yingda.identity import Caller, Permission
from yingda.infra.files import FileTypeRefused
from yingda.infra.given import Db, GivenFiles
from yingda.infra.jobs import Jobs
from yingda.infra.ocr import ReaderMissing, can_read
from yingda.infra.uploads import UploadOperation, uploaded_part
from yingda.knowledge.beauty.service import Experts
from yingda.knowledge.labels import service
from yingda.knowledge.labels.advice import Assessment, assess
from yingda.knowledge.labels.schemas import LabelReading

GivenExperts: TypeAlias = NamedDependency[Experts]
GivenJobs: TypeAlias = NamedDependency[Jobs]


class TriedReading(msgspec.Struct, frozen=True):
    """`assessment`: what anybody would be told of it, in Chinese and in English; none where it is no list, or not read
    yet."""

    reading: LabelReading
    assessment: Assessment | None
    in_english: Assessment | None


@post(
    "/api/v1/knowledge/labels",
    operation_class=UploadOperation,
    status_code=HTTP_202_ACCEPTED,
    tags=["knowledge"],
    summary="Have a photographed ingredient list read",
)
async def try_label(
    request: Request[object, object, State], db: Db, principal: Caller, files: GivenFiles, jobs: GivenJobs
) -> LabelReading:
    """One multipart part named `file`: a JPEG, PNG, WebP or GIF. It is deleted when it has been read."""
    principal.require(Permission.KNOWLEDGE_EDIT)
    if not can_read():
        raise ReaderMissing
    stored = await files.put(*await uploaded_part(request))
    if not stored.media_type.startswith("image/"):
        await files.delete(stored.key)
        raise FileTypeRefused
    async with db.transaction() as tx:
        reading_id = await service.ask(tx, jobs, stored.key, asked_by=principal.staff_id)
        return await service.reading(tx.conn, reading_id)


@get("/api/v1/knowledge/labels/{reading_id:uuid}", tags=["knowledge"], summary="What was read on a picture")
async def tried_label(db: Db, principal: Caller, experts: GivenExperts, reading_id: FromPath[UUID]) -> TriedReading:
    """Only one's own, for a week."""
    principal.require(Permission.KNOWLEDGE_EDIT)
    async with db.reading() as conn:
        found = await service.own_reading(conn, reading_id, principal.staff_id)
    listed = found.label if found.label and found.label.is_list else None
    if listed is None:
        return TriedReading(found, None, None)
    graph = experts.of(None).graph
    return TriedReading(found, assess(graph, listed), assess(graph, listed, locale="en"))


routers = [tried_label]

#: Apart, because whoever serves it must let larger bodies through.
upload_routers = [try_label]
