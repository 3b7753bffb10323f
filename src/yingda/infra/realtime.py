"""Real time: who is watching what, in this process and across processes.

Within a process the `Hub` hands frames to bounded queues, one a socket. Across processes the `Relay` keeps one
connection that listens and notifies: after the commit, batched, ids only; the receiving process loads what its own
watchers need. A client that missed something catches up by sequence number, so a lost announcement costs a moment,
never a message. Another relay (Valkey, NATS) may take this one's place behind the same two methods.
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from contextlib import suppress

import asyncpg
import msgspec
import structlog

from yingda.infra.database import DATABASE_DOWN
from yingda.kit.ids import new_id

logger = structlog.get_logger(__name__)

CHANNEL = "yingda"
RESYNC_FRAME = '{"type":"resync"}'
_PAYLOAD_LIMIT = 7900  # PostgreSQL refuses a payload of 8000 bytes
_BATCH_SECONDS = 0.02
_BACKLOG_LIMIT = 20_000
_ANSWER_SECONDS = 5
_SILENCE_SECONDS = 30
_RESYNC = "resync"

Loader = Callable[[list[str]], Awaitable[None]]


class Dropped(Exception):
    """The hub has let go of this subscriber; the text says why."""


class Subscriber:
    """One socket's queue. The socket's writer awaits `next_frames`."""

    __slots__ = ("_frames", "_limit", "_ready", "dropped", "topics")

    def __init__(self, limit: int) -> None:
        self._frames: deque[str] = deque()
        self._limit = limit
        self._ready = asyncio.Event()
        self.dropped: str | None = None
        self.topics: set[str] = set()

    def push(self, frame: str) -> bool:
        """Queue `frame`; False if that made the subscriber be dropped."""
        if self.dropped:
            return False
        if len(self._frames) >= self._limit:
            self.drop("slow")
            return False
        self._frames.append(frame)
        self._ready.set()
        return True

    def drop(self, reason: str) -> None:
        """Forget the queue and end the writer."""
        self.dropped = reason
        self._frames.clear()
        self._ready.set()

    async def next_frames(self) -> list[str]:
        """All queued frames, at least one. Raises `Dropped`."""
        await self._ready.wait()
        if self.dropped:
            raise Dropped(self.dropped)
        frames = list(self._frames)
        self._frames.clear()
        self._ready.clear()
        return frames


class Hub:
    """Topics and their subscribers in this process."""

    def __init__(self, *, queue_limit: int = 256, on_drop: Callable[[str], None] = lambda _reason: None) -> None:
        self._queue_limit = queue_limit
        self._on_drop = on_drop
        self._topics: dict[str, set[Subscriber]] = defaultdict(set)
        self._subscribers: set[Subscriber] = set()
        self._announce: Callable[[str, str], None] = lambda _kind, _ref: None
        self.loaders: dict[str, Loader] = {}

    def open(self, *topics: str) -> Subscriber:
        """A new subscriber to `topics`. Close it with `close`."""
        subscriber = Subscriber(self._queue_limit)
        self._subscribers.add(subscriber)
        for topic in topics:
            self.follow(subscriber, topic)
        return subscriber

    def follow(self, subscriber: Subscriber, topic: str) -> None:
        self._topics[topic].add(subscriber)
        subscriber.topics.add(topic)

    def unfollow(self, subscriber: Subscriber, topic: str) -> None:
        subscriber.topics.discard(topic)
        if watchers := self._topics.get(topic):
            watchers.discard(subscriber)
            if not watchers:
                del self._topics[topic]

    def close(self, subscriber: Subscriber) -> None:
        for topic in tuple(subscriber.topics):
            self.unfollow(subscriber, topic)
        self._subscribers.discard(subscriber)

    def watched(self, topic: str) -> bool:
        """Whether anybody here follows `topic`: if not, there is nothing to load or to encode."""
        return topic in self._topics

    @property
    def empty(self) -> bool:
        """Whether nobody at all listens here, as in a worker."""
        return not self._subscribers

    def deliver(self, topic: str, frame: str) -> None:
        """Queue `frame` for every subscriber of `topic` here; those who lag too far behind are dropped."""
        for subscriber in tuple(self._topics.get(topic, ())):
            self._push(subscriber, frame)

    def drop_topic(self, topic: str, reason: str) -> None:
        """End every subscriber of `topic`, e.g. of a session that was revoked."""
        for subscriber in tuple(self._topics.get(topic, ())):
            subscriber.drop(reason)
            self._on_drop(reason)
            self.close(subscriber)

    def resync(self) -> None:
        """Ask every client to catch up: announcements may have been missed."""
        for subscriber in tuple(self._subscribers):
            self._push(subscriber, RESYNC_FRAME)

    def _push(self, subscriber: Subscriber, frame: str) -> None:
        if not subscriber.push(frame):
            self._on_drop(subscriber.dropped or "closed")
            self.close(subscriber)

    def announce(self, kind: str, ref: str) -> None:
        """Tell the other processes, after the commit, that `ref` (ids only) of `kind` is new."""
        self._announce(kind, ref)

    def on_announced(self, kind: str, loader: Loader) -> None:
        """What to do with refs of `kind` that another process announced."""
        self.loaders[kind] = loader

    def relay_through(self, announce: Callable[[str, str], None]) -> None:
        self._announce = announce


class Relay:
    """Carries announcements between the processes over one PostgreSQL connection."""

    def __init__(self, url: str, hub: Hub) -> None:
        self._url = url
        self._hub = hub
        self._node = new_id().hex
        self._outgoing: deque[tuple[str, str]] = deque(maxlen=_BACKLOG_LIMIT)
        self._incoming: asyncio.Queue[tuple[str, list[str]]] = asyncio.Queue()
        self._wake = asyncio.Event()
        self.connected = asyncio.Event()
        hub.relay_through(self.announce)

    def announce(self, kind: str, ref: str) -> None:
        self._outgoing.append((kind, ref))
        self._wake.set()

    async def run(self) -> None:
        """Listen and notify until cancelled, reconnecting with back-off."""
        loading = asyncio.create_task(self._load_incoming())
        delay = 0.1
        try:
            while True:
                try:
                    await self._serve()
                except Exception as error:
                    if isinstance(error, DATABASE_DOWN):
                        logger.warning("real-time relay lost the database", error=type(error).__name__)
                    else:
                        logger.exception("real-time relay failed; connecting again")
                delay = 0.1 if self.connected.is_set() else min(delay * 2, 2.0)
                self.connected.clear()
                await asyncio.sleep(delay)
        finally:
            loading.cancel()

    async def _serve(self) -> None:
        connection = await asyncpg.connect(self._url, timeout=_ANSWER_SECONDS, command_timeout=_ANSWER_SECONDS)
        try:
            connection.add_termination_listener(lambda _connection: self._wake.set())
            await connection.add_listener(CHANNEL, self._received)
            self.connected.set()
            self._look_again()
            while not connection.is_closed():
                with suppress(TimeoutError):
                    async with asyncio.timeout(_SILENCE_SECONDS):
                        await self._wake.wait()
                self._wake.clear()
                await asyncio.sleep(_BATCH_SECONDS)  # lets a burst travel as one notification
                await self._notify(connection)
        finally:
            with suppress(*DATABASE_DOWN):
                await connection.close(timeout=1)

    def _look_again(self) -> None:
        """Whoever connects may have missed announcements, and so may the others: of this process, or of the one
        before it that was killed between a commit and its announcement."""
        self._hub.resync()
        self.announce(_RESYNC, "")

    async def _notify(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        """Send what is to be announced; even if that is nothing, so that a dead line is found out."""
        payloads = self._payloads()
        await connection.execute("SELECT pg_notify($1, p) FROM unnest($2::text[]) AS p", CHANNEL, payloads)

    def _payloads(self) -> list[str]:
        grouped: dict[str, list[str]] = defaultdict(list)
        while self._outgoing:
            kind, ref = self._outgoing.popleft()
            grouped[kind].append(ref)
        payloads = []
        for kind, refs in grouped.items():
            room = max(1, (_PAYLOAD_LIMIT - 100) // (max(map(len, refs)) + 3))
            payloads += [
                msgspec.json.encode((self._node, kind, refs[i : i + room])).decode() for i in range(0, len(refs), room)
            ]
        return payloads

    def _received(self, _connection: object, _pid: int, _channel: str, payload: object) -> None:
        try:
            node, kind, refs = msgspec.json.decode(str(payload), type=tuple[str, str, list[str]])
        except msgspec.DecodeError:  # of another version: who knows what it says
            return self._hub.resync()
        if node == self._node:
            return None
        if kind == _RESYNC:
            return self._hub.resync()
        return self._incoming.put_nowait((kind, refs))

    async def _load_incoming(self) -> None:
        while True:
            kind, refs = await self._incoming.get()
            if loader := self._hub.loaders.get(kind):
                try:
                    await loader(refs)
                except Exception as error:
                    if not isinstance(error, DATABASE_DOWN):
                        logger.exception("what another process announced could not be shown", kind=kind)
                    self._hub.resync()
