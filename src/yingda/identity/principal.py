"""Who is asking, and what they may do: all that an endpoint needs to know of a member of staff."""

from collections.abc import Mapping
from typing import Literal, TypeAlias
from uuid import UUID

import msgspec
from litestar.di import NamedDependency

from yingda.identity.permissions import Permission
from yingda.kit.errors import Forbidden


class Principal(msgspec.Struct, frozen=True, kw_only=True):
    """A member of staff as seen by one request, signed in by a session or acting through an API key.

    `permissions` holds everything they may do somewhere; `limited_to` says for which teams, where a permission was
    granted for certain teams only. Ask `teams_for` before showing or changing what belongs to a team. `via`: how they
    came in; "setup" is the link of the first start.
    """

    staff_id: UUID
    display_name: str
    permissions: frozenset[Permission]
    department_ids: frozenset[UUID] = frozenset()
    team_ids: frozenset[UUID] = frozenset()
    limited_to: Mapping[Permission, frozenset[UUID]] = msgspec.field(default_factory=dict)
    via: Literal["session", "api_key", "command", "setup"] = "session"
    session_id: UUID | None = None
    api_key_id: UUID | None = None

    def may(self, permission: Permission) -> bool:
        """Whether `permission` was granted, be it for one team only."""
        return permission in self.permissions

    def require(self, permission: Permission) -> None:
        """Raise `Forbidden` unless `permission` was granted."""
        if permission not in self.permissions:
            raise Forbidden

    @property
    def everywhere(self) -> frozenset[Permission]:
        """What was granted without a limit to certain teams: no more than that can be handed on."""
        return self.permissions - self.limited_to.keys()

    def teams_for(self, permission: Permission) -> frozenset[UUID] | None:
        """The teams whose matters `permission` covers; None: all, and what belongs to no team.

        "Read the team's conversations" covers one's own teams wherever it was granted without a limit.
        """
        if permission not in self.permissions:
            return frozenset()
        if permission in self.limited_to:
            return self.limited_to[permission]
        return self.team_ids if permission is Permission.CONVERSATIONS_READ_TEAM else None

    def require_session(self) -> UUID:
        """The session's id; an API key may not do what only a person in front of a screen should."""
        if self.session_id is None:
            raise Forbidden
        return self.session_id


Caller: TypeAlias = NamedDependency[Principal]
