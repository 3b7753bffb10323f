"""What customers may be told, in one process: the index, kept in step with the database, and its values."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

import msgspec
import numpy as np
import structlog

from yingda.infra.database import DATABASE_DOWN, Database, Tx
from yingda.infra.events import EventBus
from yingda.infra.jobs import Jobs
from yingda.infra.realtime import Hub
from yingda.kit.clock import SHANGHAI, now
from yingda.kit.redaction import redact
from yingda.knowledge.articles import rules, text
from yingda.knowledge.articles.events import ArticlesChanged
from yingda.knowledge.articles.repository import figures, live, proposals
from yingda.knowledge.articles.schemas import LiveContent, StoredVectors
from yingda.knowledge.articles.tasks import ENCODE, EncodeArticles
from yingda.knowledge.articles.variables import ValuesOf, fill
from yingda.knowledge.search import (
    ArticleHit,
    Document,
    Encoder,
    Query,
    Searcher,
    SearchIndex,
    Vectors,
    Words,
    texts_of,
)

logger = structlog.get_logger(__name__)

#: How long what another process changed stays unnoticed when its announcement is lost.
_LOOK_SECONDS = 20
#: How often what was asked is written down; a process that dies loses so much of the figures.
_WRITE_SECONDS = 2
#: Articles that a worker encodes at once, about a second's work.
_BATCH = 8
_ANNOUNCED = "article"
#: More different questions between two writings than these are counted, not kept.
_MOST_ASKED = 500


class Fate(msgspec.Struct, frozen=True):
    """What became of a question: `answered` and `offered` (told with doubt) by the article, else missed."""

    shop: str
    question: str
    article_id: UUID | None = None
    answered: bool = False


class Library:
    """One a process. `searcher`: a remote engine that is asked instead of the index of this process. `on_failure` is
    called for each question that the encoder should have read and did not."""

    def __init__(
        self,
        db: Database,
        hub: Hub,
        words: Words,
        values: ValuesOf,
        encoder: Encoder | None,
        searcher: Searcher | None,
        on_failure: Callable[[], None],
    ) -> None:
        self._db = db
        self._hub = hub
        self.values = values
        self._encoder = encoder
        self._index = SearchIndex(words, encoder, on_failure)
        self._searcher = searcher or self._index
        self._held: dict[UUID, tuple[int, bool]] = {}
        self._fates: list[Fate] = []
        self._loading = asyncio.Lock()
        self._refreshing: set[asyncio.Task[None]] = set()

    @classmethod
    async def open(
        cls,
        db: Database,
        hub: Hub,
        words: Words,
        values: ValuesOf,
        encoder: Encoder | None = None,
        searcher: Searcher | None = None,
        on_failure: Callable[[], None] = lambda: None,
    ) -> "Library":
        library = cls(db, hub, words, values, encoder, searcher, on_failure)
        await library.refresh()
        return library

    @property
    def encoder_name(self) -> str | None:
        return self._encoder.name if self._encoder else None

    @property
    def by_words_alone(self) -> bool:
        """Whether the encoder fails, so that less is found than could be."""
        return self._index.failing

    def subscribe(self, bus: EventBus, jobs: Jobs) -> None:
        """Take what changes here at once, tell the others, and have a worker encode it; hear what they tell."""

        async def changed(tx: Tx, event: ArticlesChanged) -> None:
            tx.after_commit(partial(self._tell, event.article_ids))
            await self._ask_to_encode(tx, jobs)

        async def encode(_job: EncodeArticles) -> None:
            if not await self.encode():  # others get their turn before the rest
                await self.look_after_vectors(jobs)

        bus.subscribe(ArticlesChanged, changed)
        jobs.handle(ENCODE, encode)
        self._hub.on_announced(_ANNOUNCED, self._announced)

    async def look_after_vectors(self, jobs: Jobs) -> None:
        """Have a worker make what vectors are missing."""
        async with self._db.transaction() as tx:
            await self._ask_to_encode(tx, jobs)

    async def _ask_to_encode(self, tx: Tx, jobs: Jobs) -> None:
        if self._encoder:
            await jobs.enqueue(tx.conn, ENCODE, EncodeArticles(), order_key=ENCODE.name)
            tx.after_commit(jobs.wake)

    async def find(self, query: Query) -> list[ArticleHit]:
        """What applies now and whose passage can be said in that shop, best first."""
        asked = msgspec.structs.replace(query, at=query.at or now())
        if self._encoder or self._searcher is not self._index:
            hits = await asyncio.to_thread(self._searcher.search, asked)
        else:
            hits = self._searcher.search(asked)
        values = self.values(query.shop)
        told = [(hit, fill(hit.passage, values), fill(hit.title, values)) for hit in hits]
        return [
            msgspec.structs.replace(hit, passage=passage.text, title=title.text)
            for hit, passage, title in told
            if not passage.missing and not title.missing
        ]

    def passages(self, hit: ArticleHit, shop: str | None) -> list[str]:
        """All of the article that can be said in that shop, what was found first."""
        document = self._index.document(hit.article_id)
        values = self.values(shop)
        told = [fill(one, values) for one in document.passages] if document else []
        return list(dict.fromkeys([hit.passage, *(one.text for one in told if not one.missing)]))

    def note(self, fate: Fate) -> None:
        """Count it, and keep the question if it was missed; written down a little later."""
        if len(self._fates) < _MOST_ASKED:
            self._fates.append(fate)

    async def follow(self) -> None:
        """Until cancelled: look whether something was missed, and write down what was asked."""
        waited = 0.0
        while True:
            await asyncio.sleep(_WRITE_SECONDS)
            waited += _WRITE_SECONDS
            try:
                await self.write_down()
                if waited >= _LOOK_SECONDS:
                    waited = 0.0
                    await self.refresh()
            except Exception as error:
                if isinstance(error, DATABASE_DOWN):
                    logger.warning("the library could not look for new articles")
                else:
                    logger.exception("the library could not take new articles")

    async def refresh(self) -> None:
        """Bring the index to what the database holds: only what differs is loaded."""
        async with self._loading:
            async with self._db.reading() as conn:
                numbers = await live.numbers(conn)
                encoded = await live.vector_numbers(conn, self._encoder.name) if self._encoder else {}
                wanted = {one: (number, encoded.get(one) == number) for one, number in numbers.items()}
                stale = [one for one, state in wanted.items() if self._held.get(one) != state]
                gone = [one for one in self._held if one not in wanted]
                found = await live.contents(conn, stale) if stale else []
                stored = await live.vectors(conn, self._encoder.name, stale) if self._encoder and stale else []
            if stale or gone:
                await asyncio.to_thread(self._take, found, stored, gone)
                self._held = wanted

    def _take(self, found: Sequence[LiveContent], stored: Sequence[StoredVectors], gone: Sequence[UUID]) -> None:
        if gone:
            self._index.remove(gone)
        rows = {one.article_id: _unpacked(one) for one in stored}
        self._index.put([document_of(one) for one in found], rows)

    async def write_down(self) -> None:
        """What was asked since the last time."""
        fates, self._fates = self._fates, []
        if not fates:
            return
        moment = now()
        day = moment.astimezone(SHANGHAI).date()
        uses = Counter(one.article_id for one in fates if one.article_id and one.answered)
        missed = Counter(redact(fate.question) for fate in fates if not fate.answered)
        async with self._db.transaction() as tx:
            await figures.count(tx.conn, day, _by_shop(fates))
            await figures.count_uses(tx.conn, day, uses)
            await proposals.count_misses(tx.conn, missed, moment)

    async def encode(self) -> bool:
        """What a worker does: make some of the missing vectors, and tell everybody. False: more are missing."""
        encoder = self._encoder
        if encoder is None:
            return True
        async with self._db.reading() as conn:
            numbers = await live.numbers(conn)
            encoded = await live.vector_numbers(conn, encoder.name)
        missing = [one for one, number in numbers.items() if encoded.get(one) != number]
        if missing:
            await self._encode(encoder, missing[:_BATCH])
        return len(missing) <= _BATCH

    async def _encode(self, encoder: Encoder, ids: Sequence[UUID]) -> None:
        async with self._db.reading() as conn:
            found = await live.contents(conn, ids)
        made = await asyncio.to_thread(lambda: [_packed(one, encoder) for one in found])
        async with self._db.transaction() as tx:
            await live.keep_vectors(tx.conn, encoder.name, made)
            tx.after_commit(partial(self._tell, ids))

    def _tell(self, ids: Sequence[UUID]) -> None:
        for one in ids:
            self._hub.announce(_ANNOUNCED, str(one))
        task = asyncio.create_task(self._announced([]))
        self._refreshing.add(task)
        task.add_done_callback(self._refreshing.discard)

    async def drain(self) -> None:
        """Until what changed here so far can be found, and what was asked is written down."""
        await asyncio.gather(*self._refreshing, return_exceptions=True)
        await self.write_down()

    async def _announced(self, _refs: list[str]) -> None:
        try:
            await self.refresh()
        except DATABASE_DOWN:
            logger.warning("the library could not take a change at once")


def document_of(one: LiveContent) -> Document:
    content = one.content
    begins, ends = rules.validity(content)
    return Document(
        id=one.id,
        slug=one.slug,
        version=one.version,
        tier=content.tier,
        topic=content.topic,
        title=content.title,
        questions=tuple(content.questions),
        passages=text.passages(content.body),
        scope=content.scope,
        valid_from=begins,
        valid_until=ends,
    )


def _packed(one: LiveContent, encoder: Encoder) -> StoredVectors:
    rows = np.asarray(encoder.encode(texts_of(document_of(one))), "<f4")
    return StoredVectors(article_id=one.id, version=one.version, size=rows.shape[1], rows=rows.tobytes())


def _unpacked(stored: StoredVectors) -> Vectors:
    return np.frombuffer(stored.rows, "<f4").reshape(-1, stored.size).astype(np.float32)


def _by_shop(fates: Sequence[Fate]) -> dict[str, tuple[int, int, int]]:
    """Answered, offered, missed."""
    counts: dict[str, list[int]] = {}
    for fate in fates:
        place = 0 if fate.answered else 1 if fate.article_id else 2
        counts.setdefault(fate.shop, [0, 0, 0])[place] += 1
    return {shop: (answered, offered, missed) for shop, (answered, offered, missed) in counts.items()}
