"""Customers and staff of the system under load."""

import asyncio
from typing import Any
from uuid import UUID

import msgspec

from bench.client import Http, Socket, message
from bench.system import SHOP, System

#: What the assistant answers by itself, most of it by looking something up.
QUESTIONS = ["你好", "我的快递到哪了", "我的订单什么状态", "什么时候能送到", "退款到哪一步了", "可以开发票吗", "谢谢"]


async def visitors(port: int, count: int) -> list[str]:
    """The tokens of new anonymous visitors."""
    http = await Http.open(port)
    opened = [await http.call("POST", "/api/v1/chat/sessions", {"shop": SHOP}) for _ in range(count)]
    http.close()
    return [session["token"] for session in opened]


async def known_customers(port: int) -> list[str]:
    """The tokens of the demo's showcase customers, who have orders to ask about."""
    http = await Http.open(port)
    people = (await http.call("GET", "/api/v1/demo/customers"))["customers"]
    tokens = []
    for person in people:
        identity = {name: person[name] for name in ("user_id", "signature", "name")}
        session = await http.call("POST", "/api/v1/chat/sessions", {"shop": SHOP, "identity": identity})
        tokens.append(session["token"])
    http.close()
    return tokens


async def say(http: Http, token: str, text: str) -> Any:
    """The stored message."""
    status, body = await http.send(message(token, text))
    assert status == 201, body
    return msgspec.json.decode(body)


class Administrator:
    """The demo's administrator, or another of its staff, signed in."""

    def __init__(self, http: Http, cookie: str, csrf_token: str) -> None:
        self._http = http
        self.cookie = cookie
        self._csrf_token = csrf_token

    @classmethod
    async def sign_in(cls, system: System, login: str = "demo.admin") -> "Administrator":
        account = next(account for account in system.accounts if account.login == login)
        http = await Http.open(system.port)
        body = {"login": account.login, "password": account.password}
        me = await http.call("POST", "/api/v1/auth/login", body)
        return cls(http, http.cookies, me["csrf_token"])

    async def get(self, path: str) -> Any:
        return await self._http.call("GET", path, cookie=self.cookie)

    async def post(self, path: str, body: Any = None) -> Any:
        return await self._http.call("POST", path, body, cookie=self.cookie, x_csrf_token=self._csrf_token)

    async def take(self, conversation_id: str) -> None:
        """A person answers from now on."""
        await self.post(f"/api/v1/conversations/{conversation_id}/take")


async def with_a_person(system: System, tokens: list[str]) -> list[UUID]:
    """Every visitor says something and is taken over by a person; their conversations."""
    administrator = await Administrator.sign_in(system)
    http = await Http.open(system.port)
    conversations = []
    for token in tokens:
        stored = await say(http, token, "谢谢")
        await administrator.take(stored["conversation_id"])
        conversations.append(UUID(stored["conversation_id"]))
    http.close()
    return conversations


async def listen(port: int, token: str, on_frame: Any) -> Socket:
    """A customer's open chat."""
    socket = await Socket.open(port, "/api/v1/chat/socket", on_frame)
    socket.send(msgspec.json.encode({"type": "hello", "token": token, "after_seq": 2**31 - 1}))
    return socket


async def settle(seconds: float = 1) -> None:
    """Let what the set-up has caused die down before measuring."""
    await asyncio.sleep(seconds)
