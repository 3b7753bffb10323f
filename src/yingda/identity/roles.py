"""Managing roles: whoever makes or changes one holds all that it confers, and nobody locks themselves out."""

from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET

from yingda.identity.errors import BuiltinRoleFixed, NameTaken, OwnWayIn, RoleInUse, RoleOutdated
from yingda.identity.events import AccessChange, AccessChanged, RightsChanged
from yingda.identity.permissions import Permission
from yingda.identity.principal import Principal
from yingda.identity.repository import access, principals
from yingda.identity.repository import roles as repository
from yingda.identity.rules import known, refuse_more_than_own
from yingda.identity.schemas import RoleBody, RoleChange, RoleView
from yingda.infra.database import Connection, Tx
from yingda.kit.errors import NotFound, Unauthenticated
from yingda.kit.ids import new_id


async def list_roles(conn: Connection, principal: Principal) -> list[RoleView]:
    """All roles; how many hold each is for those who manage staff."""
    found = await repository.list_roles(conn)
    if principal.may(Permission.STAFF_MANAGE):
        return found
    return [msgspec.structs.replace(role, holders=None) for role in found]


async def create_role(tx: Tx, actor: Principal, body: RoleBody) -> RoleView:
    """Raises `MorePowerful` and `NameTaken`."""
    actor = await behind_lock(tx, actor)
    refuse_more_than_own(actor.everywhere, frozenset(body.permissions))
    role_id = new_id()
    role = RoleView(
        id=role_id,
        code=f"role_{role_id.hex[-16:]}",
        name=body.name.strip(),
        description=body.description.strip(),
        permissions=sorted(set(body.permissions)),
        builtin=False,
        holders=0,
        version=1,
    )
    await _refuse_taken_name(tx, role)
    await repository.add_role(tx.conn, role)
    after = _on_record(role)
    await tx.publish(AccessChanged(by=actor, change=AccessChange.ROLE_MADE, object_id=role_id, after=after))
    return role


async def change_role(tx: Tx, actor: Principal, role_id: UUID, change: RoleChange) -> RoleView:
    """Change what `change` names; it counts at once for whoever holds the role."""
    actor = await behind_lock(tx, actor)
    before = await _may_change(tx, actor, role_id)
    if before.version != change.version:
        raise RoleOutdated(name=before.name)
    role = _changed(before, change)
    if role == before:
        return role
    refuse_more_than_own(actor.everywhere, known(role.permissions))
    await _refuse_taken_name(tx, role)
    role = msgspec.structs.replace(role, version=role.version + 1)
    await repository.save_role(tx.conn, role)
    if role.permissions != before.permissions:
        await keep_own_way_in(tx, actor)
        await _tell_holders(tx, role_id, grown=not set(role.permissions) <= set(before.permissions))
    await tx.publish(
        AccessChanged(
            by=actor,
            change=AccessChange.ROLE_CHANGED,
            object_id=role_id,
            before=_on_record(before),
            after=_on_record(role),
        )
    )
    return role


async def delete_role(tx: Tx, actor: Principal, role_id: UUID) -> None:
    """Raises `RoleInUse` while somebody holds it, be it a colleague who was deactivated: they may come back."""
    actor = await behind_lock(tx, actor)
    role = await _may_change(tx, actor, role_id)
    if role.holders:
        raise RoleInUse(count=role.holders)
    await repository.delete_role(tx.conn, role_id)
    before = _on_record(role)
    await tx.publish(AccessChanged(by=actor, change=AccessChange.ROLE_DELETED, object_id=role_id, before=before))


async def behind_lock(tx: Tx, actor: Principal) -> Principal:
    """Take the lock that all changes of rights take. `actor` as they are behind it: what they held when they asked may
    have been taken from them while they waited."""
    await repository.lock_administrators(tx.conn)
    now = await principals.principal_as_now(tx.conn, actor)
    if now is None:
        raise Unauthenticated
    now.require(Permission.STAFF_MANAGE)
    return now


async def keep_own_way_in(tx: Tx, actor: Principal) -> None:
    """Raise `OwnWayIn` if `actor`, as things stand now, can no longer manage staff: who lost it by mistake could not
    take it back."""
    found = await principals.principals_of_staff(tx.conn, [actor.staff_id])
    if not any(one.may(Permission.STAFF_MANAGE) for one in found):
        raise OwnWayIn


async def _may_change(tx: Tx, actor: Principal, role_id: UUID) -> RoleView:
    role = await repository.lock_role(tx.conn, role_id)
    if role is None:
        raise NotFound
    if role.builtin:
        raise BuiltinRoleFixed
    refuse_more_than_own(actor.everywhere, known(role.permissions))
    return role


async def _tell_holders(tx: Tx, role_id: UUID, *, grown: bool) -> None:
    holders = await repository.holders_of(tx.conn, role_id)
    if grown:
        await access.delete_password_links(tx.conn, holders)
    await tx.publish(RightsChanged(frozenset(holders)))


def _changed(role: RoleView, change: RoleChange) -> RoleView:
    return msgspec.structs.replace(
        role,
        name=role.name if change.name is UNSET else change.name.strip(),
        description=role.description if change.description is UNSET else change.description.strip(),
        permissions=role.permissions if change.permissions is UNSET else sorted(set(change.permissions)),
    )


async def _refuse_taken_name(tx: Tx, role: RoleView) -> None:
    if await repository.name_taken(tx.conn, role.name, but_by=role.id):
        raise NameTaken


def _on_record(role: RoleView) -> dict[str, Any]:
    return {"name": role.name, "description": role.description, "permissions": role.permissions}
