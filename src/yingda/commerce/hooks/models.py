"""The table of webhooks that came in."""

from datetime import datetime

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from yingda.infra.tables import Base


class HookDeliveryRow(Base):
    """Only that it came: the same again is not published twice. Kept longer than a signature is accepted."""

    __tablename__ = "hook_deliveries"
    __table_args__ = (Index("ix_hook_deliveries_at", "at"),)

    shop: Mapped[str] = mapped_column(Text, primary_key=True)
    delivery: Mapped[str] = mapped_column(Text, primary_key=True)
    at: Mapped[datetime]
