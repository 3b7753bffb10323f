"""Tables of staff, roles and everything that lets somebody in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from yingda.infra.tables import Base


class Staff(Base):
    """A person who works here. Nobody is deleted: what they did stays theirs; they are deactivated."""

    __tablename__ = "staff"
    __table_args__ = (CheckConstraint("locale IN ('zh', 'en')", name="locale"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(Text, unique=True)
    display_name: Mapped[str] = mapped_column(Text)
    password_hash: Mapped[str | None] = mapped_column(Text)
    active: Mapped[bool]
    locale: Mapped[str] = mapped_column(Text)
    demo: Mapped[bool]
    created_at: Mapped[datetime]


class Department(Base):
    __tablename__ = "departments"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)


class Team(Base):
    __tablename__ = "teams"
    __table_args__ = (
        UniqueConstraint("department_id", "name"),
        UniqueConstraint("id", "department_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    department_id: Mapped[UUID] = mapped_column(ForeignKey("departments.id"))
    name: Mapped[str] = mapped_column(Text)


class Membership(Base):
    """Somebody belongs to a department and, where `team_id` is set, to a team of it."""

    __tablename__ = "memberships"
    __table_args__ = (
        ForeignKeyConstraint(["team_id", "department_id"], ["teams.id", "teams.department_id"]),
        UniqueConstraint("staff_id", "department_id", "team_id", postgresql_nulls_not_distinct=True),
        Index(None, "team_id"),
        Index(None, "department_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    department_id: Mapped[UUID] = mapped_column(ForeignKey("departments.id"))
    team_id: Mapped[UUID | None]


class Role(Base):
    """What is conferred together. Those that the product brings along follow its version; others are made here."""

    __tablename__ = "roles"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text, server_default="")
    permissions: Mapped[list[str]] = mapped_column(ARRAY(Text))
    builtin: Mapped[bool]
    version: Mapped[int] = mapped_column(server_default="1")


class RoleAssignment(Base):
    """A role that somebody holds: everywhere, or only for one department's teams, or for one team."""

    __tablename__ = "role_assignments"
    __table_args__ = (
        UniqueConstraint("staff_id", "role_id", "department_id", "team_id", postgresql_nulls_not_distinct=True),
        CheckConstraint("department_id IS NULL OR team_id IS NULL", name="one_limit"),
        Index(None, "role_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    role_id: Mapped[UUID] = mapped_column(ForeignKey("roles.id"))
    department_id: Mapped[UUID | None] = mapped_column(ForeignKey("departments.id"))
    team_id: Mapped[UUID | None] = mapped_column(ForeignKey("teams.id"))


class StaffSession(Base):
    """A signed-in browser. Only the hash of its token is kept: a stolen table opens no door."""

    __tablename__ = "staff_sessions"
    __table_args__ = (Index(None, "staff_id"), Index(None, "expires_at"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    user_agent: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class ApiKey(Base):
    """A program's way in, on behalf of the person who made it: it can never do more than they can today."""

    __tablename__ = "api_keys"
    __table_args__ = (Index(None, "staff_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    name: Mapped[str] = mapped_column(Text)
    secret_hash: Mapped[bytes]
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class OneTimeLink(Base):
    """A link that works once: for the first administrator (`staff_id` null), or to set somebody's password."""

    __tablename__ = "one_time_links"
    __table_args__ = (Index(None, "staff_id"),)

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    expires_at: Mapped[datetime]


class LoginThrottle(Base):
    """Failed attempts in one bucket (an account, an address, a known device), shared by all nodes."""

    __tablename__ = "login_throttles"
    __table_args__ = (Index(None, "updated_at"),)

    bucket: Mapped[str] = mapped_column(Text, primary_key=True)
    failures: Mapped[int]
    blocked_until: Mapped[datetime]
    updated_at: Mapped[datetime]
