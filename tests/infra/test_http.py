"""Where a request comes from, behind proxies and across sites."""

from typing import Any

import pytest
from litestar.connection import ASGIConnection

from yingda.infra.http import client_address, is_cross_site


def _connection(peer: str | None = "10.0.0.1", **headers: str | list[str]) -> ASGIConnection[Any, Any, Any, Any]:
    raw = [
        (name.replace("_", "-").encode(), value.encode())
        for name, values in headers.items()
        for value in ([values] if isinstance(values, str) else values)
    ]
    scope: Any = {"type": "http", "headers": raw, "client": (peer, 1) if peer else None, "state": {}}
    return ASGIConnection(scope)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "10.0.0.1"),
        (1, None, "10.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "1.1.1.1, 203.0.113.9", "203.0.113.9"),
        (2, "1.1.1.1, 203.0.113.9, 10.0.0.7", "203.0.113.9"),
        (2, "203.0.113.9", "203.0.113.9"),
        (1, ["1.1.1.1", "203.0.113.9"], "203.0.113.9"),
        (1, "203.0.113.9:4711", "203.0.113.9"),
        (1, "[2001:db8::1]:443", "2001:db8::1"),
        (1, "2001:DB8::1", "2001:db8::1"),
        (1, "<script>", "10.0.0.1"),
        (1, " , ", "10.0.0.1"),
    ],
)
def test_client_address(proxies: int, forwarded: str | list[str] | None, address: str) -> None:
    headers = {"x_forwarded_for": forwarded} if forwarded else {}
    assert client_address(_connection(**headers), proxies) == address


def test_a_caller_on_a_unix_socket_has_no_address() -> None:
    assert client_address(_connection(None), 0) == "unknown"


@pytest.mark.parametrize(
    ("headers", "cross"),
    [
        ({}, False),
        ({"sec_fetch_site": "same-origin"}, False),
        ({"sec_fetch_site": "none"}, False),
        ({"sec_fetch_site": "same-site"}, True),
        ({"sec_fetch_site": "cross-site", "origin": "https://desk.example"}, True),
        ({"origin": "https://desk.example"}, False),
        ({"origin": "https://DESK.example"}, False),
        ({"origin": "https://public.example"}, False),
        ({"origin": "https://desk.example.evil.example"}, True),
        ({"origin": "null"}, True),
    ],
)
def test_is_cross_site(headers: dict[str, str], cross: bool) -> None:
    connection = _connection(host="desk.example", **headers)
    assert is_cross_site(connection, "https://public.example/console") is cross
