"""The table that serves, as one process knows it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
import structlog

from yingda.conversations import beginnings_of
from yingda.customers import segments_of
from yingda.infra.database import DATABASE_DOWN, Connection, Database, Tx
from yingda.kit.clock import now
from yingda.routing.levels import working_hours
from yingda.routing.triage import repository
from yingda.routing.triage.rules import Need, Triage
from yingda.routing.triage.schemas import RuleVersion, RuleVersionHead
from yingda.routing.triage.shipped import missing_safety, shipped_table
from yingda.routing.triage.table import Decision, Facts, Kept
from yingda.tickets import has_undone

logger = structlog.get_logger(__name__)

#: How long a publication may stay unnoticed.
_LOOK_SECONDS = 2
#: Conditions look back no further.
CONTACT_DAYS = 90

OrderCents = Callable[[], Awaitable[int | None]]


class Subject(msgspec.Struct, frozen=True):
    """Who asks, since when in this conversation, and how to learn what the order in question cost."""

    customer_id: UUID
    began: datetime
    order_cents: OrderCents


class LiveTriage:
    """Decides turns by the version published last; notices within two seconds what other processes publish."""

    def __init__(self, db: Database, version: RuleVersion) -> None:
        self._db = db
        self.triage = Triage(version.table, version.head.number)

    @classmethod
    async def open(cls, db: Database) -> "LiveTriage":
        """With the shipped table as version 1, where nothing has ever been published."""
        async with db.transaction() as tx:
            version = await _latest(tx)
        if missing := missing_safety(version.table.rules):
            logger.warning("rules that keep people from harm ship and are not in force", rules=missing)
        return cls(db, version)

    async def refresh(self) -> None:
        """Take what is published. A table that this version of the product cannot read leaves the present one."""
        async with self._db.reading() as conn:
            if await repository.latest_number(conn) == self.triage.version:
                return
            try:
                version = await repository.latest(conn)
            except msgspec.DecodeError:
                logger.exception("a published triage table cannot be read")
                return
        if version:
            self.triage = Triage(version.table, version.head.number)

    async def follow(self) -> None:
        """Refresh until cancelled."""
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            try:
                await self.refresh()
            except DATABASE_DOWN:
                logger.warning("triage could not look for a new version")

    async def decide(self, facts: Facts, subject: Subject) -> Kept:
        """Look up what a rule that is reached asks for, and decide."""
        triage = self.triage
        if needed := triage.needs(facts):
            facts = await self._completed(facts, needed, subject)
        return kept(triage.decide(facts), facts)

    async def _completed(self, facts: Facts, needed: frozenset[Need], subject: Subject) -> Facts:
        order = await subject.order_cents() if Need.ORDER in needed else None
        if needed == {Need.ORDER}:
            return msgspec.structs.replace(facts, order_cents=order)
        who = subject.customer_id
        async with self._db.reading() as conn:
            segment = (await segments_of(conn, [who])).get(who) if Need.SEGMENT in needed else None
            contacts = await _contacts(conn, subject, facts.at) if Need.CONTACTS in needed else None
            pending = await has_undone(conn, who) if Need.TICKET in needed else None
            hours = await working_hours(conn) if Need.HOURS in needed else None
        return msgspec.structs.replace(
            facts, order_cents=order, segment=segment, contacts=contacts, open_ticket=pending, hours=hours
        )


def kept(decision: Decision, facts: Facts) -> Kept:
    return Kept(
        decision=decision,
        misunderstood=facts.misunderstood,
        reopened=facts.reopened,
        segment=facts.segment,
        contacts=facts.contacts,
        order_cents=facts.order_cents,
        open_ticket=facts.open_ticket,
    )


async def _contacts(conn: Connection, subject: Subject, at: datetime) -> tuple[datetime, ...]:
    began = await beginnings_of(conn, [subject.customer_id], at - timedelta(days=CONTACT_DAYS))
    return tuple(sorted(one for one in began.get(subject.customer_id, ()) if one < subject.began))


async def _latest(tx: Tx) -> RuleVersion:
    found = await repository.latest(tx.conn)
    if found:
        return found
    table = shipped_table()
    head = RuleVersionHead(
        number=1, why="出厂规则", restores=None, author_name="", published_at=now(), rules=len(table.rules)
    )
    first = RuleVersion(head, table)
    return (
        first
        if await repository.add_version(tx.conn, first, table.rules, None)
        else await repository.latest(tx.conn) or first
    )
