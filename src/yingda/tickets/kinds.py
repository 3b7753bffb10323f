"""Kinds of tickets: what they go through, and what they are asked for."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec

from yingda.releases import Change, Declined, WhyNow
from yingda.tickets.forms import Code, Level, LongText, Name, Reason, Title


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
    `customer_text_en`: the same for who writes English; without it they are told a general sentence, and alone it is
    told to nobody. Kinds have no English names: `{kind}` becomes "request" there.
    """

    code: Code
    name: Name
    category: Category
    next: Annotated[list[Code], msgspec.Meta(max_length=20)] = []
    customer_text: Annotated[str, msgspec.Meta(max_length=300, pattern=r"^[^\x00]*$")] = ""
    customer_text_en: Annotated[str, msgspec.Meta(max_length=300, pattern=r"^[^\x00]*$")] = ""


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


class KindContent(KindSpec, frozen=True, kw_only=True):
    """All of a kind that ships with the product."""

    name: str


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
    """What somebody says a kind is. `taken`: made with what the running release ships of it in view."""

    name: Name
    position: Annotated[int, msgspec.Meta(ge=0, le=10_000)] = 0
    department_id: UUID
    level: Level = 1
    states: Annotated[list[TicketState], msgspec.Meta(min_length=1, max_length=20)]
    fields: Annotated[list[KindField], msgspec.Meta(max_length=40)] = []
    checklist: Checklist = []
    templates: Annotated[list[Template], msgspec.Meta(max_length=20)] = []
    archived: bool = False
    taken: bool = False


class NewKind(KindDraft, frozen=True, forbid_unknown_fields=True, kw_only=True):
    code: Code


class KindChange(KindDraft, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`version`: the one that was changed; of another nothing is kept."""

    version: int


class KindNews(msgspec.Struct, frozen=True, kw_only=True):
    """A shipped kind that the organisation has not, or has as it was in an earlier release.

    `edited`: the organisation's own is no longer as it came; `offered` keeps what it changed. `clashes`: where not both
    can be kept: there `offered` is as shipped. `version`: of the organisation's own, when this was found out.
    `department_id`: where its tickets begin, if there is such a one.
    """

    code: str
    change: Change
    edited: bool
    clashes: list[str]
    kind_id: UUID | None
    version: int | None
    department_id: UUID | None
    position: int
    own: KindContent | None
    offered: KindContent
    why_now: WhyNow | None
    declined: Declined | None


class DeclineKinds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    codes: Annotated[list[Code], msgspec.Meta(min_length=1, max_length=100)]
    why: Annotated[Reason, msgspec.Meta(min_length=1)]
