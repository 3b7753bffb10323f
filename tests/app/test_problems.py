"""Errors as callers hear them: one form, two languages, and nothing of what only we should know."""

from collections.abc import AsyncIterator

import asyncpg
import httpx
import pytest
from litestar import Litestar, get
from litestar.exceptions import ClientException, ImproperlyConfiguredException, PermissionDeniedException
from litestar.params import FromPath

from yingda.app.problems import render
from yingda.kit.errors import Conflict, Forbidden, Invalid, NotFound, RateLimited, Unavailable, YingdaError

SECRET = "password=hunter2 13812345678"


class TooSalty(Invalid):
    code = "too_salty"
    zh = "太咸了，最多 {limit} 克。"
    en = "Too salty: {limit} g at most."


ERRORS: dict[str, tuple[Exception, int, str]] = {
    "own": (TooSalty(limit=3), 422, "too_salty"),
    "not found": (NotFound(), 404, "not_found"),
    "forbidden": (Forbidden(), 403, "forbidden"),
    "conflict": (Conflict(), 409, "conflict"),
    "unavailable": (Unavailable(), 503, "unavailable"),
    "base": (YingdaError(), 500, "internal_error"),
    "a defect": (RuntimeError(SECRET), 500, "internal_error"),
    "a wrong statement": (asyncpg.UndefinedTableError(SECRET), 500, "internal_error"),
    "a value that cannot be kept": (asyncpg.CharacterNotInRepertoireError(SECRET), 422, "value_refused"),
    "a number out of range": (asyncpg.DataError(SECRET), 422, "value_refused"),
    "the database is gone": (ConnectionResetError(SECRET), 503, "unavailable"),
    "the database stops": (asyncpg.AdminShutdownError(SECRET), 503, "unavailable"),
    "the framework's own": (ClientException(SECRET), 400, "bad_request"),
    "the framework refuses": (PermissionDeniedException(SECRET), 400, "bad_request"),
    "the framework fails": (ImproperlyConfiguredException(SECRET), 500, "internal_error"),
}


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    """An application that fails as it is asked to."""

    @get("/{name:str}")
    async def fail(name: FromPath[str]) -> None:
        raise ERRORS[name][0]

    @get("/wait/{seconds:float}")
    async def wait(seconds: FromPath[float]) -> None:
        raise RateLimited(retry_after=seconds)

    app = Litestar([fail, wait], exception_handlers={Exception: render})
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://test") as client:  # type: ignore[arg-type]
        yield client


@pytest.mark.parametrize("name", ERRORS)
async def test_what_callers_hear(http: httpx.AsyncClient, name: str) -> None:
    _, status, code = ERRORS[name]
    answer = await http.get(f"/{name}")
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, problem["status"], problem["code"]) == (status, status, code)
    assert SECRET not in answer.text
    assert ("retry-after" in answer.headers) is (code == "unavailable" and name != "unavailable")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (None, "太咸了，最多 3 克。"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "太咸了，最多 3 克。"),
        ("en", "Too salty: 3 g at most."),
        ("en-US,en;q=0.9", "Too salty: 3 g at most."),
        ("fr", "太咸了，最多 3 克。"),
        ("", "太咸了，最多 3 克。"),
        (",;q=", "太咸了，最多 3 克。"),
    ],
)
async def test_in_whose_language(http: httpx.AsyncClient, language: str | None, words: str) -> None:
    headers = {} if language is None else {"Accept-Language": language}
    assert (await http.get("/own", headers=headers)).json()["detail"] == words


@pytest.mark.parametrize(("seconds", "told"), [(0.1, "1"), (1.0, "1"), (1.4, "2"), (59.6, "60")])
async def test_when_to_come_back_is_never_too_early(http: httpx.AsyncClient, seconds: float, told: str) -> None:
    answer = await http.get(f"/wait/{seconds}")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, told)
