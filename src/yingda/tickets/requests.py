"""What requests about tickets have in common: filters in the address, and bodies."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar.params import FromQuery, QueryParameter

from yingda.conversations import query_terms
from yingda.identity import Caller
from yingda.tickets.forms import Code, Level, LongText, Name, Reason
from yingda.tickets.kinds import Category, Fields
from yingda.tickets.pages import Due, TicketFilter, TicketSort
from yingda.tickets.schemas import OrderRef, TicketEdit

Seq = Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]
Ids = Annotated[list[UUID], msgspec.Meta(max_length=20)]
Cursor = Annotated[str | None, QueryParameter(max_length=500)]
Limit = Annotated[int, QueryParameter(ge=1, le=200, description="Most rows in one answer.")]
Words = Annotated[str | None, QueryParameter(max_length=200, description="Of number, title, texts, fields, comments.")]
ShortText = Annotated[str | None, QueryParameter(max_length=60)]
WantedLevel = Annotated[int | None, QueryParameter(ge=1, le=5)]
Categories = Annotated[list[Category] | None, QueryParameter(name="category", max_items=4)]


class NewTicketBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A ticket to be opened; `kind` is a code. What is left out the kind, its template or the message decides.

    `title` may be left out: then it is proposed from the message `seq` of the conversation. The same `client_id` again
    answers the first one. `announce`: tell the customer, where the kind has words for it.
    """

    kind: Code
    title: Annotated[str, msgspec.Meta(max_length=120, pattern=r"^[^\x00-\x1f\x7f]*$")] = ""
    description: LongText = ""
    level: Level | None = None
    department_id: UUID | None = None
    owner_id: UUID | None = None
    conversation_id: UUID | None = None
    seq: Seq | None = None
    order: OrderRef | None = None
    parent_id: UUID | None = None
    fields: Fields = {}
    label_ids: Ids = []
    template: Name | None = None
    announce: bool = True
    client_id: UUID | None = None


class TicketChangeBody(TicketEdit, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`version`: the one that was changed; of another nothing is kept. `reason`: why, for the history."""

    version: int
    reason: Reason | None = None


class CommentBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`public`: say it to the customer too. The same `client_id` again answers the first one."""

    text: Annotated[str, msgspec.Meta(max_length=4000, pattern=r"^[^\x00]*$")] = ""
    public: bool = False
    mentions: Ids = []
    file_ids: Annotated[list[UUID], msgspec.Meta(max_length=10)] = []
    client_id: UUID | None = None


class WatchersBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    staff_ids: Annotated[list[UUID], msgspec.Meta(max_length=50)]


class MergeBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The ticket that goes on."""

    into_id: UUID
    reason: Reason | None = None


def provide_filter(
    principal: Caller,
    kind_id: FromQuery[UUID | None] = None,
    in_state: Annotated[str | None, QueryParameter(name="state", max_length=40)] = None,
    categories: Categories = None,
    department_id: FromQuery[UUID | None] = None,
    owner_id: FromQuery[UUID | None] = None,
    unowned: FromQuery[bool] = False,
    mine: FromQuery[bool] = False,
    opened_by_me: FromQuery[bool] = False,
    watched: FromQuery[bool] = False,
    level: WantedLevel = None,
    label_id: FromQuery[UUID | None] = None,
    customer_id: FromQuery[UUID | None] = None,
    conversation_id: FromQuery[UUID | None] = None,
    order_no: ShortText = None,
    parent_id: FromQuery[UUID | None] = None,
    due: FromQuery[Due | None] = None,
    q: Words = None,
    sort: FromQuery[TicketSort] = TicketSort.UPDATED,
) -> TicketFilter:
    """The same filters for list, board and export. Those that are given must all be met."""
    me = principal.staff_id
    return TicketFilter(
        kind_id=kind_id,
        state=in_state,
        categories=categories or [],
        department_id=department_id,
        owner_id=me if mine else owner_id,
        unowned=unowned,
        opened_by=me if opened_by_me else None,
        watched_by=me if watched else None,
        level=level,
        label_id=label_id,
        customer_id=customer_id,
        conversation_id=conversation_id,
        order_no=order_no,
        parent_id=parent_id,
        due=due,
        terms=query_terms(q) if q else [],
        sort=sort,
    )
