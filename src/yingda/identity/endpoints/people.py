"""Colleagues, and the departments and teams to which they belong."""

from typing import Annotated
from uuid import UUID

from litestar import Controller, get, patch, post
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from yingda.identity import service
from yingda.identity.permissions import Permission
from yingda.identity.principal import Caller
from yingda.identity.repository import people
from yingda.identity.schemas import (
    CODE,
    DepartmentBody,
    DepartmentView,
    Invitation,
    Named,
    Renaming,
    StaffBody,
    StaffChange,
    StaffFilter,
    StaffInvited,
    StaffView,
    TeamBody,
)
from yingda.infra.given import Db
from yingda.kit.pagination import Page, decode_cursor, encode_cursor


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
        role: Annotated[str | None, QueryParameter(pattern=CODE)] = None,
        cursor: Annotated[str | None, QueryParameter(max_length=200)] = None,
        limit: Annotated[int, QueryParameter(ge=1, le=200)] = 50,
    ) -> Page[StaffView]:
        """Colleagues, in the order in which they came. `q` is looked for in names and, for those who manage staff, in
        login names; for them alone: `invited`, who has not chosen a password yet, and `role`, who holds it."""
        principal.require(Permission.STAFF_READ)
        if invited is not None or role is not None:
            principal.require(Permission.STAFF_MANAGE)
        wanted = StaffFilter(
            active=active,
            invited=invited,
            words=q.strip().replace("\0", ""),
            by_login=principal.may(Permission.STAFF_MANAGE),
            department_id=department_id,
            team_id=team_id,
            role=role,
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
