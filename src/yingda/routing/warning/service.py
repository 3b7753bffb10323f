"""Looking ahead, once a minute: which conversations and tickets are likely to be escalated or to miss a deadline."""

from collections.abc import Sequence
from datetime import timedelta

import msgspec

from yingda.infra.database import Connection, Database, Tx
from yingda.kit.clock import now
from yingda.routing.levels import ItemKind
from yingda.routing.warning import gathering, learning, repository, rules
from yingda.routing.warning.events import Warned
from yingda.routing.warning.gathering import Seen
from yingda.routing.warning.schemas import NAMES, Estimate, Model, Quality, Risk

#: An item leaves a handful of samples: when it is first seen, then no more often than this, and not many.
SAMPLE_EVERY = timedelta(minutes=10)
MOST_SAMPLES = 6
#: What is older teaches how things were.
KEPT_DAYS = 90


class _Watched(msgspec.Struct, frozen=True):
    seen: Seen
    estimate: Estimate
    flagged: bool


async def model_in_force(conn: Connection, kind: ItemKind) -> Model:
    """The taught model, as long as it knows the figures of this version; else the scorecard."""
    taught = await repository.model(conn, kind)
    return taught if taught and len(taught.weights) == len(NAMES[kind]) else rules.SCORECARDS[kind]


async def look_ahead(tx: Tx) -> int:
    """Estimate all that people have to see to, flag the likely ones, keep samples; how many were looked at."""
    looked_at = 0
    for kind in ItemKind:
        found = await gathering.seen(tx.conn, kind, now())
        model = await model_in_force(tx.conn, kind)
        watched = [
            _Watched(one, estimate, estimate.probability >= model.threshold) for one, estimate in _all(model, found)
        ]
        await _flag(tx, kind, watched)
        await _sample(tx, kind, watched)
        looked_at += len(watched)
    return looked_at


def _all(model: Model, found: Sequence[Seen]) -> list[tuple[Seen, Estimate]]:
    return [(one, rules.estimate(model, one.values, NAMES[one.item.kind])) for one in found]


async def _flag(tx: Tx, kind: ItemKind, watched: Sequence[_Watched]) -> None:
    known = await repository.flagged(tx.conn, kind)
    moment = now()
    flagged: list[tuple[_Watched, Risk]] = []
    for one in watched:
        if one.flagged:
            before = known.get(one.seen.item.id)
            risk = Risk(
                kind=kind,
                id=one.seen.item.id,
                probability=one.estimate.probability,
                reasons=one.estimate.reasons,
                since=before.since if before else moment,
            )
            flagged.append((one, risk))
    await repository.flag(tx.conn, kind, [risk for _, risk in flagged])
    for one, risk in flagged:
        if risk.id not in known:
            await tx.publish(Warned(risk, one.seen.owner_id, one.seen.team_id))


async def _sample(tx: Tx, kind: ItemKind, watched: Sequence[_Watched]) -> None:
    moment = now()
    known = await repository.sampled(tx.conn, kind, [one.seen.item.id for one in watched])
    fresh = []
    for one in watched:
        number, last = known.get(one.seen.item.id, (0, None))
        if number < MOST_SAMPLES and (last is None or moment - last >= SAMPLE_EVERY):
            row = (one.seen.item.id, number, moment, one.seen.values, one.estimate.probability, one.flagged)
            fresh.append(row)
    await repository.add_samples(tx.conn, kind, fresh)


async def learn(db: Database) -> list[Model]:
    """Teach models from what became of the last months' conversations and tickets, where that beats what serves."""
    found = [await _learn(db, kind) for kind in ItemKind]
    return [taught for taught in found if taught]


async def _learn(db: Database, kind: ItemKind) -> Model | None:
    async with db.reading() as conn:
        samples = await repository.samples(conn, kind, now() - timedelta(days=KEPT_DAYS))
        serving = await model_in_force(conn, kind)
    taught = await learning.teach_aside(samples, rules.SCORECARDS[kind], serving.version + 1)
    if taught is None:
        return None
    taught = msgspec.structs.replace(taught, at=now())
    async with db.transaction() as tx:
        await repository.add_model(tx.conn, kind, taught)
        await repository.purge(tx.conn, now() - timedelta(days=KEPT_DAYS))
    return taught


async def quality(conn: Connection, kind: ItemKind, days: int) -> Quality:
    """How good the warnings of the last `days` were."""
    samples = await repository.samples(conn, kind, now() - timedelta(days=days))
    return rules.quality(samples, days, await model_in_force(conn, kind))
