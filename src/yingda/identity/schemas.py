"""What the HTTP interface of identity takes and gives. Personal data only where the reader needs it."""

from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from yingda.identity.permissions import Permission
from yingda.kit.errors import Locale

LoginName = Annotated[str, Meta(min_length=1, max_length=200)]
Password = Annotated[str, Meta(min_length=1, max_length=200)]
Name = Annotated[str, Meta(max_length=60, pattern=r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$")]
Description = Annotated[str, Meta(max_length=300, pattern=r"^[^\x00-\x1f\x7f]*$")]
Token = Annotated[str, Meta(min_length=1, max_length=200)]
CODE: Final = r"^[a-z][a-z0-9_]{1,39}$"
Code = Annotated[str, Meta(pattern=CODE)]
Moment = Annotated[datetime, Meta(tz=True)]


class Body(Struct, forbid_unknown_fields=True, kw_only=True, frozen=True):
    """Base of all request bodies: a misspelt field is an error, not silence."""


class LoginBody(Body, frozen=True):
    login: LoginName
    password: Password


class PasswordBody(Body, frozen=True):
    current_password: Password
    new_password: Password


class InvitationBody(Body, frozen=True):
    token: Token
    password: Password


class InvitationToken(Body, frozen=True):
    token: Token


class SetupBody(Body, frozen=True):
    token: Token
    login: LoginName
    display_name: Name
    password: Password


class RoleGrant(Body, frozen=True):
    """A role, everywhere, or limited to one department's teams or to one team."""

    role: Code
    department_id: UUID | None = None
    team_id: UUID | None = None


class MembershipEntry(Body, frozen=True):
    department_id: UUID
    team_id: UUID | None = None


Roles = Annotated[list[RoleGrant], Meta(max_length=20)]
Memberships = Annotated[list[MembershipEntry], Meta(max_length=50)]


class StaffBody(Body, frozen=True, kw_only=True):
    login: LoginName
    display_name: Name
    locale: Locale = "zh"
    roles: Roles
    memberships: Memberships = []


class StaffChange(Body, frozen=True):
    display_name: Name | UnsetType = UNSET
    locale: Locale | UnsetType = UNSET
    roles: Roles | UnsetType = UNSET
    memberships: Memberships | UnsetType = UNSET


Permissions = Annotated[list[Permission], Meta(min_length=1, max_length=len(Permission))]


class RoleBody(Body, frozen=True, kw_only=True):
    name: Name
    description: Description = ""
    permissions: Permissions


class RoleChange(Body, frozen=True, kw_only=True):
    """`version`: the one that was changed; of another nothing is kept."""

    version: int
    name: Name | UnsetType = UNSET
    description: Description | UnsetType = UNSET
    permissions: Permissions | UnsetType = UNSET


class DepartmentBody(Body, frozen=True):
    code: Code
    name: Name


class TeamBody(Body, frozen=True):
    name: Name


class Renaming(Body, frozen=True):
    name: Name


class StaffFilter(Struct, frozen=True, kw_only=True):
    """Which colleagues are meant. `words` are looked for in names and, with `by_login`, in login names."""

    active: bool | None = None
    invited: bool | None = None
    words: str = ""
    by_login: bool = False
    department_id: UUID | None = None
    team_id: UUID | None = None
    role: str | None = None


class ApiKeyBody(Body, frozen=True):
    name: Name
    scopes: Permissions
    expires_at: Moment | None = None


class Named(Struct, frozen=True):
    id: UUID
    name: str


class OwnCard(Struct, frozen=True, kw_only=True):
    id: UUID
    login: str
    display_name: str
    locale: Locale
    demo: bool
    departments: list[Named]
    teams: list[Named]


class Me(Struct, frozen=True, kw_only=True):
    """Who is signed in. `limited_to` names the teams where a permission was granted for these only."""

    staff: OwnCard
    permissions: list[Permission]
    limited_to: dict[Permission, list[UUID]]
    csrf_token: str | None


class SessionView(Struct, frozen=True, kw_only=True):
    id: UUID
    current: bool
    user_agent: str
    address: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime


class StaffView(Struct, frozen=True, kw_only=True):
    """A colleague. Login name and roles are null for readers who do not manage staff."""

    id: UUID
    display_name: str
    active: bool
    demo: bool
    memberships: list[MembershipEntry]
    login: str | None = None
    locale: Locale | None = None
    invited: bool | None = None
    roles: list[RoleGrant] | None = None


class Invitation(Struct, frozen=True):
    """The link's token is shown this once. Who holds it sets the password of the account."""

    token: str
    expires_at: datetime


class InvitedCard(Struct, frozen=True):
    """Whose password a link sets: for whoever holds the link."""

    login: str
    display_name: str
    locale: Locale
    expires_at: datetime


class StaffInvited(Struct, frozen=True):
    staff: StaffView
    invitation: Invitation


class DepartmentView(Struct, frozen=True):
    id: UUID
    code: str
    name: str
    teams: list[Named]


class RoleView(Struct, frozen=True, kw_only=True):
    """`code` stays, whatever the role is called. `holders`: how many hold it, deactivated colleagues included; null for
    readers who do not manage staff."""

    id: UUID
    code: str
    name: str
    description: str
    permissions: list[str]
    builtin: bool
    holders: int | None
    version: int


class ApiKeyView(Struct, frozen=True, kw_only=True):
    id: UUID
    name: str
    scopes: list[str]
    created_by: str
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None


class ApiKeyMade(Struct, frozen=True):
    """The key itself is shown this once; only its hash is kept."""

    key: str
    api_key: ApiKeyView
