"""People of the demo shop, so that every role can be tried. All of them are invented."""

import asyncio
import secrets
from collections.abc import Iterable
from typing import Final
from uuid import UUID

import msgspec

from yingda.identity.passwords import hash_password
from yingda.identity.permissions import ADMINISTRATOR
from yingda.identity.repository import access, people
from yingda.identity.schemas import DepartmentView, MembershipEntry, RoleGrant
from yingda.identity.setup import ensure_builtin_roles
from yingda.infra.database import Tx
from yingda.kit import clock

PRESALE: Final = "售前组"
AFTERSALE: Final = "售后组"


class DemoAccount(msgspec.Struct, frozen=True):
    """What somebody needs to sign in to the demo. Passwords are random for every deployment."""

    login: str
    display_name: str
    role: str
    password: str


class _Person(msgspec.Struct, frozen=True):
    login: str
    display_name: str
    role: str
    department: str
    teams: tuple[str, ...] = ()


_PEOPLE: Final = (
    _Person("demo.admin", "林知夏", ADMINISTRATOR, "service"),
    _Person("demo.supervisor", "顾清和", "supervisor", "service", (PRESALE, AFTERSALE)),
    _Person("demo.agent1", "小雅", "agent", "service", (PRESALE,)),
    _Person("demo.agent2", "小舟", "agent", "service", (PRESALE,)),
    _Person("demo.agent3", "晓彤", "agent", "service", (PRESALE,)),
    _Person("demo.agent4", "语桐", "agent", "service", (AFTERSALE,)),
    _Person("demo.agent5", "安然", "agent", "service", (AFTERSALE,)),
    _Person("demo.agent6", "一诺", "agent", "service", (AFTERSALE,)),
    _Person("demo.analyst", "沈砚", "analyst", "service"),
    _Person("demo.technology", "陆文博", "department_member", "technology"),
    _Person("demo.logistics", "江远", "department_member", "logistics"),
    _Person("demo.product", "叶青禾", "department_member", "product"),
    _Person("demo.quality", "白简", "department_member", "quality"),
)
#: Without letters and digits that look alike on a screen.
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"


async def seed_demo_staff(tx: Tx, kept: Iterable[DemoAccount] = ()) -> list[DemoAccount]:
    """Make the demo staff that are missing, and say how to sign in as each.

    `kept` is what an earlier call gave: those passwords stay. An account whose password was not kept gets a new one,
    since only its hash is stored. A real account that happens to have a demo name is left alone.
    """
    await ensure_builtin_roles(tx)
    departments = {department.code: department for department in await people.list_departments(tx.conn)}
    teams = await _ensure_teams(tx, departments["service"])
    passwords = {account.login: account.password for account in kept}
    accounts: list[DemoAccount] = []
    without_password: list[DemoAccount] = []
    for person in _PEOPLE:
        department_id = departments[person.department].id
        member_of: list[UUID | None] = [*map(teams.get, person.teams)] or [None]
        memberships = [MembershipEntry(department_id=department_id, team_id=team_id) for team_id in member_of]
        made = await _add(tx, person, memberships)
        known = passwords.get(person.login)
        accounts.append(DemoAccount(person.login, person.display_name, person.role, known or _new_password()))
        if made or known is None:
            without_password.append(accounts[-1])
    await _set_passwords(tx, without_password)
    return accounts


async def _ensure_teams(tx: Tx, department: DepartmentView) -> dict[str, UUID]:
    teams = {team.name: team.id for team in department.teams}
    for name in (PRESALE, AFTERSALE):
        if name not in teams and (team_id := await people.add_team(tx.conn, department.id, name)):
            teams[name] = team_id
    return teams


async def _add(tx: Tx, person: _Person, memberships: list[MembershipEntry]) -> bool:
    staff_id = await people.add_staff(
        tx.conn, login=person.login, display_name=person.display_name, locale="zh", now=clock.now(), demo=True
    )
    if staff_id is None:
        return False
    await people.set_memberships(tx.conn, staff_id, memberships)
    await people.set_roles(tx.conn, staff_id, [RoleGrant(role=person.role)])
    return True


async def _set_passwords(tx: Tx, accounts: list[DemoAccount]) -> None:
    hashes = await asyncio.gather(*(hash_password(account.password) for account in accounts))
    for account, hashed in zip(accounts, hashes, strict=True):
        await access.set_demo_password(tx.conn, account.login, hashed)


def _new_password() -> str:
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
