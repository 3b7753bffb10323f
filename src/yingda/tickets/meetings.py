"""The departments' meeting: its agenda is made from what is not done, its decisions become comments."""

from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec

from yingda.identity import Principal, names_of
from yingda.infra.database import Connection, Tx
from yingda.kit.clock import now
from yingda.kit.ids import new_id
from yingda.privacy import AuditObject, audit
from yingda.tickets import rules
from yingda.tickets.access import get_visible, members, visibility_of
from yingda.tickets.comments import NewComment
from yingda.tickets.comments import add as add_comment
from yingda.tickets.errors import MeetingNotFound
from yingda.tickets.forms import LongText, Title
from yingda.tickets.pages import Agenda, AgendaSection, AgendaTopic, Meeting, MeetingDecision
from yingda.tickets.repository import comments, lists, meetings, tickets
from yingda.tickets.repository.meetings import MeetingRecord
from yingda.tickets.schemas import TicketPerson
from yingda.tickets.views import cards_of

#: So many tickets of each topic are shown.
SHOWN = 20


class NewDecision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    ticket_id: UUID
    text: Annotated[str, msgspec.Meta(max_length=2000, pattern=r"^[^\x00]*[^\s\x00][^\x00]*$")]


class NewMeeting(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    held_on: date
    title: Title
    notes: LongText = ""
    attendee_ids: Annotated[list[UUID], msgspec.Meta(max_length=100)] = []
    decisions: Annotated[list[NewDecision], msgspec.Meta(max_length=50)] = []


async def agenda(conn: Connection, principal: Principal, department_id: UUID | None) -> Agenda:
    """What to talk about, of all tickets that whoever asks may see, or of one department's."""
    moment = now()
    visibility = await visibility_of(conn, principal)
    found = await lists.for_agenda(conn, visibility, department_id, moment, rules.HIGH_LEVEL, SHOWN)
    cards = {card.id: card for card in await cards_of(conn, [ticket for _, _, ticket in found], principal)}
    sections = []
    for topic in AgendaTopic:
        of_topic = [(count, ticket) for name, count, ticket in found if name == topic.value]
        shown = [cards[ticket.id] for _, ticket in of_topic]
        sections.append(AgendaSection(topic, of_topic[0][0] if of_topic else 0, shown))
    return Agenda(moment, sections)


async def write_minutes(tx: Tx, principal: Principal, new: NewMeeting) -> Meeting:
    """Keep the minutes; every decision becomes a comment of its ticket.

    Raises `TicketNotFound`, `TicketMerged`, `ReferenceMissing`, `MemberRefused`.
    """
    attendees = await members(tx.conn, new.attendee_ids)
    meeting = MeetingRecord(
        id=new_id(),
        held_on=new.held_on,
        title=new.title.strip(),
        notes=new.notes.strip(),
        attendee_ids=[one.id for one in attendees],
        written_by=principal.staff_id,
        written_by_name=principal.display_name,
        created_at=now(),
    )
    await meetings.add(tx.conn, meeting)
    visibility = await visibility_of(tx.conn, principal)
    for decision in sorted(new.decisions, key=lambda one: one.ticket_id):
        ticket = await get_visible(tx.conn, decision.ticket_id, visibility, lock=True)
        await add_comment(tx, ticket, principal, NewComment(text=decision.text, meeting_id=meeting.id))
    after = {"held_on": str(meeting.held_on), "decisions": len(new.decisions)}
    await audit(tx, principal, "tickets.meeting", AuditObject("ticket_meeting", str(meeting.id)), after=after)
    return await minutes(tx.conn, principal, meeting.id)


async def minutes(conn: Connection, principal: Principal, meeting_id: UUID) -> Meeting:
    """Raises `MeetingNotFound`."""
    visibility = await visibility_of(conn, principal)
    meeting = await meetings.get(conn, meeting_id)
    if meeting is None:
        raise MeetingNotFound
    decided = await comments.of_meeting(conn, meeting_id)
    found = await tickets.by_ids(conn, [one.ticket_id for one in decided])
    owners = [ticket.owner_id for ticket in found.values() if ticket.owner_id]
    names = await names_of(conn, [*meeting.attendee_ids, *owners])
    seen = {key: ticket for key, ticket in found.items() if rules.sees(visibility, ticket)}
    return Meeting(
        id=meeting.id,
        held_on=meeting.held_on,
        title=meeting.title,
        notes=meeting.notes,
        attendees=[TicketPerson(one, names.get(one, "")) for one in meeting.attendee_ids],
        written_by_name=meeting.written_by_name,
        created_at=meeting.created_at,
        decisions=[
            MeetingDecision(rules.related(seen[one.ticket_id], visibility, names), one.text)
            for one in decided
            if one.ticket_id in seen
        ],
    )
