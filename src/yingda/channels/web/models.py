"""The web channel's table: one row a shop whose pages carry the widget."""

from sqlalchemy import Text, text
from sqlalchemy.orm import Mapped, mapped_column

from yingda.infra.tables import Base


class WebInboxRow(Base):
    """How a shop's widget presents itself, and the secret with which the shop signs its customers' ids."""

    __tablename__ = "web_inboxes"

    shop: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    greeting_zh: Mapped[str] = mapped_column(Text)
    greeting_en: Mapped[str] = mapped_column(Text)
    color: Mapped[str] = mapped_column(Text, server_default="#b0476b")
    identity_secret: Mapped[str] = mapped_column(Text)
    demo: Mapped[bool] = mapped_column(server_default=text("false"))
