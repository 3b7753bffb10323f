"""Puts one process together: who listens to what, what runs in the background, what an endpoint may ask for."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from yingda import commerce, conversations, customers, dialogue, outreach, routing, tickets
from yingda.app.clockwork import schedule
from yingda.app.library import drafter_of, open_library
from yingda.app.reading import chooser_of, follow_publications, language_model_of, served_engine
from yingda.app.shelves import shelves_of
from yingda.channels.web import CustomerAudience, WebLimits
from yingda.commerce import Deeds, Hooks, Store, connected_shops, demo_policy, demo_store
from yingda.conversations import Live, MessageReceived, MessageSent, StaffAudience, Translator, Viewers
from yingda.dialogue import photos
from yingda.identity import SessionRevoked, StaffDeactivated
from yingda.infra.database import Database, Tx
from yingda.infra.events import EventBus
from yingda.infra.files import FileStore
from yingda.infra.jobs import Jobs
from yingda.infra.language_model import LanguageModel
from yingda.infra.metrics import Metrics
from yingda.infra.realtime import Hub, Relay
from yingda.infra.settings import Settings
from yingda.knowledge import Drafter, Experts, Library, labels, open_experts
from yingda.language import Engine, EntityKind, GazetteerEntry, ServedEngine, beauty_terms
from yingda.privacy import CONSENTS, PersonalData
from yingda.routing import escalation, handing, levels, warning
from yingda.webhooks import PERSONAL as TOLD_TO_OTHERS
from yingda.webhooks import Sender, Webhooks
from yingda.webhooks import subscribe as subscribe_webhooks
from yingda.workspace import notices, promises, suggestions, wrapup


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
    deeds: Deeds
    hooks: Hooks
    webhooks: Webhooks
    sender: Sender
    engine: ServedEngine
    experts: Experts
    library: Library
    language_model: LanguageModel | None
    drafter: Drafter | None
    label_reader: labels.LabelReader
    photos: photos.Photos
    answerer: dialogue.Answerer
    listener: dialogue.Listener
    dispatcher: routing.Dispatcher
    watch: levels.Watch
    outreach: outreach.Watcher
    triage: routing.LiveTriage
    web_limits: WebLimits
    personal: PersonalData
    translator: Translator | None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Real time and dispatch in the background; on leaving, turns under way are finished first."""
        background = [
            asyncio.create_task(self.relay.run()),
            asyncio.create_task(self.dispatcher.run()),
            asyncio.create_task(self.listener.run()),
            asyncio.create_task(self.watch.run()),
            asyncio.create_task(follow_publications(self.engine)),
            asyncio.create_task(self.triage.follow()),
            asyncio.create_task(self.library.follow()),
        ]
        self.dispatcher.kick()
        try:
            yield
        finally:
            await self.answerer.drain()
            await self.library.drain()
            for task in background:
                task.cancel()
            await asyncio.gather(*background, return_exceptions=True)

    async def close(self) -> None:
        for store in self.stores.values():
            await store.close()
        await self.sender.close()
        await self.label_reader.close()
        if self.language_model:
            await self.language_model.close()
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
    shops = connected_shops(settings.shops_dir)
    stores = {store.code: store} | {shop.store.code: shop.store for shop in shops}
    policies = {shop.store.code: shop.policy for shop in shops if shop.policy}
    deeds = Deeds(db, stores, {store.code: demo_policy()} | policies)
    served = served_engine(settings, [*await _product_names(store), *beauty_terms()], engine)
    listener = dialogue.Listener(db, served)
    triage = await routing.LiveTriage.open(db)
    experts = await open_experts(db, served.engine.model.sounds, await shelves_of(stores))
    library = await open_library(settings, db, hub, stores, {store.code: demo_policy()} | policies, metrics)
    procedures = await dialogue.Procedures.open(db, deeds)
    language_model = language_model_of(settings)
    drafter = drafter_of(settings, language_model, experts)
    chooser = chooser_of(settings, language_model)
    answerer = dialogue.Answerer(
        db, jobs, served, triage, stores, metrics, procedures, experts, library, chooser, drafter
    )
    label_reader = labels.LabelReader(db, files, experts.of(None).graph)
    looker = photos.Photos(db, jobs, stores, experts)
    dispatcher = routing.Dispatcher(db, routing.WaitingRoom(hub, db).tell)
    watch = levels.Watch(db, (levels.ConversationKeeper(), levels.TicketKeeper()))
    watcher = outreach.Watcher(db, stores)

    sender = Sender(private=settings.webhook_private_addresses)
    runtime = Runtime(
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
        deeds=deeds,
        webhooks=Webhooks(db, jobs, sender, private=settings.webhook_private_addresses),
        sender=sender,
        hooks=Hooks(shop.mapping for shop in shops),
        engine=served,
        experts=experts,
        library=library,
        language_model=language_model,
        drafter=drafter,
        label_reader=label_reader,
        photos=looker,
        answerer=answerer,
        listener=listener,
        dispatcher=dispatcher,
        watch=watch,
        outreach=watcher,
        triage=triage,
        web_limits=WebLimits(settings),
        personal=personal_data(jobs),
        translator=translator,
    )
    _connect(bus, runtime)
    schedule(runtime)
    return runtime


def _connect(bus: EventBus, one: Runtime) -> None:
    """Who hears what happens; in this order, since a wish for no reminders is heard before the assistant answers."""
    one.live.subscribe(bus)
    tickets.subscribe(bus, tickets.LiveTickets(one.hub, one.db))
    routing.subscribe(bus, one.dispatcher)
    handing.subscribe(bus)
    levels.subscribe(bus, one.watch)
    escalation.subscribe(bus)
    warning.subscribe(bus)
    outreach.subscribe(bus)
    dialogue.subscribe(bus, one.jobs, one.answerer, grace_seconds=one.settings.answer_grace_seconds)
    one.listener.subscribe(bus)
    one.library.subscribe(bus, one.jobs)
    photos.subscribe(bus, one.jobs, one.photos)
    promises.subscribe(bus)
    wrapup.subscribe(bus)
    suggestions.subscribe(bus)
    notices.subscribe(bus, notices.NoticeBell(one.hub, one.db))
    subscribe_webhooks(bus, one.jobs, one.webhooks)
    _count_messages(bus, one.metrics)
    _end_sockets(bus, one.hub)


def personal_data(jobs: Jobs) -> PersonalData:
    """Who keeps what of a customer; customers come last, since the others are found through them."""
    kept = PersonalData()
    for holding in (
        TOLD_TO_OTHERS,
        notices.PERSONAL,
        dialogue.PERSONAL,
        outreach.PERSONAL,
        promises.PERSONAL,
        wrapup.PERSONAL,
        tickets.PERSONAL,
        conversations.personal(jobs),
        commerce.PERSONAL,
        CONSENTS,
        customers.PERSONAL,
    ):
        kept.register(holding)
    return kept


async def _product_names(store: Store) -> list[GazetteerEntry]:
    products = await store.products.browse(limit=1000)
    return [
        GazetteerEntry(EntityKind.PRODUCT, product.product_id, (product.title, *product.aliases))
        for product in products
    ]


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
