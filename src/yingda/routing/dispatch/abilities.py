"""Who can do what, and the organisation's limits: kept by whoever manages routing, and audited."""

import re
from typing import Any
from uuid import UUID

import msgspec

from yingda.identity import Permission, Principal, find_colleague, principals_of, teams_by_name
from yingda.infra.database import Connection, Tx
from yingda.kit.errors import Conflict, Invalid, NotFound
from yingda.privacy import AuditObject, audit
from yingda.routing.dispatch.repository import skills
from yingda.routing.dispatch.schemas import (
    SKILL_CODE,
    AbleMember,
    DispatchRules,
    Skill,
    SkillDraft,
    SkillTable,
    StaffAbilities,
)

#: More columns than this nobody can fill with care.
MOST_SKILLS = 60


class SkillNotFound(NotFound):
    code = "skill_not_found"
    zh = "没有找到这项技能。"
    en = "There is no such skill."


class SkillUnknown(Invalid):
    code = "skill_unknown"
    zh = "没有“{skill}”这项技能，请先添加。"
    en = "There is no skill {skill}: add it first."


class SkillCodeInvalid(Invalid):
    code = "skill_code_invalid"
    zh = "技能代码以小写字母开头，只能用小写字母、数字、点、横线和下划线，最多 30 个字符。"
    en = "A skill's code begins with a small letter and has small letters, digits, dots and dashes, 30 at most."


class TooManySkills(Conflict):
    code = "too_many_skills"
    zh = "最多可以有 {limit} 项技能，请先删除不用的。"
    en = "{limit} skills are the most: delete one first."


class OverflowUnclear(Invalid):
    code = "overflow_unclear"
    zh = "支援规则有误：两个团队必须都存在、互不相同，同一对团队只能有一条规则。"
    en = "A team must be helped by another existing team, and by each of them only once."


async def table_of(conn: Connection) -> SkillTable:
    """All skills, and everybody who serves customers with what they can do."""
    serving = [one for one in await principals_of(conn) if one.may(Permission.CONVERSATIONS_REPLY)]
    known = await skills.abilities(conn, [one.staff_id for one in serving])
    nothing = StaffAbilities({})
    staff = [
        AbleMember(one.staff_id, one.display_name, sorted(one.team_ids), able.grades, able.limits)
        for one in serving
        for able in [known.get(one.staff_id, nothing)]
    ]
    return SkillTable(await skills.skills(conn), sorted(staff, key=lambda member: member.name))


async def put_skill(tx: Tx, principal: Principal, code: str, draft: SkillDraft) -> Skill:
    """Add a skill, or call it something else. Raises `SkillCodeInvalid`, `TooManySkills`."""
    if not re.fullmatch(SKILL_CODE, code):
        raise SkillCodeInvalid
    before = await skills.skill(tx.conn, code)
    if before is None and len(await skills.skills(tx.conn)) >= MOST_SKILLS:
        raise TooManySkills(limit=MOST_SKILLS)
    await skills.put_skill(tx.conn, code, draft)
    after = Skill(code, draft.name, draft.category)
    if after != before:
        await audit(tx, principal, "skill.put", AuditObject("skill", code), before=_plain(before), after=_plain(after))
    return after


async def delete_skill(tx: Tx, principal: Principal, code: str) -> None:
    """Raises `SkillNotFound`."""
    before = await skills.skill(tx.conn, code)
    if before is None:
        raise SkillNotFound
    await skills.delete_skill(tx.conn, code)
    await audit(tx, principal, "skill.deleted", AuditObject("skill", code), before=_plain(before))


async def set_abilities(tx: Tx, principal: Principal, member: AbleMember, wanted: StaffAbilities) -> AbleMember:
    """Raises `SkillUnknown`."""
    known = {skill.code for skill in await skills.skills(tx.conn)}
    for code in wanted.grades:
        if code not in known:
            raise SkillUnknown(skill=code)
    await skills.set_abilities(tx.conn, member.staff_id, wanted)
    before = StaffAbilities(member.grades, member.limits)
    if wanted != before:
        target = AuditObject("staff", str(member.staff_id))
        await audit(tx, principal, "staff.abilities", target, before=_plain(before), after=_plain(wanted))
    return msgspec.structs.replace(member, grades=wanted.grades, limits=wanted.limits)


async def member_of(conn: Connection, staff_id: UUID) -> AbleMember:
    """Raises `NotFound`."""
    colleague = await find_colleague(conn, staff_id)
    [person] = await principals_of(conn, [colleague.id])
    able = (await skills.abilities(conn, [colleague.id])).get(colleague.id, StaffAbilities({}))
    return AbleMember(colleague.id, colleague.display_name, sorted(person.team_ids), able.grades, able.limits)


async def rules_of(conn: Connection) -> DispatchRules:
    return DispatchRules(await skills.limits(conn), await skills.overflow(conn))


async def set_rules(tx: Tx, principal: Principal, wanted: DispatchRules) -> DispatchRules:
    """Raises `OverflowUnclear`."""
    before = await rules_of(tx.conn)
    pairs = [(one.team_id, one.to_team_id) for one in wanted.overflow]
    teams = set((await teams_by_name(tx.conn)).values())
    if len(set(pairs)) < len(pairs) or any(one == other or not {one, other} <= teams for one, other in pairs):
        raise OverflowUnclear
    await skills.set_limits(tx.conn, wanted.limits)
    await skills.set_overflow(tx.conn, wanted.overflow)
    if wanted != before:
        changed = AuditObject("settings", "dispatch")
        await audit(tx, principal, "dispatch.rules", changed, before=_plain(before), after=_plain(wanted))
    return await rules_of(tx.conn)


def _plain(value: msgspec.Struct | None) -> dict[str, Any] | None:
    return None if value is None else dict(msgspec.to_builtins(value))
