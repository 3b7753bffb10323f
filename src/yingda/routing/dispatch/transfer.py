"""Passing a conversation on, with a word to whoever takes it over."""

from uuid import UUID

from yingda.conversations import (
    SYSTEM,
    Author,
    AuthorKind,
    Conversation,
    Kind,
    SystemNotice,
    assign,
    author_of,
    get_changeable,
    note,
    record_transfer,
    say,
)
from yingda.identity import Permission, Principal, find_colleague, find_department, find_team
from yingda.infra.database import Connection, Tx
from yingda.kit.errors import Conflict, Forbidden, Invalid
from yingda.routing.dispatch import rules
from yingda.routing.dispatch.repository import queue
from yingda.routing.dispatch.schemas import Transfer


class TransferTargetUnclear(Invalid):
    code = "transfer_target_unclear"
    zh = "同事、团队、部门只能选择一个。"
    en = "Choose one of colleague, team and department."


class DepartmentWithoutTeam(Conflict):
    code = "department_without_team"
    zh = "“{name}”没有接待团队，不能转接会话。"
    en = "{name} has no team that serves customers."


async def pass_on(tx: Tx, principal: Principal, conversation_id: UUID, wanted: Transfer) -> None:
    """Transfer it, for whoever may: who has it in hand, and who may assign.

    Raises as `transfer` and `get_changeable` do, `Forbidden` for everybody else.
    """
    assigns = principal.may(Permission.CONVERSATIONS_ASSIGN)
    permission = Permission.CONVERSATIONS_ASSIGN if assigns else Permission.CONVERSATIONS_REPLY
    head = await get_changeable(tx.conn, conversation_id, principal, permission)
    if not assigns and head.assignee_id != principal.staff_id:
        raise Forbidden
    await transfer(tx, head, wanted, author_of(principal))


async def transfer(tx: Tx, conversation: Conversation, wanted: Transfer, author: Author) -> None:
    """Give a conversation to a colleague, a team or a department, or back into the queue.

    Raises `TransferTargetUnclear`, `DepartmentWithoutTeam`, and `NotFound` for who or what does not exist.
    """
    if sum(target is not None for target in (wanted.staff_id, wanted.team_id, wanted.department_id)) > 1:
        raise TransferTargetUnclear
    if wanted.staff_id:
        colleague = await find_colleague(tx.conn, wanted.staff_id)
        target = colleague.display_name
        await assign(tx, conversation.id, Author(AuthorKind.STAFF, colleague.id, colleague.display_name), by=author.id)
    else:
        team_id, target = await _queue_of(tx.conn, wanted)
        await assign(tx, conversation.id, None, team_id, by=author.id)
        if conversation.assignee_id:
            notice = SystemNotice("transferring", "正在为您转接其他客服，请稍候。")
            await say(tx, conversation.id, SYSTEM, Kind.SYSTEM, notice)
    await record_transfer(tx, conversation.id, author, target)
    if words := wanted.note.strip():
        await note(tx, conversation.id, author, words)


async def _queue_of(conn: Connection, wanted: Transfer) -> tuple[UUID | None, str]:
    """The team in whose queue it will wait (None: the one it had, or everybody's), and what that is called."""
    if wanted.team_id:
        team = await find_team(conn, wanted.team_id)
        return team.id, team.name
    if wanted.department_id is None:
        return None, "排队"
    department = await find_department(conn, wanted.department_id)
    chosen = rules.choose_team(await queue.rooms(conn, [team.id for team in department.teams]))
    if chosen is None:
        raise DepartmentWithoutTeam(name=department.name)
    name = next(team.name for team in department.teams if team.id == chosen)
    return chosen, f"{department.name} · {name}"
