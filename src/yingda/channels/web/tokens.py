"""Visitor tokens: signed, not stored, so that the message path asks nobody who is speaking."""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta
from functools import lru_cache
from uuid import UUID

import msgspec

from yingda.kit.errors import Unauthenticated

TOKEN_DAYS = 180


class VisitorTokenInvalid(Unauthenticated):
    code = "visitor_token_invalid"
    zh = "会话凭证已失效，请重新打开聊天窗口。"
    en = "This chat session is no longer valid. Please open the chat again."


class Visitor(msgspec.Struct, frozen=True, array_like=True):
    """Who a token speaks for. `identified`: the shop has vouched for them."""

    customer_id: UUID
    shop: str
    identified: bool
    issued: int


def issue(key: bytes, customer_id: UUID, shop: str, *, identified: bool, now: datetime) -> str:
    body = msgspec.json.encode(Visitor(customer_id, shop, identified, int(now.timestamp())))
    return f"{urlsafe_b64encode(body).decode().rstrip('=')}.{_sign(key, body)}"


def verify(key: bytes, token: str, now: datetime) -> Visitor:
    """The visitor of `token`. Raises `VisitorTokenInvalid` for a forged, broken or expired one."""
    visitor = _genuine(key, token)
    if now - datetime.fromtimestamp(visitor.issued, now.tzinfo) > timedelta(days=TOKEN_DAYS):
        raise VisitorTokenInvalid
    return visitor


@lru_cache(maxsize=20_000)
def _genuine(key: bytes, token: str) -> Visitor:
    """Whom a token that we signed speaks for; remembered, because each of a visitor's messages carries it."""
    encoded, _, signature = token.partition(".")
    try:
        body = urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
        if not hmac.compare_digest(_sign(key, body).encode(), signature.encode()):
            raise VisitorTokenInvalid
        return msgspec.json.decode(body, type=Visitor)
    except (ValueError, msgspec.DecodeError):
        raise VisitorTokenInvalid from None


def _sign(key: bytes, body: bytes) -> str:
    return urlsafe_b64encode(hmac.digest(key, b"visitor:" + body, hashlib.sha256)).decode().rstrip("=")


def identity_signature(secret: str, user_id: str) -> str:
    """What a shop's server computes for a customer it vouches for."""
    return hmac.new(secret.encode(), user_id.encode(), hashlib.sha256).hexdigest()
