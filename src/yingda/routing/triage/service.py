"""Versions, the draft, dry runs: load, decide, save."""

from collections.abc import Collection, Sequence
from uuid import UUID

import msgspec

from yingda.conversations import all_labels, texts_of, visibility_of
from yingda.customers import Segment
from yingda.identity import Principal, teams_by_name
from yingda.infra.database import Connection, Tx
from yingda.infra.jobs import Jobs
from yingda.kit.clock import now
from yingda.kit.ids import new_id
from yingda.kit.redaction import redact
from yingda.language import Understanding, intents
from yingda.privacy import AuditObject, audit
from yingda.routing.dispatch import all_skills
from yingda.routing.levels import WorkingHours
from yingda.routing.triage import repository
from yingda.routing.triage.errors import (
    DraftChanged,
    NoDraft,
    PublishedMeanwhile,
    RunNotFound,
    RunOver,
    RunUnderWay,
    TableFaulty,
    VersionNotFound,
)
from yingda.routing.triage.rules import Triage
from yingda.routing.triage.schemas import (
    CheckedDraft,
    DryRun,
    PublishDraft,
    Restore,
    RuleDraft,
    RuleVersion,
    RuleVersionHead,
    RunOutcome,
    RunState,
    SaveDraft,
    ShownDifference,
    ShownRun,
    StartRun,
    Tried,
    Try,
)
from yingda.routing.triage.table import Facts, RuleTable, TriageRule
from yingda.routing.triage.tasks import DRY_RUN, TryDraft
from yingda.routing.triage.validation import Known, blocking, findings

_EXCERPT = 80


async def version(conn: Connection, number: int) -> RuleVersion:
    """Raises `VersionNotFound`."""
    found = await repository.version(conn, number)
    if found is None:
        raise VersionNotFound
    return found


async def live_version(conn: Connection) -> RuleVersion:
    return await version(conn, await repository.latest_number(conn))


async def draft(conn: Connection) -> RuleDraft:
    """What is being worked on, else the table that serves as revision 0."""
    found = await repository.draft(conn)
    if found:
        return found
    live = await live_version(conn)
    return RuleDraft(revision=0, based_on=live.head.number, table=live.table)


async def checked(conn: Connection, draft: RuleDraft, shops: Collection[str]) -> CheckedDraft:
    return CheckedDraft(draft, findings(draft.table, await _known(conn, shops)))


async def save_draft(tx: Tx, principal: Principal, wanted: SaveDraft) -> RuleDraft:
    """Raises `DraftChanged`."""
    return await keep_draft(tx, principal, wanted, await repository.base(tx.conn))


async def keep_draft(tx: Tx, principal: Principal, wanted: SaveDraft, base: Sequence[TriageRule]) -> RuleDraft:
    """As made from these shipped rules. Raises `DraftChanged`."""
    present = await draft(tx.conn)
    saved = RuleDraft(
        revision=wanted.revision + 1,
        based_on=present.based_on,
        table=wanted.table,
        author_name=principal.display_name,
        changed_at=now(),
    )
    if not await repository.save_draft(tx.conn, saved, base, principal):
        raise DraftChanged(name=present.author_name or "")
    return saved


async def drop_draft(tx: Tx) -> None:
    await repository.drop_draft(tx.conn)


async def publish(tx: Tx, principal: Principal, wanted: PublishDraft, shops: Collection[str]) -> RuleVersionHead:
    """Let the draft serve. Raises `NoDraft`, `DraftChanged`, `TableFaulty`, `PublishedMeanwhile`."""
    present = await repository.draft(tx.conn, lock=True)
    if present is None:
        raise NoDraft
    if present.revision != wanted.revision:
        raise DraftChanged(name=present.author_name or "")
    if wrong := blocking(findings(present.table, await _known(tx.conn, shops))):
        raise TableFaulty(count=len(wrong), first=wrong[0].zh)
    base = await repository.base(tx.conn)
    await repository.drop_draft(tx.conn)
    return await _serve(tx, principal, present.table, base, wanted.why)


async def restore(tx: Tx, principal: Principal, number: int, wanted: Restore) -> RuleVersionHead:
    """Let an earlier version serve again, under a number of its own. Raises `VersionNotFound`."""
    table, base = (await version(tx.conn, number)).table, await repository.base_of(tx.conn, number)
    return await _serve(tx, principal, table, base, wanted.why, restores=number)


async def _serve(
    tx: Tx,
    principal: Principal,
    table: RuleTable,
    base: Sequence[TriageRule],
    why: str,
    restores: int | None = None,
) -> RuleVersionHead:
    before = await live_version(tx.conn)
    head = RuleVersionHead(
        number=before.head.number + 1,
        why=why.strip(),
        restores=restores,
        author_name=principal.display_name,
        published_at=now(),
        rules=len(table.rules),
    )
    if not await repository.add_version(tx.conn, RuleVersion(head, table), base, principal.staff_id):
        raise PublishedMeanwhile
    action = "triage.restore" if restores else "triage.publish"
    await audit(
        tx,
        principal,
        action,
        AuditObject("triage", str(head.number)),
        reason=redact(head.why),
        before={"version": before.head.number},
        after={"version": head.number, "restores": restores, "changed_rules": _changed(before.table, table)},
    )
    return head


def _changed(before: RuleTable, after: RuleTable) -> list[str]:
    """The ids of rules that were added, removed, altered or moved."""
    old = {rule.id: (place, rule) for place, rule in enumerate(before.rules)}
    new = {rule.id: (place, rule) for place, rule in enumerate(after.rules)}
    return sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))


async def _known(conn: Connection, shops: Collection[str]) -> Known:
    labels = await all_labels(conn)
    return Known(
        intents=frozenset(intents()),
        team_ids=frozenset((await teams_by_name(conn)).values()),
        label_ids=frozenset(label.id for label in labels if not label.archived),
        shops=frozenset(shops),
        skills=frozenset(skill.code for skill in await all_skills(conn)),
    )


def tried(live: Triage, draft: RuleTable, wanted: Try, read: Understanding, hours: WorkingHours) -> Tried:
    """What both tables decide about a message that was read like this."""
    moment = now()
    facts = Facts(
        text=wanted.text,
        intent=read.intent,
        confidence=read.confidence,
        out_of_scope=read.out_of_scope,
        emotion=read.emotion,
        sentiment=read.sentiment,
        urgency=read.urgency,
        channel=wanted.channel,
        shop=wanted.shop,
        at=moment,
        misunderstood=wanted.misunderstood,
        reopened=wanted.reopened,
        segment=Segment(wanted.segment),
        contacts=(moment,) * wanted.contacts,
        order_cents=None if wanted.order_yuan is None else round(wanted.order_yuan * 100),
        open_ticket=wanted.open_ticket,
        hours=hours,
    )
    return Tried(
        intent=read.intent,
        confidence=read.confidence,
        out_of_scope=read.out_of_scope,
        emotion=read.emotion.value,
        urgency=read.urgency,
        live=live.decide(facts),
        draft=Triage(draft, 0).decide(facts),
    )


async def start_run(tx: Tx, jobs: Jobs, principal: Principal, wanted: StartRun) -> DryRun:
    """Try the draft on the past, in a worker. Raises `NoDraft`, `RunUnderWay`."""
    present = await repository.draft(tx.conn)
    if present is None:
        raise NoDraft
    run = DryRun(
        id=new_id(),
        state=RunState.QUEUED,
        share=0.0,
        days=wanted.days,
        revision=present.revision,
        against=await repository.latest_number(tx.conn),
        author_name=principal.display_name,
        created_at=now(),
        finished_at=None,
        outcome=RunOutcome(differences=()),
    )
    if not await repository.add_run(tx.conn, run, present.table, principal.staff_id):
        raise RunUnderWay
    await jobs.enqueue(tx.conn, DRY_RUN, TryDraft(run.id))
    tx.after_commit(jobs.wake)
    return run


async def run(conn: Connection, run_id: UUID) -> DryRun:
    """Raises `RunNotFound`."""
    found = await repository.run(conn, run_id)
    if found is None:
        raise RunNotFound
    return found


async def cancel_run(tx: Tx, run_id: UUID) -> DryRun:
    """The worker notices with its next page. Raises `RunNotFound`, `RunOver`."""
    await run(tx.conn, run_id)
    if not await repository.finish_run(tx.conn, run_id, RunState.CANCELLED, now()):
        raise RunOver
    return await run(tx.conn, run_id)


async def shown(conn: Connection, principal: Principal, run: DryRun) -> ShownRun:
    """With the messages that this person may see."""
    differences = run.outcome.differences
    texts = await texts_of(conn, [(one.conversation_id, one.seq) for one in differences], visibility_of(principal))
    listed = [
        ShownDifference(one, redact(found.text)[:_EXCERPT], found.at)
        for one in differences
        if (found := texts.get((one.conversation_id, one.seq)))
    ]
    bare = msgspec.structs.replace(run.outcome, differences=())
    return ShownRun(msgspec.structs.replace(run, outcome=bare), listed)
