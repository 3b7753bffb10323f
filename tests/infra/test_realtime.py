"""The hub within a process, and relays that join the hubs of several over one database."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager

import asyncpg
import pytest

from tests.factories import eventually
from yingda.infra.realtime import RESYNC_FRAME, Dropped, Hub, Relay

TOPIC = "thread:1"


class Node:
    """One process as far as real time goes: a hub, its relay, and what other processes announced to it."""

    def __init__(self, url: str) -> None:
        self.hub = Hub()
        self.relay = Relay(url, self.hub)
        self.heard: list[str] = []
        self.batches: list[int] = []
        self.met = asyncio.Event()
        self.hub.on_announced("message", self._load)
        self.hub.on_announced("joined", self._meet)

    async def _load(self, refs: list[str]) -> None:
        self.heard += refs
        self.batches.append(len(refs))

    async def _meet(self, _refs: list[str]) -> None:
        self.met.set()

    async def has_heard(self, *refs: str) -> None:
        async def heard() -> bool:
            return set(self.heard).issuperset(refs)

        await eventually(heard)


Join = Callable[[], Awaitable[Node]]


@pytest.fixture
async def join(db_url: str) -> AsyncIterator[Join]:
    """Starts a node that is connected and whose start the others have heard of."""
    async with AsyncExitStack() as running:
        nodes: list[Node] = []

        async def start() -> Node:
            node = Node(db_url)
            await running.enter_async_context(_running(node.relay))
            await node.relay.connected.wait()
            for other in nodes:
                other.met.clear()
                node.hub.announce("joined", "")
                await other.met.wait()
            nodes.append(node)
            return node

        yield start


@asynccontextmanager
async def _running(relay: Relay) -> AsyncIterator[None]:
    task = asyncio.create_task(relay.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def frames_until(hub_frames: Callable[[], Awaitable[list[str]]], wanted: str) -> list[str]:
    """All frames up to the first `wanted`."""
    seen: list[str] = []
    async with asyncio.timeout(10):
        while wanted not in seen:
            seen += await hub_frames()
    return seen


class TestHub:
    async def test_frames_reach_who_follows_the_topic_in_order_and_nobody_else(self) -> None:
        hub = Hub()
        follower, other = hub.open(TOPIC), hub.open("thread:2")
        for frame in ("a", "b", "c"):
            hub.deliver(TOPIC, frame)
        hub.deliver("thread:2", "z")
        assert await follower.next_frames() == ["a", "b", "c"]
        assert await other.next_frames() == ["z"]

    async def test_a_topic_is_watched_only_while_somebody_follows_it(self) -> None:
        hub = Hub()
        first, second = hub.open(TOPIC), hub.open()
        hub.follow(second, TOPIC)
        hub.unfollow(first, TOPIC)
        assert hub.watched(TOPIC)
        hub.close(second)
        assert not hub.watched(TOPIC)

    async def test_a_slow_subscriber_is_dropped_with_the_reason_and_counted_once(self) -> None:
        reasons: list[str] = []
        hub = Hub(queue_limit=3, on_drop=reasons.append)
        slow, quick = hub.open(TOPIC), hub.open(TOPIC)
        for number in range(5):
            hub.deliver(TOPIC, str(number))
            assert await quick.next_frames() == [str(number)]
        with pytest.raises(Dropped, match="slow"):
            await slow.next_frames()
        assert reasons == ["slow"]

    async def test_who_is_too_slow_for_a_resync_is_dropped_like_any_other(self) -> None:
        reasons: list[str] = []
        hub = Hub(queue_limit=1, on_drop=reasons.append)
        slow = hub.open(TOPIC)
        hub.deliver(TOPIC, "a")
        hub.resync()
        assert slow.dropped == "slow"
        assert reasons == ["slow"]
        assert not hub.watched(TOPIC)

    async def test_a_writer_that_waits_is_told_of_the_drop(self) -> None:
        hub = Hub()
        waiting = asyncio.create_task(hub.open(TOPIC).next_frames())
        await asyncio.sleep(0)
        hub.drop_topic(TOPIC, "signed_out")
        with pytest.raises(Dropped, match="signed_out"):
            await waiting

    async def test_dropping_one_topic_leaves_the_others(self) -> None:
        hub = Hub()
        gone, stays = hub.open(TOPIC, "session:1"), hub.open(TOPIC, "session:2")
        hub.drop_topic("session:1", "signed_out")
        hub.deliver(TOPIC, "a")
        assert gone.dropped == "signed_out"
        assert await stays.next_frames() == ["a"]


class TestRelay:
    async def test_two_processes_hear_of_each_other_and_not_of_themselves(self, join: Join) -> None:
        left, right = await join(), await join()
        left.hub.announce("message", "from-left")
        right.hub.announce("message", "from-right")
        await left.has_heard("from-right")
        await right.has_heard("from-left")
        assert left.heard == ["from-right"]
        assert right.heard == ["from-left"]

    async def test_a_kind_that_nobody_loads_is_passed_over(self, join: Join) -> None:
        left, right = await join(), await join()
        left.hub.announce("of a newer version", "x")
        left.hub.announce("message", "known")
        await right.has_heard("known")

    async def test_a_burst_travels_in_few_notifications_that_postgresql_takes(self, join: Join) -> None:
        left, right = await join(), await join()
        refs = [f"{number:036}:{number}" for number in range(2000)]  # far more than one payload of 8000 bytes holds
        for ref in refs:
            left.hub.announce("message", ref)
        await right.has_heard(*refs)
        assert right.heard == refs
        assert len(right.batches) < 50

    async def test_who_loses_the_connection_looks_again_and_tells_the_others_to(self, join: Join, db_url: str) -> None:
        left, right = await join(), await join()
        customer, colleague = left.hub.open(TOPIC), right.hub.open(TOPIC)
        await cut_the_first_listener(db_url)
        await frames_until(customer.next_frames, RESYNC_FRAME)
        await frames_until(colleague.next_frames, RESYNC_FRAME)
        left.hub.announce("message", "after")
        await right.has_heard("after")

    async def test_who_connects_late_looks_again(self, db_url: str) -> None:
        """Between the first socket and the first LISTEN announcements go by unheard."""
        node = Node(db_url)
        early = node.hub.open(TOPIC)
        async with _running(node.relay):
            assert await frames_until(early.next_frames, RESYNC_FRAME) == [RESYNC_FRAME]

    async def test_who_starts_lets_the_others_look_again(self, join: Join) -> None:
        """It may follow one that was killed between a commit and its announcement."""
        left = await join()
        customer = left.hub.open(TOPIC)
        await join()
        assert await frames_until(customer.next_frames, RESYNC_FRAME) == [RESYNC_FRAME]

    async def test_a_loader_that_fails_leaves_the_clients_to_look_and_goes_on(self, join: Join) -> None:
        left, right = await join(), await join()
        customer = right.hub.open(TOPIC)

        async def fail(refs: list[str]) -> None:
            raise ValueError(refs)

        right.hub.on_announced("broken", fail)
        left.hub.announce("broken", "x")
        await frames_until(customer.next_frames, RESYNC_FRAME)
        left.hub.announce("message", "later")
        await right.has_heard("later")

    async def test_a_notification_of_somebody_else_is_passed_over(self, join: Join, db_url: str) -> None:
        left, right = await join(), await join()
        connection = await asyncpg.connect(db_url)
        await connection.execute("SELECT pg_notify('yingda', 'not ours')")
        await connection.close()
        left.hub.announce("message", "ours")
        await right.has_heard("ours")


async def cut_the_first_listener(url: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        cut = await connection.fetchval(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() ORDER BY backend_start LIMIT 1"
        )
        assert cut
    finally:
        await connection.close()
