"""Puts one process together: who listens to what, what runs in the background, what an endpoint may ask for."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from yingda import dialogue, routing
from yingda.app.reading import encoder_of, follow_publications, served_engine
from yingda.app.shelves import shelves_of
from yingda.channels.web import CustomerAudience, WebLimits
from yingda.commerce import Store, demo_store
from yingda.conversations import Live, MessageReceived, MessageSent, StaffAudience, Translator, Viewers, wake_due
from yingda.identity import SessionRevoked, StaffDeactivated, purge_expired
from yingda.infra.database import Database, Tx
from yingda.infra.events import EventBus
from yingda.infra.files import FileStore
from yingda.infra.jobs import Jobs
from yingda.infra.metrics import Metrics
from yingda.infra.realtime import Hub, Relay
from yingda.infra.settings import Settings
from yingda.knowledge import Experts, open_experts
from yingda.language import Engine, EntityKind, GazetteerEntry, ServedEngine, beauty_terms
from yingda.workspace import notices, promises, wrapup


@dataclass(frozen=True)
class Runtime:
    """What one process works with. Made by `assemble`, alive inside `running`."""

    settings: Settings
    db: Database
    hub: Hub
    relay: Relay
    live: Live
    viewers: Viewers
    jobs: Jobs
    files: FileStore
    metrics: Metrics
    stores: dict[str, Store]
    engine: ServedEngine
    experts: Experts
    answerer: dialogue.Answerer
    dispatcher: routing.Dispatcher
    web_limits: WebLimits
    translator: Translator | None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Real time and dispatch in the background; on leaving, turns under way are finished first."""
        background = [
            asyncio.create_task(self.relay.run()),
            asyncio.create_task(self.dispatcher.run()),
            asyncio.create_task(follow_publications(self.engine)),
        ]
        self.dispatcher.kick()
        try:
            yield
        finally:
            await self.answerer.drain()
            for task in background:
                task.cancel()
            await asyncio.gather(*background, return_exceptions=True)

    async def close(self) -> None:
        await self.db.close()


async def assemble(
    settings: Settings, url: str, *, engine: Engine | None = None, translator: Translator | None = None
) -> Runtime:
    """Connect and wire everything; nothing runs yet. `engine`: instead of the one trained on first use."""
    bus = EventBus()
    db = await Database.connect(url, bus=bus, pool=settings.database_pool)
    metrics = Metrics()
    hub = Hub(queue_limit=settings.socket_queue, on_drop=lambda reason: metrics.sockets_dropped.labels(reason).inc())
    files = FileStore.open(
        settings.files_url, settings.data_dir / "files", secret=settings.signing_key, limit=settings.upload_bytes
    )
    jobs = Jobs(url)
    viewers = Viewers(hub, db)
    live = Live(hub, db, StaffAudience(), CustomerAudience(files), viewers)
    store = demo_store(db)
    stores = {store.code: store}
    served = served_engine(settings, [*await _product_names(store), *beauty_terms()], engine)
    experts = await open_experts(db, await shelves_of(stores))
    answerer = dialogue.Answerer(db, jobs, served, stores, metrics, experts)
    dispatcher = routing.Dispatcher(db)

    live.subscribe(bus)
    routing.subscribe(bus, dispatcher)
    dialogue.subscribe(bus, jobs, answerer, grace_seconds=settings.answer_grace_seconds)
    promises.subscribe(bus)
    wrapup.subscribe(bus)
    notices.subscribe(bus, notices.NoticeBell(hub, db))
    trainer = dialogue.Trainer(db, settings.data_dir / "models", partial(encoder_of, settings))
    dialogue.subscribe_review(jobs, trainer)
    _count_messages(bus, metrics)
    _end_sockets(bus, hub)
    jobs.every("* * * * *", "conversations.wake", _in_transaction(db, wake_due))
    jobs.every("* * * * *", "routing.dispatch", dispatcher.dispatch_all)
    jobs.every("* * * * *", "promises.remind", partial(promises.remind_due, db))
    jobs.every("31 3 * * *", "notices.purge", _in_transaction(db, notices.purge_old))
    jobs.every("17 * * * *", "identity.purge", _in_transaction(db, purge_expired))
    return Runtime(
        settings=settings,
        db=db,
        hub=hub,
        relay=Relay(url, hub),
        live=live,
        viewers=viewers,
        jobs=jobs,
        files=files,
        metrics=metrics,
        stores=stores,
        engine=served,
        experts=experts,
        answerer=answerer,
        dispatcher=dispatcher,
        web_limits=WebLimits(settings),
        translator=translator,
    )


async def _product_names(store: Store) -> list[GazetteerEntry]:
    products = await store.products.browse(limit=1000)
    return [
        GazetteerEntry(EntityKind.PRODUCT, product.product_id, (product.title, *product.aliases))
        for product in products
    ]


def _in_transaction(db: Database, work: Callable[[Tx], Awaitable[object]]) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        async with db.transaction() as tx:
            await work(tx)

    return run


def _count_messages(bus: EventBus, metrics: Metrics) -> None:
    async def count(tx: Tx, event: MessageReceived | MessageSent) -> None:
        counter = metrics.messages_stored.labels("web", event.message.author.kind)
        tx.after_commit(counter.inc)

    bus.subscribe(MessageReceived, count)
    bus.subscribe(MessageSent, count)


def _end_sockets(bus: EventBus, hub: Hub) -> None:
    """Who is signed out loses their open sockets too, in every process."""

    def end(topic: str) -> None:
        hub.drop_topic(topic, "signed_out")
        hub.announce("signed_out", topic)

    async def deactivated(tx: Tx, event: StaffDeactivated) -> None:
        tx.after_commit(partial(end, f"staff:{event.staff_id}"))

    async def revoked(tx: Tx, event: SessionRevoked) -> None:
        tx.after_commit(partial(end, f"session:{event.session_id}"))

    async def announced(topics: list[str]) -> None:
        for topic in topics:
            hub.drop_topic(topic, "signed_out")

    bus.subscribe(StaffDeactivated, deactivated)
    bus.subscribe(SessionRevoked, revoked)
    hub.on_announced("signed_out", announced)
