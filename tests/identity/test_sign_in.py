"""Signing in and out, cookies, forged requests, guessing."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from litestar import Litestar, WebSocket

from tests.identity.conftest import ADMIN, PASSWORD, Browser, Hire, make_app
from yingda.identity import SessionRevoked, authenticate_socket, passwords, purge_expired
from yingda.identity.rules import SESSION_IDLE, SESSION_LIFETIME
from yingda.infra.database import Database, Tx
from yingda.infra.settings import Settings
from yingda.kit import clock
from yingda.kit.errors import YingdaError

Open = Callable[[], Browser]


def _cookie_header(client: Browser) -> str:
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in client.cookies.jar)


async def test_signing_in_sets_a_guarded_cookie_and_tells_who_it_is(admin: Browser) -> None:
    answer = await admin.sign_in(ADMIN.upper())
    assert answer.status_code == 200
    session = next(c for c in answer.headers.get_list("set-cookie") if c.startswith("yingda_session="))
    assert "HttpOnly" in session
    assert "SameSite=lax" in session
    assert "Secure" not in session
    me = answer.json()
    assert me["staff"]["login"] == ADMIN
    assert "settings.manage" in me["permissions"]
    assert me == (await admin.get("/auth/me")).json()
    assert "hash" not in answer.text


@pytest.mark.parametrize(
    ("login", "password"),
    [
        (ADMIN, "wrong-password-1"),
        ("nobody.here", PASSWORD),
        ("not a name\0'--", PASSWORD),
        (ADMIN, PASSWORD.upper()),
        (ADMIN, "\0"),
    ],
)
async def test_one_answer_for_all_that_is_wrong(admin: Browser, browser: Open, login: str, password: str) -> None:
    answer = await browser().sign_in(login, password)
    assert (answer.status_code, answer.json()["code"]) == (401, "credentials_invalid")
    assert "set-cookie" not in answer.headers


async def test_an_account_without_password_does_not_open(admin: Browser, browser: Open) -> None:
    body = {"login": "fresh", "display_name": "新人", "roles": [{"role": "agent"}]}
    assert (await admin.post("/staff", json=body)).status_code == 201
    assert (await browser().sign_in("fresh", PASSWORD)).status_code == 401


async def test_logging_out_ends_the_session_for_good(admin: Browser, app: Litestar) -> None:
    stolen = Browser(app)
    stolen.headers["cookie"] = _cookie_header(admin)
    assert (await stolen.get("/auth/me")).status_code == 200
    assert (await admin.post("/auth/logout")).status_code == 204
    assert "yingda_session" not in admin.cookies
    assert (await stolen.get("/auth/me")).status_code == 401


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"X-CSRF-Token": ""}, "csrf_token_invalid"),
        ({"X-CSRF-Token": "0" * 64}, "csrf_token_invalid"),
        ({"X-CSRF-Token": "ÿ".encode("latin-1")}, "csrf_token_invalid"),
        ({"Sec-Fetch-Site": "cross-site"}, "cross_site_refused"),
    ],
)
async def test_a_forged_change_is_refused(admin: Browser, headers: dict[str, str], code: str) -> None:
    answer = await admin.post("/auth/logout", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, code)
    assert (await admin.get("/auth/me")).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://desk.example"}, 200),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://desk.example"}, 200),
    ],
)
async def test_another_site_cannot_sign_anybody_in(
    admin: Browser, browser: Open, headers: dict[str, str], status: int
) -> None:
    client = browser()
    client.headers.update(headers)
    assert (await client.sign_in(ADMIN)).status_code == status


async def test_a_session_ends_when_idle_and_after_a_working_day(admin: Browser) -> None:
    begin = clock.now()
    step = SESSION_IDLE - timedelta(minutes=1)
    for hours in (step, 2 * step, 3 * step):
        with clock.frozen(begin + hours):
            assert (await admin.get("/auth/me")).status_code == 200
    with clock.frozen(begin + 3 * step + SESSION_IDLE + timedelta(minutes=2)):
        assert (await admin.get("/auth/me")).status_code == 401
    with clock.frozen(begin + SESSION_LIFETIME + timedelta(minutes=1)):
        assert (await admin.get("/auth/me")).status_code == 401


async def test_sessions_are_listed_and_revoked(admin: Browser, browser: Open, db: Database) -> None:
    ended: list[SessionRevoked] = []

    async def note(_: Tx, event: SessionRevoked) -> None:
        ended.append(event)

    db.bus.subscribe(SessionRevoked, note)
    phone, tablet = browser(), browser()
    phone.headers["user-agent"] = "手机".encode().decode("latin-1")
    tablet.headers["x-forwarded-for"] = "198.51.100.7, 203.0.113.9"
    for client in (phone, tablet):
        await client.sign_in(ADMIN)
    sessions = (await admin.get("/auth/sessions")).json()
    assert [s["current"] for s in sessions].count(True) == 1
    assert {s["address"] for s in sessions} == {"127.0.0.1", "203.0.113.9"}

    phones = next(s["id"] for s in (await phone.get("/auth/sessions")).json() if s["current"])
    assert (await admin.delete(f"/auth/sessions/{phones}")).status_code == 204
    assert (await phone.get("/auth/me")).status_code == 401
    assert (await admin.delete("/auth/sessions")).status_code == 204
    assert (await tablet.get("/auth/me")).status_code == 401
    assert [s["current"] for s in (await admin.get("/auth/sessions")).json()] == [True]
    assert len(ended) == 2
    assert str(ended[0].session_id) == phones


async def test_nobody_ends_the_session_of_another(admin: Browser, hire: Hire) -> None:
    agent = await hire("agent.one", "agent")
    theirs = (await admin.get("/auth/sessions")).json()[0]["id"]
    assert (await agent.delete(f"/auth/sessions/{theirs}")).status_code == 404
    assert (await admin.get("/auth/me")).status_code == 200


async def test_a_changed_password_ends_the_other_sessions(admin: Browser, browser: Open) -> None:
    other = browser()
    await other.sign_in(ADMIN)
    new = "远处有灯-and-a-boat"
    body = {"current_password": PASSWORD, "new_password": new}
    assert (await admin.post("/auth/password", json=body)).status_code == 204
    assert (await admin.get("/auth/me")).status_code == 200
    assert (await other.get("/auth/me")).status_code == 401
    assert (await browser().sign_in(ADMIN, PASSWORD)).status_code == 401
    assert (await browser().sign_in(ADMIN, new)).status_code == 200


@pytest.mark.parametrize(
    ("current", "new", "code"),
    [
        ("wrong-password-1", "远处有灯-and-a-boat", "current_password_wrong"),
        (PASSWORD, "1234567890", "password_refused"),
    ],
)
async def test_a_password_is_not_changed_lightly(admin: Browser, current: str, new: str, code: str) -> None:
    answer = await admin.post("/auth/password", json={"current_password": current, "new_password": new})
    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def _guess(client: Browser, login: str, times: int) -> list[int]:
    return [(await client.sign_in(login, f"guess-number-{n}")).status_code for n in range(times)]


async def test_guessing_gets_slower_and_ends_with_the_right_password(admin: Browser, browser: Open) -> None:
    start = clock.now()
    with clock.frozen(start):
        assert await _guess(browser(), "victim", 6) == [401] * 5 + [429]
        answer = await browser().sign_in("VICTIM")
        assert answer.status_code == 429
        assert answer.headers["retry-after"] == "1"
    with clock.frozen(start + timedelta(seconds=1)):
        assert await _guess(browser(), "victim", 2) == [401, 429]


async def test_guesses_sent_at_once_are_counted_one_by_one(admin: Browser, app: Litestar) -> None:
    with clock.frozen(clock.now()):
        guesses = [Browser(app).sign_in("victim", f"guess-number-{n}") for n in range(12)]
        codes = [answer.status_code for answer in await asyncio.gather(*guesses)]
    assert sorted(codes) == [401] * 5 + [429] * 7


async def test_a_hash_of_other_costs_is_renewed_at_the_next_log_in(
    admin: Browser, browser: Open, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = "SELECT password_hash FROM staff"
    dearer = PasswordHasher(time_cost=2, memory_cost=128, parallelism=1)
    async with db.reading() as conn:
        before = await conn.fetchval(stored)
        assert (await browser().sign_in(ADMIN)).status_code == 200
        assert await conn.fetchval(stored) == before
        monkeypatch.setattr(passwords, "HASHER", dearer)
        assert (await browser().sign_in(ADMIN)).status_code == 200
        after = await conn.fetchval(stored)
    assert before.startswith("$argon2id$")
    assert not dearer.check_needs_rehash(after)
    assert (await browser().sign_in(ADMIN)).status_code == 200


async def test_a_stranger_cannot_lock_the_owner_out(admin: Browser, browser: Open) -> None:
    await admin.post("/auth/logout")
    start = clock.now()
    with clock.frozen(start):
        assert (await _guess(browser(), ADMIN, 6))[-1] == 429
        assert (await browser().sign_in(ADMIN)).status_code == 429
        assert (await admin.sign_in(ADMIN)).status_code == 200, "this device has signed in to the account before"
    with clock.frozen(start + timedelta(minutes=5)):
        assert (await browser().sign_in(ADMIN)).status_code == 200


async def test_a_known_device_is_known_for_its_account_only(admin: Browser, hire: Hire, browser: Open) -> None:
    await hire("agent.one", "agent")
    with clock.frozen(clock.now()):
        await _guess(browser(), "agent.one", 6)
        assert (await admin.sign_in("agent.one")).status_code == 429


async def test_one_address_cannot_try_many_accounts(admin: Browser, app: Litestar) -> None:
    def client(address: str) -> Browser:
        opened = Browser(app)
        opened.headers["x-forwarded-for"] = address
        return opened

    with clock.frozen(clock.now()):
        codes = [(await client("203.0.113.5").sign_in(f"victim{n}", "guess-number-1")).status_code for n in range(21)]
        assert codes == [401] * 20 + [429]
        assert (await client("203.0.113.6").sign_in(ADMIN)).status_code == 200


async def test_successes_do_not_use_up_patience(admin: Browser, browser: Open) -> None:
    with clock.frozen(clock.now()):
        assert [(await browser().sign_in(ADMIN)).status_code for _ in range(22)] == [200] * 22


async def test_expired_rows_are_purged(admin: Browser, browser: Open, db: Database) -> None:
    await browser().sign_in("nobody.here", "guess-number-1")
    with clock.frozen(clock.now() + timedelta(days=1)):
        async with db.transaction() as tx:
            await purge_expired(tx)
            for table in ("staff_sessions", "login_throttles"):
                assert await tx.conn.fetchval(f"SELECT count(*) FROM {table}") == 0


def _socket(app: Litestar, **headers: str) -> WebSocket[object, object, object]:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return WebSocket({"type": "websocket", "headers": raw, "litestar_app": app, "state": {}, "path": "/"})  # type: ignore[typeddict-item]


@pytest.mark.parametrize("origin", ["http://desk.example", "https://support.example"])
async def test_a_socket_opens_for_our_own_pages(admin: Browser, app: Litestar, db: Database, origin: str) -> None:
    socket = _socket(app, cookie=_cookie_header(admin), host="desk.example", origin=origin)
    principal = await authenticate_socket(socket, db, "https://support.example")
    assert principal.display_name == "管理员"


@pytest.mark.parametrize("origin", ["https://evil.example", "", "null"])
async def test_a_socket_opens_for_no_other_page(admin: Browser, app: Litestar, db: Database, origin: str) -> None:
    socket = _socket(app, cookie=_cookie_header(admin), host="desk.example", origin=origin)
    with pytest.raises(YingdaError) as caught:
        await authenticate_socket(socket, db, "https://support.example")
    assert caught.value.code == "cross_site_refused"


async def test_a_program_opens_a_socket_with_its_key(admin: Browser, app: Litestar, db: Database) -> None:
    made = (await admin.post("/api-keys", json={"name": "大屏", "scopes": ["conversations.read_all"]})).json()
    principal = await authenticate_socket(_socket(app, authorization=f"Bearer {made['key']}"), db)
    assert principal.permissions == {"conversations.read_all"}


async def test_a_socket_needs_somebody(app: Litestar, db: Database) -> None:
    for headers in ({}, {"cookie": "yingda_session=made-up", "origin": "http://a", "host": "a"}):
        with pytest.raises(YingdaError) as caught:
            await authenticate_socket(_socket(app, **headers), db)
        assert caught.value.code == "unauthenticated"


async def test_cookies_are_secure_where_the_setting_says_so(admin: Browser, db: Database, tmp_path: Path) -> None:
    app = make_app(db, Settings(data_dir=tmp_path, secure_cookies=True))
    answer = await Browser(app).sign_in(ADMIN)
    assert all("Secure" in cookie for cookie in answer.headers.get_list("set-cookie"))
