"""What identity tells the features above."""

from uuid import UUID

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
