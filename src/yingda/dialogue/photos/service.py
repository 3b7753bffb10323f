"""Looks at customers' photographs and tells what they are: to the customer of the assistant, else to staff."""

from collections.abc import Mapping
from typing import Final, Protocol
from uuid import UUID

from yingda import customers
from yingda.commerce import Order, Store
from yingda.conversations import (
    SYSTEM,
    Author,
    AuthorKind,
    Content,
    ImageContent,
    Kind,
    Message,
    State,
    SystemNotice,
    attached_image,
    get,
    say,
)
from yingda.dialogue.photos import repository, rules
from yingda.dialogue.photos.repository import Photo
from yingda.dialogue.photos.tasks import TELL_LABEL, TellLabel
from yingda.infra.database import Database, Tx
from yingda.infra.jobs import Jobs
from yingda.infra.ocr import can_read
from yingda.kit.clock import now
from yingda.kit.errors import Locale, Unavailable
from yingda.knowledge import Expert, labels
from yingda.knowledge.labels import LabelReading

ASSISTANT = Author(AuthorKind.ASSISTANT)

#: The assistant looks at so many pictures of a conversation by itself; staff may ask for more.
MOST_BY_ITSELF = 20
RECENT_ORDERS = 10

_LOCALES: Final[tuple[Locale, ...]] = ("zh", "en")

_BEGUN = SystemNotice("photo_begun", "正在查看图片，如果拍的是成分表，稍后会为您列出识别结果。")
_KEPT = SystemNotice("photo_kept", "图片不是成分表，已作为凭证留在会话里。")
_NO_LIST = SystemNotice("photo_no_list", "在图片里没有找到成分表。")


class Experts(Protocol):
    def of(self, shop: str | None) -> Expert: ...


class Photos:
    """One a process."""

    def __init__(self, db: Database, jobs: Jobs, stores: Mapping[str, Store], experts: Experts) -> None:
        self._db = db
        self._jobs = jobs
        self._stores = stores
        self._experts = experts

    async def received(self, tx: Tx, message: Message) -> None:
        """A customer of the assistant's has sent something: a picture is looked at."""
        if not isinstance(message.content, ImageContent) or not can_read():
            return
        file_id = UUID(message.content.file_id)
        seen, known = await repository.count_unasked(tx.conn, message.conversation_id, file_id)
        if known or seen >= MOST_BY_ITSELF:
            return
        await self._ask(tx, message.conversation_id, file_id, None)

    async def asked(self, tx: Tx, conversation_id: UUID, file_id: UUID, staff_id: UUID) -> LabelReading:
        """A member of staff wants a picture read; one that was found to be a list is not read again.

        Raises `AttachmentNotFound`, `ReaderMissing`.
        """
        latest = await repository.latest_of(tx.conn, conversation_id, file_id)
        if latest:
            known = await labels.reading(tx.conn, latest)
            if known.finished_at is None or (known.label and known.label.is_list):
                return known
        return await labels.reading(tx.conn, await self._ask(tx, conversation_id, file_id, staff_id))

    async def begun(self, tx: Tx, reading_id: UUID) -> None:
        photo = await repository.get(tx.conn, reading_id)
        if photo and photo.asked_by is None and (await get(tx.conn, photo.conversation_id)).state is State.PENDING:
            await _say(tx, photo, Kind.SYSTEM, SYSTEM, _BEGUN)

    async def read(self, tx: Tx, reading_id: UUID) -> None:
        if await repository.get(tx.conn, reading_id):
            await self._jobs.enqueue(tx.conn, TELL_LABEL, TellLabel(reading_id))
            tx.after_commit(self._jobs.wake)

    async def tell(self, job: TellLabel) -> None:
        """Bears being run again: each thing is said once."""
        async with self._db.reading() as conn:
            photo = await repository.get(conn, job.reading_id)
            if photo is None:
                return
            found = await labels.reading(conn, job.reading_id)
            head = await get(conn, photo.conversation_id)
            profile = customers.skin_of(await customers.get(conn, head.customer_id), now())
            owner = await customers.external_id_of(conn, head.customer_id, f"shop:{head.shop}")
        card = None
        if found.label and found.label.is_list:
            person = rules.person_of(profile.skin if profile else None, await self._orders(head.shop, owner))
            graph = self._experts.of(head.shop).graph
            chinese, english = (labels.assess(graph, found.label, person, locale) for locale in _LOCALES)
            card = rules.card_of(chinese, english, photo.file_id)
        async with self._db.transaction() as tx:
            head = await get(tx.conn, photo.conversation_id)
            if photo.asked_by or head.state is not State.PENDING:
                await _say(tx, photo, Kind.NOTE, SYSTEM, card or _notice(found, _NO_LIST))
            elif card:
                await _say(tx, photo, Kind.INGREDIENT_CARD, ASSISTANT, card)
            else:
                await _say(tx, photo, Kind.SYSTEM, SYSTEM, _notice(found, _KEPT))

    async def _ask(self, tx: Tx, conversation_id: UUID, file_id: UUID, staff_id: UUID | None) -> UUID:
        file = await attached_image(tx.conn, conversation_id, file_id)
        reading_id = await labels.ask(tx, self._jobs, file.key)
        await repository.add(tx.conn, Photo(reading_id, conversation_id, file_id, staff_id))
        return reading_id

    async def _orders(self, shop: str, owner: str | None) -> list[Order]:
        """The customer's latest. A shop that is down tells nothing, and the card says less."""
        store = self._stores.get(shop)
        try:
            return await store.orders.recent(owner, RECENT_ORDERS) if store and owner else []
        except (Unavailable, OSError, TimeoutError):
            return []


async def _say(tx: Tx, photo: Photo, kind: Kind, author: Author, content: Content) -> None:
    once = f"photo:{photo.reading_id}:{kind.value}:{getattr(content, 'code', '')}"
    await say(tx, photo.conversation_id, author, kind, content, external_id=once)


def _notice(found: LabelReading, otherwise: SystemNotice) -> SystemNotice:
    return SystemNotice(found.error, found.detail or "") if found.error else otherwise
