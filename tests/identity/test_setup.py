"""The first administrator, invitations, the demo's people."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.identity.conftest import PASSWORD, Browser
from yingda.identity import (
    DemoAccount,
    create_administrator,
    create_setup_link,
    ensure_builtin_roles,
    needs_setup,
    seed_demo_staff,
)
from yingda.infra.database import Database
from yingda.kit import clock
from yingda.kit.errors import YingdaError

Open = Callable[[], Browser]


async def _link(db: Database) -> str:
    async with db.transaction() as tx:
        return await create_setup_link(tx)


def _body(token: str, login: str = "first.admin") -> dict[str, str]:
    return {"token": token, "login": login, "display_name": "第一位管理员", "password": PASSWORD}


async def test_the_setup_link_makes_one_administrator(db: Database, browser: Open) -> None:
    async with db.transaction() as tx:
        assert await needs_setup(tx)
    token, client = await _link(db), browser()
    assert (await client.post("/setup", json=_body(token))).status_code == 204
    answer = await client.post("/setup", json=_body(token, "second.admin"))
    assert (answer.status_code, answer.json()["code"]) == (400, "link_invalid")
    assert (await client.sign_in("first.admin")).status_code == 200
    assert (await client.get("/api-keys")).status_code == 200
    async with db.transaction() as tx:
        assert not await needs_setup(tx)


async def test_a_refused_password_does_not_use_the_link_up(db: Database, browser: Open) -> None:
    token, client = await _link(db), browser()
    answer = await client.post("/setup", json=_body(token) | {"password": "1234567890"})
    assert (answer.status_code, answer.json()["code"]) == (422, "password_refused")
    assert (await client.post("/setup", json=_body(token))).status_code == 204


async def test_links_that_do_not_open(db: Database, browser: Open) -> None:
    old = await _link(db)
    token, client = await _link(db), browser()
    for wrong in ("made-up", old):
        assert (await client.post("/setup", json=_body(wrong))).status_code == 400
    with clock.frozen(clock.now() + timedelta(hours=25)):
        assert (await client.post("/setup", json=_body(token))).status_code == 400
    async with db.transaction() as tx:
        await create_administrator(tx, "made.by.command", "管理员", PASSWORD)
    assert (await client.post("/setup", json=_body(token))).status_code == 400, "there is an administrator already"


async def test_an_invitation_works_once_for_a_day_and_the_latest_counts(admin: Browser, browser: Open) -> None:
    made = await admin.post("/staff", json={"login": "fresh", "display_name": "新人", "roles": [{"role": "agent"}]})
    first, staff_id = made.json()["invitation"]["token"], made.json()["staff"]["id"]
    second = (await admin.post(f"/staff/{staff_id}/invitation")).json()["token"]
    client = browser()

    async def accept(token: str) -> int:
        return (await client.post("/auth/invitation", json={"token": token, "password": PASSWORD})).status_code

    assert await accept(first) == 400
    with clock.frozen(clock.now() + timedelta(hours=25)):
        assert await accept(second) == 400
    assert await accept(second) == 204
    assert await accept(second) == 400
    assert (await client.sign_in("fresh")).status_code == 200


async def test_a_new_password_by_invitation_ends_old_sessions(admin: Browser, browser: Open) -> None:
    me = (await admin.get("/auth/me")).json()["staff"]["id"]
    token = (await admin.post(f"/staff/{me}/invitation")).json()["token"]
    body = {"token": token, "password": "远处有灯-and-a-boat"}
    assert (await browser().post("/auth/invitation", json=body)).status_code == 204
    assert (await admin.get("/auth/me")).status_code == 401


async def test_builtin_roles_are_kept_up_to_date(db: Database) -> None:
    async with db.transaction() as tx:
        await ensure_builtin_roles(tx)
        await tx.conn.execute("UPDATE roles SET permissions = '{}' WHERE code = 'agent'")
        await ensure_builtin_roles(tx)
        rows = await tx.conn.fetch("SELECT cardinality(permissions) FROM roles")
    assert len(rows) == 5
    assert all(row[0] > 0 for row in rows)


async def _seed(db: Database, kept: list[DemoAccount] | None = None) -> list[DemoAccount]:
    async with db.transaction() as tx:
        return await seed_demo_staff(tx, kept or [])


async def test_the_demo_has_somebody_in_every_role(db: Database, browser: Open) -> None:
    accounts = await _seed(db)
    assert [a.role for a in accounts].count("agent") == 6
    assert {a.role for a in accounts} == {"administrator", "supervisor", "agent", "analyst", "department_member"}
    assert len({a.password for a in accounts}) == len(accounts) == 13
    for account in (accounts[0], accounts[2], accounts[-1]):
        client = browser()
        me = (await client.sign_in(account.login, account.password)).json()["staff"]
        assert (me["display_name"], me["demo"]) == (account.display_name, True)
    assert me["departments"][0]["name"] == "质量"
    async with db.transaction() as tx:
        assert not await needs_setup(tx)


async def test_seeding_again_keeps_what_was_kept_and_replaces_what_was_lost(db: Database, browser: Open) -> None:
    accounts = await _seed(db)
    again = await _seed(db, accounts[1:])
    assert again[1:] == accounts[1:]
    assert again[0].password != accounts[0].password
    for account in again[:2]:
        assert (await browser().sign_in(account.login, account.password)).status_code == 200


async def test_kept_passwords_serve_a_new_database(db: Database, browser: Open) -> None:
    kept = [DemoAccount("demo.admin", "林知夏", "administrator", "kept-from-before")]
    assert (await _seed(db, kept))[0] == kept[0]
    assert (await browser().sign_in("demo.admin", "kept-from-before")).status_code == 200


@pytest.mark.parametrize(
    ("login", "password", "code"),
    [("x", PASSWORD, "login_refused"), ("admin", "short", "password_refused"), ("taken.name", PASSWORD, "login_taken")],
)
async def test_an_administrator_is_refused_with_a_reason(db: Database, login: str, password: str, code: str) -> None:
    async with db.transaction() as tx:
        await create_administrator(tx, "taken.name", "某人", PASSWORD)
    async with db.transaction() as tx:
        with pytest.raises(YingdaError) as caught:
            await create_administrator(tx, login, "某人", password)
    assert caught.value.code == code
