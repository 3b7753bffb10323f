"""Tries a draft on past messages: what would have been decided otherwise."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import msgspec
import structlog

from yingda.conversations import (
    PastConversation,
    UnderstoodMessage,
    beginnings_of,
    count_past,
    past_turns,
)
from yingda.customers import segments_of
from yingda.infra.database import DATABASE_DOWN, Connection, Database
from yingda.infra.jobs import Jobs
from yingda.kit.clock import now
from yingda.language import Emotion, RankedIntent
from yingda.routing.levels import WorkingHours, working_hours
from yingda.routing.triage import repository, service
from yingda.routing.triage.live import CONTACT_DAYS
from yingda.routing.triage.rules import Need, Triage, unasked
from yingda.routing.triage.schemas import Difference, DryRun, RunOutcome, RunState
from yingda.routing.triage.table import Answerer, Decision, Facts, Kept
from yingda.routing.triage.tasks import DRY_RUN, TryDraft

logger = structlog.get_logger(__name__)

#: Conversations looked through between two reports of progress.
_PAGE = 100
#: So many differences are listed; all are counted.
LISTED = 200


class _Read(msgspec.Struct):
    """The part of a stored understanding that rules look at."""

    intents: tuple[RankedIntent, ...]
    out_of_scope: float = 0.0
    emotion: Emotion = Emotion.CALM
    sentiment: float = 0.0
    urgency: int = 0
    triage: Kept | None = None


class Trial:
    """One a process; a run bears being begun again."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def handle(self, jobs: Jobs) -> None:
        jobs.handle(DRY_RUN, self.run)

    async def run(self, job: TryDraft) -> None:
        try:
            await self._run(job.run_id)
        except DATABASE_DOWN:
            raise
        except Exception:
            logger.exception("a dry run failed", run_id=str(job.run_id))
            await self._finish(job.run_id, RunState.FAILED)

    async def _run(self, run_id: UUID) -> None:
        async with self._db.reading() as conn:
            run = await service.run(conn, run_id)
            live = Triage((await service.version(conn, run.against)).table, run.against)
            draft = Triage(await repository.table_on_trial(conn, run_id), 0)
        if await self._pages(run, live, draft):
            await self._finish(run_id, RunState.DONE)

    async def _pages(self, run: DryRun, live: Triage, draft: Triage) -> bool:
        """Page by page; False as soon as the run is over."""
        since = run.created_at - timedelta(days=run.days)
        outcome, last, done = RunOutcome(differences=()), None, 0
        async with self._db.reading() as conn:
            total = await count_past(conn, since)
        while True:
            async with self._db.transaction() as tx:
                page, turns = await past_turns(tx.conn, since, last, _PAGE)
                outcome = compared(outcome, await _facts(tx.conn, page, turns), live, draft)
                done += len(page)
                if not await repository.tell_progress(tx.conn, run.id, min(1.0, done / max(total, 1)), outcome):
                    return False
            if len(page) < _PAGE:
                return True
            last = page[-1]

    async def _finish(self, run_id: UUID, state: RunState) -> None:
        async with self._db.transaction() as tx:
            await repository.finish_run(tx.conn, run_id, state, now())


Turn = tuple[UnderstoodMessage, Facts]


def compared(outcome: RunOutcome, turns: Sequence[Turn], live: Triage, draft: Triage) -> RunOutcome:
    """The outcome with these turns counted in."""
    counts = {name: getattr(outcome, name) for name in RunOutcome.__struct_fields__ if name != "differences"}
    differences = list(outcome.differences)
    for message, facts in turns:
        before, after = live.decide(facts), draft.decide(facts)
        counts["messages"] += 1
        counts["incomplete"] += _lacks(facts, live.needs(facts) | draft.needs(facts))
        if _bare(before) == _bare(after):
            continue
        counts["changed"] += 1
        counts["to_person"] += after.answerer.human and not before.answerer.human
        counts["to_assistant"] += before.answerer.human and not after.answerer.human
        counts["level_up"] += after.level > before.level
        counts["level_down"] += after.level < before.level
        if len(differences) < LISTED:
            differences.append(Difference(message.conversation_id, message.seq, before, after))
    return RunOutcome(**counts, differences=tuple(differences))


def _bare(decision: Decision) -> Decision:
    """What a decision brings about, whichever rules led to it."""
    return msgspec.structs.replace(decision, version=0, matched=())


def _lacks(facts: Facts, needed: frozenset[Need]) -> bool:
    known: dict[Need, object] = {
        Need.SEGMENT: facts.segment,
        Need.CONTACTS: facts.contacts,
        Need.ORDER: facts.order_cents,
        Need.TICKET: facts.open_ticket,
        Need.HOURS: facts.hours,
    }
    return any(known[need] is None for need in needed)


async def _facts(conn: Connection, page: Sequence[PastConversation], turns: Sequence[UnderstoodMessage]) -> list[Turn]:
    """As it was then, where that was kept; else by what is known now, calendars included."""
    if not page:
        return []
    who = list({one.customer_id for one in page})
    segments = await segments_of(conn, who)
    began = await beginnings_of(conn, who, min(one.created_at for one in page) - timedelta(days=CONTACT_DAYS))
    places, hours = {one.id: one for one in page}, await working_hours(conn)
    found = []
    for message in turns:
        place = places[message.conversation_id]
        now_known = Kept(
            decision=unasked(Answerer.ASSISTANT, "", "", ""),
            segment=segments.get(place.customer_id),
            contacts=tuple(at for at in began.get(place.customer_id, ()) if at < place.created_at),
        )
        found.append((message, _fact(message, place, now_known, hours)))
    return found


def _fact(message: UnderstoodMessage, place: PastConversation, present: Kept, hours: WorkingHours) -> Facts:
    read = msgspec.json.decode(message.understanding, type=_Read)
    then = read.triage or present
    best = read.intents[0]
    return Facts(
        text=message.text,
        intent=best.name,
        confidence=best.confidence,
        out_of_scope=read.out_of_scope,
        emotion=read.emotion,
        sentiment=read.sentiment,
        urgency=read.urgency,
        channel=place.channel,
        shop=place.shop,
        at=message.created_at,
        misunderstood=then.misunderstood,
        reopened=then.reopened,
        segment=then.segment or present.segment,
        contacts=present.contacts if then.contacts is None else then.contacts,
        order_cents=then.order_cents,
        open_ticket=then.open_ticket,
        hours=hours,
    )
