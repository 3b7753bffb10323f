"""What identity tells the features above."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from yingda.identity.principal import Principal
from yingda.infra.events import Event


class SessionRevoked(Event, frozen=True):
    """A session ended before its time, by log-out or revocation: close its sockets."""

    staff_id: UUID
    session_id: UUID


class StaffDeactivated(Event, frozen=True):
    """A member of staff may no longer sign in: hand their work to others, close all their sockets."""

    staff_id: UUID


class MembershipsChanged(Event, frozen=True):
    """A member of staff belongs to these teams now, and to no other."""

    staff_id: UUID
    team_ids: frozenset[UUID]


class RightsChanged(Event, frozen=True):
    """These members of staff may see or do other things from now on: look anew at whatever was decided before."""

    staff_ids: frozenset[UUID]


class AccessChange(StrEnum):
    """What can be changed of who may come in and do what: the kind of object, and what was done to it."""

    STAFF_INVITED = "staff.invited"
    STAFF_ADMINISTRATOR_MADE = "staff.administrator_made"
    STAFF_CHANGED = "staff.changed"
    STAFF_DEACTIVATED = "staff.deactivated"
    STAFF_REACTIVATED = "staff.reactivated"
    STAFF_LINK_RENEWED = "staff.link_renewed"
    ROLE_MADE = "role.made"
    ROLE_CHANGED = "role.changed"
    ROLE_DELETED = "role.deleted"
    DEPARTMENT_ADDED = "department.added"
    DEPARTMENT_RENAMED = "department.renamed"
    TEAM_ADDED = "team.added"
    TEAM_RENAMED = "team.renamed"
    API_KEY_MADE = "api_key.made"
    API_KEY_REVOKED = "api_key.revoked"


class AccessChanged(Event, frozen=True, kw_only=True):
    """Somebody changed who may come in, or what they may do: for the audit trail, hence published last."""

    by: Principal
    change: AccessChange
    object_id: UUID
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
