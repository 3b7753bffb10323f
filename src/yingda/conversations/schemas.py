"""The structs that cross this feature's border. All frozen; rows never leave."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec


class State(StrEnum):
    """Who a conversation waits for: the assistant, a person, a moment, or nobody."""

    PENDING = "pending"
    OPEN = "open"
    SNOOZED = "snoozed"
    RESOLVED = "resolved"


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


class DueClock(StrEnum):
    """What is due: a person's first answer, the next word to somebody who waits, the end of the matter."""

    FIRST_RESPONSE = "first_response"
    NEXT_UPDATE = "next_update"
    RESOLUTION = "resolution"


class AuthorKind(StrEnum):
    CUSTOMER = "customer"
    ASSISTANT = "assistant"
    STAFF = "staff"
    SYSTEM = "system"


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


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """One message of a thread. `seq` counts from 1 within the conversation, without a gap for staff."""

    id: UUID
    conversation_id: UUID
    seq: int
    kind: Kind
    author: Author
    content: Content
    created_at: datetime
    external_id: str | None = None
    recalled: bool = False
    """Taken back: its content is empty for everybody."""
    edited_at: datetime | None = None
    rating: Verdict | None = None
    """What the customer says of an answer that cites an article."""
    understanding: msgspec.Raw = msgspec.field(default_factory=lambda: msgspec.Raw(b"null"))
    """What the language engine made of it, as JSON; null where it was not asked."""


class FormerContent(msgspec.Struct, frozen=True):
    """What a message said until `replaced_at`."""

    content: Content
    replaced_at: datetime


class LabelColor(StrEnum):
    """Named by hue; what exactly they look like is the console's, by light and by dark."""

    GRAY = "gray"
    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    GREEN = "green"
    CYAN = "cyan"
    BLUE = "blue"
    PURPLE = "purple"
    PINK = "pink"


class Label(msgspec.Struct, frozen=True):
    """A word of the organisation's for conversations. Archived: kept where it is, not given anew."""

    id: UUID
    name: str
    color: LabelColor
    archived: bool = False


class Marked(msgspec.Struct, frozen=True):
    """What stands beside a head: its labels, and whether the asking member of staff follows it."""

    labels: list[Label]
    followed: bool


class Participant(msgspec.Struct, frozen=True):
    """Somebody who has written in a conversation, with their first and last message."""

    author: Author
    first_seq: int
    last_seq: int


class Thread(msgspec.Struct, frozen=True):
    """A stretch of a conversation, ascending, and whether it goes on in the direction asked for."""

    messages: list[Message]
    has_more: bool


class Incoming(msgspec.Struct, frozen=True, kw_only=True):
    """A customer's message as a channel hands it in. `(channel, external_id)` makes it idempotent."""

    customer_id: UUID
    shop: str
    channel: str
    external_id: str
    kind: Kind
    content: Content


class Received(msgspec.Struct, frozen=True):
    """What became of an `Incoming`: the stored message, and whether it had been stored before."""

    message: Message
    duplicate: bool


class HandOffReason(StrEnum):
    """Why the assistant stepped back."""

    REQUESTED = "requested"
    NOT_UNDERSTOOD = "not_understood"
    EMOTION = "emotion"
    SAFETY = "safety"
    COMPLAINT = "complaint"
    CRISIS = "crisis"
    AUTHORITY = "authority"
    """Media, authorities and courts."""
    PRIORITY = "priority"
    """A customer, an order or a history that a person is meant to look after."""
    APPROVAL = "approval"
    """Only a person may do it, or permit it: amounts, repetitions, risks."""
    UNKNOWN = "unknown"
    """Understood, but there is nothing reliable to say."""
    UNAVAILABLE = "unavailable"
    """The shop's system does not answer."""
    FAILED = "failed"


class Grounds(msgspec.Struct, frozen=True, kw_only=True):
    """The rule that brought a person in, as it was called then. `facts`: a condition and the fact that met it."""

    rule: str
    title: str
    title_en: str
    version: int
    facts: list[tuple[str, str]] = []


class HandOff(msgspec.Struct, frozen=True, kw_only=True):
    """The whole story, so that nobody asks the customer twice.

    `tried_en`: the same in English; empty on stories of earlier versions. `skill` and `priority` say who should take
    it, and how soon among those of its level (0 to 100).
    """

    reason: HandOffReason
    summary: str
    intent: str | None = None
    emotion: str | None = None
    slots: dict[str, str] = {}
    tried: list[str] = []
    tried_en: list[str] = []
    skill: str | None = None
    priority: int = 0
    grounds: Grounds | None = None


class Conversation(msgspec.Struct, frozen=True, kw_only=True):
    """The head of a conversation, without its messages."""

    id: UUID
    shop: str
    channel: str
    customer_id: UUID
    state: State
    level: int
    assignee_id: UUID | None
    assignee_name: str | None
    team_id: UUID | None
    last_seq: int
    customer_seq: int
    answered_seq: int
    customer_read_seq: int
    staff_read_seq: int
    waiting_since: datetime | None
    due_at: datetime | None
    """The next moment by which the service level asks something of us, which `due_clock` names; none while nothing
    is asked of a person."""
    due_clock: DueClock | None
    last_message_at: datetime
    preview: str
    intent: str | None
    emotion: str | None
    handoff: HandOff | None
    created_at: datetime
    first_response_at: datetime | None
    resolved_at: datetime | None
    snoozed_until: datetime | None
    spam: bool


class UnderstoodMessage(msgspec.Struct, frozen=True):
    """What a customer wrote, and what the language engine made of it, as JSON."""

    conversation_id: UUID
    seq: int
    text: str
    understanding: msgspec.Raw
    created_at: datetime


class PastConversation(msgspec.Struct, frozen=True, kw_only=True):
    """Of a conversation what does not change."""

    id: UUID
    customer_id: UUID
    channel: str
    shop: str
    created_at: datetime
    last_message_at: datetime


class PastText(msgspec.Struct, frozen=True):
    text: str
    at: datetime


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """What the assistant deals with in one go: the customer's messages after `answered_seq` up to `seq`.

    `understandings` are what the language engine made of each message, as JSON, by sequence number.
    """

    conversation_id: UUID
    answered_seq: int
    seq: int
    intent: str | None = None
    emotion: str | None = None
    understandings: dict[int, bytes] = {}


class Place(msgspec.Struct, frozen=True):
    """Where a conversation stands: enough to decide who hears of it."""

    conversation_id: UUID
    customer_id: UUID
    shop: str
    state: State
    assignee_id: UUID | None
    assignee_name: str | None
    team_id: UUID | None
    spam: bool = False


class Tone(msgspec.Struct, frozen=True):
    """How a message of the customer sounded; `sentiment` from -1 to 1."""

    emotion: str
    sentiment: float

    @property
    def angry(self) -> bool:
        return self.emotion == "angry"


class Signals(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation in the care of people, in figures. Whoever reads on stays within what they may see by `place`."""

    conversation_id: UUID
    customer_id: UUID
    shop: str
    state: str
    assignee_id: UUID | None
    assignee_name: str | None
    team_id: UUID | None
    spam: bool
    level: int
    intent: str | None
    waiting_since: datetime | None
    due_at: datetime | None
    created_at: datetime
    sentiment: float
    """Of the customer's last message that was understood."""
    angry: int
    """How many of the customer's messages were."""
    messages: int
    passed_on: int
    """How often it was transferred."""
    reopened: bool
    contacts: int
    """Other conversations that the customer began of late."""


class View(StrEnum):
    """The four lists of the agents' inbox."""

    MINE = "mine"
    WAITING = "waiting"
    ALL = "all"
    ASSISTANT = "assistant"


class Sort(StrEnum):
    DEADLINE = "deadline"
    LAST_ACTIVITY = "last_activity"
    WAITING_SINCE = "waiting_since"
    LEVEL = "level"


class Visibility(msgspec.Struct, frozen=True):
    """What a staff member may see: everything, or their teams' (and, unless `own_only`, what nobody has taken yet)."""

    staff_id: UUID
    team_ids: frozenset[UUID]
    everything: bool = False
    own_only: bool = False


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    view: View = View.ALL
    state: State | None = None
    channel: str | None = None
    shop: str | None = None
    intent: str | None = None
    level: int | None = None
    team_id: UUID | None = None
    assignee_id: UUID | None = None
    customer_id: UUID | None = None
    label: UUID | None = None
    followed: bool = False
    """Only what the asking member of staff follows."""
    spam: bool = False
    """Spam, and nothing else: it is in no other list."""
    sort: Sort = Sort.LAST_ACTIVITY


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation on a supervisor's board. `customer_name` is masked, and empty for visitors."""

    conversation_id: UUID
    customer_id: UUID
    customer_name: str = ""
    channel: str
    shop: str
    level: int
    team_id: UUID | None
    assignee_id: UUID | None
    assignee_name: str | None
    intent: str | None
    emotion: str | None
    preview: str
    waiting_since: datetime | None
    due_at: datetime | None
    due_clock: DueClock | None
    last_message_at: datetime


class LevelCount(msgspec.Struct, frozen=True):
    """How many of a level wait for a person, and since when the one who has waited longest."""

    level: int
    waiting: int
    oldest: datetime


class Hit(msgspec.Struct, frozen=True):
    """A message that a search found."""

    conversation_id: UUID
    message: Message
