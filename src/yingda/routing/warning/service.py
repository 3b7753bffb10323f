"""Looking ahead, once a minute: which conversations are likely to be escalated or to miss a deadline."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import msgspec

from yingda.conversations import Signals, signals
from yingda.infra.database import Connection, Database, Tx
from yingda.kit.clock import now
from yingda.routing.warning import learning, repository, rules
from yingda.routing.warning.events import Warned
from yingda.routing.warning.schemas import NAMES, Estimate, Model, Quality, Risk

#: More are not looked at in one round.
MOST_WATCHED = 20_000
#: Other conversations of the customer within so many days count as repeated contacts.
CONTACT_DAYS = 7
#: A conversation leaves a handful of samples: when it is first seen, then no more often than this, and not many.
SAMPLE_EVERY = timedelta(minutes=10)
MOST_SAMPLES = 6
#: What is older teaches how things were.
KEPT_DAYS = 90


class _Watched(msgspec.Struct, frozen=True):
    signals: Signals
    values: list[float]
    estimate: Estimate
    flagged: bool


async def model_in_force(conn: Connection) -> Model:
    """The taught model, as long as it knows the figures of this version; else the scorecard."""
    taught = await repository.model(conn)
    return taught if taught and len(taught.weights) == len(NAMES) else rules.SCORECARD


async def look_ahead(tx: Tx) -> int:
    """Estimate all conversations in people's care, flag the likely ones, keep samples; how many were looked at."""
    moment = now()
    found = await signals(tx.conn, moment - timedelta(days=CONTACT_DAYS), MOST_WATCHED)
    model = await model_in_force(tx.conn)
    ahead = _ahead(found)
    watched = []
    for one in found:
        values = rules.values_of(rules.features_of(one, ahead[one.conversation_id], moment))
        estimate = rules.estimate(model, values)
        watched.append(_Watched(one, values, estimate, estimate.probability >= model.threshold))
    await _flag(tx, watched)
    await _sample(tx, watched)
    return len(watched)


def _ahead(found: Sequence[Signals]) -> dict[UUID, int]:
    """Of those who wait for anybody, how many come first; 0 for those who have somebody."""
    queue = sorted(
        (one for one in found if one.assignee_id is None and one.waiting_since),
        key=lambda one: (-one.level, one.waiting_since),
    )
    places = {one.conversation_id: place for place, one in enumerate(queue)}
    return {one.conversation_id: places.get(one.conversation_id, 0) for one in found}


async def _flag(tx: Tx, watched: Sequence[_Watched]) -> None:
    known = await repository.flagged(tx.conn)
    moment = now()
    flagged: list[tuple[_Watched, Risk]] = []
    for one in watched:
        if one.flagged:
            before = known.get(one.signals.conversation_id)
            warning = Risk(
                conversation_id=one.signals.conversation_id,
                probability=one.estimate.probability,
                reasons=one.estimate.reasons,
                since=before.since if before else moment,
            )
            flagged.append((one, warning))
    await repository.flag(tx.conn, [warning for _, warning in flagged])
    for one, warning in flagged:
        if warning.conversation_id not in known:
            await tx.publish(Warned(warning, one.signals.assignee_id, one.signals.team_id))


async def _sample(tx: Tx, watched: Sequence[_Watched]) -> None:
    moment = now()
    known = await repository.sampled(tx.conn, [one.signals.conversation_id for one in watched])
    fresh = []
    for one in watched:
        number, last = known.get(one.signals.conversation_id, (0, None))
        if number < MOST_SAMPLES and (last is None or moment - last >= SAMPLE_EVERY):
            row = (one.signals.conversation_id, number, moment, one.values, one.estimate.probability, one.flagged)
            fresh.append(row)
    await repository.add_samples(tx.conn, fresh)


async def learn(db: Database) -> Model | None:
    """Teach a model from what became of the last months' conversations, if that beats what serves."""
    async with db.reading() as conn:
        samples = await repository.samples(conn, now() - timedelta(days=KEPT_DAYS))
        serving = await model_in_force(conn)
    taught = await learning.teach_aside(samples, serving.version + 1)
    if taught is None:
        return None
    taught = msgspec.structs.replace(taught, at=now())
    async with db.transaction() as tx:
        await repository.add_model(tx.conn, taught)
        await repository.purge(tx.conn, now() - timedelta(days=KEPT_DAYS))
    return taught


async def quality(conn: Connection, days: int) -> Quality:
    """How good the warnings of the last `days` were."""
    return rules.quality(await repository.samples(conn, now() - timedelta(days=days)), days, await model_in_force(conn))
