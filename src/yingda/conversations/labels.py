"""Labels: words of the organisation's own, and the conversations they are put on."""

from collections.abc import Sequence
from uuid import UUID

from msgspec.structs import replace

from yingda.conversations import service
from yingda.conversations.content import Author
from yingda.conversations.events import ConversationMarked
from yingda.conversations.repository import labels
from yingda.conversations.schemas import Label, LabelColor
from yingda.infra.database import Tx
from yingda.kit.clock import now
from yingda.kit.errors import Conflict, Invalid, NotFound
from yingda.kit.ids import new_id

#: What a deployment that shows itself begins with.
_DEMO = (
    ("重点关注", LabelColor.RED),
    ("待补发", LabelColor.ORANGE),
    ("赔付中", LabelColor.PURPLE),
    ("恶意差评", LabelColor.PINK),
    ("待回访", LabelColor.BLUE),
    ("敏感肌", LabelColor.YELLOW),
    ("过敏反馈", LabelColor.RED),
    ("达人合作", LabelColor.CYAN),
    ("已安抚", LabelColor.GREEN),
)


class LabelNotFound(NotFound):
    code = "label_not_found"
    zh = "没有找到这个标签。"
    en = "There is no such label."


class LabelTaken(Conflict):
    code = "label_taken"
    zh = "已有同名标签“{name}”。"
    en = "There is a label named {name} already."


class LabelArchived(Conflict):
    code = "label_archived"
    zh = "标签“{name}”已停用。"
    en = "The label {name} is archived."


class LabelNameEmpty(Invalid):
    code = "label_name_empty"
    zh = "请填写标签名称。"
    en = "The label needs a name."


async def create_label(tx: Tx, name: str, color: LabelColor, created_by: UUID | None) -> Label:
    """Raises `LabelNameEmpty`, `LabelTaken`."""
    label = Label(new_id(), _cleaned(name), color)
    if not await labels.create(tx.conn, label, created_by, now()):
        raise LabelTaken(name=label.name)
    return label


async def change_label(
    tx: Tx, label_id: UUID, *, name: str | None = None, color: LabelColor | None = None, archived: bool | None = None
) -> Label:
    """Change what is given. Raises `LabelNotFound`, `LabelNameEmpty`, `LabelTaken`."""
    known = await _find(tx, label_id)
    label = replace(
        known,
        name=known.name if name is None else _cleaned(name),
        color=color or known.color,
        archived=known.archived if archived is None else archived,
    )
    if not await labels.change(tx.conn, label, now()):
        raise LabelTaken(name=label.name)
    return label


async def add_label(tx: Tx, conversation_id: UUID, author: Author, label_id: UUID) -> None:
    """Put a label on a conversation; on one that has it nothing changes. Raises `LabelNotFound`, `LabelArchived`."""
    label = await _find(tx, label_id)
    if label.archived:
        raise LabelArchived(name=label.name)
    if await labels.add(tx.conn, conversation_id, label_id, author.id, now()):
        await _marked(tx, conversation_id)


async def add_labels(tx: Tx, conversation_id: UUID, label_ids: Sequence[UUID]) -> None:
    """By a rule: what does not exist, is archived or stands there already is passed over."""
    if await labels.add_known(tx.conn, conversation_id, label_ids, now()):
        await _marked(tx, conversation_id)


async def remove_label(tx: Tx, conversation_id: UUID, label_id: UUID) -> None:
    """Take a label off a conversation, if it is there."""
    if await labels.remove(tx.conn, conversation_id, label_id):
        await _marked(tx, conversation_id)


async def seed_demo_labels(tx: Tx) -> Sequence[Label]:
    """The demo's labels, as far as they are missing."""
    known = {label.name for label in await labels.all_labels(tx.conn)}
    return [await create_label(tx, name, color, None) for name, color in _DEMO if name not in known]


async def _find(tx: Tx, label_id: UUID) -> Label:
    label = await labels.find(tx.conn, label_id)
    if label is None:
        raise LabelNotFound
    return label


def _cleaned(name: str) -> str:
    cleaned = " ".join(name.split())
    if not cleaned:
        raise LabelNameEmpty
    return cleaned


async def _marked(tx: Tx, conversation_id: UUID) -> None:
    await tx.publish(ConversationMarked(await service.place_of(tx.conn, conversation_id)))
