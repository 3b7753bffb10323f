"""Pure decisions about tickets: what follows which state, what fits a kind, who sees what, what changed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from math import isfinite
from uuid import UUID

import msgspec
from msgspec.structs import replace

from yingda.conversations import search_terms
from yingda.kit.errors import Locale
from yingda.kit.redaction import redact
from yingda.tickets.errors import ChecklistUndone, FieldInvalid, FieldMissing, KindInvalid, StateRefused
from yingda.tickets.kinds import (
    UNDONE,
    Category,
    CheckItem,
    FieldType,
    FieldValue,
    KindDraft,
    KindField,
    Template,
    TicketKind,
    TicketState,
)
from yingda.tickets.pages import RelatedTicket
from yingda.tickets.schemas import ChangeValue, NewTicket, Ticket, TicketVisibility

TITLE_CHARS = 40
#: From this level on a ticket is talked about whenever the departments meet.
HIGH_LEVEL = 4
#: Search reads texts in pieces of so many characters.
_PIECE = 1000


# States


def state_of(kind: TicketKind, code: str) -> TicketState | None:
    return next((state for state in kind.states if state.code == code), None)


def first_state(kind: TicketKind) -> TicketState:
    return kind.states[0]


def next_state(kind: TicketKind, before: str, after: str) -> TicketState:
    """The state `after`. Raises `StateRefused` where the kind has no such step.

    From a state that the kind no longer has, everything may follow.
    """
    old, new = state_of(kind, before), state_of(kind, after)
    if new is None or (old and old.next and after not in old.next) or before == after:
        raise StateRefused(before=old.name if old else before, after=new.name if new else after)
    return new


def closing_state(kind: TicketKind) -> TicketState:
    """Where a ticket ends that goes on as a part of another: the last closed state, else the last of all."""
    closed = [state for state in kind.states if state.category is Category.CLOSED]
    return (closed or kind.states)[-1]


def resolving_state(kind: TicketKind, before: str) -> TicketState | None:
    """Where a ticket goes that is done: the first resolved state that may follow; None if none may."""
    old = state_of(kind, before)
    able = (state for state in kind.states if old is None or not old.next or state.code in old.next)
    return next((state for state in able if state.category is Category.RESOLVED), None)


def check_done(kind: TicketKind, fields: Mapping[str, FieldValue], checklist: Sequence[CheckItem]) -> None:
    """Whether a ticket may be called resolved. Raises `ChecklistUndone`, `FieldMissing`."""
    for item in checklist:
        if item.required and not item.done:
            raise ChecklistUndone(name=item.text)
    for field in kind.fields:
        if field.required and fields.get(field.code) in (None, "", False):
            raise FieldMissing(name=field.name)


# Kinds


def check_kind(draft: KindDraft) -> None:
    """Raises `KindInvalid`, naming what does not fit, or `FieldInvalid` for a template's."""
    codes = [state.code for state in draft.states]
    _check_unique(codes)
    _check_unique([field.code for field in draft.fields])
    _check_unique([template.name for template in draft.templates])
    if draft.states[0].category is not Category.OPEN:
        raise KindInvalid(reason=draft.states[0].code)
    if not any(state.category not in UNDONE for state in draft.states):
        raise KindInvalid(reason=Category.RESOLVED.value)
    for state in draft.states:
        if unknown := set(state.next) - set(codes) or {state.code} & set(state.next):
            raise KindInvalid(reason=f"{state.code} → {min(unknown)}")
    if unreached := set(codes) - _reached(draft.states):
        raise KindInvalid(reason=min(unreached))
    for field in draft.fields:
        if (field.type is FieldType.CHOICE) != bool(field.options):
            raise KindInvalid(reason=field.code)
    for template in draft.templates:
        checked_fields(draft.fields, template.fields)


def _check_unique(names: Sequence[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise KindInvalid(reason=name)


def _reached(states: Sequence[TicketState]) -> set[str]:
    """The states to which a way leads from the first."""
    following = {state.code: state.next or [other.code for other in states] for state in states}
    reached, ahead = set[str](), [states[0].code]
    while ahead:
        code = ahead.pop()
        if code not in reached:
            reached.add(code)
            ahead += following[code]
    return reached


def lost_states(before: TicketKind, after: KindDraft) -> list[TicketState]:
    """States that a changed kind no longer has, or takes for something else: no ticket may stand in them."""
    kept = {(state.code, state.category) for state in after.states}
    return [state for state in before.states if (state.code, state.category) not in kept]


# Custom fields


def checked_fields(known: Sequence[KindField], values: Mapping[str, FieldValue]) -> dict[str, FieldValue]:
    """The values that say something, each as its field wants it. Raises `FieldInvalid`."""
    fields = {field.code: field for field in known}
    for code in values:
        if code not in fields:
            raise FieldInvalid(name=code)
    checked = {code: _checked(fields[code], value) for code, value in values.items()}
    return {code: value for code, value in checked.items() if value not in (None, "")}


def _checked(field: KindField, value: FieldValue) -> FieldValue:
    if value is None or _fits(field, value):
        return value.strip() if isinstance(value, str) else value
    raise FieldInvalid(name=field.name)


def _fits(field: KindField, value: FieldValue) -> bool:
    match field.type:
        case FieldType.TEXT:
            return isinstance(value, str)
        case FieldType.NUMBER:
            return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
        case FieldType.CHECKBOX:
            return isinstance(value, bool)
        case FieldType.CHOICE:
            return value == "" or value in field.options
        case FieldType.DATE:
            return value == "" or (isinstance(value, str) and _is_date(value))


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


# Beginning


def template_of(kind: TicketKind, name: str) -> Template:
    """Raises `FieldInvalid`."""
    for template in kind.templates:
        if template.name == name:
            return template
    raise FieldInvalid(name=name)


def with_template(new: NewTicket, template: Template) -> NewTicket:
    """What the template says stands where nothing else was said."""
    return replace(
        new,
        title=new.title.strip() or template.title,
        description=new.description.strip() or template.description,
        level=new.level or template.level,
        fields={**template.fields, **new.fields},
    )


def proposed_title(kind: TicketKind, said: str) -> str:
    """A title from what the customer said, without personal data: 物流问题：快递三天没动了."""
    words = " ".join(redact(said).split())
    short = words if len(words) <= TITLE_CHARS else words[: TITLE_CHARS - 1] + "…"
    return f"{kind.name}：{short}" if short else kind.name


def update_words(number: str, text: str, locale: Locale) -> str:
    """What the customer is told of a public comment; it may be files alone."""
    if locale == "en":
        return f"Ticket {number}: {text}" if text else f"Ticket {number}: please see the attachment."
    return f"工单 {number} 有新进展：{text}" if text else f"工单 {number} 有新进展，请查看附件。"


#: What is told in English where the kind has no English text for a state that customers are told of.
_IN_GENERAL = {
    Category.OPEN: "Ticket {number} ({kind}) is being dealt with. We tell you here as soon as there is news.",
    Category.WAITING: "Ticket {number} ({kind}) waits for an answer before it can go on. "
    "If you are not sure whether we need anything from you, just ask here.",
    Category.RESOLVED: "Ticket {number} ({kind}) is settled. If anything is still wrong, just reply here.",
    Category.CLOSED: "Ticket {number} ({kind}) is closed. If anything is still wrong, just reply here.",
}


def told(state: TicketState, ticket: Ticket, kind: TicketKind, locale: Locale) -> str:
    """A kind's text for the customer, filled in. Kinds have one name: the kind's own English text says "request", the
    general one calls it by that name."""
    text, name = state.customer_text, kind.name
    if locale == "en":
        own = state.customer_text_en
        text, name = (own, "request") if own else (_IN_GENERAL[state.category], kind.name)
    return text.replace("{number}", ticket.number).replace("{kind}", name)


def terms_of(number: str, title: str, description: str, fields: Mapping[str, FieldValue]) -> list[str]:
    """Under what a ticket is found."""
    said = [value for value in fields.values() if isinstance(value, str)]
    return text_terms(" ".join((number, title, *said)), description)


def text_terms(*texts: str) -> list[str]:
    """All terms of texts of any length, the pairs across the seams included."""
    terms: set[str] = set()
    for text in texts:
        for start in range(0, max(len(text), 1), _PIECE - 1):
            terms.update(search_terms(text[start : start + _PIECE]))
    return sorted(terms)


# Who sees what


def sees(visibility: TicketVisibility, ticket: Ticket) -> bool:
    """What `repository.where.restrict` says in SQL, of one ticket."""
    return belongs(visibility, ticket) or visibility.staff_id in ticket.watcher_ids


def belongs(visibility: TicketVisibility, ticket: Ticket) -> bool:
    """Whether the ticket is their affair, to be changed and not only watched."""
    return (
        visibility.everything
        or ticket.department_id in visibility.department_ids
        or visibility.staff_id in (ticket.owner_id, ticket.opened_by)
    )


def masked(ticket: Ticket) -> Ticket:
    """The ticket for those who serve no customers: personal data in its texts is replaced by marks."""
    fields = {code: redact(value) if isinstance(value, str) else value for code, value in ticket.fields.items()}
    checklist = [replace(item, text=redact(item.text)) for item in ticket.checklist]
    return replace(
        ticket,
        title=redact(ticket.title),
        description=redact(ticket.description),
        fields=fields,
        checklist=checklist,
    )


def related(
    ticket: Ticket, visibility: TicketVisibility, owners: Mapping[UUID, str], *, titled: bool = False
) -> RelatedTicket:
    """The ticket as something else names it. `titled`: its title may be seen in any case."""
    readable = sees(visibility, ticket)
    return RelatedTicket(
        id=ticket.id,
        number=ticket.number,
        title=redact(ticket.title) if titled or readable else None,
        kind_id=ticket.kind_id,
        state=ticket.state,
        category=ticket.category,
        level=ticket.level,
        department_id=ticket.department_id,
        owner_name=owners.get(ticket.owner_id) if ticket.owner_id else None,
        due_at=ticket.due_at,
        readable=readable,
    )


# What changed

_TEXTS = frozenset({"title", "description"})
_UNTOLD = frozenset({"version", "updated_at", "created_at", "resolved_at", "category", "number"})


class Difference(msgspec.Struct, frozen=True):
    """The changed values of a ticket, by name."""

    before: dict[str, ChangeValue]
    after: dict[str, ChangeValue]


def difference(before: Ticket, after: Ticket) -> Difference:
    """What is different, without the words of its texts: of these only that they changed."""
    names = [
        name
        for name in Ticket.__struct_fields__
        if name not in _UNTOLD and getattr(before, name) != getattr(after, name)
    ]
    return Difference(
        {name: _plain(name, getattr(before, name)) for name in names},
        {name: _plain(name, getattr(after, name)) for name in names},
    )


def _plain(name: str, value: object) -> ChangeValue:
    if name in _TEXTS:
        return None
    if name == "checklist":
        return [f"{item.done:d}/{item.required:d}" for item in msgspec.convert(value, list[CheckItem])]
    if isinstance(value, dict):
        return {code: redact(one) if isinstance(one, str) else one for code, one in value.items()}
    if isinstance(value, list):
        return [str(one) for one in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, int | float | bool | None) else str(value)
