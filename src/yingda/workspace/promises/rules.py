"""Pure decisions about promises."""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from yingda.conversations import Conversation, State
from yingda.kit.errors import Conflict, Invalid, NotFound
from yingda.workspace.promises.schemas import Promise, PromiseState


class PromiseNotFound(NotFound):
    code = "promise_not_found"
    zh = "没有找到这条承诺。"
    en = "There is no such promise."


class PromiseInPast(Invalid):
    code = "promise_in_past"
    zh = "承诺的时间必须在将来。"
    en = "A promise must be due in the future."


class PromiseClosed(Conflict):
    code = "promise_closed"
    zh = "这条承诺已经有结果了。"
    en = "This promise has been closed already."


class PromiseNotClosed(Invalid):
    code = "promise_not_closed"
    zh = "请选择“已兑现”“未兑现”或“取消”。"
    en = "Say whether the promise was kept, broken or cancelled."


def check_due(due_at: datetime, now: datetime) -> None:
    """Raises `PromiseInPast`."""
    if due_at <= now:
        raise PromiseInPast


#: What is promised to who asked to be called; the number is in their message.
CALL_BACK = "给客户回电（号码见客户留言）"
CALL_BACK_MINUTES = 15


def callback_due(wanted_at: datetime | None, now: datetime) -> datetime:
    """When the customer wants it; at once means within minutes, and so does a time that has passed."""
    soon = now + timedelta(minutes=CALL_BACK_MINUTES)
    return wanted_at if wanted_at and wanted_at > now else soon


def check_close(promise: Promise, state: PromiseState) -> None:
    """A promise is closed once, with an outcome. Raises `PromiseClosed` or `PromiseNotClosed`."""
    if state is PromiseState.OPEN:
        raise PromiseNotClosed
    if promise.state is not PromiseState.OPEN:
        raise PromiseClosed


class Return(StrEnum):
    """How a conversation comes back when a promise in it is due."""

    WAKE = "wake"
    REOPEN = "reopen"


def way_back(head: Conversation, owner_id: UUID) -> Return | None:
    """Only to the one who promised, and only if it lies with them; else a notice has to do."""
    if head.assignee_id != owner_id:
        return None
    return {State.SNOOZED: Return.WAKE, State.RESOLVED: Return.REOPEN}.get(head.state)
