"""How each action is carried out: by the function that its own endpoint uses, with the same permission."""

from collections.abc import Mapping
from typing import assert_never
from uuid import UUID

import msgspec

from yingda.conversations import TextContent, author_of, get_changeable, note, reply, resolve, snooze, take
from yingda.identity import Principal
from yingda.infra.database import Tx
from yingda.kit.clock import in_future
from yingda.kit.errors import Conflict, Locale
from yingda.routing import pass_on
from yingda.workspace.macros.schemas import (
    Action,
    AddNote,
    AssignTo,
    Finish,
    SendReply,
    SnoozeFor,
    StepDone,
    TakeOver,
    ToQueue,
)
from yingda.workspace.replies import WORDS, Variable, fill

Values = Mapping[Locale, Mapping[Variable, str]]


class ReplyIncomplete(Conflict):
    code = "reply_incomplete"
    zh = "不知道{labels}，没有发给客户。"
    en = "Unknown: {labels}. Nothing was sent to the customer."


class Step(msgspec.Struct, frozen=True):
    """One action of a run. `values`: of the variables, by language; `external_id` makes its message storable once."""

    action: Action
    conversation_id: UUID
    principal: Principal
    values: Values
    external_id: str | None


async def carry_out(tx: Tx, step: Step) -> StepDone:
    """Raises what the action's own endpoint would."""
    action, conversation_id = step.action, step.conversation_id
    kind = str(action.__struct_config__.tag)
    if isinstance(action, AssignTo | ToQueue):
        await pass_on(tx, step.principal, conversation_id, action.staff_id if isinstance(action, AssignTo) else None)
        return StepDone(kind)
    head = await get_changeable(tx.conn, conversation_id, step.principal)
    author = author_of(step.principal)
    match action:
        case SendReply():
            content = TextContent(_whole(step, action))
            return StepDone(kind, (await reply(tx, head, author, content, external_id=step.external_id)).seq)
        case AddNote():
            text = fill(action.text, step.values[action.language], action.language).text
            return StepDone(kind, (await note(tx, conversation_id, author, text, external_id=step.external_id)).seq)
        case TakeOver():
            await take(tx, conversation_id, author)
        case SnoozeFor():
            until = in_future(minutes=action.minutes)
            await snooze(tx, conversation_id, until)
            return StepDone(kind, until=until)
        case Finish():
            await resolve(tx, conversation_id)
        case _:
            assert_never(action)
    return StepDone(kind)


def _whole(step: Step, action: SendReply) -> str:
    """The text without a gap: nobody looks it over before the customer does."""
    filled = fill(action.text, step.values[action.language], action.language)
    if filled.missing:
        raise ReplyIncomplete(labels="、".join(WORDS[gap][action.language].label for gap in filled.missing))
    return filled.text
