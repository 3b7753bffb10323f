"""Puts one process together: who listens to what, what runs in the background, what an endpoint may ask for."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from yingda import commerce, conversations, customers, dialogue, outreach, routing, tickets
from yingda.app.clockwork import schedule
from yingda.app.parts import Ground, Mind, Shops, open_ground, open_mind, open_shops
from yingda.app.reading import follow_publications
from yingda.channels.web import CustomerAudience, WebLimits
from yingda.commerce import Deeds, Hooks, Store
from yingda.conversations import Live, MessageReceived, MessageSent, StaffAudience, Translator, Viewers
from yingda.dialogue import photos
from yingda.identity import RightsChanged, SessionRevoked, StaffDeactivated
from yingda.infra.database import Database, Tx
from yingda.infra.events import EventBus
from yingda.infra.files import FileStore
from yingda.infra.jobs import Jobs
from yingda.infra.language_model import LanguageModel
from yingda.infra.metrics import Metrics
from yingda.infra.realtime import Hub, Relay
from yingda.infra.settings import Settings
from yingda.knowledge import Drafter, Experts, Library, labels
from yingda.language import Engine, ServedEngine
from yingda.privacy import CONSENTS, PersonalData
from yingda.privacy import subscribe as subscribe_audit
from yingda.routing import escalation, handing, levels, warning
from yingda.webhooks import Sender, Webhooks
from yingda.webhooks import personal as told_to_others
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
    ground = await open_ground(settings, url)
    shops = open_shops(settings, ground)
    mind = await open_mind(settings, ground, shops, engine)
    runtime = _runtime(settings, ground, shops, mind, translator)
    _connect(ground.bus, runtime)
    schedule(runtime)
    return runtime


def _runtime(settings: Settings, ground: Ground, shops: Shops, mind: Mind, translator: Translator | None) -> Runtime:
    db, hub, sender = ground.db, ground.hub, Sender(private=settings.webhook_private_addresses)
    viewers = Viewers(hub, db)
    return Runtime(
        settings=settings,
        db=db,
        hub=hub,
        relay=Relay(db.url, hub),
        live=Live(hub, db, StaffAudience(), CustomerAudience(ground.files), viewers),
        viewers=viewers,
        jobs=ground.jobs,
        files=ground.files,
        metrics=ground.metrics,
        stores=shops.stores,
        deeds=shops.deeds,
        webhooks=Webhooks(db, ground.jobs, sender, private=settings.webhook_private_addresses),
        sender=sender,
        hooks=shops.hooks,
        engine=mind.engine,
        experts=mind.experts,
        library=mind.library,
        language_model=mind.language_model,
        drafter=mind.drafter,
        label_reader=labels.LabelReader(db, ground.files, mind.experts.of(None).graph),
        photos=photos.Photos(db, ground.jobs, shops.stores, mind.experts),
        answerer=_answerer(ground, shops, mind),
        listener=dialogue.Listener(db, mind.engine),
        dispatcher=routing.Dispatcher(db, routing.WaitingRoom(hub, db).tell),
        watch=levels.Watch(db, (levels.ConversationKeeper(), levels.TicketKeeper())),
        outreach=outreach.Watcher(db, shops.stores),
        triage=mind.triage,
        web_limits=WebLimits(settings),
        personal=personal_data(ground.jobs),
        translator=translator,
    )


def _answerer(ground: Ground, shops: Shops, mind: Mind) -> dialogue.Answerer:
    return dialogue.Answerer(
        ground.db,
        ground.jobs,
        mind.engine,
        mind.triage,
        shops.stores,
        ground.metrics,
        mind.procedures,
        mind.experts,
        mind.library,
        mind.chooser,
        mind.drafter,
    )


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
    subscribe_audit(bus)
    _count_messages(bus, one.metrics)
    _end_sockets(bus, one.hub)


def personal_data(jobs: Jobs) -> PersonalData:
    """Who keeps what of a customer; customers come last, since the others are found through them."""
    kept = PersonalData()
    for holding in (
        told_to_others(jobs),
        notices.PERSONAL,
        dialogue.PERSONAL,
        outreach.PERSONAL,
        promises.PERSONAL,
        wrapup.PERSONAL,
        escalation.PERSONAL,
        tickets.PERSONAL,
        conversations.personal(jobs),
        commerce.PERSONAL,
        CONSENTS,
        customers.PERSONAL,
    ):
        kept.register(holding)
    return kept


def _count_messages(bus: EventBus, metrics: Metrics) -> None:
    async def count(tx: Tx, event: MessageReceived | MessageSent) -> None:
        counter = metrics.messages_stored.labels("web", event.message.author.kind)
        tx.after_commit(counter.inc)

    bus.subscribe(MessageReceived, count)
    bus.subscribe(MessageSent, count)


def _end_sockets(bus: EventBus, hub: Hub) -> None:
    """Who is signed out loses their open sockets too, in every process; who may hear other things opens new ones."""

    def end(topic: str, why: str = "signed_out") -> None:
        hub.drop_topic(topic, why)
        hub.announce(why, topic)

    async def deactivated(tx: Tx, event: StaffDeactivated) -> None:
        tx.after_commit(partial(end, f"staff:{event.staff_id}"))

    async def revoked(tx: Tx, event: SessionRevoked) -> None:
        tx.after_commit(partial(end, f"session:{event.session_id}"))

    async def regranted(tx: Tx, event: RightsChanged) -> None:
        for staff_id in event.staff_ids:
            tx.after_commit(partial(end, f"staff:{staff_id}", "rights_changed"))

    async def announced(why: str, topics: list[str]) -> None:
        for topic in topics:
            hub.drop_topic(topic, why)

    bus.subscribe(StaffDeactivated, deactivated)
    bus.subscribe(SessionRevoked, revoked)
    bus.subscribe(RightsChanged, regranted)
    for why in ("signed_out", "rights_changed"):
        hub.on_announced(why, partial(announced, why))
