"""The tables of the beauty graph. What ships is put in at start; a row that somebody edited stays as it is."""

from sqlalchemy import ARRAY, Boolean, CheckConstraint, ForeignKey, Index, Integer, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from yingda.infra.tables import Base

_NOT_EDITED = text("false")


class BeautySourceRow(Base):
    __tablename__ = "beauty_sources"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    publisher: Mapped[str] = mapped_column(Text)
    year: Mapped[int] = mapped_column(Integer)
    edited: Mapped[bool] = mapped_column(Boolean, server_default=_NOT_EDITED)


class BeautyNodeRow(Base):
    """`position`: the order of the files, in which answers list what they find."""

    __tablename__ = "beauty_nodes"
    __table_args__ = (UniqueConstraint("kind", "name", name="uq_beauty_nodes_kind_name"),)

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    position: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    inci: Mapped[str] = mapped_column(Text)
    aliases: Mapped[list[str]] = mapped_column(ARRAY(Text))
    groups: Mapped[list[str]] = mapped_column(ARRAY(Text))
    what: Mapped[str] = mapped_column(Text)
    step: Mapped[int] = mapped_column(Integer)
    status: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    edited: Mapped[bool] = mapped_column(Boolean, server_default=_NOT_EDITED)


class BeautyFactRow(Base):
    """No fact without a source."""

    __tablename__ = "beauty_facts"
    __table_args__ = (
        UniqueConstraint("subject", "aspect", "value", "text", name="uq_beauty_facts_claim"),
        CheckConstraint("text <> ''", name="text"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    position: Mapped[int] = mapped_column(Integer)
    subject: Mapped[str] = mapped_column(Text)
    aspect: Mapped[str] = mapped_column(Text)
    value: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    evidence: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(ForeignKey("beauty_sources.id"))
    edited: Mapped[bool] = mapped_column(Boolean, server_default=_NOT_EDITED)


class BeautyRelationRow(Base):
    __tablename__ = "beauty_relations"
    __table_args__ = (
        UniqueConstraint("first", "link", "second", name="uq_beauty_relations_claim"),
        CheckConstraint("reason <> ''", name="reason"),
        Index("ix_beauty_relations_second", "second"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    position: Mapped[int] = mapped_column(Integer)
    first: Mapped[str] = mapped_column(Text)
    link: Mapped[str] = mapped_column(Text)
    second: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    evidence: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(ForeignKey("beauty_sources.id"))
    edited: Mapped[bool] = mapped_column(Boolean, server_default=_NOT_EDITED)


class BeautyImportRow(Base):
    """The last edition of the shipped files that was put in."""

    __tablename__ = "beauty_import"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    edition: Mapped[str] = mapped_column(Text)
