"""The review: load, decide, save."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from yingda.conversations import UnderstoodMessage, understood, understood_message
from yingda.dialogue.review import repository
from yingda.dialogue.review.errors import (
    NothingToLearn,
    PresentModelChanged,
    TrainingNotDone,
    TrainingNotFound,
    TrainingOver,
    TrainingUnderWay,
    UnknownIntent,
)
from yingda.dialogue.review.schemas import (
    CorrectIntent,
    Correction,
    Models,
    ModelVersion,
    Publish,
    Published,
    ReviewItem,
    Training,
    TrainingState,
)
from yingda.dialogue.review.tasks import TRAIN, TrainModel
from yingda.identity import Principal, names_of
from yingda.infra.database import Connection, Tx
from yingda.infra.jobs import Jobs
from yingda.kit.clock import now
from yingda.kit.ids import new_id
from yingda.kit.redaction import redact
from yingda.language import (
    Candidate,
    Example,
    Learned,
    Publication,
    RankedIntent,
    Registry,
    ServedEngine,
    figures_of,
    intents,
    permit,
    select,
)
from yingda.privacy import AuditObject, audit

#: So many of the latest messages are looked through for the queue.
_LOOKED_THROUGH = 2_000


class _Read(msgspec.Struct):
    """The part of a stored understanding that the review needs."""

    intents: tuple[RankedIntent, ...]
    out_of_scope: float = 0.0


async def queue(conn: Connection, teams: frozenset[UUID] | None, days: int, most: int) -> list[ReviewItem]:
    """What nobody has judged yet, the most instructive first; of these teams, or of all."""
    since = now() - timedelta(days=days)
    found = await understood(conn, since, teams=teams, limit=_LOOKED_THROUGH)
    done = await repository.corrected(conn, list({message.conversation_id for message in found}))
    judged = [m.text for m in found if (m.conversation_id, m.seq) in done]  # whoever says the same means the same
    open_ = {m.text: m for m in reversed(found) if (m.conversation_id, m.seq) not in done}
    chosen = select([_candidate(m) for m in found if (m.conversation_id, m.seq) not in done], most, judged)
    return [_item(open_[one.text], one) for one in chosen]


def _candidate(message: UnderstoodMessage) -> Candidate:
    read = msgspec.json.decode(message.understanding, type=_Read)
    return Candidate(message.text, read.intents, read.out_of_scope)


def _item(message: UnderstoodMessage, one: Candidate) -> ReviewItem:
    return ReviewItem(
        conversation_id=message.conversation_id,
        seq=message.seq,
        text=redact(message.text),
        intents=one.intents,
        out_of_scope=one.out_of_scope,
        times=one.times,
        at=message.created_at,
    )


async def correct(tx: Tx, principal: Principal, given: CorrectIntent) -> Correction:
    """Who asks must have been let into the conversation. Raises `UnknownIntent`, `MessageNotFound`."""
    if given.intent not in intents():
        raise UnknownIntent(intent=given.intent)
    message = await understood_message(tx.conn, given.conversation_id, given.seq)
    correction = Correction(
        id=new_id(),
        conversation_id=message.conversation_id,
        seq=message.seq,
        text=redact(message.text),
        read_as=_candidate(message).intents[0].name,
        intent=given.intent,
        note=redact(given.note) if given.note else None,
        author_id=principal.staff_id,
        author_name=principal.display_name,
        at=now(),
    )
    return await repository.correct(tx.conn, correction)


async def lessons(conn: Connection) -> list[Example]:
    """All corrections as training rows."""
    return [Example(one.text, one.intent) for one in await repository.corrections(conn, None, None)]


async def week(conn: Connection) -> list[str]:
    """What customers wrote in the last seven days, to try a candidate on."""
    found = await understood(conn, now() - timedelta(days=7), limit=_LOOKED_THROUGH)
    return [message.text for message in found]


async def ask_for_training(tx: Tx, jobs: Jobs, principal: Principal) -> Training:
    """Raises `NothingToLearn`, `TrainingUnderWay`."""
    if not await repository.corrections(tx.conn, None, 1):
        raise NothingToLearn
    training = Training(new_id(), TrainingState.QUEUED, "", 0.0, principal.display_name, now(), None, None)
    if not await repository.add_training(tx.conn, training, principal.staff_id):
        raise TrainingUnderWay
    await jobs.enqueue(tx.conn, TRAIN, TrainModel(training.id))
    tx.after_commit(jobs.wake)
    return training


async def training(conn: Connection, training_id: UUID, *, lock: bool = False) -> Training:
    found = await repository.training(conn, training_id, lock=lock)
    if found is None:
        raise TrainingNotFound
    return found


async def cancel(tx: Tx, training_id: UUID) -> Training:
    """The worker notices within a second."""
    await training(tx.conn, training_id, lock=True)
    if not await repository.finish(tx.conn, training_id, TrainingState.CANCELLED, now()):
        raise TrainingOver
    return await training(tx.conn, training_id)


async def publish(tx: Tx, registry: Registry, principal: Principal, training_id: UUID, given: Publish) -> Publication:
    """Let a candidate serve. The registry is the last to be written: if that fails, nothing has happened."""
    found = await training(tx.conn, training_id, lock=True)
    learned = found.learned
    current = await asyncio.to_thread(registry.current)
    if learned is None or not _may_serve(found.state, learned.version, current):
        raise TrainingNotDone(state=found.state.value)
    if not given.force:
        _permit(learned, current)
    await repository.set_published(tx.conn, training_id)
    before, after = {"version": current}, {"version": learned.version}
    await audit(tx, principal, "model.publish", _object(learned.version), reason=given.why, before=before, after=after)
    return await asyncio.to_thread(
        registry.publish,
        learned.version,
        by=str(principal.staff_id),
        why=given.why,
        figures=figures_of(learned.comparison),
        forced=given.force,
        against=None if given.force else learned.against,
    )


async def roll_back(tx: Tx, registry: Registry, principal: Principal, why: str) -> Publication:
    """Let the model serve again that the present one replaced."""
    current, former = await asyncio.to_thread(lambda: (registry.current(), registry.former()))
    before, after = {"version": current}, {"version": former}
    await audit(tx, principal, "model.roll_back", _object(former), reason=why, before=before, after=after)
    by = str(principal.staff_id)
    return await asyncio.to_thread(registry.roll_back, by=by, why=why, to=former, against=current)


def _object(version: int) -> AuditObject:
    """How the audit trail names a model."""
    return AuditObject("model", str(version))


def _may_serve(state: TrainingState, version: int, current: int) -> bool:
    """What was rolled back may be published again."""
    return state is TrainingState.DONE or (state is TrainingState.PUBLISHED and version != current)


def _permit(learned: Learned, current: int) -> None:
    if current != learned.against:
        raise PresentModelChanged(current=current)
    permit(learned.comparison, learned.lacking)


async def models(conn: Connection, engine: ServedEngine) -> Models:
    """All models, which one serves, and who published what."""
    current, versions, history = await asyncio.to_thread(_kept, engine.registry)
    makers = {one.by: by_id for one in history if (by_id := _staff_id(one.by))}
    names = await names_of(conn, list(set(makers.values())))
    published = [
        Published(
            version=one.version,
            at=one.at,
            by_id=(by_id := makers.get(one.by)),
            by_name=one.by if by_id is None else names.get(by_id, ""),
            why=one.why,
            action=one.action,
            figures=one.figures,
            forced=one.forced,
        )
        for one in history
    ]
    return Models(current, engine.version if engine.behind else current, versions, published)


def _staff_id(by: str) -> UUID | None:
    try:
        return UUID(by)
    except ValueError:
        return None


def _kept(registry: Registry) -> tuple[int, list[ModelVersion], list[Publication]]:
    """Reads files: ask in a thread."""
    versions = [
        ModelVersion(
            number=version.number,
            taught_at=version.card.trained_at,
            intents=len(version.card.labels),
            examples=version.card.examples,
            accuracy=version.card.cv_accuracy,
            second_stage=version.card.semantics.encoder if version.card.semantics else None,
        )
        for version in registry.versions()
    ]
    return registry.current(), versions, registry.history()


async def corrections(
    conn: Connection, before: tuple[datetime, UUID] | None = None, limit: int | None = None
) -> Sequence[Correction]:
    return await repository.corrections(conn, before, limit)


async def trainings(conn: Connection, limit: int) -> list[Training]:
    return await repository.trainings(conn, limit)
