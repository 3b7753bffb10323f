"""A small application with identity's routes, and people who use it through a browser or an API key."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import httpx
import pytest
from argon2 import PasswordHasher
from litestar import Litestar
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig

from yingda.app.problems import render
from yingda.identity import create_administrator, ensure_builtin_roles, passwords, provide_principal, routers
from yingda.infra.database import Database
from yingda.infra.settings import Settings

PASSWORD = "青山-quiet-harbour-7"
ADMIN = "root.admin"
CHEAP = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real costs are meant for attackers."""
    monkeypatch.setattr(passwords, "HASHER", CHEAP)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, trusted_proxies=1)


@pytest.fixture
def app(db: Database, settings: Settings) -> Litestar:
    return make_app(db, settings)


def make_app(db: Database, settings: Settings) -> Litestar:
    """Identity's routes with what the real application gives them."""
    return Litestar(
        route_handlers=[*routers],
        dependencies={
            "db": Provide(lambda: db, sync_to_thread=False),
            "settings": Provide(lambda: settings, sync_to_thread=False),
            "principal": Provide(provide_principal),
        },
        exception_handlers={Exception: render},
        openapi_config=OpenAPIConfig(title="identity", version="1"),
    )


class Browser(httpx.AsyncClient):
    """Keeps cookies, and sends the CSRF token that it was given with everything."""

    def __init__(self, app: Litestar) -> None:
        transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]
        super().__init__(transport=transport, base_url="http://desk.example/api/v1")

    async def sign_in(self, login: str, password: str = PASSWORD) -> httpx.Response:
        answer = await self.post("/auth/login", json={"login": login, "password": password})
        if answer.is_success:
            self.headers["X-CSRF-Token"] = answer.json()["csrf_token"]
        return answer


@pytest.fixture
async def browser(app: Litestar) -> AsyncIterator[Callable[[], Browser]]:
    """Opens browsers; each has its own cookies."""
    opened: list[Browser] = []

    def open_browser() -> Browser:
        opened.append(Browser(app))
        return opened[-1]

    yield open_browser
    for client in opened:
        await client.aclose()


@pytest.fixture
async def admin(db: Database, browser: Callable[[], Browser]) -> Browser:
    """The first administrator, signed in."""
    async with db.transaction() as tx:
        await create_administrator(tx, ADMIN, "管理员", PASSWORD)
    client = browser()
    assert (await client.sign_in(ADMIN)).status_code == 200
    return client


Hire = Callable[..., Awaitable[Browser]]


@pytest.fixture
async def hire(db: Database, admin: Browser, browser: Callable[[], Browser]) -> Hire:
    """Makes a colleague with one role, who sets their password and signs in."""

    async def hire(login: str, role: str, memberships: list[dict[str, str]] | None = None, **limit: str) -> Browser:
        async with db.transaction() as tx:
            await ensure_builtin_roles(tx)
        body = {
            "login": login,
            "display_name": f"同事 {login}",
            "roles": [{"role": role, **limit}],
            "memberships": memberships or [],
        }
        made = await admin.post("/staff", json=body)
        assert made.status_code == 201, made.text
        client = browser()
        invitation = {"token": made.json()["invitation"]["token"], "password": PASSWORD}
        assert (await client.post("/auth/invitation", json=invitation)).status_code == 204
        assert (await client.sign_in(login)).status_code == 200
        return client

    return hire
