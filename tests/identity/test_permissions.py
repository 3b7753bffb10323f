"""Every endpoint × every role: who is let in, and who is told no."""

from typing import Any
from uuid import uuid4

import msgspec
import pytest
from litestar import Litestar

from tests.identity.conftest import Browser, Hire
from yingda.identity import Permission
from yingda.kit.ids import new_id

ROLES = ("administrator", "supervisor", "agent", "analyst", "department_member")
EVERYBODY = frozenset(ROLES)
ADMINISTRATOR = frozenset({"administrator"})
SOMEONE = str(uuid4())
NEW_STAFF = {"login": "somebody.new", "display_name": "新同事", "roles": [{"role": "agent"}]}


class Case(msgspec.Struct, frozen=True):
    """One endpoint: who gets through, and with what answer."""

    method: str
    path: str
    allowed: frozenset[str]
    status: int
    json: Any = None
    template: str | None = None


CASES = (
    Case("GET", "/auth/me", EVERYBODY, 200),
    Case("GET", "/auth/sessions", EVERYBODY, 200),
    Case("DELETE", "/auth/sessions", EVERYBODY, 204),
    Case("DELETE", f"/auth/sessions/{SOMEONE}", EVERYBODY, 404, template="/auth/sessions/{session_id:uuid}"),
    Case("POST", "/auth/password", EVERYBODY, 422, {"current_password": "wrong", "new_password": "irrelevant"}),
    Case("GET", "/staff", EVERYBODY, 200),
    Case("POST", "/staff", ADMINISTRATOR, 201, NEW_STAFF),
    Case("PATCH", f"/staff/{SOMEONE}", ADMINISTRATOR, 404, {"display_name": "新名"}, "/staff/{staff_id:uuid}"),
    Case("POST", f"/staff/{SOMEONE}/deactivate", ADMINISTRATOR, 404, template="/staff/{staff_id:uuid}/deactivate"),
    Case("POST", f"/staff/{SOMEONE}/reactivate", ADMINISTRATOR, 404, template="/staff/{staff_id:uuid}/reactivate"),
    Case("POST", f"/staff/{SOMEONE}/invitation", ADMINISTRATOR, 404, template="/staff/{staff_id:uuid}/invitation"),
    Case("GET", "/roles", EVERYBODY, 200),
    Case("POST", "/roles", ADMINISTRATOR, 201, {"name": "夜班", "permissions": ["staff.read"]}),
    Case("PATCH", f"/roles/{SOMEONE}", ADMINISTRATOR, 404, {"version": 1, "name": "晚班"}, "/roles/{role_id:uuid}"),
    Case("DELETE", f"/roles/{SOMEONE}", ADMINISTRATOR, 404, template="/roles/{role_id:uuid}"),
    Case("GET", "/departments", EVERYBODY, 200),
    Case("POST", "/departments", ADMINISTRATOR, 201, {"code": "marketing", "name": "市场"}),
    Case(
        "POST",
        f"/departments/{SOMEONE}/teams",
        ADMINISTRATOR,
        404,
        {"name": "夜班组"},
        "/departments/{department_id:uuid}/teams",
    ),
    Case(
        "PATCH",
        f"/departments/{SOMEONE}",
        ADMINISTRATOR,
        404,
        {"name": "市场部"},
        "/departments/{department_id:uuid}",
    ),
    Case("PATCH", f"/teams/{SOMEONE}", ADMINISTRATOR, 404, {"name": "晚班组"}, "/teams/{team_id:uuid}"),
    Case("GET", "/api-keys", ADMINISTRATOR, 200),
    Case("POST", "/api-keys", ADMINISTRATOR, 201, {"name": "数据同步", "scopes": ["staff.read"]}),
    Case("DELETE", f"/api-keys/{SOMEONE}", ADMINISTRATOR, 404, template="/api-keys/{key_id:uuid}"),
    Case("POST", "/auth/logout", EVERYBODY, 204),
)
#: Doors that are open to those who are not signed in yet; each proves who comes in some other way.
OPEN_DOORS = {
    ("POST", "/auth/login"),
    ("POST", "/auth/invitation"),
    ("POST", "/auth/invitation/holder"),
    ("POST", "/setup"),
}


def test_the_table_names_every_endpoint(app: Litestar) -> None:
    served = {
        (method, route.path.removeprefix("/api/v1"))
        for route in app.routes
        for method in getattr(route, "methods", ())
        if route.path.startswith("/api/v1") and method not in {"OPTIONS", "HEAD"}
    }
    assert served == {(case.method, case.template or case.path) for case in CASES} | OPEN_DOORS


@pytest.mark.parametrize("role", ROLES)
async def test_every_endpoint_answers_each_role_as_the_table_says(hire: Hire, role: str) -> None:
    person = await hire(f"some.{role}", role)
    answers = {}
    for case in CASES:
        answer = await person.request(case.method, case.path, json=case.json)
        answers[case.method, case.path] = answer.status_code
    expected = {(c.method, c.path): c.status if role in c.allowed else 403 for c in CASES}
    assert answers == expected


async def test_nobody_gets_in_without_signing_in(app: Litestar) -> None:
    async with Browser(app) as stranger:
        for case in CASES:
            answer = await stranger.request(case.method, case.path, json=case.json)
            assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated"), case.path


@pytest.mark.parametrize(
    ("role", "withheld"),
    [
        ("agent", Permission.CUSTOMERS_READ_PERSONAL),
        ("agent", Permission.CONVERSATIONS_READ_ALL),
        ("analyst", Permission.CUSTOMERS_READ_PERSONAL),
        ("analyst", Permission.CONVERSATIONS_REPLY),
        ("department_member", Permission.CUSTOMERS_READ),
        ("supervisor", Permission.SETTINGS_MANAGE),
    ],
)
async def test_roles_withhold(hire: Hire, role: str, withheld: Permission) -> None:
    person = await hire("somebody", role)
    permissions = (await person.get("/auth/me")).json()["permissions"]
    assert permissions
    assert withheld not in permissions


async def test_a_role_limited_to_a_team_confers_only_what_concerns_teams(admin: Browser, hire: Hire) -> None:
    service = next(d for d in (await admin.get("/departments")).json() if d["code"] == "service")
    team = (await admin.post(f"/departments/{service['id']}/teams", json={"name": "夜班组"})).json()["id"]
    other = (await admin.post(f"/departments/{service['id']}/teams", json={"name": "早班组"})).json()["id"]
    of_team = await hire("lead.night", "supervisor", team_id=team)
    of_department = await hire("lead.service", "supervisor", department_id=service["id"])

    me = (await of_team.get("/auth/me")).json()
    assert me["limited_to"]["conversations.read_all"] == [team]
    assert "knowledge.edit" not in me["permissions"]
    me = (await of_department.get("/auth/me")).json()
    assert set(me["limited_to"]["conversations.assign"]) == {team, other}


async def test_unknown_limits_are_refused(admin: Browser) -> None:
    for limit in ({"team_id": str(new_id())}, {"department_id": str(new_id())}):
        body = NEW_STAFF | {"roles": [{"role": "agent", **limit}]}
        answer = await admin.post("/staff", json=body)
        assert (answer.status_code, answer.json()["code"]) == (422, "reference_unknown")
