"""Roles that are made here: who may make which, what a change does to those who hold them, and what is refused."""

import asyncio
import json
from collections.abc import Callable, Sequence
from typing import Any

import httpx
import pytest

from tests.factories import eventually
from tests.identity.conftest import ADMIN, PASSWORD, Browser, Hire
from yingda.identity import AccessChanged, Permission, RightsChanged
from yingda.identity.errors import MorePowerful
from yingda.identity.principal import Principal
from yingda.identity.repository import people, roles
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


async def _change(who: Browser, role_id: str, **change: Any) -> httpx.Response:
    """As somebody does who has just opened the role."""
    version = next(role["version"] for role in (await who.get("/roles")).json() if role["id"] == role_id)
    return await who.patch(f"/roles/{role_id}", json={"version": version, **change})


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

    renamed = (await _change(admin, made["id"], name="晚班组长")).json()
    assert renamed == made | {"name": "晚班组长", "holders": 1, "version": 2}
    told.clear()
    assert (await _change(admin, made["id"], permissions=[*READS, "reports.read"])).status_code == 200
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
    assert (await _change(admin, made["id"], name="晚班组长")).status_code == 200
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


async def _somebody_waits(db: Database) -> bool:
    found: bool = await db.pool.fetchval(
        "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')"
    )
    return found


async def test_a_role_that_is_being_given_is_not_deleted(admin: Browser, db: Database) -> None:
    role = await _make(admin, "夜班", READS)
    async with db.transaction() as tx:
        staff_id = await people.add_staff(tx.conn, login="wen.ba", display_name="闻", locale="zh", now=clock.now())
        assert staff_id
        await people.set_roles(tx.conn, staff_id, [RoleGrant(role=role["code"])])
        deleting = asyncio.create_task(admin.delete(f"/roles/{role['id']}"))
        await eventually(lambda: _somebody_waits(db))
    assert (await deleting).json()["code"] == "role_in_use"


async def test_two_who_change_a_role_do_not_overwrite_each_other(admin: Browser) -> None:
    role = await _make(admin, "夜班", READS)
    seen = {"version": role["version"]}
    first = await admin.patch(f"/roles/{role['id']}", json=seen | {"permissions": ["staff.read"]})
    assert (first.status_code, first.json()["version"]) == (200, 2)
    second = await admin.patch(f"/roles/{role['id']}", json=seen | {"name": "晚班", "permissions": READS})
    assert (second.status_code, second.json()["code"]) == (409, "role_outdated")
    kept = await _role(admin, role["code"])
    assert (kept["name"], kept["permissions"]) == ("夜班", ["staff.read"])


async def _link(who: Browser, staff_id: str) -> dict[str, str]:
    answer = await who.post(f"/staff/{staff_id}/invitation")
    assert answer.status_code == 201, answer.text
    return {"token": answer.json()["token"], "password": PASSWORD}


async def _staff_id(who: Browser) -> str:
    found: str = (await who.get("/auth/me")).json()["staff"]["id"]
    return found


async def test_a_password_link_does_not_outlive_a_rise_in_rights(
    admin: Browser, hire: Hire, browser: Callable[[], Browser]
) -> None:
    """Who could take over an account yesterday must not get today's stronger one."""
    hr = await hire("hr.person", (await _make(admin, "人事", MANAGES))["code"])
    role, mightier = await _make(admin, "前台", READS), await _make(admin, "审计", ["audit.read"])
    service = next(d for d in (await admin.get("/departments")).json() if d["code"] == "service")
    someone = await _staff_id(await hire("someone", role["code"]))

    async def opens(link: dict[str, str]) -> int:
        return (await browser().post("/auth/invitation", json=link)).status_code

    link = await _link(hr, someone)
    await _change(admin, role["id"], description="前台接待")
    await _change(admin, role["id"], permissions=["staff.read"])
    assert await opens(link) == 204, "nothing was gained"
    link = await _link(hr, someone)
    await _change(admin, role["id"], permissions=READS)
    assert await opens(link) == 400
    link = await _link(hr, someone)
    await admin.patch(f"/staff/{someone}", json={"memberships": [{"department_id": service["id"]}]})
    assert await opens(link) == 400
    link = await _link(hr, someone)
    await admin.patch(f"/staff/{someone}", json={"memberships": []})
    await admin.patch(f"/staff/{someone}", json={"roles": [{"role": mightier["code"]}]})
    assert await opens(link) == 400

    guest = {"login": "guest", "display_name": "新同事", "roles": [{"role": role["code"]}]}
    invited = (await admin.post("/staff", json=guest)).json()
    await _change(admin, role["id"], permissions=[*READS, "reports.read"])
    link = {"token": invited["invitation"]["token"], "password": PASSWORD}
    assert await opens(link) == 204, "an invitation to an account that nobody has entered stays"


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/roles", {"name": "又一个", "permissions": ["reports.read"]}),
        ("PATCH", "/roles/{role}", {"version": 1, "permissions": READS}),
        ("DELETE", "/roles/{role}", None),
        ("POST", "/staff", {"login": "puppet", "display_name": "傀儡", "roles": [{"role": "{code}"}]}),
        ("PATCH", "/staff/{someone}", {"roles": [{"role": "{code}"}]}),
        ("POST", "/staff/{someone}/invitation", None),
    ],
)
async def test_what_one_may_hand_on_is_decided_behind_the_lock(
    admin: Browser, hire: Hire, db: Database, method: str, path: str, body: dict[str, Any] | None
) -> None:
    own = await _make(admin, "人事", [*MANAGES, "reports.read"])
    role = await _make(admin, "报表", ["reports.read"])
    hr = await hire("hr.person", own["code"])
    held = role if path.endswith("invitation") else await _make(admin, "前台", READS)
    someone = await _staff_id(await hire("someone", held["code"]))
    content = json.dumps(body).replace("{code}", role["code"]) if body else None
    async with db.transaction() as tx:
        await roles.lock_administrators(tx.conn)
        asking = asyncio.create_task(hr.request(method, path.format(role=role["id"], someone=someone), content=content))
        await eventually(lambda: _somebody_waits(db))
        await tx.conn.execute("UPDATE roles SET permissions = $2 WHERE id = $1", own["id"], MANAGES)
    answer = await asking
    assert (answer.status_code, answer.json()["code"]) == (403, "exceeds_own_permissions")


async def test_a_key_hands_on_no_more_than_its_scopes(admin: Browser, browser: Callable[[], Browser]) -> None:
    made = (await admin.post("/api-keys", json={"name": "同步", "scopes": MANAGES})).json()
    program = browser()
    program.headers["Authorization"] = f"Bearer {made['key']}"
    refused = await program.post("/roles", json={"name": "报表", "permissions": ["reports.read"]})
    assert (refused.status_code, refused.json()["code"]) == (403, "exceeds_own_permissions")
    assert (await _make(program, "前台", READS))["permissions"] == READS
    taken = await program.post(f"/staff/{await _staff_id(admin)}/invitation")
    assert (taken.status_code, taken.json()["code"]) == (403, "exceeds_own_permissions"), "its maker holds more"


async def test_who_works_in_the_same_team_is_managed(admin: Browser, hire: Hire) -> None:
    """What both hold in one team only stands in nobody's way; what one holds in another team does."""
    service = next(d for d in (await admin.get("/departments")).json() if d["code"] == "service")
    early, late = [
        (await admin.post(f"/departments/{service['id']}/teams", json={"name": name})).json()["id"]
        for name in ("早班组", "夜班组")
    ]
    hr_role = await _make(admin, "人事", MANAGES)
    at = {"early": {"team_id": early}, "late": {"team_id": late}, "all": {"department_id": service["id"]}}
    there = {name: await _staff_id(await hire(f"agent.{name}", "agent", **limit)) for name, limit in at.items()}
    hr = await hire("hr.person", hr_role["code"])
    me = await _staff_id(hr)

    async def hr_is_agent(**limit: str) -> None:
        roles = [{"role": hr_role["code"]}, {"role": "agent", **limit}]
        assert (await admin.patch(f"/staff/{me}", json={"roles": roles})).status_code == 200

    async def renames(staff_id: str) -> int:
        return (await hr.patch(f"/staff/{staff_id}", json={"display_name": "新名字"})).status_code

    await hr_is_agent(team_id=early)
    assert [await renames(one) for one in (me, *there.values())] == [200, 200, 403, 403]
    await hr_is_agent(department_id=service["id"])
    assert [await renames(one) for one in (me, *there.values())] == [200, 200, 200, 200]
    limited, fresh = {"role": "agent", "team_id": early}, {"role": hr_role["code"]}
    kept = await hr.patch(f"/staff/{there['early']}", json={"roles": [limited, fresh]})
    assert kept.status_code == 200, "what they have already is not given"
    given = await hr.patch(f"/staff/{there['late']}", json={"roles": [limited]})
    assert (given.status_code, given.json()["code"]) == (403, "exceeds_own_permissions")


async def test_built_in_roles_and_taken_names(admin: Browser) -> None:
    agent = await _role(admin, "agent")
    for answer in (
        await _change(admin, agent["id"], name="坐席"),
        await admin.delete(f"/roles/{agent['id']}"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "builtin_role_fixed")
    copy = await _make(admin, "客服 副本", agent["permissions"])
    assert copy["permissions"] == agent["permissions"]
    for name in ("客服", "客服 副本"):
        taken = await admin.post("/roles", json={"name": name, "permissions": READS})
        assert (taken.status_code, taken.json()["code"]) == (409, "name_taken")
    assert (await _change(admin, copy["id"], name="客服")).json()["code"] == "name_taken"
    assert (await _change(admin, copy["id"], name="客服 副本")).status_code == 200, "its own name"


async def test_nobody_makes_a_role_above_themselves(admin: Browser, hire: Hire) -> None:
    own = await _make(admin, "人事", MANAGES)
    mightier = await _make(admin, "人事主管", [*MANAGES, "audit.read"])
    hr = await hire("hr.person", own["code"])
    for answer in (
        await hr.post("/roles", json={"name": "傀儡", "permissions": [*READS, "settings.manage"]}),
        await _change(hr, own["id"], permissions=[*MANAGES, "settings.manage"]),
        await _change(hr, mightier["id"], permissions=READS),
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
    refused = await _change(hr, role["id"], permissions=READS)
    assert (refused.status_code, refused.json()["code"]) == (409, "own_way_in")
    assert (await hr.get("/auth/me")).json()["permissions"] == sorted(MANAGES), "nothing has happened"
    assert (await _change(hr, role["id"], name="人事部")).status_code == 200
    assert (await _change(admin, role["id"], permissions=READS)).status_code == 200
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
