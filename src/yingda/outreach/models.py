"""Tables of proactive service: settings, parcels under way, what was found, whom not to bother, what was learnt."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, SmallInteger, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from yingda.infra.tables import Base


class SettingsRow(Base):
    """The one row says what the organisation wants; none: nothing is watched."""

    __tablename__ = "outreach_settings"

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    version: Mapped[int]
    enabled: Mapped[bool]
    settings: Mapped[dict[str, Any]] = mapped_column(JSONB)
    at: Mapped[datetime]
    by_name: Mapped[str] = mapped_column(Text)


class ShopRow(Base):
    """How far a shop's parcels have been read, and what their journeys taught."""

    __tablename__ = "outreach_shops"

    shop: Mapped[str] = mapped_column(Text, primary_key=True)
    since: Mapped[datetime | None]
    after: Mapped[str] = mapped_column(Text, server_default="")
    lists: Mapped[bool | None]
    asked_at: Mapped[datetime | None]
    failing_since: Mapped[datetime | None]
    model: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    journeys: Mapped[int] = mapped_column(server_default="0")
    learned_at: Mapped[datetime | None]


class ParcelRow(Base):
    """A parcel, as it was last heard of; `look_at`: when it is worth a look. `seen_at` empty: known by number only."""

    __tablename__ = "outreach_parcels"
    __table_args__ = (
        Index("ix_outreach_parcels_look", "look_at", postgresql_where=text("look_at IS NOT NULL")),
        Index(
            "ix_outreach_parcels_delivered", "shop", "delivered_at", postgresql_where=text("delivered_at IS NOT NULL")
        ),
        Index("ix_outreach_parcels_under_way", "shop", postgresql_where=text("delivered_at IS NULL")),
    )

    shop: Mapped[str] = mapped_column(Text, primary_key=True)
    tracking_no: Mapped[str] = mapped_column(Text, primary_key=True)
    owner: Mapped[str] = mapped_column(Text)
    order_no: Mapped[str] = mapped_column(Text)
    carrier: Mapped[str] = mapped_column(Text, server_default="")
    lane: Mapped[str] = mapped_column(Text, server_default="")
    purpose: Mapped[str] = mapped_column(Text, server_default="outbound")
    state: Mapped[str] = mapped_column(Text, server_default="created")
    place: Mapped[str] = mapped_column(Text, server_default="")
    collected_at: Mapped[datetime | None]
    moved_at: Mapped[datetime | None]
    promised_until: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    look_at: Mapped[datetime | None]


class FindingRow(Base):
    """Something wrong with a parcel; `act_at`: when there is something to do about it."""

    __tablename__ = "outreach_findings"
    __table_args__ = (
        Index("ix_outreach_findings_act", "act_at", postgresql_where=text("act_at IS NOT NULL")),
        Index("ix_outreach_findings_basis", "shop", "tracking_no", "rule", "basis_at", unique=True),
        Index(
            "ix_outreach_findings_open",
            "shop",
            "tracking_no",
            unique=True,
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index("ix_outreach_findings_owner", "shop", "owner", postgresql_where=text("closed_at IS NULL")),
        Index("ix_outreach_findings_found", "found_at", "id"),
        Index("ix_outreach_findings_conversation", "conversation_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    shop: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(Text)
    order_no: Mapped[str] = mapped_column(Text)
    tracking_no: Mapped[str] = mapped_column(Text)
    rule: Mapped[str] = mapped_column(Text)
    purpose: Mapped[str] = mapped_column(Text)
    basis_at: Mapped[datetime]
    evidence: Mapped[dict[str, Any]] = mapped_column(JSONB)
    found_at: Mapped[datetime]
    act_at: Mapped[datetime | None]
    held: Mapped[str | None] = mapped_column(Text)
    held_until: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
    told_text: Mapped[str | None] = mapped_column(Text)
    conversation_id: Mapped[UUID | None] = mapped_column(ForeignKey("conversations.id", ondelete="SET NULL"))
    noted_at: Mapped[datetime | None]
    ticket_id: Mapped[UUID | None] = mapped_column(ForeignKey("tickets.id", ondelete="SET NULL"))
    ticket_no: Mapped[str | None] = mapped_column(Text)
    followed_at: Mapped[datetime | None]
    follow_ups: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    moved_at: Mapped[datetime | None]
    closing_at: Mapped[datetime | None]
    closing_text: Mapped[str | None] = mapped_column(Text)
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(Text)
    truth: Mapped[str | None] = mapped_column(Text)


class ContactRow(Base):
    """How a shop's customer may be told things unasked. Locked while they are: two processes tell them once."""

    __tablename__ = "outreach_contacts"

    shop: Mapped[str] = mapped_column(Text, primary_key=True)
    owner: Mapped[str] = mapped_column(Text, primary_key=True)
    opted_out_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
