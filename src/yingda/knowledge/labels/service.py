"""Has pictures read by a worker, and finds the official names in what was read."""

import asyncio
import time
from datetime import timedelta
from functools import cached_property
from uuid import UUID

import msgspec

from yingda.infra.database import Connection, Database, Tx
from yingda.infra.files import FileStore
from yingda.infra.jobs import Jobs
from yingda.infra.ocr import OcrProcess, Page, ReaderMissing, can_read
from yingda.kit.clock import now
from yingda.kit.errors import NotFound, YingdaError
from yingda.kit.ids import new_id
from yingda.knowledge.beauty.graph import Graph
from yingda.knowledge.beauty.schemas import NodeKind
from yingda.knowledge.labels import repository, rules
from yingda.knowledge.labels.events import LabelBegun, LabelRead
from yingda.knowledge.labels.matching import Names
from yingda.knowledge.labels.schemas import LabelReading, PackageLabel
from yingda.knowledge.labels.tasks import READ_LABEL, ReadLabel

#: As many pictures are read at a time, however many workers there are.
LANES = 2
KEPT_DAYS = 7


class ReadingNotFound(NotFound):
    code = "label_reading_not_found"
    zh = "没有找到这次识别，结果只保留一周。"
    en = "There is no such reading. Results are kept for a week."


async def ask(tx: Tx, jobs: Jobs, file_key: str, *, asked_by: UUID | None = None) -> UUID:
    """Have a stored picture read; the reading's id. `asked_by`: somebody tries it out with a file of their own.

    Raises `ReaderMissing`.
    """
    if not can_read():
        raise ReaderMissing
    reading_id = new_id()
    await repository.add(tx.conn, reading_id, file_key, asked_by, now())
    await jobs.enqueue(
        tx.conn, READ_LABEL, ReadLabel(reading_id), order_key=f"knowledge.labels.{reading_id.int % LANES}"
    )
    tx.after_commit(jobs.wake)
    return reading_id


async def reading(conn: Connection, reading_id: UUID) -> LabelReading:
    """Raises `ReadingNotFound`."""
    found = await repository.get(conn, reading_id)
    if found is None:
        raise ReadingNotFound
    return found


async def own_reading(conn: Connection, reading_id: UUID, staff_id: UUID) -> LabelReading:
    """One that this member of staff asked for. Raises `ReadingNotFound`."""
    found = await repository.get_own(conn, reading_id, staff_id)
    if found is None:
        raise ReadingNotFound
    return found


async def purge(tx: Tx) -> None:
    await repository.purge(tx.conn, now() - timedelta(days=KEPT_DAYS))


class LabelReader:
    """One a process; only a worker's ever reads."""

    def __init__(self, db: Database, files: FileStore, graph: Graph, ocr: OcrProcess | None = None) -> None:
        self._db = db
        self._files = files
        self._graph = graph
        self._ocr = ocr or OcrProcess()

    def handle(self, jobs: Jobs) -> None:
        jobs.handle(READ_LABEL, self.run, attempts=3)

    async def run(self, job: ReadLabel) -> None:
        """Bears being run again: what is over stays so."""
        async with self._db.transaction() as tx:
            picture = await repository.begin(tx.conn, job.reading_id)
            if picture is None:
                return
            await tx.publish(LabelBegun(job.reading_id))
        label, error = await self._read(picture.key)
        if label and picture.asked_by is None:
            label = _without_text(label)
        async with self._db.transaction() as tx:
            if await repository.finish(tx.conn, job.reading_id, label, error, now()):
                await tx.publish(LabelRead(job.reading_id))
        if picture.asked_by is not None:
            await self._files.delete(picture.key)

    async def look(self, data: bytes) -> PackageLabel:
        """What stands on a picture. Raises what `OcrProcess.read` raises."""
        page = await self._ocr.read(data)
        return await asyncio.to_thread(label_of, page, self._names)

    async def close(self) -> None:
        await self._ocr.close()

    async def _read(self, key: str) -> tuple[PackageLabel | None, tuple[str, str] | None]:
        try:
            return await self.look(await self._files.read(key)), None
        except YingdaError as error:
            return None, (error.code, error.detail("zh"))

    @cached_property
    def _names(self) -> Names:
        return Names(self._graph.register.values(), self._graph.nodes(NodeKind.INGREDIENT))


def label_of(page: Page, names: Names) -> PackageLabel:
    began = time.perf_counter()
    found = rules.segments([line.text for line in page.lines])
    matches = names.match(found.names)
    known = sum(match.known for match in matches)
    return PackageLabel(
        is_list=rules.is_list(known, len(matches), headed=found.headed),
        headed=found.headed,
        matches=matches,
        lines=page.lines,
        width=page.width,
        height=page.height,
        turned=page.turned,
        straightened=page.straightened,
        read_seconds=page.seconds,
        match_seconds=round(time.perf_counter() - began, 4),
    )


def _without_text(label: PackageLabel) -> PackageLabel:
    """Of a customer's picture only what a card says is kept: it may show an address or a face."""
    return msgspec.structs.replace(label, lines=[], matches=label.matches if label.is_list else [])
