"""Articles with what the other features know: how customers spell, and what a shop says of itself."""

from collections.abc import Mapping, Sequence
from functools import cache

from yingda.app.reading import encoder_of
from yingda.commerce import Fault, Policy, Store
from yingda.infra.database import Database
from yingda.infra.language_model import LanguageModel
from yingda.infra.metrics import Metrics
from yingda.infra.realtime import Hub
from yingda.infra.settings import Settings
from yingda.knowledge import (
    ArticleVariable,
    Drafter,
    Experts,
    Library,
    MissedTopic,
    ModelDrafter,
    Values,
    ValuesOf,
    Words,
    gather,
)
from yingda.language import beauty_terms, discover, narrow, readable


async def open_library(
    settings: Settings,
    db: Database,
    hub: Hub,
    stores: Mapping[str, Store],
    policies: Mapping[str, Policy],
    metrics: Metrics,
) -> Library:
    values, encoder = values_of(stores, policies), encoder_of(settings)
    return await Library.open(db, hub, words(), values, encoder, on_failure=metrics.article_encoder_failures.inc)


def drafter_of(settings: Settings, model: LanguageModel | None, experts: Experts) -> Drafter | None:
    """None: answers stand as they are in the articles."""
    if model is None or not settings.drafting:
        return None
    return ModelDrafter(model, settings.drafting_timeout_seconds, lambda shop: experts.of(shop).names, words().of)


async def gather_topics(db: Database) -> None:
    """What customers asked in vain, grouped by what it is about, into the queue of proposals."""
    await gather(db, _topics)


def _topics(texts: Sequence[str]) -> list[MissedTopic]:
    return [MissedTopic(one.name, one.messages, one.examples) for one in discover(texts)]


@cache
def words() -> Words:
    """The shipped words, with the nicknames of ingredients and brands; nobody changes them."""
    return Words(narrow, [(term.value, *term.names) for term in beauty_terms()], read=readable)


def values_of(stores: Mapping[str, Store], policies: Mapping[str, Policy]) -> ValuesOf:
    """What the variables say in each shop; what a shop does not say is missing."""
    values = {code: _values(store, policies.get(code)) for code, store in stores.items()}
    anybody: Values = next(iter(values.values()), {})
    return lambda shop: values.get(shop or "", anybody)


def _values(store: Store, policy: Policy | None) -> Values:
    if policy is None:
        return {ArticleVariable.SHOP_NAME: store.name}
    told, faults = policy.told, policy.faults
    said: dict[ArticleVariable, object] = {
        ArticleVariable.SHOP_NAME: store.name,
        ArticleVariable.SHOP_HOURS: told.hours,
        ArticleVariable.SHOP_PHONE: told.phone,
        ArticleVariable.RETURN_DAYS: faults[Fault.CHANGED_MIND].days if Fault.CHANGED_MIND in faults else None,
        ArticleVariable.EXCHANGE_DAYS: faults[Fault.WRONG_VARIANT].days if Fault.WRONG_VARIANT in faults else None,
        ArticleVariable.PRICE_PROTECTION_DAYS: policy.price_days,
        ArticleVariable.FREE_SHIPPING_OVER: told.free_shipping_over,
        ArticleVariable.REFUND_DAYS: told.refund_days,
        ArticleVariable.SHIP_WITHIN_HOURS: told.ship_within_hours,
    }
    return {variable: str(value) for variable, value in said.items() if value not in (None, "")}
