"""Changing what the levels promise and when teams work; every change is in the audit trail."""

from calendar import monthrange
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from yingda.conversations import Conversation, author_of, get_changeable, set_level
from yingda.conversations import get as get_conversation
from yingda.identity import Permission, Principal, teams_by_name
from yingda.infra.database import Connection, Tx
from yingda.kit import china
from yingda.kit.calendar import day_of, is_sound
from yingda.kit.errors import Conflict, Invalid, NotFound
from yingda.kit.ids import new_id
from yingda.kit.redaction import redact
from yingda.privacy import AuditObject, audit
from yingda.routing.levels import repository, rules
from yingda.routing.levels.schemas import (
    LEVELS,
    CalendarBody,
    Calendars,
    LevelChange,
    Month,
    NamedCalendar,
    Policy,
    PolicyChange,
)


class CalendarNotFound(NotFound):
    code = "calendar_not_found"
    zh = "没有找到这个工作日历。"
    en = "There is no such calendar."


class CalendarUnsound(Invalid):
    code = "calendar_unsound"
    zh = "工作日历有误：每周至少要有一段工作时间，时段不能重叠或倒置，特殊日期不能重复，时区要有效。"
    en = "The calendar needs working time in its week, periods in order, each date once, and a known time zone."


class CalendarNameTaken(Conflict):
    code = "calendar_name_taken"
    zh = "已有名为“{name}”的工作日历。"
    en = "There is a calendar named {name} already."


class DefaultCalendarNeeded(Conflict):
    code = "default_calendar_needed"
    zh = "必须保留一个默认日历。请先把另一个设为默认。"
    en = "One calendar has to be the default: choose another one first."


class SubjectUnknown(NotFound):
    code = "service_limits_unknown"
    zh = "没有这种适用对象的时限。"
    en = "There are no limits for this."


class LevelsIncomplete(Invalid):
    code = "levels_incomplete"
    zh = "请为 1 至 5 级各填写一次时限。"
    en = "Give the limits of each level from 1 to 5 once."


class PolicyNeeded(Conflict):
    code = "policy_needed"
    zh = "会话和工单的通用时限不能删除。"
    en = "The limits of conversations and of tickets in general cannot be deleted."


async def policies(conn: Connection, principal: Principal) -> list[Policy]:
    principal.require(Permission.ROUTING_MANAGE)
    return await repository.policies(conn)


async def change_policy(tx: Tx, principal: Principal, subject: str, change: PolicyChange) -> Policy:
    """Clocks that run already keep the limits they have, until their level changes.

    Raises `SubjectUnknown`, `LevelsIncomplete`.
    """
    principal.require(Permission.ROUTING_MANAGE)
    if not rules.is_subject(subject):
        raise SubjectUnknown
    limits = sorted(change.limits, key=lambda one: one.level)
    if tuple(one.level for one in limits) != LEVELS:
        raise LevelsIncomplete
    former = await _policy(tx.conn, subject)
    policy = Policy(subject, limits)
    await repository.save_policy(tx.conn, policy)
    await audit(
        tx,
        principal,
        "service_levels.change_limits",
        AuditObject("service_limits", subject),
        reason=redact(change.reason),
        before=_plain(former) if former else None,
        after=_plain(policy),
    )
    return policy


async def drop_policy(tx: Tx, principal: Principal, subject: str) -> None:
    """Such tickets follow the limits of all tickets then. Raises `SubjectUnknown`, `PolicyNeeded`."""
    principal.require(Permission.ROUTING_MANAGE)
    former = await _policy(tx.conn, subject)
    if former is None:
        raise SubjectUnknown
    if ":" not in subject:
        raise PolicyNeeded
    await repository.drop_policy(tx.conn, subject)
    target = AuditObject("service_limits", subject)
    await audit(tx, principal, "service_levels.drop_limits", target, before=_plain(former))


async def _policy(conn: Connection, subject: str) -> Policy | None:
    return next((one for one in await repository.policies(conn) if one.subject == subject), None)


async def calendars(conn: Connection, principal: Principal) -> Calendars:
    principal.require(Permission.ROUTING_MANAGE)
    return Calendars(await repository.calendars(conn), china.known_through())


async def create_calendar(tx: Tx, principal: Principal, body: CalendarBody) -> NamedCalendar:
    """Raises `CalendarUnsound`, `CalendarNameTaken`, `NotFound` for a team that does not exist."""
    return await _save(tx, principal, new_id(), body, None)


async def change_calendar(tx: Tx, principal: Principal, calendar_id: UUID, body: CalendarBody) -> NamedCalendar:
    """Raises `CalendarNotFound`, `DefaultCalendarNeeded`, and as `create_calendar` does."""
    principal.require(Permission.ROUTING_MANAGE)
    former = await _calendar(tx.conn, calendar_id)
    if former.default and not body.default:
        raise DefaultCalendarNeeded
    return await _save(tx, principal, calendar_id, body, former)


async def drop_calendar(tx: Tx, principal: Principal, calendar_id: UUID) -> None:
    """Its teams work by the default then. Raises `CalendarNotFound`, `DefaultCalendarNeeded`."""
    principal.require(Permission.ROUTING_MANAGE)
    former = await _calendar(tx.conn, calendar_id)
    if former.default:
        raise DefaultCalendarNeeded
    await repository.drop_calendar(tx.conn, calendar_id)
    target = AuditObject("service_calendar", str(calendar_id))
    await audit(tx, principal, "service_levels.drop_calendar", target, before=_plain(former))


async def _calendar(conn: Connection, calendar_id: UUID) -> NamedCalendar:
    found = await repository.calendar(conn, calendar_id)
    if found is None:
        raise CalendarNotFound
    return found


async def _save(
    tx: Tx, principal: Principal, calendar_id: UUID, body: CalendarBody, former: NamedCalendar | None
) -> NamedCalendar:
    principal.require(Permission.ROUTING_MANAGE)
    if not is_sound(body.times):
        raise CalendarUnsound
    if not set(body.team_ids) <= set((await teams_by_name(tx.conn)).values()):
        raise NotFound
    made = NamedCalendar(
        id=calendar_id,
        name=body.name.strip(),
        times=body.times,
        team_ids=sorted(set(body.team_ids)),
        default=body.default,
    )
    if not await repository.save_calendar(tx.conn, made):
        raise CalendarNameTaken(name=made.name)
    await audit(
        tx,
        principal,
        "service_levels.change_calendar" if former else "service_levels.create_calendar",
        AuditObject("service_calendar", str(calendar_id)),
        before=_plain(former) if former else None,
        after=_plain(made),
    )
    return made


def month(body: CalendarBody, first: date) -> Month:
    """What a calendar makes of the month that begins at `first`, before it is saved. Raises `CalendarUnsound`."""
    if not is_sound(body.times):
        raise CalendarUnsound
    days = [
        day_of(body.times, first.replace(day=number + 1)) for number in range(monthrange(first.year, first.month)[1])
    ]
    return Month(first, days, first.year <= china.known_through())


async def change_level(tx: Tx, principal: Principal, conversation_id: UUID, change: LevelChange) -> Conversation:
    """Somebody sees that a matter is graver, or less grave, than it was taken for."""
    await get_changeable(tx.conn, conversation_id, principal)
    reason = " ".join(change.reason.split())
    before = await set_level(tx, conversation_id, change.level, author_of(principal), reason)
    if before.level != change.level:
        await audit(
            tx,
            principal,
            "conversation.change_level",
            AuditObject("conversation", str(conversation_id)),
            reason=redact(reason),
            before={"level": before.level},
            after={"level": change.level},
        )
    return await get_conversation(tx.conn, conversation_id)


def _plain(value: Policy | NamedCalendar) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(value)
    return plain
