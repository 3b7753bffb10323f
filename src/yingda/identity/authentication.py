"""From a request to a `Principal`: a browser's session cookie, or a program's API key."""

import hmac
from typing import Final
from uuid import UUID

from litestar import Request, WebSocket
from litestar.datastructures import State
from litestar.di import NamedDependency

from yingda.identity.errors import CrossSiteRefused, CsrfTokenInvalid
from yingda.identity.principal import Principal
from yingda.identity.repository import principals
from yingda.identity.tokens import csrf_token, token_hash
from yingda.infra.database import Database
from yingda.infra.http import Connection, is_cross_site, is_own_origin
from yingda.kit import clock
from yingda.kit.errors import Unauthenticated

SESSION_COOKIE: Final = "yingda_session"
CSRF_HEADER: Final = "X-CSRF-Token"
API_KEY_PREFIX: Final = "yd"
_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


async def provide_principal(request: Request[object, object, State], db: NamedDependency[Database]) -> Principal:
    """Who sends `request`. A cookie travels by itself, so what changes something must also prove its page is ours."""
    if authorization := request.headers.get("authorization"):
        return await _by_api_key(authorization, db)
    token = request.cookies.get(SESSION_COOKIE)
    if not token:
        raise Unauthenticated
    if request.method not in _SAFE_METHODS:
        _refuse_forgery(request, token)
    return await resolve_session(token, db)


async def authenticate_socket(
    socket: WebSocket[object, object, State], db: Database, public_url: str | None = None
) -> Principal:
    """Who opens `socket`. Browsers send cookies with sockets of any site: the Origin has to be ours."""
    if authorization := socket.headers.get("authorization"):
        return await _by_api_key(authorization, db)
    token = socket.cookies.get(SESSION_COOKIE)
    if not token:
        raise Unauthenticated
    if not is_own_origin(socket.headers.get("origin", ""), socket, public_url):
        raise CrossSiteRefused
    return await resolve_session(token, db)


def refuse_cross_site(connection: Connection, public_url: str | None) -> None:
    """Raise `CrossSiteRefused` for another site's page, where no session and hence no CSRF token protects."""
    if is_cross_site(connection, public_url):
        raise CrossSiteRefused


def _refuse_forgery(request: Request[object, object, State], token: str) -> None:
    if request.headers.get("sec-fetch-site") == "cross-site":
        raise CrossSiteRefused
    sent = request.headers.get(CSRF_HEADER, "")
    if not hmac.compare_digest(sent.encode(), csrf_token(token).encode()):
        raise CsrfTokenInvalid


async def resolve_session(token: str, db: Database) -> Principal:
    """Whose session `token` is; raises `Unauthenticated`."""
    async with db.reading() as conn:
        principal = await principals.principal_by_session(conn, token_hash(token), clock.now())
    if principal is None:
        raise Unauthenticated
    return principal


async def _by_api_key(authorization: str, db: Database) -> Principal:
    scheme, _, key = authorization.partition(" ")
    if scheme.lower() != "bearer" or (parts := split_api_key(key.strip())) is None:
        raise Unauthenticated
    async with db.reading() as conn:
        principal = await principals.principal_by_api_key(conn, parts[0], token_hash(parts[1]), clock.now())
    if principal is None:
        raise Unauthenticated
    return principal


def split_api_key(key: str) -> tuple[UUID, str] | None:
    """Id and secret in `yd_<id>_<secret>`; None for anything else."""
    prefix, _, rest = key.partition("_")
    name, _, secret = rest.partition("_")
    try:
        key_id = UUID(hex=name)
    except ValueError:
        return None
    return (key_id, secret) if prefix == API_KEY_PREFIX else None
