"""Speaks HTTP with a shop: signs, repeats where that is safe, gives up in time, and tells outages from refusals."""

import asyncio
import hashlib
import hmac
import time
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import msgspec
import stamina
import structlog

from yingda.commerce.errors import ChangeRefused, ShopDown
from yingda.commerce.refusals import Refusal
from yingda.commerce.rest.circuit import Circuit
from yingda.commerce.rest.fitting import search
from yingda.commerce.rest.mapping import (
    Bearer,
    ErrorRule,
    HeaderKey,
    Mapping,
    Page,
    Read,
    Signed,
    Write,
    names_in,
    secret,
)
from yingda.kit.errors import NotFound

logger = structlog.get_logger(__name__)

_LARGEST = 8 * 1024 * 1024
_MOST_PAGES = 20
#: What a shop, or a proxy in front of it, answers when it cannot say what became of the request.
_NO_ANSWER = frozenset({401, 403, 408, 409, 425, 429})


class _Again(Exception):
    """Worth another try: nothing came, or nothing that says anything."""


class ShopClient:
    """One shop's interface. Reads are repeated; a change only where it surely did not arrive, under the same key."""

    def __init__(self, mapping: Mapping, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._mapping = mapping
        calls = mapping.calls
        self._http = httpx.AsyncClient(
            base_url=mapping.base_url.rstrip("/"),
            timeout=calls.timeout_seconds,
            follow_redirects=False,
            transport=transport,
            trust_env=False,
        )
        self._secret = secret(mapping.auth.secret_env) if mapping.auth else b""
        self._circuit = Circuit(calls.open_after, calls.open_seconds)
        self._room = asyncio.Semaphore(calls.concurrency)

    async def close(self) -> None:
        await self._http.aclose()

    async def read(self, wanted: Read, given: dict[str, str], limit: int | None = None) -> Any:
        """What `wanted.items` finds; of several pages, until there are `limit`. Raises `NotFound` and `ShopDown`."""
        query = {name: _filled(text, given, quoted=False) for name, text in wanted.query.items()}
        path = _filled(wanted.path, given)
        if wanted.page is None:
            return search(wanted.items, await self._get(path, query))
        found: list[Any] = []
        mark: str | None = str(wanted.page.first) if wanted.page.next is None else None
        for _ in range(_MOST_PAGES):
            answer = await self._get(path, query | _page_query(wanted.page, mark))
            items = search(wanted.items, answer) or []
            found += items
            mark = _following(wanted.page, mark, answer, len(items))
            if mark is None or (limit and len(found) >= limit):
                break
        return found

    async def write(self, wanted: Write, change: dict[str, Any], key: str) -> Any:
        """Ask for a change. Raises `ChangeRefused`, `NotFound`, and `ShopDown` when nobody knows."""
        given = {name: str(value) for name, value in change.items() if isinstance(value, str | int)}
        body = {name: search(path, change) for name, path in wanted.body.items()}
        content = msgspec.json.encode(body) if wanted.body else b""
        request = (wanted.method, _filled(wanted.path, given), content, {self._mapping.key_header: key})
        return await self._attempt(*request, repeat=(httpx.ConnectError, httpx.ConnectTimeout))

    async def _get(self, path: str, query: dict[str, str]) -> Any:
        target = f"{path}?{urlencode(query)}" if query else path
        return await self._attempt("GET", target, b"", {}, repeat=(httpx.TransportError, _Again))

    async def _attempt(
        self, method: str, target: str, content: bytes, headers: dict[str, str], repeat: tuple[type[Exception], ...]
    ) -> Any:
        self._circuit.enter()
        calls = self._mapping.calls
        try:
            async with self._room:
                async for attempt in stamina.retry_context(
                    on=repeat,
                    attempts=calls.attempts,
                    timeout=None,
                    wait_initial=calls.pause_seconds,
                    wait_max=2.0,
                    wait_jitter=calls.pause_seconds,
                ):
                    with attempt:
                        answer = await self._send(method, target, content, headers)
        except (httpx.TransportError, _Again) as error:
            self._circuit.failed()
            logger.warning("the shop does not answer", shop=self._mapping.code, error=type(error).__name__)
            raise ShopDown from None
        self._circuit.succeeded()
        return answer()

    async def _send(self, method: str, target: str, content: bytes, headers: dict[str, str]) -> Any:
        """A function that gives the answer's body or raises what it means: only outages count as failures."""
        request = self._http.build_request(
            method,
            target,
            content=content,
            headers={"Accept": "application/json", "Content-Type": "application/json", **headers},
        )
        request.headers.update(self._signature(request, content))
        response = await self._http.send(request, stream=True)
        try:
            body = await _limited(response)
        finally:
            await response.aclose()
        return self._meaning(response.status_code, body, changing=method != "GET")

    def _meaning(self, status: int, body: bytes, *, changing: bool) -> Any:
        try:
            document = msgspec.json.decode(body) if body else None
        except msgspec.DecodeError:
            if status < 300:
                raise _Again from None
            document = None
        rule = next((rule for rule in self._mapping.errors if _applies(rule, status, document)), None)
        meaning: str | None = rule.means if rule else None
        if meaning is None and status >= 300:
            meaning = _usual(status, changing=changing)
        if meaning == "down":
            raise _Again
        return _Answer(document, meaning)

    def _signature(self, request: httpx.Request, content: bytes) -> dict[str, str]:
        match self._mapping.auth:
            case Bearer():
                return {"Authorization": f"Bearer {self._secret.decode()}"}
            case HeaderKey() as auth:
                return {auth.header: self._secret.decode()}
            case Signed() as auth:
                moment = str(int(time.time()))
                target = request.url.raw_path.decode()
                parts = {"timestamp": moment, "method": request.method, "target": target, "body": content.decode()}
                digest = hmac.new(self._secret, auth.text.format_map(parts).encode(), hashlib.sha256).hexdigest()
                return {auth.key_header: auth.key_id, auth.time_header: moment, auth.header: digest}
        return {}


class _Answer:
    """Called for the document; raises what the shop meant instead."""

    def __init__(self, document: Any, meaning: str | None) -> None:
        self._document = document
        self._meaning = meaning

    def __call__(self) -> Any:
        if self._meaning == "not_found":
            raise NotFound
        if self._meaning is not None:
            raise ChangeRefused(Refusal(self._meaning))
        return self._document


async def _limited(response: httpx.Response) -> bytes:
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > _LARGEST:
            raise _Again
    return bytes(body)


def _applies(rule: ErrorRule, status: int, document: Any) -> bool:
    if rule.status is not None and rule.status != status:
        return False
    if rule.at is None:
        return rule.status is not None
    found = search(rule.at, document)
    return found is not None and (rule.equals is None or str(found) == rule.equals)


def _usual(status: int, *, changing: bool) -> str:
    """What a status means for which the mapping has no rule."""
    if status in (404, 410):
        return "not_found"
    if not changing or status >= 500 or status < 400 or status in _NO_ANSWER:
        return "down"
    return Refusal.NOT_OFFERED


def _filled(text: str, given: dict[str, str], *, quoted: bool = True) -> str:
    """`text` with its {names}; a value that would lead elsewhere names nothing."""
    used = {name: given[name] for name in names_in(text)}
    if not quoted:
        return text.format_map(used)
    if any(value in ("", ".", "..") or "/" in value or "\\" in value for value in used.values()):
        raise NotFound
    return text.format_map({name: quote(value, safe="") for name, value in used.items()})


def _page_query(page: Page, mark: str | None) -> dict[str, str]:
    size = {page.size_param: str(page.size)} if page.size_param else {}
    return size | ({page.param: mark} if mark is not None else {})


def _following(page: Page, mark: str | None, answer: Any, count: int) -> str | None:
    if page.next is not None:
        following = search(page.next, answer)
        return str(following) if following else None
    return str(int(mark or page.first) + 1) if count >= page.size else None
