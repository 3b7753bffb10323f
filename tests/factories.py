"""Small makers of the things that tests need, and the people who use the service."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import httpx
from sqlalchemy.engine import make_url

from yingda.identity import DemoAccount

SHOP = "liuli"

#: The smallest whole image: one grey pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c636800000082008177cd72b60000000049454e44ae426082"
)


def with_database(url: str, name: str) -> str:
    """`url` pointing at another database of the same server."""
    return make_url(url).set(database=name).render_as_string(hide_password=False)


async def eventually(look: Callable[[], Awaitable[Any]], seconds: float = 10) -> Any:
    """The first true thing that `look` sees; fails when it sees none for so long."""
    async with asyncio.timeout(seconds):
        while not (seen := await look()):
            await asyncio.sleep(0.01)
    return seen


class Visitor:
    """A customer's client: opens a session and chats."""

    def __init__(self, http: httpx.AsyncClient, session: dict[str, Any]) -> None:
        self._http = http
        self.session = session
        self.headers = {"Authorization": f"Bearer {session['token']}"}

    @classmethod
    async def open(cls, http: httpx.AsyncClient, **body: Any) -> "Visitor":
        answer = await http.post("/api/v1/chat/sessions", json={"shop": SHOP, **body})
        assert answer.status_code == 201, answer.text
        return cls(http, answer.json())

    @classmethod
    async def known(cls, http: httpx.AsyncClient, note: str = "") -> "Visitor":
        """The first showcase customer whose note has these words."""
        shown = (await http.get("/api/v1/demo/customers")).json()["customers"]
        who = next(person for person in shown if note in person["note"])
        return await cls.open(http, identity={name: who[name] for name in ("user_id", "signature", "name")})

    async def post(self, text: str, client_id: str | None = None, **content: Any) -> httpx.Response:
        body = {"client_id": client_id or str(uuid4()), "kind": "text", "content": {"text": text, **content}}
        return await self._http.post("/api/v1/chat/messages", json=body, headers=self.headers)

    async def get(self, path: str, **parameters: Any) -> Any:
        answer = await self._http.get(f"/api/v1/chat{path}", params=parameters, headers=self.headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def read(self, seq: int) -> None:
        """Say how far the customer has read."""
        answer = await self._http.post("/api/v1/chat/read", json={"seq": seq}, headers=self.headers)
        assert answer.status_code == 204, answer.text

    async def thread(self, after_seq: int = 0) -> list[dict[str, Any]]:
        messages: list[dict[str, Any]] = (await self.get("/messages", after_seq=after_seq, limit=200))["messages"]
        return messages

    async def ask(self, text: str) -> list[dict[str, Any]]:
        """Send `text`, wait for the assistant, and return all that came after it."""
        sent = await self.post(text)
        assert sent.status_code == 201, sent.text
        seq = sent.json()["seq"]
        answers: list[dict[str, Any]] = await eventually(lambda: self.thread(seq))
        return answers


class Colleague:
    """A member of staff in front of the console's API."""

    def __init__(self, http: httpx.AsyncClient, csrf_token: str) -> None:
        self._http = http
        self._headers = {"X-CSRF-Token": csrf_token}

    @classmethod
    async def sign_in(cls, base_url: str, account: DemoAccount) -> "Colleague":
        http = httpx.AsyncClient(base_url=f"{base_url}/api/v1", trust_env=False)
        answer = await http.post("/auth/login", json={"login": account.login, "password": account.password})
        assert answer.status_code in (200, 201), answer.text
        return cls(http, answer.json()["csrf_token"])

    async def close(self) -> None:
        await self._http.aclose()

    @property
    def cookies(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self._http.cookies.items())

    async def call(self, method: str, path: str, **options: Any) -> httpx.Response:
        return await self._http.request(method, path, headers=self._headers, **options)

    async def get(self, path: str, **parameters: Any) -> Any:
        answer = await self.call("GET", path, params=parameters)
        assert answer.status_code == 200, answer.text
        return answer.json()
