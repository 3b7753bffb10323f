"""Drafting, confirming and correcting wrap-ups."""

import asyncio
from uuid import UUID

import msgspec

from yingda.conversations import Conversation, Message, place_of, resolve, thread
from yingda.identity import Principal
from yingda.infra.database import Connection, Tx
from yingda.kit.clock import now
from yingda.kit.errors import Locale, NotFound
from yingda.kit.ids import new_id
from yingda.workspace import promises
from yingda.workspace.promises import Promise, PromiseItem, PromiseState
from yingda.workspace.wrapup import repository, rules
from yingda.workspace.wrapup.catalogue import catalogue, category_names
from yingda.workspace.wrapup.events import WrapUpConfirmed
from yingda.workspace.wrapup.reading import Reader, read_round
from yingda.workspace.wrapup.schemas import Confirmation, Draft, NewWrapUp, WrapUp

#: So many messages, counted from the end, are read for a draft.
READ_BACK = 200
VERSIONS_SHOWN = 50


class WrapUpNotFound(NotFound):
    code = "wrap_up_not_found"
    zh = "这个会话还没有小结。"
    en = "This conversation has no wrap-up yet."


class Material(msgspec.Struct, frozen=True):
    """What a draft is made from."""

    head: Conversation
    messages: list[Message]
    promises: list[Promise]


async def material(conn: Connection, head: Conversation) -> Material:
    latest = await thread(conn, head.id, None, None, READ_BACK, with_notes=False)
    return Material(head, latest.messages, await promises.of_conversation(conn, head.id))


async def draft(reader: Reader, given: Material, locale: Locale) -> Draft:
    """What a wrap-up of the conversation as it is now would say."""
    summary, votes = await asyncio.to_thread(read_round, reader, rules.since_last_end(given.messages))
    predicted = rules.category_of(votes)
    category = predicted or rules.UNKNOWN
    points = rules.points_of(summary)
    return Draft(
        seq=given.head.customer_seq,
        predicted=predicted,
        category=category,
        cause=catalogue().cause_of(category),
        result=rules.result_of(summary),
        summary=rules.text_of(points, locale),
        points=points,
        promises=rules.new_promises(summary, [(promise.seq, promise.text) for promise in given.promises]),
        open_promises=[
            msgspec.convert(promise, PromiseItem, from_attributes=True)
            for promise in given.promises
            if promise.state is PromiseState.OPEN
        ],
    )


async def confirm(tx: Tx, conversation_id: UUID, by: Principal, new: NewWrapUp) -> WrapUp:
    """Store the wrap-up and its promises, and resolve the conversation.

    Raises `CustomerWrote` when there is more than the draft knew, `MoveRefused` when it is resolved already,
    `UnknownChoice`, `PromiseInPast`.
    """
    _check(new)
    head = await resolve(tx, conversation_id)
    rules.check_seen(new.seq, head.customer_seq)
    wrap_up = _made(conversation_id, by, new, new.predicted if new.predicted in category_names() else None)
    await repository.add(tx.conn, wrap_up)
    for promise in new.promises:
        await promises.make(tx, head, by, promise)
    await tx.publish(WrapUpConfirmed(wrap_up, await place_of(tx.conn, conversation_id)))
    return wrap_up


async def correct(tx: Tx, conversation_id: UUID, by: Principal, new: Confirmation) -> WrapUp:
    """Put another one in the place of the latest, which stays readable. Raises `WrapUpNotFound`, `UnknownChoice`."""
    _check(new)
    latest = await repository.of_conversation(tx.conn, conversation_id, 1)
    if not latest:
        raise WrapUpNotFound
    wrap_up = _made(conversation_id, by, new, latest[0].predicted)
    await repository.add(tx.conn, wrap_up)
    await tx.publish(WrapUpConfirmed(wrap_up, await place_of(tx.conn, conversation_id), corrects=latest[0]))
    return wrap_up


async def versions(conn: Connection, conversation_id: UUID) -> list[WrapUp]:
    """The latest, which counts, first."""
    return await repository.of_conversation(conn, conversation_id, VERSIONS_SHOWN)


def _check(new: Confirmation) -> None:
    causes = [cause.code for cause in catalogue().causes]
    rules.check_confirmed(new.category, new.cause, categories=list(category_names()), causes=causes)


def _made(conversation_id: UUID, by: Principal, new: Confirmation, predicted: str | None) -> WrapUp:
    return WrapUp(
        id=new_id(),
        conversation_id=conversation_id,
        predicted=predicted,
        category=new.category,
        cause=new.cause,
        result=new.result,
        summary=new.summary,
        staff_id=by.staff_id,
        staff_name=by.display_name,
        created_at=now(),
    )
