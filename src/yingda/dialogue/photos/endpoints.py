"""HTTP: have a picture of a conversation read."""

from typing import TypeAlias
from uuid import UUID

from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.status_codes import HTTP_202_ACCEPTED

from yingda.conversations import get_changeable
from yingda.dialogue.photos.schemas import AskedReading
from yingda.dialogue.photos.service import Photos
from yingda.identity import Caller
from yingda.infra.given import Db

GivenPhotos: TypeAlias = NamedDependency[Photos]


@post(
    "/api/v1/conversations/{conversation_id:uuid}/files/{file_id:uuid}/label",
    status_code=HTTP_202_ACCEPTED,
    tags=["conversations"],
    summary="Find the ingredients on a picture of the thread",
)
async def read_label(
    db: Db, principal: Caller, photos: GivenPhotos, conversation_id: FromPath[UUID], file_id: FromPath[UUID]
) -> AskedReading:
    """The card comes into the thread, for staff to see. A picture that is known to be a list is not read again."""
    async with db.transaction() as tx:
        await get_changeable(tx.conn, conversation_id, principal)
        reading = await photos.asked(tx, conversation_id, file_id, principal.staff_id)
    return AskedReading(reading.id, reading.state)


routers = [read_label]
