"""HTTP of identity, under `/api/v1`."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, Any, Final
from uuid import UUID

from litestar import Controller, Request, Response, Router, delete, get, patch, post
from litestar.datastructures import Cookie
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from yingda.identity import service, setup, sign_in
from yingda.identity.authentication import SESSION_COOKIE, refuse_cross_site, resolve_session
from yingda.identity.permissions import Permission
from yingda.identity.principal import Caller, Principal
from yingda.identity.repository import access, people
from yingda.identity.rules import SESSION_LIFETIME
from yingda.identity.schemas import (
    ApiKeyBody,
    ApiKeyMade,
    ApiKeyView,
    DepartmentBody,
    DepartmentView,
    Invitation,
    InvitationBody,
    InvitationToken,
    InvitedCard,
    LoginBody,
    Me,
    Named,
    PasswordBody,
    Renaming,
    RoleView,
    SessionView,
    SetupBody,
    StaffBody,
    StaffChange,
    StaffFilter,
    StaffInvited,
    StaffView,
    TeamBody,
)
from yingda.identity.tokens import csrf_token
from yingda.infra.database import Database
from yingda.infra.given import Config, Db
from yingda.infra.http import client_address
from yingda.infra.settings import Settings
from yingda.kit import clock
from yingda.kit.pagination import Page, decode_cursor, encode_cursor

Http = Request[Any, Any, Any]

#: OpenAPI: a way in for those who are not signed in.
NO_LOGIN: Final[Sequence[dict[str, list[str]]]] = [{}]
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


class StaffController(Controller):
    path = "/staff"
    tags = ("staff",)

    @get()
    async def list_staff(
        self,
        principal: Caller,
        db: Db,
        active: FromQuery[bool | None] = None,
        invited: FromQuery[bool | None] = None,
        q: Annotated[str, QueryParameter(max_length=60)] = "",
        department_id: FromQuery[UUID | None] = None,
        team_id: FromQuery[UUID | None] = None,
        cursor: Annotated[str | None, QueryParameter(max_length=200)] = None,
        limit: Annotated[int, QueryParameter(ge=1, le=200)] = 50,
    ) -> Page[StaffView]:
        """Colleagues, in the order in which they came. `q` is looked for in names and, for those who manage staff, in
        login names; `invited`, for them alone: who has not chosen a password yet."""
        principal.require(Permission.STAFF_READ)
        if invited is not None:
            principal.require(Permission.STAFF_MANAGE)
        wanted = StaffFilter(
            active=active,
            invited=invited,
            words=q.strip().replace("\0", ""),
            by_login=principal.may(Permission.STAFF_MANAGE),
            department_id=department_id,
            team_id=team_id,
        )
        after = decode_cursor(cursor, UUID) if cursor else None
        async with db.reading() as conn:
            staff = await people.list_staff(conn, wanted, after=after, limit=limit + 1)
        next_cursor = encode_cursor(staff[limit - 1].id) if len(staff) > limit else None
        return Page([service.as_seen_by(principal, person) for person in staff[:limit]], next_cursor)

    @post()
    async def create_staff(self, principal: Caller, data: JSONBody[StaffBody], db: Db) -> StaffInvited:
        """A new colleague, with the link that lets them set their password."""
        principal.require(Permission.STAFF_MANAGE)
        async with db.transaction() as tx:
            return await service.create_staff(tx, principal, data)

    @patch("/{staff_id:uuid}")
    async def change_staff(
        self, staff_id: FromPath[UUID], principal: Caller, data: JSONBody[StaffChange], db: Db
    ) -> StaffView:
        """Change name, language, roles or memberships; what is not named stays."""
        principal.require(Permission.STAFF_MANAGE)
        async with db.transaction() as tx:
            return await service.change_staff(tx, principal, staff_id, data)

    @post("/{staff_id:uuid}/deactivate", status_code=204)
    async def deactivate_staff(self, staff_id: FromPath[UUID], principal: Caller, db: Db) -> None:
        """Shut a colleague out at once."""
        principal.require(Permission.STAFF_MANAGE)
        async with db.transaction() as tx:
            await service.deactivate_staff(tx, principal, staff_id)

    @post("/{staff_id:uuid}/reactivate", status_code=204)
    async def reactivate_staff(self, staff_id: FromPath[UUID], principal: Caller, db: Db) -> None:
        """Let a colleague in again."""
        principal.require(Permission.STAFF_MANAGE)
        async with db.transaction() as tx:
            await service.reactivate_staff(tx, principal, staff_id)

    @post("/{staff_id:uuid}/invitation")
    async def renew_invitation(self, staff_id: FromPath[UUID], principal: Caller, db: Db) -> Invitation:
        """A new link to set the password; the one before is void."""
        principal.require(Permission.STAFF_MANAGE)
        async with db.transaction() as tx:
            return await service.renew_invitation(tx, principal, staff_id)


class OrganisationController(Controller):
    tags = ("organisation",)

    @get("/roles")
    async def list_roles(self, principal: Caller, db: Db) -> list[RoleView]:
        """Roles and what they permit."""
        principal.require(Permission.STAFF_READ)
        async with db.reading() as conn:
            return await people.list_roles(conn)

    @get("/departments")
    async def list_departments(self, principal: Caller, db: Db) -> list[DepartmentView]:
        """Departments with their teams."""
        principal.require(Permission.STAFF_READ)
        async with db.reading() as conn:
            return await people.list_departments(conn)

    @post("/departments")
    async def create_department(self, principal: Caller, data: JSONBody[DepartmentBody], db: Db) -> DepartmentView:
        """A new department."""
        principal.require(Permission.STAFF_MANAGE)
        async with db.transaction() as tx:
            return await service.create_department(tx, principal, data.code, data.name)

    @post("/departments/{department_id:uuid}/teams")
    async def create_team(
        self, department_id: FromPath[UUID], principal: Caller, data: JSONBody[TeamBody], db: Db
    ) -> Named:
        """A new team in a department."""
        principal.require(Permission.STAFF_MANAGE)
        async with db.transaction() as tx:
            return await service.create_team(tx, principal, department_id, data.name)

    @patch("/departments/{department_id:uuid}")
    async def rename_department(
        self, department_id: FromPath[UUID], principal: Caller, data: JSONBody[Renaming], db: Db
    ) -> DepartmentView:
        """Another name for a department; its code stays."""
        principal.require(Permission.STAFF_MANAGE)
        async with db.transaction() as tx:
            return await service.rename_department(tx, principal, department_id, data.name)

    @patch("/teams/{team_id:uuid}")
    async def rename_team(self, team_id: FromPath[UUID], principal: Caller, data: JSONBody[Renaming], db: Db) -> Named:
        """Another name for a team."""
        principal.require(Permission.STAFF_MANAGE)
        async with db.transaction() as tx:
            return await service.rename_team(tx, principal, team_id, data.name)


class ApiKeyController(Controller):
    path = "/api-keys"
    tags = ("api-keys",)

    @get()
    async def list_api_keys(self, principal: Caller, db: Db) -> list[ApiKeyView]:
        """All API keys, without their secrets."""
        principal.require(Permission.API_KEYS_MANAGE)
        async with db.reading() as conn:
            return await access.list_api_keys(conn)

    @post()
    async def create_api_key(self, principal: Caller, data: JSONBody[ApiKeyBody], db: Db) -> ApiKeyMade:
        """A new API key. It is shown this once."""
        principal.require(Permission.API_KEYS_MANAGE)
        async with db.transaction() as tx:
            return await service.create_api_key(tx, principal, data.name, data.scopes, data.expires_at)

    @delete("/{key_id:uuid}")
    async def revoke_api_key(self, key_id: FromPath[UUID], principal: Caller, db: Db) -> None:
        """Revoke an API key; it stays in the list."""
        principal.require(Permission.API_KEYS_MANAGE)
        async with db.transaction() as tx:
            await service.revoke_api_key(tx, principal, key_id)


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


routers: Sequence[Router] = [
    Router(
        "/api/v1",
        route_handlers=[AuthController, SetupController, StaffController, OrganisationController, ApiKeyController],
        security=[{"session": []}, {"api_key": []}],
    )
]
