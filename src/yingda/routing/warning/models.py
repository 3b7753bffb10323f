"""Tables of early warning: taught models, what is flagged now, and what was known when."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Double, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from yingda.infra.tables import Base


class ModelRow(Base):
    """A taught model; of a kind of items the one with the highest version serves."""

    __tablename__ = "routing_warning_models"

    item_kind: Mapped[str] = mapped_column(Text, primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    model: Mapped[dict[str, Any]] = mapped_column(JSONB)
    at: Mapped[datetime]


class WarningRow(Base):
    """A conversation or a ticket that is flagged now."""

    __tablename__ = "routing_warnings"

    item_kind: Mapped[str] = mapped_column(Text, primary_key=True)
    item_id: Mapped[UUID] = mapped_column(primary_key=True)
    probability: Mapped[float]
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    since: Mapped[datetime]


class SampleRow(Base):
    """What was known of an item at a moment: a handful of rows each, to teach from and to measure by."""

    __tablename__ = "routing_warning_samples"
    __table_args__ = (Index("ix_routing_warning_samples_at", "at"),)

    item_kind: Mapped[str] = mapped_column(Text, primary_key=True)
    item_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    features: Mapped[list[float]] = mapped_column(ARRAY(Double))
    probability: Mapped[float]
    flagged: Mapped[bool]
    bad_at: Mapped[datetime | None]
    ended: Mapped[bool] = mapped_column(server_default=text("false"))
