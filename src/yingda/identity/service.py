"""Managing staff, departments, teams and API keys: nobody hands out more than they hold themselves."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET

from yingda.identity.authentication import API_KEY_PREFIX
from yingda.identity.colleagues import find_department
from yingda.identity.errors import ExpiryPast, LastAdministrator, LoginTaken, NameTaken, NotYourself, ReferenceUnknown
from yingda.identity.events import AccessChange, AccessChanged, MembershipsChanged, RightsChanged, StaffDeactivated
from yingda.identity.permissions import Permission
from yingda.identity.principal import Principal
from yingda.identity.repository import access, people, roles
from yingda.identity.roles import behind_lock, keep_own_way_in
from yingda.identity.rules import normalise_login, refuse_further_reach, refuse_more_than_own
from yingda.identity.schemas import (
    ApiKeyMade,
    DepartmentView,
    Invitation,
    Named,
    RoleGrant,
    StaffBody,
    StaffChange,
    StaffInvited,
    StaffView,
)
from yingda.identity.sign_in import end_sessions, invite
from yingda.identity.tokens import new_token, token_hash
from yingda.infra.database import Tx
from yingda.kit import clock
from yingda.kit.errors import NotFound
from yingda.kit.ids import new_id


async def create_staff(tx: Tx, actor: Principal, body: StaffBody) -> StaffInvited:
    """A new colleague, and the link with which they set their password."""
    actor = await behind_lock(tx, actor)
    await _may_grant(tx, actor, body.roles)
    staff_id = await people.add_staff(
        tx.conn,
        login=normalise_login(body.login),
        display_name=body.display_name.strip(),
        locale=body.locale,
        now=clock.now(),
    )
    if staff_id is None:
        raise LoginTaken
    await people.set_memberships(tx.conn, staff_id, body.memberships)
    await people.set_roles(tx.conn, staff_id, body.roles)
    invited = StaffInvited(await view_staff(tx, staff_id), await invite(tx, staff_id))
    after = _on_record(invited.staff)
    await tx.publish(AccessChanged(by=actor, change=AccessChange.STAFF_INVITED, object_id=staff_id, after=after))
    return invited


def as_seen_by(principal: Principal, staff: StaffView) -> StaffView:
    """`staff` without what only those need to know who manage staff."""
    if principal.may(Permission.STAFF_MANAGE):
        return staff
    return msgspec.structs.replace(staff, login=None, locale=None, invited=None, roles=None)


async def view_staff(tx: Tx, staff_id: UUID) -> StaffView:
    staff = await people.get_staff(tx.conn, staff_id)
    if staff is None:
        raise NotFound
    return staff


async def change_staff(tx: Tx, actor: Principal, staff_id: UUID, change: StaffChange) -> StaffView:
    """Change what `change` names; the rest stays."""
    actor = await behind_lock(tx, actor)
    before = await _may_manage(tx, actor, staff_id)
    name = change.display_name.strip() if change.display_name else None
    await people.update_staff(tx.conn, staff_id, name, change.locale or None)
    if change.memberships is not UNSET:
        await people.set_memberships(tx.conn, staff_id, change.memberships)
        teams = frozenset(entry.team_id for entry in change.memberships if entry.team_id)
        await tx.publish(MembershipsChanged(staff_id, teams))
    if change.roles is not UNSET:
        await _may_grant(tx, actor, [grant for grant in change.roles if grant not in (before.roles or [])])
        await people.set_roles(tx.conn, staff_id, change.roles)
        await _keep_an_administrator(tx)
        if staff_id == actor.staff_id:
            await keep_own_way_in(tx, actor)
    changed = await view_staff(tx, staff_id)
    if (changed.roles, changed.memberships) != (before.roles, before.memberships):
        await _void_links_of_stronger(tx, before, changed)
        await tx.publish(RightsChanged(frozenset({staff_id})))
    if changed != before:
        await tx.publish(
            AccessChanged(
                by=actor,
                change=AccessChange.STAFF_CHANGED,
                object_id=staff_id,
                before=_on_record(before),
                after=_on_record(changed) | ({"renamed": True} if changed.display_name != before.display_name else {}),
            )
        )
    return changed


async def deactivate_staff(tx: Tx, actor: Principal, staff_id: UUID) -> None:
    """Shut somebody out at once: sessions, links and API keys end, work goes to others."""
    if staff_id == actor.staff_id:
        raise NotYourself
    if not (await _may_manage(tx, await behind_lock(tx, actor), staff_id)).active:
        return
    await people.set_active(tx.conn, staff_id, False)
    await _keep_an_administrator(tx)
    await access.delete_links(tx.conn, staff_id)
    await access.revoke_api_keys_of(tx.conn, staff_id, clock.now())
    await end_sessions(tx, staff_id)
    await tx.publish(StaffDeactivated(staff_id))
    await tx.publish(AccessChanged(by=actor, change=AccessChange.STAFF_DEACTIVATED, object_id=staff_id))


async def reactivate_staff(tx: Tx, actor: Principal, staff_id: UUID) -> None:
    if (await _may_manage(tx, await behind_lock(tx, actor), staff_id)).active:
        return
    await people.set_active(tx.conn, staff_id, True)
    await tx.publish(AccessChanged(by=actor, change=AccessChange.STAFF_REACTIVATED, object_id=staff_id))


async def renew_invitation(tx: Tx, actor: Principal, staff_id: UUID) -> Invitation:
    """A new link to set the password of `staff_id`; the one before is void."""
    await _may_manage(tx, await behind_lock(tx, actor), staff_id)
    invitation = await invite(tx, staff_id)
    await tx.publish(AccessChanged(by=actor, change=AccessChange.STAFF_LINK_RENEWED, object_id=staff_id))
    return invitation


async def create_department(tx: Tx, actor: Principal, code: str, name: str) -> DepartmentView:
    department_id = await people.add_department(tx.conn, code, name.strip())
    if department_id is None:
        raise NameTaken
    await _named(tx, actor, AccessChange.DEPARTMENT_ADDED, department_id, name.strip())
    return DepartmentView(department_id, code, name.strip(), [])


async def create_team(tx: Tx, actor: Principal, department_id: UUID, name: str) -> Named:
    if not await people.department_exists(tx.conn, department_id):
        raise NotFound
    team_id = await people.add_team(tx.conn, department_id, name.strip())
    if team_id is None:
        raise NameTaken
    await _named(tx, actor, AccessChange.TEAM_ADDED, team_id, name.strip())
    return Named(team_id, name.strip())


async def rename_department(tx: Tx, actor: Principal, department_id: UUID, name: str) -> DepartmentView:
    former = await people.rename_department(tx.conn, department_id, name.strip())
    await _renamed(tx, actor, AccessChange.DEPARTMENT_RENAMED, department_id, former, name.strip())
    return await find_department(tx.conn, department_id)


async def rename_team(tx: Tx, actor: Principal, team_id: UUID, name: str) -> Named:
    former = await people.rename_team(tx.conn, team_id, name.strip())
    await _renamed(tx, actor, AccessChange.TEAM_RENAMED, team_id, former, name.strip())
    return Named(team_id, name.strip())


async def create_api_key(
    tx: Tx, actor: Principal, name: str, scopes: Sequence[Permission], expires_at: datetime | None
) -> ApiKeyMade:
    """A key that acts for `actor`. Only a person at a screen makes one: a key must not outlive itself in another."""
    actor.require_session()
    refuse_more_than_own(actor.permissions, frozenset(scopes))
    now = clock.now()
    if expires_at is not None and expires_at <= now:
        raise ExpiryPast
    key_id, secret = new_id(), new_token()
    api_key = await access.add_api_key(
        tx.conn,
        key_id=key_id,
        staff_id=actor.staff_id,
        name=name.strip(),
        secret_hash=token_hash(secret),
        scopes=sorted(set(scopes)),
        now=now,
        expires_at=expires_at,
    )
    after = {"name": api_key.name, "scopes": api_key.scopes, "expires_at": expires_at and expires_at.isoformat()}
    await tx.publish(AccessChanged(by=actor, change=AccessChange.API_KEY_MADE, object_id=key_id, after=after))
    return ApiKeyMade(f"{API_KEY_PREFIX}_{key_id.hex}_{secret}", api_key)


async def revoke_api_key(tx: Tx, actor: Principal, key_id: UUID) -> None:
    name = await access.revoke_api_key(tx.conn, key_id, clock.now())
    if name is None:
        raise NotFound
    before = {"name": name}
    await tx.publish(AccessChanged(by=actor, change=AccessChange.API_KEY_REVOKED, object_id=key_id, before=before))


async def _may_manage(tx: Tx, actor: Principal, staff_id: UUID) -> StaffView:
    """Whoever can change an account can take it over, so it must not hold more than they do. The account as it is."""
    staff = await view_staff(tx, staff_id)
    own = (await roles.reach_of_staff(tx.conn, actor.staff_id)).cut_to(actor.permissions)
    refuse_further_reach(own, await roles.reach_of_staff(tx.conn, staff_id))
    return staff


async def _void_links_of_stronger(tx: Tx, before: StaffView, after: StaffView) -> None:
    """A link made by who held as much as the account then must not open the stronger one."""
    if {*(after.roles or ())} - {*(before.roles or ())} or {*after.memberships} - {*before.memberships}:
        await access.delete_password_links(tx.conn, [after.id])


def _on_record(staff: StaffView) -> dict[str, Any]:
    """What the audit trail keeps of an account: what it confers, not who it is."""
    kept = {"roles": staff.roles, "memberships": staff.memberships, "locale": staff.locale}
    plain: dict[str, Any] = msgspec.to_builtins(kept)
    return plain


async def _named(tx: Tx, actor: Principal, change: AccessChange, object_id: UUID, name: str) -> None:
    await tx.publish(AccessChanged(by=actor, change=change, object_id=object_id, after={"name": name}))


async def _renamed(
    tx: Tx, actor: Principal, change: AccessChange, object_id: UUID, former: str | None, name: str
) -> None:
    if former is None:
        raise NotFound
    if former != name:
        before, after = {"name": former}, {"name": name}
        await tx.publish(AccessChanged(by=actor, change=change, object_id=object_id, before=before, after=after))


async def _may_grant(tx: Tx, actor: Principal, grants: Sequence[RoleGrant]) -> None:
    codes = {grant.role for grant in grants}
    conferred = await roles.permissions_of_roles(tx.conn, sorted(codes))
    if codes - conferred.keys():
        raise ReferenceUnknown
    refuse_more_than_own(actor.everywhere, frozenset().union(*conferred.values()))


async def _keep_an_administrator(tx: Tx) -> None:
    if not await roles.has_administrator(tx.conn):
        raise LastAdministrator
