"""Asks the shop for what a decision needs, and carries a change to the door that makes it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from yingda.commerce.changes import (
    AskCarrier,
    CancelOrder,
    CaseChange,
    Change,
    ChangeAddress,
    ChangeItem,
    ChangeRemark,
    GrantCoupon,
    ProtectPrice,
    ReinstateOrder,
    RequestExchange,
    RequestInvoice,
    RequestRefund,
    RequestReturn,
    Reship,
    RevokeCoupon,
    WithdrawCase,
)
from yingda.commerce.deeds.policy import Policy
from yingda.commerce.deeds.schemas import Facts
from yingda.commerce.errors import ProductNotFound, ShopDown
from yingda.commerce.protocols import Store
from yingda.commerce.schemas import Order, Product, Receipt


async def facts_of(store: Store, owner: str, change: Change, policy: Policy, now: datetime) -> Facts:
    """Raises `OrderNotFound` for what is not theirs, and `ShopDown` also when all that is known is old."""
    order = await store.orders.get(owner, change.order_no)
    if now - order.as_of > timedelta(seconds=policy.fresh_seconds):
        raise ShopDown
    number = order.order_no
    is_case = isinstance(change, CaseChange)
    gives = is_case or isinstance(change, ProtectPrice)
    account = await store.accounts.get(owner) if gives else None
    skus = _skus_needed(change)
    return Facts(
        order=order,
        shipments=await store.shipments.of_order(owner, number) if is_case or isinstance(change, AskCarrier) else (),
        cases=await store.returns.of_order(owner, number) if is_case or isinstance(change, WithdrawCase) else (),
        refunds=await store.returns.refunds(owner, number) if gives else (),
        invoice=await store.invoices.of_order(owner, number) if isinstance(change, RequestInvoice) else None,
        product=await _product(store, change, order),
        coupons=await store.coupons.of_customer(owner) if isinstance(change, RevokeCoupon) else (),
        stock=await store.stock.of(skus) if skus else {},
        flagged=account.flagged if account else False,
    )


async def carry_out(store: Store, owner: str, change: Change, key: str) -> Receipt:
    """Ask the door that makes `change`."""
    match change:
        case CancelOrder():
            return await store.orders.cancel(owner, change, key)
        case ReinstateOrder():
            return await store.orders.reinstate(owner, change, key)
        case ChangeAddress():
            return await store.orders.change_address(owner, change, key)
        case ChangeItem():
            return await store.orders.change_item(owner, change, key)
        case ChangeRemark():
            return await store.orders.change_remark(owner, change, key)
        case RequestReturn() | RequestExchange() | RequestRefund():
            return await store.returns.request(owner, change, key)
        case Reship():
            return await store.returns.reship(owner, change, key)
        case WithdrawCase():
            return await store.returns.withdraw(owner, change, key)
        case _:
            return await _carry_out_beside(store, owner, change, key)


async def _carry_out_beside(
    store: Store,
    owner: str,
    change: RequestInvoice | GrantCoupon | RevokeCoupon | ProtectPrice | AskCarrier,
    key: str,
) -> Receipt:
    """Changes that leave the order as it is."""
    match change:
        case RequestInvoice():
            return await store.invoices.request(owner, change, key)
        case GrantCoupon():
            return await store.coupons.grant(owner, change, key)
        case RevokeCoupon():
            return await store.coupons.revoke(owner, change, key)
        case ProtectPrice():
            return await store.returns.protect_price(owner, change, key)
        case AskCarrier():
            return await store.shipments.ask_carrier(owner, change, key)


def _skus_needed(change: Change) -> Sequence[str]:
    match change:
        case ChangeItem():
            return [change.wanted_sku]
        case RequestExchange() if change.wanted_sku:
            return [change.wanted_sku]
        case RequestExchange() | Reship():
            return [claim.sku for claim in change.lines]
    return []


async def _product(store: Store, change: Change, order: Order) -> Product | None:
    """The product that one line is about, where its price or its variants matter."""
    match change:
        case ChangeItem() | ProtectPrice():
            sku = change.sku
        case RequestExchange() if change.wanted_sku:
            sku = change.lines[0].sku
        case _:
            return None
    line = next((line for line in order.lines if line.sku == sku), None)
    try:
        return await store.products.get(line.product_id) if line else None
    except ProductNotFound:
        return None
