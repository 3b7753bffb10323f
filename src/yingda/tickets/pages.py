"""Tickets as pages show them: one with all that hangs on it, lists, the board, the agenda, minutes of meetings."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from yingda.tickets.kinds import Category
from yingda.tickets.schemas import Ticket, TicketCard, TicketPerson


class RelatedTicket(msgspec.Struct, frozen=True, kw_only=True):
    """Another ticket as far as it may be seen: `title` is null where it is another department's affair.

    `readable`: whoever asks may open it.
    """

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
    readable: bool


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
