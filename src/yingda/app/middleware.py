"""Around every request: an id, a measurement, and headers that keep browsers careful. Plain ASGI: it is cheap."""

import os
import re
from time import perf_counter

import structlog
from litestar.enums import HttpMethod, ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send
from prometheus_client import Histogram
from structlog.contextvars import bind_contextvars, reset_contextvars

from yingda.infra.metrics import Metrics

logger = structlog.get_logger(__name__)

SLOW_SECONDS = 1.0
_METHODS = frozenset(HttpMethod)
_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{8,64}")

#: Pages may only load what is ours; the widget may be framed by any shop, everything else by nobody.
_POLICY = (
    "default-src 'self'; img-src 'self' data: blob: https:; style-src 'self' 'unsafe-inline'; "
    "connect-src 'self' ws: wss:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors {ancestors}"
)
_COMMON = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), payment=()"),
]
_PAGE = [(b"content-security-policy", _POLICY.format(ancestors="'none'").encode())]
_WIDGET = [(b"content-security-policy", _POLICY.format(ancestors="*").encode())]
_API = [(b"cache-control", b"no-store")]


class Envelope:
    """Wraps the whole application."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics
        self._observed: dict[tuple[str, str, int], Histogram] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        request_id = _request_id(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        started, status = perf_counter(), 500

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _add_headers(message, scope["path"], request_id)
            await send(message)

        bound = bind_contextvars(request_id=request_id)
        try:
            await self._app(scope, receive, sending)
        finally:
            self._account(scope, status, perf_counter() - started)
            reset_contextvars(**bound)

    def _account(self, scope: HTTPScope, status: int, seconds: float) -> None:
        route = str(scope.get("path_template") or "other")
        method = scope["method"] if scope["method"] in _METHODS else "other"
        observed = self._observed.get((route, method, status))
        if observed is None:
            observed = self._metrics.http_requests.labels(route, method, str(status))
            self._observed[route, method, status] = observed
        observed.observe(seconds)
        if status >= 500 or seconds > SLOW_SECONDS:
            logger.warning("request", method=method, route=route, status=status, ms=round(seconds * 1000))


def _request_id(scope: Scope) -> str:
    """The caller's own id if it is a sane one, so that a proxy's log and ours can be joined."""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _REQUEST_ID.fullmatch(value):
            return value.decode()
    return os.urandom(16).hex()


def _add_headers(message: Message, path: str, request_id: str) -> None:
    if message["type"] != "http.response.start":
        return
    present = {name for name, _ in message["headers"]}
    kind = _API if path.startswith("/api/") else _WIDGET if path.startswith("/widget/") or path == "/widget" else _PAGE
    ours = [*_COMMON, *kind, (b"x-request-id", request_id.encode())]
    message["headers"] = [*message["headers"], *(header for header in ours if header[0] not in present)]
