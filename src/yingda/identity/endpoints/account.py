"""One's own account: signing in and out, sessions, password, invitation."""

from datetime import timedelta
from typing import Any, Final, TypeAlias
from uuid import UUID

from litestar import Controller, Request, Response, delete, get, post
from litestar.datastructures import Cookie
from litestar.params import FromPath, JSONBody

from yingda.identity import setup, sign_in
from yingda.identity.authentication import SESSION_COOKIE, refuse_cross_site, resolve_session
from yingda.identity.principal import Caller, Principal
from yingda.identity.repository import access, people
from yingda.identity.rules import SESSION_LIFETIME
from yingda.identity.schemas import (
    InvitationBody,
    InvitationToken,
    InvitedCard,
    LoginBody,
    Me,
    PasswordBody,
    SessionView,
    SetupBody,
)
from yingda.identity.tokens import csrf_token
from yingda.infra.database import Database
from yingda.infra.given import Config, Db
from yingda.infra.http import client_address
from yingda.infra.settings import Settings
from yingda.kit import clock

Http: TypeAlias = Request[Any, Any, Any]

#: OpenAPI: a way in for those who are not signed in.
NO_LOGIN: Final[list[dict[str, list[str]]]] = [{}]
DEVICE_COOKIE: Final = "yingda_device"
_DEVICE_LIFETIME: Final = timedelta(days=180)


class AuthController(Controller):
    path = "/auth"
    tags = ("auth",)

    @post("/login", status_code=200, security=NO_LOGIN)
    async def login(self, request: Http, data: JSONBody[LoginBody], db: Db, settings: Config) -> Response[Me]:
        """Sign in with name and password. The answer sets the session cookie."""
        refuse_cross_site(request, settings.public_url)
        attempt = sign_in.Attempt(
            login=data.login,
            password=data.password,
            address=client_address(request, settings.trusted_proxies),
            user_agent=request.headers.get("user-agent", ""),
            device=request.cookies.get(DEVICE_COOKIE),
        )
        signed_in = await sign_in.sign_in(db, attempt, settings.signing_key)
        me = await _me(db, await resolve_session(signed_in.token, db), signed_in.token)
        cookies = [
            _cookie(SESSION_COOKIE, signed_in.token, SESSION_LIFETIME, settings),
            _cookie(DEVICE_COOKIE, signed_in.device, _DEVICE_LIFETIME, settings),
        ]
        return Response(me, cookies=cookies)

    @post("/logout", status_code=204)
    async def logout(self, principal: Caller, db: Db) -> Response[None]:
        """End this session."""
        async with db.transaction() as tx:
            await sign_in.end_session(tx, principal.staff_id, principal.require_session())
        response = Response(None, status_code=204)
        response.delete_cookie(SESSION_COOKIE)
        return response

    @get("/me")
    async def me(self, request: Http, principal: Caller, db: Db) -> Me:
        """Who is signed in, what they may do, and the token that changes need in the header `X-CSRF-Token`."""
        return await _me(db, principal, request.cookies.get(SESSION_COOKIE, ""))

    @post("/password", status_code=204)
    async def change_password(self, principal: Caller, data: JSONBody[PasswordBody], db: Db) -> None:
        """Change one's own password. All other sessions end."""
        await sign_in.change_password(db, principal, data.current_password, data.new_password)

    @get("/sessions")
    async def list_sessions(self, principal: Caller, db: Db) -> list[SessionView]:
        """One's own sessions."""
        current = principal.require_session()
        async with db.reading() as conn:
            return await access.list_sessions(conn, principal.staff_id, current, clock.now())

    @delete("/sessions/{session_id:uuid}")
    async def end_session(self, session_id: FromPath[UUID], principal: Caller, db: Db) -> None:
        """End one of one's own sessions."""
        principal.require_session()
        async with db.transaction() as tx:
            await sign_in.end_session(tx, principal.staff_id, session_id)

    @delete("/sessions")
    async def end_other_sessions(self, principal: Caller, db: Db) -> None:
        """End all one's own sessions but this one."""
        keep = principal.require_session()
        async with db.transaction() as tx:
            await sign_in.end_sessions(tx, principal.staff_id, keep=keep)

    @post("/invitation", status_code=204, security=NO_LOGIN)
    async def accept_invitation(self, request: Http, data: JSONBody[InvitationBody], db: Db, settings: Config) -> None:
        """Set one's password with the token of an invitation."""
        refuse_cross_site(request, settings.public_url)
        async with db.transaction() as tx:
            await sign_in.accept_invitation(tx, data.token, data.password)

    @post("/invitation/holder", status_code=200, security=NO_LOGIN)
    async def read_invitation(self, data: JSONBody[InvitationToken], db: Db) -> InvitedCard:
        """Whom an invitation is for. The token stands in the body: addresses are written into logs."""
        async with db.reading() as conn:
            return await sign_in.read_invitation(conn, data.token)


class SetupController(Controller):
    path = "/setup"
    tags = ("setup",)

    @post(status_code=204, security=NO_LOGIN)
    async def set_up(self, request: Http, data: JSONBody[SetupBody], db: Db, settings: Config) -> None:
        """Make the first administrator, with the token that the first start printed."""
        refuse_cross_site(request, settings.public_url)
        async with db.transaction() as tx:
            await setup.set_up(tx, data.token, data.login, data.display_name, data.password)


async def _me(db: Database, principal: Principal, token: str) -> Me:
    async with db.reading() as conn:
        card = await people.get_card(conn, principal.staff_id)
    return Me(
        staff=card,
        permissions=sorted(principal.permissions),
        limited_to={permission: sorted(teams) for permission, teams in principal.limited_to.items()},
        csrf_token=csrf_token(token) if principal.via == "session" else None,
    )


def _cookie(name: str, value: str, lifetime: timedelta, settings: Settings) -> Cookie:
    return Cookie(
        name,
        value=value,
        max_age=int(lifetime.total_seconds()),
        secure=settings.secure_cookies,
        httponly=True,
        samesite="lax",
    )
