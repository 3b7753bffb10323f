"""Every failure of a request as problem+json (RFC 9457), with a stable code and words in the caller's language."""

import re
from math import ceil
from typing import Any

import asyncpg
import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import (
    HTTPException,
    MethodNotAllowedException,
    NotFoundException,
    SerializationException,
    ValidationException,
)

from yingda.conversations import ConversationMerged
from yingda.infra.database import DATABASE_DOWN
from yingda.kit.errors import BadRequest, Invalid, Locale, NotFound, TooLarge, Unavailable, YingdaError

logger = structlog.get_logger(__name__)

MEDIA_TYPE = "application/problem+json"

#: What PostgreSQL says to values that no column of that type can hold, such as a NUL in a text.
_VALUE_REFUSED = (
    asyncpg.DataError,
    asyncpg.CharacterNotInRepertoireError,
    asyncpg.UntranslatableCharacterError,
)


_MISSING = re.compile(r"Missing required \w+ parameter '([\w-]+)'")


#: What a second try will most likely get past.
_TRY_AGAIN = (*DATABASE_DOWN, asyncpg.DeadlockDetectedError, asyncpg.SerializationError)


class MethodRefused(YingdaError):
    status = 405
    code = "method_not_allowed"
    zh = "此地址不支持这种请求方法。"
    en = "This address does not take this method."


class RouteNotFound(NotFound):
    code = "route_not_found"
    zh = "没有这个地址。"
    en = "There is nothing at this address."


class ValueRefused(Invalid):
    code = "value_refused"
    zh = "内容中有无法保存的字符或超出范围的数值。"
    en = "The request has characters or numbers that cannot be stored."


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """The body of every error answer."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    request_id: str | None = None
    errors: list[dict[str, Any]] = []
    merged_into: str | None = None
    """With `conversation_merged`: where the conversation went."""


AnyRequest = Request[Any, Any, Any]


def render(request: AnyRequest, error: Exception) -> Response[Problem]:
    """The one handler of all exceptions."""
    known = _known(error)
    if known is None:
        logger.error("request failed", exc_info=error)
        known = YingdaError()
    locale = locale_of(request)
    problem = Problem(
        type=f"urn:yingda:problem:{known.code}",
        title=known.detail(locale),
        status=known.status,
        code=known.code,
        detail=known.detail(locale),
        request_id=request.scope.get("state", {}).get("request_id"),
        errors=_errors(error),
        merged_into=str(known.merged_into) if isinstance(known, ConversationMerged) else None,
    )
    return Response(problem, status_code=known.status, media_type=MEDIA_TYPE, headers=_headers(known, error))


def _headers(known: YingdaError, error: Exception) -> dict[str, str]:
    """What a program may act upon."""
    if isinstance(error, MethodNotAllowedException):
        return dict(error.headers or {})
    return {"Retry-After": str(max(1, ceil(known.retry_after)))} if known.retry_after is not None else {}


def locale_of(request: AnyRequest) -> Locale:
    """Chinese, unless the caller prefers English."""
    first = request.headers.get("accept-language", "zh").split(",")[0].strip().lower()
    return "en" if first.startswith("en") else "zh"


def _known(error: Exception) -> YingdaError | None:
    """The error as one of ours; None for a defect."""
    match error:
        case YingdaError():
            return error
        case ValidationException():
            return Invalid(reason=_reason(error))
        case NotFoundException():
            return RouteNotFound()
        case MethodNotAllowedException():
            return MethodRefused()
        case HTTPException():
            return _by_status(error)
        case SerializationException():
            return BadRequest()
        case error if isinstance(error, _VALUE_REFUSED):
            return ValueRefused()
        case error if isinstance(error, _TRY_AGAIN):
            logger.warning("the database could not do it now", error=type(error).__name__)
            return Unavailable(retry_after=1)
    return None


def _by_status(error: HTTPException) -> YingdaError | None:
    if error.status_code == TooLarge.status:
        return TooLarge()
    return BadRequest() if error.status_code < 500 else None


def _reason(error: ValidationException) -> str:
    """Where it is wrong and how. The framework's own words for what is missing would repeat the whole address."""
    first = (_errors(error) or [{}])[0]
    if missing := _MISSING.search(error.detail):
        return f"{missing[1]} is missing"
    if first.get("message") == "'data'":
        return "the body is missing"
    return " ".join(str(first[name]) for name in ("key", "message") if first.get(name)) or "body"


def _errors(error: Exception) -> list[dict[str, Any]]:
    extra = error.extra if isinstance(error, ValidationException) else None
    return [dict(item) for item in extra if isinstance(item, dict)][:20] if isinstance(extra, list) else []
