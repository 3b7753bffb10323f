"""What a message carries, and who wrote it. All frozen."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec


class Kind(StrEnum):
    TEXT = "text"
    IMAGE = "image"
    FILE = "file"
    PRODUCT_CARD = "product_card"
    ORDER_CARD = "order_card"
    INGREDIENT_CARD = "ingredient_card"
    QUICK_REPLIES = "quick_replies"
    SYSTEM = "system"
    NOTE = "note"
    """Seen by staff only."""


class AuthorKind(StrEnum):
    CUSTOMER = "customer"
    ASSISTANT = "assistant"
    STAFF = "staff"
    SYSTEM = "system"


#: What those are called in the thread who have no name there.
NAMELESS = {AuthorKind.SYSTEM: "系统", AuthorKind.ASSISTANT: "智能助手", AuthorKind.CUSTOMER: "客户"}


class Author(msgspec.Struct, frozen=True):
    kind: AuthorKind
    id: UUID | None = None
    name: str | None = None


class Citation(msgspec.Struct, frozen=True, kw_only=True):
    """The article whose words an answer is, as they stood then. `passage`: which one of it, counted from 0."""

    article_id: UUID
    title: str
    version: int
    passage: int


class Verdict(StrEnum):
    """What a customer says of an answer."""

    USEFUL = "useful"
    USELESS = "useless"


class TextContent(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", tag="text"):
    text: str
    citation: Citation | None = None


class ImageContent(msgspec.Struct, frozen=True, tag_field="type", tag="image", kw_only=True):
    file_id: str
    name: str
    media_type: str
    size: int
    width: int | None = None
    height: int | None = None


class FileContent(msgspec.Struct, frozen=True, tag_field="type", tag="file", kw_only=True):
    file_id: str
    name: str
    media_type: str
    size: int


class ProductCard(msgspec.Struct, frozen=True, tag_field="type", tag="product_card", kw_only=True):
    product_id: str
    title: str
    price: str
    image_url: str | None = None
    url: str | None = None


class OrderItem(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    quantity: int
    image_url: str | None = None


class OrderLogistics(msgspec.Struct, frozen=True, kw_only=True):
    carrier: str
    tracking_no: str
    status: str
    latest: str | None = None


class OrderCard(msgspec.Struct, frozen=True, tag_field="type", tag="order_card", kw_only=True):
    order_no: str
    status: str
    amount: str
    items: list[OrderItem]
    placed_at: datetime | None = None
    logistics: OrderLogistics | None = None


class CardIngredient(msgspec.Struct, frozen=True, kw_only=True):
    """`certain`: it was read to the letter."""

    name: str
    inci: str
    purposes: list[str]
    certain: bool


class IngredientWords(msgspec.Struct, frozen=True, kw_only=True):
    """What a card of ingredients says, in another language."""

    text: str
    ingredients: list[CardIngredient]
    cautions: list[str] = []
    conflicts: list[str] = []
    suits: list[str] = []
    unsuited: list[str] = []
    unclear: list[str] = []


class IngredientCard(msgspec.Struct, frozen=True, tag_field="type", tag="ingredient_card", kw_only=True):
    """What stands on a photographed ingredient list, and what it means for this customer; `text` sums it up.

    `file_id`: the photograph. `unclear` and `unknown`: what was read and is not claimed to be anything. In Chinese;
    `en`: in English, none on cards of earlier versions.
    """

    file_id: str
    text: str
    ingredients: list[CardIngredient]
    cautions: list[str] = []
    conflicts: list[str] = []
    suits: list[str] = []
    unsuited: list[str] = []
    unclear: list[str] = []
    unknown: list[str] = []
    sources: list[str] = []
    en: IngredientWords | None = None


class QuickReply(msgspec.Struct, frozen=True):
    label: str
    text: str


class QuickReplies(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", tag="quick_replies"):
    text: str
    options: list[QuickReply]
    citation: Citation | None = None


class SystemNotice(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", tag="system"):
    """`details`: what the text says of this one, for those who word the code in another language."""

    code: str
    text: str
    details: dict[str, str | int] = {}


class Mention(msgspec.Struct, frozen=True):
    """A colleague as they were called when a note named them."""

    id: UUID
    name: str


class NoteContent(msgspec.Struct, frozen=True, tag_field="type", tag="note"):
    """A note among staff; `mentions` are the colleagues whose attention it asks for."""

    text: str
    mentions: list[Mention] = []


#: What a message carries; in JSON its `type` says which.
Content = (
    TextContent
    | NoteContent
    | ImageContent
    | FileContent
    | ProductCard
    | OrderCard
    | IngredientCard
    | QuickReplies
    | SystemNotice
)
