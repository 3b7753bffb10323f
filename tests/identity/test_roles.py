"""Roles that are made here: who may make which, what a change does to those who hold them, and what is refused."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from tests.factories import eventually
from tests.identity.conftest import ADMIN, Browser, Hire
from yingda.identity import AccessChanged, Permission, RightsChanged
from yingda.identity.errors import MorePowerful
from yingda.identity.principal import Principal
from yingda.identity.repository import people
from yingda.identity.rules import known, refuse_more_than_own
from yingda.identity.schemas import RoleGrant
from yingda.infra.database import Database, Tx
from yingda.kit import clock
from yingda.kit.ids import new_id

READS = ["conversations.read_own", "staff.read"]
MANAGES = [*READS, "staff.manage"]

P = Permission


@pytest.mark.parametrize(
    ("held", "limited", "touched", "allowed"),
    [
        ([P.STAFF_MANAGE, P.STAFF_READ], [], [P.STAFF_READ], True),
        ([P.STAFF_MANAGE, P.STAFF_READ], [], [P.STAFF_READ, P.STAFF_MANAGE], True),
        ([P.STAFF_MANAGE], [], [P.STAFF_READ], False),
        ([P.STAFF_MANAGE, P.REPORTS_READ], [P.REPORTS_READ], [P.REPORTS_READ], False),
        ([P.STAFF_MANAGE, P.REPORTS_READ], [P.REPORTS_READ], [P.STAFF_MANAGE], True),
        ([P.STAFF_MANAGE], [], [], True),
        ([*P], [], [*P], True),
        ([*P], [P.CONVERSATIONS_REPLY], [P.CONVERSATIONS_REPLY], False),
    ],
)
def test_nobody_hands_on_what_they_do_not_hold_everywhere(
    held: Sequence[Permission], limited: Sequence[Permission], touched: Sequence[Permission], allowed: bool
) -> None:
    actor = Principal(
        staff_id=new_id(),
        display_name="某人",
        permissions=frozenset(held),
        limited_to={permission: frozenset({new_id()}) for permission in limited},
    )
    if allowed:
        refuse_more_than_own(actor.everywhere, frozenset(touched))
    else:
        with pytest.raises(MorePowerful):
            refuse_more_than_own(actor.everywhere, frozenset(touched))


def test_permissions_of_other_versions_confer_nothing() -> None:
    assert known(["staff.read", "moon.land"]) == {P.STAFF_READ}


async def _make(who: Browser, name: str, permissions: list[str], description: str = "") -> dict[str, Any]:
    answer = await who.post("/roles", json={"name": name, "description": description, "permissions": permissions})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def _role(who: Browser, code: str) -> dict[str, Any]:
    return next(role for role in (await who.get("/roles")).json() if role["code"] == code)


@pytest.fixture
def told(db: Database) -> list[AccessChanged | RightsChanged]:
    """What the features above hear."""
    heard: list[AccessChanged | RightsChanged] = []

    async def note(_: Tx, event: AccessChanged | RightsChanged) -> None:
        heard.append(event)

    db.bus.subscribe(AccessChanged, note)
    db.bus.subscribe(RightsChanged, note)
    return heard


async def test_a_role_is_made_changed_and_deleted(
    admin: Browser, hire: Hire, told: list[AccessChanged | RightsChanged]
) -> None:
    made = await _make(admin, " 夜班组长 ", [*READS, "staff.read"], "晚上带班 ")
    assert (made["name"], made["description"], made["permissions"]) == ("夜班组长", "晚上带班", READS)
    assert (made["builtin"], made["holders"]) == (False, 0)
    url, code = f"/roles/{made['id']}", made["code"]

    lead = await hire("lead.night", code)
    assert (await lead.get("/auth/me")).json()["permissions"] == READS
    assert (await _role(admin, code))["holders"] == 1
    assert (await _role(lead, code))["holders"] is None, "for those who manage staff"

    renamed = (await admin.patch(url, json={"name": "晚班组长"})).json()
    assert renamed == made | {"name": "晚班组长", "holders": 1}
    told.clear()
    assert (await admin.patch(url, json={"permissions": [*READS, "reports.read"]})).status_code == 200
    assert "reports.read" in (await lead.get("/auth/me")).json()["permissions"], "from the next request on"
    rights, change = told
    assert isinstance(rights, RightsChanged)
    assert [str(one) for one in rights.staff_ids] == [(await lead.get("/auth/me")).json()["staff"]["id"]]
    assert isinstance(change, AccessChanged)
    assert (change.change, change.before, change.after) == (
        "role.changed",
        {"name": "晚班组长", "description": "晚上带班", "permissions": READS},
        {"name": "晚班组长", "description": "晚上带班", "permissions": sorted([*READS, "reports.read"])},
    )
    told.clear()
    assert (await admin.patch(url, json={"name": "晚班组长"})).status_code == 200
    assert told == [], "nothing has changed"

    refused = (await admin.delete(url)).json()
    assert (refused["code"], "1 位成员" in refused["detail"]) == ("role_in_use", True)
    person = (await admin.get(f"/staff?role={code}")).json()["items"][0]
    assert person["login"] == "lead.night"
    assert (await lead.get(f"/staff?role={code}")).status_code == 403
    await admin.patch(f"/staff/{person['id']}", json={"roles": []})
    assert (await admin.delete(url)).status_code == 204
    assert (await admin.delete(url)).status_code == 404
    assert (await admin.patch(f"/staff/{person['id']}", json={"roles": [{"role": code}]})).status_code == 422


async def test_a_role_that_is_being_given_is_not_deleted(admin: Browser, db: Database) -> None:
    role = await _make(admin, "夜班", READS)

    async def waits() -> bool:
        found: bool = await db.pool.fetchval(
            "SELECT EXISTS (SELECT FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock')"
        )
        return found

    async with db.transaction() as tx:
        staff_id = await people.add_staff(tx.conn, login="wen.ba", display_name="闻", locale="zh", now=clock.now())
        assert staff_id
        await people.set_roles(tx.conn, staff_id, [RoleGrant(role=role["code"])])
        deleting = asyncio.create_task(admin.delete(f"/roles/{role['id']}"))
        await eventually(waits)
    assert (await deleting).json()["code"] == "role_in_use"


async def test_built_in_roles_and_taken_names(admin: Browser) -> None:
    agent = await _role(admin, "agent")
    for answer in (
        await admin.patch(f"/roles/{agent['id']}", json={"name": "坐席"}),
        await admin.delete(f"/roles/{agent['id']}"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "builtin_role_fixed")
    copy = await _make(admin, "客服 副本", agent["permissions"])
    assert copy["permissions"] == agent["permissions"]
    for name in ("客服", "客服 副本"):
        taken = await admin.post("/roles", json={"name": name, "permissions": READS})
        assert (taken.status_code, taken.json()["code"]) == (409, "name_taken")
    assert (await admin.patch(f"/roles/{copy['id']}", json={"name": "客服"})).json()["code"] == "name_taken"
    assert (await admin.patch(f"/roles/{copy['id']}", json={"name": "客服 副本"})).status_code == 200, "its own name"


async def test_nobody_makes_a_role_above_themselves(admin: Browser, hire: Hire) -> None:
    own = await _make(admin, "人事", MANAGES)
    mightier = await _make(admin, "人事主管", [*MANAGES, "audit.read"])
    hr = await hire("hr.person", own["code"])
    for answer in (
        await hr.post("/roles", json={"name": "傀儡", "permissions": [*READS, "settings.manage"]}),
        await hr.patch(f"/roles/{own['id']}", json={"permissions": [*MANAGES, "settings.manage"]}),
        await hr.patch(f"/roles/{mightier['id']}", json={"permissions": READS}),
        await hr.delete(f"/roles/{mightier['id']}"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "exceeds_own_permissions")
    assert (await _make(hr, "前台", READS))["permissions"] == READS


async def test_what_counts_in_one_team_only_is_handed_on_to_nobody(admin: Browser, hire: Hire) -> None:
    """Who leads one team must not take over the account of somebody who leads them all."""
    service = next(d for d in (await admin.get("/departments")).json() if d["code"] == "service")
    team = (await admin.post(f"/departments/{service['id']}/teams", json={"name": "夜班组"})).json()["id"]
    hr_role = await _make(admin, "人事", MANAGES)
    all_reports = await _make(admin, "报表", ["reports.read"])
    await hire("reads.all", all_reports["code"])
    hr = await hire("hr.person", hr_role["code"])
    people = {person["login"]: person["id"] for person in (await admin.get("/staff")).json()["items"]}
    both = {"roles": [{"role": hr_role["code"]}, {"role": all_reports["code"], "team_id": team}]}
    assert (await admin.patch(f"/staff/{people['hr.person']}", json=both)).status_code == 200
    assert "reports.read" in (await hr.get("/auth/me")).json()["limited_to"]
    for answer in (
        await hr.post(f"/staff/{people['reads.all']}/invitation"),
        await hr.post("/roles", json={"name": "全部报表", "permissions": ["reports.read"]}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "exceeds_own_permissions")


async def test_nobody_loses_their_own_way_to_manage_staff(admin: Browser, hire: Hire) -> None:
    role = await _make(admin, "人事", MANAGES)
    hr = await hire("hr.person", role["code"])
    refused = await hr.patch(f"/roles/{role['id']}", json={"permissions": READS})
    assert (refused.status_code, refused.json()["code"]) == (409, "own_way_in")
    assert (await hr.get("/auth/me")).json()["permissions"] == sorted(MANAGES), "nothing has happened"
    assert (await hr.patch(f"/roles/{role['id']}", json={"name": "人事部"})).status_code == 200
    assert (await admin.patch(f"/roles/{role['id']}", json={"permissions": READS})).status_code == 200
    assert (await hr.get("/roles")).status_code == 200
    assert (await hr.post("/roles", json={"name": "又来", "permissions": READS})).status_code == 403
    still = (await admin.get("/staff?role=administrator")).json()["items"]
    assert [person["login"] for person in still] == [ADMIN], "no change of a role touches the administrators"


@pytest.mark.parametrize(
    "body",
    [
        {"name": "空", "permissions": []},
        {"name": "  ", "permissions": READS},
        {"name": "登月", "permissions": ["moon.land"]},
        {"name": "多", "permissions": READS, "builtin": True},
        {"name": "长", "permissions": READS, "description": "长" * 301},
        {"name": "行", "permissions": READS, "description": "一\n二"},
    ],
)
async def test_a_role_that_is_none_is_refused(admin: Browser, body: dict[str, Any]) -> None:
    answer = await admin.post("/roles", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "validation_failed"), answer.text
