"""Takes a shop's webhook in: verify → once → publish."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Literal

import msgspec
import structlog

from yingda.commerce.events import OrderChanged, ParcelMoved, RefundChanged
from yingda.commerce.hooks import repository, rules
from yingda.commerce.rest.fitting import DoesNotFit, fit, search
from yingda.commerce.rest.mapping import Hook, Mapping, secret
from yingda.infra.database import Database, Tx
from yingda.infra.events import Event
from yingda.kit.clock import now
from yingda.kit.errors import BadRequest, Invalid, TooLarge, Unauthenticated

logger = structlog.get_logger(__name__)

_LARGEST = 64 * 1024
_KEPT = timedelta(days=2)
_EVENTS: dict[str, type[Event]] = {
    "order_changed": OrderChanged,
    "parcel_moved": ParcelMoved,
    "refund_changed": RefundChanged,
}


class HookRefused(Unauthenticated):
    """Also what is heard where no shop of that name listens."""

    code = "hook_refused"
    zh = "签名无效、已过期，或没有这个店铺。"
    en = "The signature is wrong or too old, or there is no such shop."


class HookUnreadable(Invalid):
    code = "hook_unreadable"


class Delivered(msgspec.Struct, frozen=True, kw_only=True):
    """How a shop's webhook arrived, as its headers say."""

    timestamp: str
    signature: str
    delivery: str
    body: bytes


class Taken(msgspec.Struct, frozen=True):
    """What became of it: `ignored` is of a type that the mapping does not name."""

    result: Literal["published", "duplicate", "ignored"]


class Hooks:
    """The shops that may tell us something, with their secrets: the one in force, and the one before."""

    def __init__(self, mappings: Iterable[Mapping]) -> None:
        self._shops = {
            mapping.code: (mapping, mapping.hook, _secrets(mapping.hook)) for mapping in mappings if mapping.hook
        }

    def read(self, shop: str, delivered: Delivered) -> Event | None:
        """The event that it is about; None for one that does not concern us. Raises what is wrong with it."""
        if len(delivered.body) > _LARGEST:
            raise TooLarge
        if shop not in self._shops:
            raise HookRefused
        mapping, hook, secrets = self._shops[shop]
        genuine = rules.is_genuine(
            secrets, delivered.timestamp, delivered.body, delivered.signature, now(), hook.window_seconds
        )
        if not genuine or not 1 <= len(delivered.delivery) <= 200:
            raise HookRefused
        return _event(_document(delivered.body), mapping, hook)


async def take(tx: Tx, hooks: Hooks, shop: str, delivered: Delivered) -> Taken:
    """Publish what it says, once for each delivery id."""
    event = hooks.read(shop, delivered)
    if not await repository.add(tx.conn, shop, delivered.delivery, now()):
        return Taken("duplicate")
    if event is None:
        return Taken("ignored")
    await tx.publish(event)
    return Taken("published")


async def purge(db: Database) -> None:
    """Forget deliveries that would be refused as too old anyway."""
    async with db.transaction() as tx:
        await repository.purge(tx.conn, now() - _KEPT)


def _document(body: bytes) -> Any:
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BadRequest from None


def _event(document: Any, mapping: Mapping, hook: Hook) -> Event | None:
    kind = _EVENTS.get(hook.events.get(str(search(hook.type, document)), ""))
    if kind is None:
        return None
    if not isinstance(document, dict):
        raise BadRequest
    try:
        return fit(
            document, kind, msgspec.structs.replace(mapping, fields={kind.__name__: hook.fields}), shop=mapping.code
        )
    except DoesNotFit as error:
        logger.warning("a shop's webhook does not fit its mapping", shop=mapping.code, problem=str(error))
        raise HookUnreadable(reason=kind.__name__) from None


def _secrets(hook: Hook) -> list[bytes]:
    names = (hook.secret_env, hook.previous_secret_env)
    return [secret(name) for name in names if name]
