"""Roles: what is conferred together."""

from uuid import UUID

from litestar import Controller, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from yingda.identity import roles
from yingda.identity.permissions import Permission
from yingda.identity.principal import Caller
from yingda.identity.schemas import RoleBody, RoleChange, RoleView
from yingda.infra.given import Db


class RoleController(Controller):
    path = "/roles"
    tags = ("organisation",)

    @get()
    async def list_roles(self, principal: Caller, db: Db) -> list[RoleView]:
        """Roles and what they permit; how many hold each, for those who manage staff."""
        principal.require(Permission.STAFF_READ)
        async with db.reading() as conn:
            return await roles.list_roles(conn, principal)

    @post()
    async def create_role(self, principal: Caller, data: JSONBody[RoleBody], db: Db) -> RoleView:
        """A new role, of permissions that one holds oneself."""
        principal.require(Permission.STAFF_MANAGE)
        async with db.transaction() as tx:
            return await roles.create_role(tx, principal, data)

    @patch("/{role_id:uuid}")
    async def change_role(
        self, role_id: FromPath[UUID], principal: Caller, data: JSONBody[RoleChange], db: Db
    ) -> RoleView:
        """Change name, description or permissions; it counts from the next request of everybody who holds the role."""
        principal.require(Permission.STAFF_MANAGE)
        async with db.transaction() as tx:
            return await roles.change_role(tx, principal, role_id, data)

    @delete("/{role_id:uuid}")
    async def delete_role(self, role_id: FromPath[UUID], principal: Caller, db: Db) -> None:
        """Delete a role that nobody holds."""
        principal.require(Permission.STAFF_MANAGE)
        async with db.transaction() as tx:
            await roles.delete_role(tx, principal, role_id)
