"""Teaches candidates in a process of its own: the worker has other jobs, and a cancelled training is killed."""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from uuid import UUID

import msgspec
import structlog

from yingda.dialogue.review import repository, service
from yingda.dialogue.review.rules import failure_of
from yingda.dialogue.review.schemas import TrainingFailure, TrainingState
from yingda.dialogue.review.tasks import TrainModel
from yingda.infra.database import Database
from yingda.kit.clock import now
from yingda.kit.redaction import redact
from yingda.language import Encoder, Example, Learned, learn

logger = structlog.get_logger(__name__)

_LOOK_SECONDS = 0.5
_NICENESS = 10

Step = tuple[str, float]


class Trainer:
    """One a process. `make_encoder` is called in the other process: a function of a module, or a partial of one."""

    def __init__(self, db: Database, folder: Path, make_encoder: Callable[[], Encoder | None]) -> None:
        self._db = db
        self._folder = folder
        self._make_encoder = make_encoder

    async def run(self, job: TrainModel) -> None:
        """Bears being run again: what is over stays so, what a dead worker began begins anew."""
        if not await self._goes_on(job.training_id, ("loading", 0.0)):
            return
        async with self._db.reading() as conn:
            lessons, week = await service.lessons(conn), await service.week(conn)
        learned = await self._learn(job.training_id, lessons, week)
        if learned is not None:
            await self._finish(job.training_id, TrainingState.DONE, _redacted(learned))

    async def _learn(self, training_id: UUID, lessons: Sequence[Example], week: Sequence[str]) -> Learned | None:
        """None when it was cancelled, or failed and that is told already."""
        spawn = multiprocessing.get_context("spawn")
        receiver, sender = spawn.Pipe(duplex=False)
        process = spawn.Process(
            target=_teach, args=(sender, self._folder, lessons, week, self._make_encoder), daemon=True
        )
        process.start()
        sender.close()
        try:
            while not isinstance(step := await asyncio.to_thread(_latest, receiver), Learned | TrainingFailure):
                if not await self._goes_on(training_id, step):
                    return None
        except EOFError:
            await asyncio.to_thread(process.join)
            step = TrainingFailure.MEMORY if process.exitcode == -signal.SIGKILL else TrainingFailure.UNEXPECTED
        finally:
            process.terminate()
            await asyncio.to_thread(process.join)
            receiver.close()
        if isinstance(step, Learned):
            return step
        logger.warning("a training ended without a candidate", training_id=str(training_id), failure=step.value)
        await self._finish(training_id, TrainingState.FAILED, failure=step)
        return None

    async def _goes_on(self, training_id: UUID, step: Step | None) -> bool:
        async with self._db.transaction() as tx:
            stage, share = step or (None, None)
            return await repository.tell_progress(tx.conn, training_id, stage, share)

    async def _finish(
        self,
        training_id: UUID,
        state: TrainingState,
        learned: Learned | None = None,
        failure: TrainingFailure | None = None,
    ) -> None:
        async with self._db.transaction() as tx:
            await repository.finish(tx.conn, training_id, state, now(), learned, failure)


def _teach(
    sender: Pipe,
    folder: Path,
    lessons: Sequence[Example],
    week: Sequence[str],
    make_encoder: Callable[[], Encoder | None],
) -> None:
    """In the other process: behind everybody who serves a customer."""
    os.nice(_NICENESS)
    try:
        encoder = make_encoder()
    except Exception:
        sender.send(TrainingFailure.ENCODER)
        raise
    try:
        learned = learn(
            folder, lessons, week, encoder=encoder, tell=lambda stage, share: sender.send((stage, round(share, 3)))
        )
    except Exception as error:
        sender.send(failure_of(error))
        raise
    sender.send(learned)


def _latest(receiver: Pipe) -> Learned | TrainingFailure | Step | None:
    """The last of what has been told within the pause; the candidate, or why there is none, as soon as that is there.
    Raises `EOFError`."""
    told: Learned | TrainingFailure | Step | None = None
    while receiver.poll(_LOOK_SECONDS if told is None else 0):
        told = receiver.recv()
        if isinstance(told, Learned | TrainingFailure):
            break
    return told


def _redacted(learned: Learned) -> Learned:
    """What is kept of last week's messages names nobody."""
    hidden = tuple(msgspec.structs.replace(change, text=redact(change.text)) for change in learned.changes)
    return msgspec.structs.replace(learned, changes=hidden)
