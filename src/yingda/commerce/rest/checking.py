"""Tries a mapping file on the shop that it is for: every operation, and what every operation must keep to."""

import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec

from yingda.commerce.changes import Change, Number, kind_of
from yingda.commerce.deeds.facts import carry_out
from yingda.commerce.errors import ChangeRefused, ShopDown
from yingda.commerce.protocols import Store
from yingda.commerce.rest.mapping import READS, Mapping, MappingUnreadable
from yingda.commerce.rest.store import rest_store
from yingda.kit.clock import now
from yingda.kit.errors import NotFound
from yingda.kit.ids import new_id

_NOBODYS = "NO-SUCH-NUMBER-0"


class Sample(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What there is in the shop to ask about. `stranger`: another customer, who must not get to see any of it."""

    owner: Number
    stranger: Number
    order_no: Number
    tracking_no: Number | None = None
    product_id: Number | None = None
    case_no: Number | None = None
    text: str = "面霜"
    skus: tuple[Number, ...] = ()
    changes: tuple[Change, ...] = ()


class Verdict(StrEnum):
    OK = "ok"
    FAILED = "failed"
    SKIPPED = "skipped"


class Finding(msgspec.Struct, frozen=True):
    """What came of one check, in how many milliseconds."""

    check: str
    verdict: Verdict
    detail: str
    took: float = 0.0


class _Broken(Exception):
    """The shop answered, and it is not what a shop must answer."""


def read_sample(path: Path) -> Sample:
    """Raises `MappingUnreadable`."""
    try:
        return msgspec.toml.decode(path.read_bytes(), type=Sample)
    except (OSError, ValueError, msgspec.DecodeError) as error:
        raise MappingUnreadable(f"{path}: {error}") from None


async def check(mapping: Mapping, sample: Sample, *, changes: bool) -> list[Finding]:
    """One finding for each check. `changes`: also change what the sample says, which is not undone."""
    shop = rest_store(mapping)
    store = shop.exact or shop
    asked = _reads(store, sample)
    if changes:
        asked += [(kind_of(change), _twice(store, sample.owner, change)) for change in sample.changes]
    try:
        return [await _finding(name, mapping, ask) for name, ask in asked]
    finally:
        await shop.close()


Ask = Callable[[], Awaitable[str]]


def _reads(store: Store, sample: Sample) -> list[tuple[str, Ask | None]]:
    """By the operation that each needs; without a question where the sample names nothing."""
    owner, number = sample.owner, sample.order_no

    async def order() -> str:
        found = await store.orders.get(owner, number)
        _must(bool(found.lines), "the order has no lines")
        due = sum(line.amount_cents for line in found.lines) + found.freight_cents
        _must(due == found.total_cents, f"lines and freight are {due} cents, the total is {found.total_cents}")
        return f"{found.state}, {len(found.lines)} lines, {found.total_cents} cents"

    async def of_a_stranger() -> str:
        return await _hidden(store.orders.get(sample.stranger, number))

    async def unknown() -> str:
        return await _hidden(store.orders.get(owner, _NOBODYS))

    async def orders() -> str:
        found = await store.orders.recent(owner, 5)
        times = [one.placed_at for one in found]
        _must(times == sorted(times, reverse=True), "the latest order is not the first")
        return _count(found)

    async def shipments() -> str:
        found = await store.shipments.of_order(owner, number)
        _must(all(one.events for one in found), "a parcel has no events")
        return _count(found)

    return [
        ("order", order),
        ("order: a stranger's is not found", of_a_stranger),
        ("order: an unknown one is not found", unknown),
        ("orders", orders),
        ("shipments", shipments),
        *_others(store, sample),
    ]


def _others(store: Store, sample: Sample) -> list[tuple[str, Ask | None]]:
    owner, number = sample.owner, sample.order_no
    tracking, product, case = sample.tracking_no, sample.product_id, sample.case_no

    async def moved() -> str:
        found = await store.shipments.moved(now() - timedelta(days=1), "", 1000)
        _must(all(one.events for one in found or []), "a parcel has no events")
        return _count(found or [])

    return [
        ("moved", moved),
        ("shipment", _told(lambda: store.shipments.get(owner, tracking)) if tracking else None),
        ("product", _told(lambda: store.products.get(product)) if product else None),
        ("products", _counted(lambda: store.products.search(sample.text, 5))),
        ("case", _told(lambda: store.returns.get(owner, case)) if case else None),
        ("cases", _counted(lambda: store.returns.of_order(owner, number))),
        ("refunds", _counted(lambda: store.returns.refunds(owner, number))),
        ("invoice", _told(lambda: store.invoices.of_order(owner, number))),
        ("coupons", _counted(lambda: store.coupons.of_customer(owner))),
        ("account", _told(lambda: store.accounts.get(owner))),
        ("stock", _counted(lambda: store.stock.of(sample.skus)) if sample.skus else None),
    ]


def _twice(store: Store, owner: str, change: Change) -> Ask:
    async def ask() -> str:
        key = str(new_id())
        first = await carry_out(store, owner, change, key)
        again = await carry_out(store, owner, change, key)
        _must(first == again, "the same key again was answered otherwise: is it done twice?")
        return f"reference {first.reference or '-'}, {first.amount_cents} cents; the same key again changes nothing"

    return ask


async def _finding(name: str, mapping: Mapping, ask: Ask | None) -> Finding:
    operation = name.split(":")[0]
    if operation not in (mapping.reads if operation in READS else mapping.writes):
        return Finding(name, Verdict.SKIPPED, "not in the mapping")
    if ask is None:
        return Finding(name, Verdict.SKIPPED, "the sample names none")
    began = time.perf_counter()
    try:
        verdict, detail = Verdict.OK, await ask()
    except ShopDown as error:
        verdict, detail = Verdict.FAILED, str(error.__cause__ or "the shop did not answer, or not in time")
    except NotFound:
        verdict, detail = Verdict.FAILED, "not found"
    except ChangeRefused as error:
        verdict, detail = Verdict.FAILED, f"refused: {error.refusal}"
    except _Broken as error:
        verdict, detail = Verdict.FAILED, str(error)
    return Finding(name, verdict, detail, (time.perf_counter() - began) * 1000)


async def _hidden(asked: Awaitable[Any]) -> str:
    try:
        await asked
    except NotFound:
        return "not found, as it must be"
    raise _Broken("it was answered")


def _told(ask: Callable[[], Awaitable[Any]]) -> Ask:
    async def tell() -> str:
        found = await ask()
        return type(found).__name__ if found else "none"

    return tell


def _counted(ask: Callable[[], Awaitable[Any]]) -> Ask:
    async def tell() -> str:
        return _count(await ask())

    return tell


def _count(found: Sequence[Any]) -> str:
    return f"{len(found)} found"


def _must(holds: bool, otherwise: str) -> None:
    if not holds:
        raise _Broken(otherwise)
