"""Managing people and API keys: what holds, and what is refused."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from litestar import Litestar

from tests.identity.conftest import ADMIN, PASSWORD, Browser, Hire
from yingda.identity import SessionRevoked, StaffDeactivated, find_colleague
from yingda.infra.database import Database, Tx
from yingda.kit import clock
from yingda.kit.errors import NotFound
from yingda.kit.ids import new_id

Open = Callable[[], Browser]


async def _staff(admin: Browser, login: str) -> dict[str, Any]:
    people = (await admin.get("/staff?limit=200")).json()["items"]
    return next(person for person in people if person["login"] == login)


async def _custom_role(db: Database, code: str, *permissions: str) -> None:
    async with db.transaction() as tx:
        await tx.conn.execute("INSERT INTO roles VALUES ($1, $2, $2, $3, false)", new_id(), code, permissions)


async def test_colleagues_see_names_and_managers_see_the_rest(admin: Browser, hire: Hire) -> None:
    agent = await hire("agent.one", "agent")
    seen = (await agent.get("/staff")).json()["items"]
    assert {person["display_name"] for person in seen} == {"管理员", "同事 agent.one"}
    assert all(person[field] is None for person in seen for field in ("login", "roles", "locale", "invited"))
    person = await _staff(admin, "agent.one")
    assert person["roles"] == [{"role": "agent", "department_id": None, "team_id": None}]
    assert person["invited"] is False


async def test_the_list_is_read_in_pages(admin: Browser) -> None:
    for number in range(4):
        body = {"login": f"person.{number}", "display_name": f"同事{number}", "roles": []}
        assert (await admin.post("/staff", json=body)).status_code == 201
    names: list[str] = []
    cursor = ""
    while True:
        page = (await admin.get(f"/staff?limit=2{cursor}")).json()
        names += [person["login"] for person in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert names == [ADMIN, "person.0", "person.1", "person.2", "person.3"]
    assert (await admin.get("/staff?cursor=nonsense")).json()["code"] == "cursor_invalid"


async def test_colleagues_are_found_by_what_one_may_know_of_them(admin: Browser, hire: Hire) -> None:
    service = next(d for d in (await admin.get("/departments")).json() if d["code"] == "service")
    team = (await admin.post(f"/departments/{service['id']}/teams", json={"name": "早班组"})).json()
    agent = await hire("agent.one", "agent", [{"department_id": service["id"], "team_id": team["id"]}])
    await admin.post("/staff", json={"login": "wen.ba", "display_name": "闻一百", "roles": []})

    async def found(who: Browser, query: str) -> list[str]:
        return [person["display_name"] for person in (await who.get(f"/staff?{query}")).json()["items"]]

    assert await found(admin, "q=一百") == ["闻一百"]
    assert await found(admin, "q=WEN.") == ["闻一百"]
    assert await found(admin, "q=%25") == [], "no pattern"
    assert await found(agent, "q=Agent") == ["同事 agent.one"]
    assert await found(agent, "q=wen") == [], "login names are for those who manage staff"
    assert await found(admin, "invited=true") == ["闻一百"]
    assert (await agent.get("/staff?invited=true")).status_code == 403
    assert await found(agent, f"team_id={team['id']}") == ["同事 agent.one"]
    assert await found(agent, f"department_id={service['id']}") == ["同事 agent.one"]
    assert await found(agent, f"department_id={new_id()}") == []


async def test_departments_and_teams_are_renamed(admin: Browser) -> None:
    service = next(d for d in (await admin.get("/departments")).json() if d["code"] == "service")
    teams = f"/departments/{service['id']}/teams"
    early, late = [(await admin.post(teams, json={"name": name})).json() for name in ("早班组", "晚班组")]
    renamed = (await admin.patch(f"/departments/{service['id']}", json={"name": " 客户服务 "})).json()
    assert (renamed["name"], renamed["code"], renamed["teams"]) == ("客户服务", "service", [early, late])
    assert (await admin.patch(f"/teams/{late['id']}", json={"name": "夜班组"})).json() == late | {"name": "夜班组"}
    taken = await admin.patch(f"/teams/{late['id']}", json={"name": "早班组"})
    assert (taken.status_code, taken.json()["code"]) == (409, "name_taken")


async def test_an_invitation_says_whom_it_is_for_until_it_is_used(admin: Browser, browser: Open) -> None:
    body = {"login": "Wen.Ba", "display_name": "闻一百", "roles": []}
    invitation = (await admin.post("/staff", json=body)).json()["invitation"]
    guest, token = browser(), {"token": invitation["token"]}
    for _ in range(2):
        card = (await guest.post("/auth/invitation/holder", json=token)).json()
        assert card == {
            "login": "wen.ba",
            "display_name": "闻一百",
            "locale": "zh",
            "expires_at": invitation["expires_at"],
        }
    await guest.post("/auth/invitation", json=token | {"password": PASSWORD})
    assert (await guest.post("/auth/invitation/holder", json=token)).json()["code"] == "link_invalid"


async def test_a_change_names_what_changes(admin: Browser, hire: Hire) -> None:
    departments = (await admin.get("/departments")).json()
    service, quality = (next(d for d in departments if d["code"] == code) for code in ("service", "quality"))
    team = (await admin.post(f"/departments/{service['id']}/teams", json={"name": "早班组"})).json()
    member = [{"department_id": service["id"], "team_id": team["id"]}]
    agent = await hire("agent.one", "agent", member)
    person = await _staff(admin, "agent.one")
    url = f"/staff/{person['id']}"

    changed = (await admin.patch(url, json={"display_name": "新名字", "locale": "en"})).json()
    assert changed == person | {"display_name": "新名字", "locale": "en"}
    wrong = [{"department_id": quality["id"], "team_id": team["id"]}]
    assert (await admin.patch(url, json={"memberships": wrong})).json()["code"] == "reference_unknown"
    assert (await admin.patch(url, json={"roles": [{"role": "no_such_role"}]})).json()["code"] == "reference_unknown"
    assert (await agent.get("/auth/me")).json()["staff"]["teams"] == [team]
    await admin.patch(url, json={"roles": [{"role": "analyst"}], "memberships": []})
    me = (await agent.get("/auth/me")).json()
    assert "reports.export" in me["permissions"], "a new role counts from the next request on"
    assert me["staff"]["teams"] == []


async def test_a_deactivated_colleague_is_out_at_once(admin: Browser, hire: Hire, browser: Open, db: Database) -> None:
    told: list[object] = []

    async def note(_: Tx, event: object) -> None:
        told.append(type(event))

    db.bus.subscribe(SessionRevoked, note)
    db.bus.subscribe(StaffDeactivated, note)
    other = await hire("second.admin", "administrator")
    key = (await other.post("/api-keys", json={"name": "导出", "scopes": ["staff.read"]})).json()["key"]
    url = f"/staff/{(await _staff(admin, 'second.admin'))['id']}"
    assert (await admin.post(f"{url}/deactivate")).status_code == 204
    assert told == [SessionRevoked, StaffDeactivated]

    program = browser()
    program.headers["authorization"] = f"Bearer {key}"
    assert (await other.get("/auth/me")).status_code == 401
    assert (await program.get("/staff")).status_code == 401
    assert (await browser().sign_in("second.admin")).json()["code"] == "credentials_invalid"
    assert (await admin.get("/staff?active=false")).json()["items"][0]["login"] == "second.admin"
    assert (await admin.post(f"{url}/reactivate")).status_code == 204
    assert (await browser().sign_in("second.admin")).status_code == 200
    assert (await program.get("/staff")).status_code == 401, "its API keys stay revoked"


async def test_an_administrator_always_remains(admin: Browser, hire: Hire) -> None:
    me = (await admin.get("/auth/me")).json()["staff"]["id"]
    assert (await admin.post(f"/staff/{me}/deactivate")).json()["code"] == "not_yourself"
    answer = await admin.patch(f"/staff/{me}", json={"roles": [{"role": "agent"}]})
    assert (answer.status_code, answer.json()["code"]) == (409, "last_administrator")
    second = await hire("second.admin", "administrator")
    answer = await admin.patch(f"/staff/{me}", json={"roles": [{"role": "agent"}]})
    assert (answer.status_code, answer.json()["code"]) == (409, "own_way_in"), "that is for the other one to do"
    assert (await second.patch(f"/staff/{me}", json={"roles": [{"role": "agent"}]})).status_code == 200


async def test_work_goes_to_those_who_work_here(admin: Browser, hire: Hire, db: Database) -> None:
    await hire("agent.one", "agent")
    agent = UUID((await _staff(admin, "agent.one"))["id"])
    async with db.reading() as conn:
        assert (await find_colleague(conn, agent)).display_name == "同事 agent.one"
        await admin.post(f"/staff/{agent}/deactivate")
        for gone in (agent, new_id()):
            with pytest.raises(NotFound):
                await find_colleague(conn, gone)


async def test_nobody_rises_above_themselves(admin: Browser, hire: Hire, db: Database) -> None:
    await _custom_role(db, "hr", "staff.manage", "staff.read", "conversations.read_own", "tickets.read")
    hr = await hire("hr.person", "hr")
    root = f"/staff/{(await _staff(admin, ADMIN))['id']}"
    own = f"/staff/{(await _staff(admin, 'hr.person'))['id']}"
    boss = {"roles": [{"role": "administrator"}]}
    body = {"login": "puppet", "display_name": "傀儡", **boss}
    for answer in (
        await hr.patch(own, json=boss),
        await hr.post("/staff", json=body),
        await hr.post(f"{root}/invitation"),
        await hr.post(f"{root}/deactivate"),
        await hr.patch(root, json={"display_name": "换名"}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "exceeds_own_permissions")
    assert (await hr.post("/staff", json=body | {"roles": [{"role": "hr"}]})).status_code == 201


async def test_an_api_key_does_what_its_scopes_say_and_its_maker_may(admin: Browser, hire: Hire, browser: Open) -> None:
    other = await hire("second.admin", "administrator")
    made = (await other.post("/api-keys", json={"name": "同步", "scopes": ["staff.read", "staff.manage"]})).json()
    program = browser()
    program.headers["authorization"] = f"Bearer {made['key']}"
    assert (await program.get("/staff")).status_code == 200
    assert (await program.get("/api-keys")).status_code == 403
    assert (await program.get("/auth/sessions")).status_code == 403
    body = {"login": "by.program", "display_name": "程序所建", "roles": []}
    assert (await program.post("/staff", json=body)).status_code == 201, "no CSRF token for a program"
    assert (await program.post("/staff", json=body | {"roles": [{"role": "agent"}]})).status_code == 403

    url = f"/staff/{(await _staff(admin, 'second.admin'))['id']}"
    await admin.patch(url, json={"roles": [{"role": "agent"}]})
    assert (await program.post("/staff", json=body)).status_code == 403, "the maker may no longer"
    listed = (await admin.get("/api-keys")).json()
    assert listed[0]["last_used_at"] is not None
    assert made["key"] not in str(listed)
    assert (await admin.delete(f"/api-keys/{made['api_key']['id']}")).status_code == 204
    assert (await program.get("/staff")).status_code == 401


async def test_an_api_key_expires(admin: Browser, browser: Open) -> None:
    body = {"name": "临时", "scopes": ["staff.read"], "expires_at": clock.in_future(hours=1).isoformat()}
    program = browser()
    program.headers["authorization"] = f"Bearer {(await admin.post('/api-keys', json=body)).json()['key']}"
    assert (await program.get("/staff")).status_code == 200
    with clock.frozen(clock.now() + timedelta(hours=2)):
        assert (await program.get("/staff")).status_code == 401
    late = body | {"expires_at": "2020-01-01T00:00:00Z"}
    assert (await admin.post("/api-keys", json=late)).json()["code"] == "expiry_past"


async def test_a_key_makes_no_keys_and_nobody_gives_a_scope_they_lack(
    admin: Browser, hire: Hire, browser: Open, db: Database
) -> None:
    await _custom_role(db, "integrator", "api_keys.manage", "staff.read")
    integrator = await hire("integrator.one", "integrator")
    body = {"name": "越权", "scopes": ["settings.manage"]}
    assert (await integrator.post("/api-keys", json=body)).json()["code"] == "exceeds_own_permissions"
    made = await integrator.post("/api-keys", json={"name": "钥匙", "scopes": ["api_keys.manage"]})
    program = browser()
    program.headers["authorization"] = f"Bearer {made.json()['key']}"
    assert (await program.get("/api-keys")).status_code == 200
    assert (await program.post("/api-keys", json={"name": "再来", "scopes": ["api_keys.manage"]})).status_code == 403


@pytest.mark.parametrize(
    "authorization",
    ["", "Bearer", "Bearer ", "Bearer yd_", "Bearer yd_x_y", "Basic eWQ6eA==", "Bearer yd_" + "0" * 32 + "_secret"],
)
async def test_what_is_no_key_opens_nothing(admin: Browser, app: Litestar, authorization: str) -> None:
    async with Browser(app) as program:
        assert (await program.get("/auth/me", headers={"authorization": authorization})).status_code == 401


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/auth/login", {"login": "a"}),
        ("/auth/login", {"login": 1, "password": []}),
        ("/auth/login", {"login": "a" * 1_000_000, "password": "b"}),
        ("/staff", {"login": "fresh.one", "display_name": "\u0000", "roles": []}),
        ("/staff", {"login": "fresh.one", "display_name": "   ", "roles": []}),
        ("/staff", {"login": "fresh.one", "display_name": "某人", "roles": [{"role": "a\u0000b"}]}),
        ("/staff", {"login": "fresh.one", "display_name": "某人", "roles": [], "admin": True}),
        (
            "/staff",
            {"login": "fresh.one", "display_name": "某人", "roles": [], "memberships": [{"department_id": "x"}]},
        ),
        ("/departments", {"code": "Bad Code", "name": "名"}),
        ("/api-keys", {"name": "钥匙", "scopes": ["no.such"]}),
        ("/api-keys", {"name": "钥匙", "scopes": ["staff.read"], "expires_at": "2030-01-01T00:00:00"}),
    ],
)
async def test_bad_bodies_are_told_so(admin: Browser, path: str, body: Any) -> None:
    answer = await admin.post(path, json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "validation_failed"), answer.text


@pytest.mark.parametrize(
    "content", [b"", b"{", b"null", b'"\\ud800"', b"\xff\xfe", b'{"login":"\\ud800aaa","password":"x"}']
)
async def test_broken_bodies_are_told_so(admin: Browser, content: bytes) -> None:
    answer = await admin.post("/auth/login", content=content, headers={"content-type": "application/json"})
    assert answer.status_code in {400, 422}, answer.text


async def test_names_are_taken_once(admin: Browser) -> None:
    body = {"login": "Fresh.One", "display_name": "某人", "roles": []}
    assert (await admin.post("/staff", json=body)).status_code == 201
    assert (await admin.post("/staff", json=body | {"login": "fresh.one"})).json()["code"] == "login_taken"
    assert (await admin.post("/departments", json={"code": "service", "name": "客服"})).json()["code"] == "name_taken"
    service = (await admin.get("/departments")).json()[0]["id"]
    assert (await admin.post(f"/departments/{service}/teams", json={"name": "一组"})).status_code == 201
    again = await admin.post(f"/departments/{service}/teams", json={"name": "一组"})
    assert again.json()["code"] == "name_taken"
