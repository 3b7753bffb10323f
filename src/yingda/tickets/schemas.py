"""Tickets as others see them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec

from yingda.conversations import Author, FileContent, ImageContent

Code = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Name = Annotated[str, msgspec.Meta(max_length=60, pattern=r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$")]
Title = Annotated[str, msgspec.Meta(max_length=120, pattern=r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$")]
LongText = Annotated[str, msgspec.Meta(max_length=8000, pattern=r"^[^\x00]*$")]
Level = Annotated[int, msgspec.Meta(ge=1, le=5)]
Reason = Annotated[str, msgspec.Meta(max_length=500, pattern=r"^[^\x00]*$")]
OrderNo = Annotated[str, msgspec.Meta(min_length=1, max_length=60, pattern=r"^[\w.-]+$")]
ShopCode = Annotated[str, msgspec.Meta(min_length=1, max_length=60, pattern=r"^[\w.-]+$")]


class Category(StrEnum):
    """What a state means, whatever a kind calls it."""

    OPEN = "open"
    WAITING = "waiting"
    RESOLVED = "resolved"
    CLOSED = "closed"


#: Where there is still something to do.
UNDONE = (Category.OPEN, Category.WAITING)


class TicketState(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A state of a kind. `next`: the states that may follow, none given: every other one.

    `customer_text`: what the customer is told when a ticket enters it, if anything; `{number}` and `{kind}` are filled.
    """

    code: Code
    name: Name
    category: Category
    next: Annotated[list[Code], msgspec.Meta(max_length=20)] = []
    customer_text: Annotated[str, msgspec.Meta(max_length=300, pattern=r"^[^\x00]*$")] = ""


class FieldType(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    CHECKBOX = "checkbox"


class KindField(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A field of a kind's tickets. `required`: a ticket is not resolved without it. `options`: of a choice."""

    code: Code
    name: Name
    type: FieldType = FieldType.TEXT
    required: bool = False
    options: Annotated[list[Name], msgspec.Meta(max_length=50)] = []


#: Of a custom field: a text (also a choice, or a date as 2026-11-25), a number, or whether a box is ticked.
FieldValue = Annotated[str, msgspec.Meta(max_length=500, pattern=r"^[^\x00]*$")] | float | bool | None
Fields = Annotated[dict[Code, FieldValue], msgspec.Meta(max_length=40)]


class CheckItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A line of a checklist. `required`: the ticket is not resolved before it is done."""

    text: Annotated[str, msgspec.Meta(max_length=200, pattern=r"^[^\x00]*[^\s\x00][^\x00]*$")]
    done: bool = False
    required: bool = False


Checklist = Annotated[list[CheckItem], msgspec.Meta(max_length=50)]


class Template(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How a ticket of a frequent sort begins."""

    name: Name
    title: Title
    description: LongText = ""
    level: Level | None = None
    fields: Fields = {}


class KindSpec(msgspec.Struct, frozen=True, kw_only=True):
    """What a kind's tickets go through, and what they are asked for. The first state is where they begin."""

    level: int = 1
    states: list[TicketState]
    fields: list[KindField] = []
    checklist: list[CheckItem] = []
    templates: list[Template] = []


class TicketKind(msgspec.Struct, frozen=True, kw_only=True):
    """A sort of work. `level` and `department_id`: what its tickets begin with unless somebody says otherwise."""

    id: UUID
    code: str
    name: str
    position: int
    department_id: UUID
    level: int
    states: list[TicketState]
    fields: list[KindField]
    checklist: list[CheckItem]
    templates: list[Template]
    archived: bool
    version: int


class KindDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What somebody says a kind is."""

    name: Name
    position: Annotated[int, msgspec.Meta(ge=0, le=10_000)] = 0
    department_id: UUID
    level: Level = 1
    states: Annotated[list[TicketState], msgspec.Meta(min_length=1, max_length=20)]
    fields: Annotated[list[KindField], msgspec.Meta(max_length=40)] = []
    checklist: Checklist = []
    templates: Annotated[list[Template], msgspec.Meta(max_length=20)] = []
    archived: bool = False


class NewKind(KindDraft, frozen=True, forbid_unknown_fields=True, kw_only=True):
    code: Code


class KindChange(KindDraft, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`version`: the one that was changed; of another nothing is kept."""

    version: int


class Ticket(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket without its comments and links. `level`: 1 普通咨询 to 5 危机事件."""

    id: UUID
    number: str
    kind_id: UUID
    state: str
    category: Category
    level: int
    title: str
    description: str
    department_id: UUID
    owner_id: UUID | None
    source: str
    opened_by: UUID | None
    opened_by_name: str
    customer_id: UUID | None
    parent_id: UUID | None
    merged_into_id: UUID | None
    fields: dict[str, FieldValue]
    checklist: list[CheckItem]
    watcher_ids: list[UUID]
    label_ids: list[UUID]
    due_at: datetime | None
    created_at: datetime
    updated_at: datetime
    resolved_at: datetime | None
    version: int


class OrderRef(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An order, as its shop numbers it."""

    shop: ShopCode
    order_no: OrderNo


class NewTicket(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket to be opened by a person, a rule or the assistant. What is left out the kind decides.

    `kind` is a code. The same `idempotency_key` again answers the first one. `announce`: the customer of
    `conversation_id` is told, if the kind's first state says so.
    """

    kind: str
    title: str
    author: Author
    source: str
    description: str = ""
    level: int | None = None
    department_id: UUID | None = None
    owner_id: UUID | None = None
    customer_id: UUID | None = None
    conversation_id: UUID | None = None
    seq: int | None = None
    order: OrderRef | None = None
    parent_id: UUID | None = None
    fields: dict[str, FieldValue] = {}
    label_ids: list[UUID] = []
    template: str | None = None
    idempotency_key: str | None = None
    announce: bool = True


class TicketEdit(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is to be different; all else stays. Of `fields` only those named change, null empties one.

    To another department a ticket goes without its owner, unless a new one is named.
    """

    title: Title | msgspec.UnsetType = msgspec.UNSET
    description: LongText | msgspec.UnsetType = msgspec.UNSET
    state: Code | msgspec.UnsetType = msgspec.UNSET
    level: Level | msgspec.UnsetType = msgspec.UNSET
    department_id: UUID | msgspec.UnsetType = msgspec.UNSET
    owner_id: UUID | msgspec.UnsetType | None = msgspec.UNSET
    parent_id: UUID | msgspec.UnsetType | None = msgspec.UNSET
    fields: Fields | msgspec.UnsetType = msgspec.UNSET
    checklist: Checklist | msgspec.UnsetType = msgspec.UNSET
    label_ids: Annotated[list[UUID], msgspec.Meta(max_length=20)] | msgspec.UnsetType = msgspec.UNSET


class TicketVisibility(msgspec.Struct, frozen=True):
    """What a member of staff may see: all, or their departments', and what they own, watch or have opened."""

    staff_id: UUID
    department_ids: frozenset[UUID]
    everything: bool = False


class Relation(StrEnum):
    """How one ticket stands to another, read from the first: it blocks, duplicates or just relates to it."""

    BLOCKS = "blocks"
    DUPLICATES = "duplicates"
    RELATES = "relates"


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """As it is kept: exactly one of conversation, order and other ticket."""

    id: UUID
    ticket_id: UUID
    conversation_id: UUID | None = None
    seq: int | None = None
    shop: str | None = None
    order_no: str | None = None
    other_id: UUID | None = None
    relation: Relation | None = None


class TicketPerson(msgspec.Struct, frozen=True):
    """A colleague by name; where a comment mentions them, as they were called then."""

    id: UUID
    name: str


class TicketComment(msgspec.Struct, frozen=True, kw_only=True):
    """`public`: the customer was told the same. `meeting_id`: a meeting decided it."""

    id: UUID
    ticket_id: UUID
    author_id: UUID | None
    author_name: str
    text: str
    public: bool
    mentions: list[TicketPerson]
    attachments: list[ImageContent | FileContent]
    meeting_id: UUID | None
    created_at: datetime


#: A value before or after a change; texts are not repeated there.
ChangeValue = str | int | float | bool | None | list[str] | dict[str, FieldValue]


class TicketHistoryEntry(msgspec.Struct, frozen=True, kw_only=True):
    """Who changed what, from what to what, when and why. `actor_id` null: a rule, a clock or the assistant."""

    id: UUID
    at: datetime
    actor_id: UUID | None
    actor_name: str
    action: str
    before: dict[str, ChangeValue]
    after: dict[str, ChangeValue]
    reason: str | None


class Progress(msgspec.Struct, frozen=True):
    """Of a ticket's parts, how many there are and how many are done."""

    total: int = 0
    done: int = 0


class TicketCard(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket in a list or on a board. `customer_name` is masked; `blocked`: an unfinished ticket holds it up."""

    id: UUID
    number: str
    kind_id: UUID
    state: str
    category: Category
    level: int
    title: str
    department_id: UUID
    owner_id: UUID | None
    owner_name: str | None
    customer_id: UUID | None
    customer_name: str | None
    parent_id: UUID | None
    label_ids: list[UUID]
    due_at: datetime | None
    created_at: datetime
    updated_at: datetime
    resolved_at: datetime | None
    version: int
    comments: int
    parts: Progress
    checklist: Progress
    blocked: bool
    watched: bool


class RelatedTicket(msgspec.Struct, frozen=True, kw_only=True):
    """Another ticket as far as it may be seen: `title` is null where it is another department's affair."""

    id: UUID
    number: str
    title: str | None
    kind_id: UUID
    state: str
    category: Category
    level: int
    department_id: UUID
    owner_name: str | None
    due_at: datetime | None


class LinkedConversation(msgspec.Struct, frozen=True, kw_only=True):
    """`readable`: whoever asks may open it."""

    link_id: UUID
    conversation_id: UUID
    seq: int | None
    readable: bool


class LinkedOrder(msgspec.Struct, frozen=True, kw_only=True):
    link_id: UUID
    shop: str
    order_no: str


class RelationSide(StrEnum):
    """A relation as the shown ticket has it."""

    BLOCKS = "blocks"
    BLOCKED_BY = "blocked_by"
    DUPLICATES = "duplicates"
    DUPLICATED_BY = "duplicated_by"
    RELATES = "relates"


class LinkedTicket(msgspec.Struct, frozen=True, kw_only=True):
    link_id: UUID
    relation: RelationSide
    ticket: RelatedTicket


class TicketCustomer(msgspec.Struct, frozen=True):
    """`name` is masked; null for visitors."""

    id: UUID
    name: str | None


class TicketView(msgspec.Struct, frozen=True, kw_only=True):
    """One ticket with all that hangs on it, comments and history excepted.

    `masked`: personal data in its texts is replaced by marks, because whoever asks serves no customers.
    `may_change` and `may_comment`: what whoever asks may do.
    """

    ticket: Ticket
    owner_name: str | None
    customer: TicketCustomer | None
    watchers: list[TicketPerson]
    conversations: list[LinkedConversation]
    orders: list[LinkedOrder]
    related: list[LinkedTicket]
    parent: RelatedTicket | None
    parts: list[RelatedTicket]
    merged_into: RelatedTicket | None
    comments: int
    masked: bool
    may_change: bool
    may_comment: bool


class Due(StrEnum):
    """By when something is due: over, until midnight in Shanghai, within seven days, or never."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    NONE = "none"


class TicketSort(StrEnum):
    UPDATED = "updated"
    CREATED = "created"
    DUE = "due"
    LEVEL = "level"


class TicketFilter(msgspec.Struct, frozen=True, kw_only=True):
    """`terms` are what a ticket or one of its comments must have; `unowned`: nobody is in charge."""

    kind_id: UUID | None = None
    state: str | None = None
    categories: list[Category] = []
    department_id: UUID | None = None
    owner_id: UUID | None = None
    unowned: bool = False
    opened_by: UUID | None = None
    watched_by: UUID | None = None
    level: int | None = None
    label_id: UUID | None = None
    customer_id: UUID | None = None
    conversation_id: UUID | None = None
    order_no: str | None = None
    parent_id: UUID | None = None
    due: Due | None = None
    terms: list[str] = []
    sort: TicketSort = TicketSort.UPDATED


class TicketCounts(msgspec.Struct, frozen=True):
    """How many unfinished tickets there are in each list."""

    all: int
    mine: int
    unowned: int
    overdue: int
    watched: int


class TicketColumn(msgspec.Struct, frozen=True, kw_only=True):
    """`category`, and on a board of one kind its `state`; how many tickets, and the most urgent of them."""

    category: Category
    state: str | None
    count: int
    cards: list[TicketCard]


class TicketBoard(msgspec.Struct, frozen=True):
    columns: list[TicketColumn]


class AgendaTopic(StrEnum):
    """Why something has to be talked about."""

    OVERDUE = "overdue"
    BLOCKED = "blocked"
    HIGH_LEVEL = "high_level"
    OLDEST = "oldest"


class AgendaSection(msgspec.Struct, frozen=True):
    """`count` is how many there are, `cards` the first of them; what an earlier section has is not repeated."""

    topic: AgendaTopic
    count: int
    cards: list[TicketCard]


class Agenda(msgspec.Struct, frozen=True):
    at: datetime
    sections: list[AgendaSection]


class MeetingHead(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    held_on: date
    title: str
    written_by_name: str
    decisions: int


class MeetingDecision(msgspec.Struct, frozen=True):
    """What a meeting decided about a ticket."""

    ticket: RelatedTicket
    text: str


class Meeting(msgspec.Struct, frozen=True, kw_only=True):
    """The minutes; only decisions about tickets that whoever asks may see."""

    id: UUID
    held_on: date
    title: str
    notes: str
    attendees: list[TicketPerson]
    written_by_name: str
    created_at: datetime
    decisions: list[MeetingDecision]


class TicketSignals(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket with something still to do, in figures, for those who look for trouble ahead."""

    ticket_id: UUID
    department_id: UUID
    owner_id: UUID | None
    customer_id: UUID | None
    parent_id: UUID | None
    category: Category
    level: int
    due_at: datetime | None
    created_at: datetime
    updated_at: datetime
    comments: int
    reopened: int
