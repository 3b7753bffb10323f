"""What a process is put together from, from the ground up; each part is made from those before it."""

from dataclasses import dataclass

from yingda import dialogue, routing
from yingda.app.library import drafter_of, open_library
from yingda.app.reading import chooser_of, language_model_of, served_engine
from yingda.app.shelves import shelves_of
from yingda.commerce import Deeds, Hooks, Policy, Store, connected_shops, demo_policy, demo_store
from yingda.infra.database import Database
from yingda.infra.events import EventBus
from yingda.infra.files import FileStore
from yingda.infra.jobs import Jobs
from yingda.infra.language_model import LanguageModel
from yingda.infra.metrics import Metrics
from yingda.infra.realtime import Hub
from yingda.infra.settings import Settings
from yingda.knowledge import Drafter, Experts, Library, open_experts
from yingda.language import Engine, EntityKind, GazetteerEntry, ServedEngine, beauty_terms


@dataclass(frozen=True)
class Ground:
    """Where everything stands that everybody needs."""

    bus: EventBus
    db: Database
    jobs: Jobs
    hub: Hub
    files: FileStore
    metrics: Metrics


async def open_ground(settings: Settings, url: str) -> Ground:
    bus, metrics = EventBus(), Metrics()
    return Ground(
        bus=bus,
        db=await Database.connect(url, bus=bus, pool=settings.database_pool),
        jobs=Jobs(url),
        hub=Hub(queue_limit=settings.socket_queue, on_drop=lambda why: metrics.sockets_dropped.labels(why).inc()),
        files=FileStore.open(
            settings.files_url, settings.data_dir / "files", secret=settings.signing_key, limit=settings.upload_bytes
        ),
        metrics=metrics,
    )


@dataclass(frozen=True)
class Shops:
    """The demo store and all that are connected, what they allow, and what is done in them."""

    demo: Store
    stores: dict[str, Store]
    policies: dict[str, Policy]
    deeds: Deeds
    hooks: Hooks


def open_shops(settings: Settings, ground: Ground) -> Shops:
    demo, connected = demo_store(ground.db), connected_shops(settings.shops_dir)
    stores = {demo.code: demo} | {shop.store.code: shop.store for shop in connected}
    policies = {demo.code: demo_policy()} | {shop.store.code: shop.policy for shop in connected if shop.policy}
    return Shops(
        demo=demo,
        stores=stores,
        policies=policies,
        deeds=Deeds(ground.db, stores, policies),
        hooks=Hooks(shop.mapping for shop in connected),
    )


@dataclass(frozen=True)
class Mind:
    """How customers are understood, and from what they are answered."""

    engine: ServedEngine
    triage: routing.LiveTriage
    experts: Experts
    library: Library
    procedures: dialogue.Procedures
    language_model: LanguageModel | None
    drafter: Drafter | None
    chooser: dialogue.ModelChooser | None


async def open_mind(settings: Settings, ground: Ground, shops: Shops, engine: Engine | None) -> Mind:
    """`engine`: instead of the one trained on first use."""
    served = served_engine(settings, [*await _product_names(shops.demo), *beauty_terms()], engine)
    experts = await open_experts(ground.db, served.engine.model.sounds, await shelves_of(shops.stores))
    model = language_model_of(settings)
    return Mind(
        engine=served,
        triage=await routing.LiveTriage.open(ground.db),
        experts=experts,
        library=await open_library(settings, ground.db, ground.hub, shops.stores, shops.policies, ground.metrics),
        procedures=await dialogue.Procedures.open(ground.db, shops.deeds),
        language_model=model,
        drafter=drafter_of(settings, model, experts),
        chooser=chooser_of(settings, model),
    )


async def _product_names(store: Store) -> list[GazetteerEntry]:
    products = await store.products.browse(limit=1000)
    return [
        GazetteerEntry(EntityKind.PRODUCT, product.product_id, (product.title, *product.aliases))
        for product in products
    ]
