"""Changes to an order of the demo store that has not left yet. The order is locked; each says what came of it."""

from datetime import timedelta

from msgspec.structs import replace

from yingda.commerce.changes import CancelOrder, ChangeAddress, ChangeItem, ChangeRemark, ReinstateOrder
from yingda.commerce.demo import repository
from yingda.commerce.demo.seed import SHOP_CODE
from yingda.commerce.errors import ChangeRefused
from yingda.commerce.events import OrderChanged, RefundChanged
from yingda.commerce.refusals import Refusal
from yingda.commerce.schemas import Order, OrderState, Product, Receipt, Refund, RefundState
from yingda.infra.database import Tx
from yingda.kit.clock import now

_UNSENT = (OrderState.UNPAID, OrderState.PAID, OrderState.PACKED)
_REFUND_DAYS = 3


async def cancel(tx: Tx, order: Order, _change: CancelOrder) -> Receipt:
    """Money that was paid is on its way back."""
    _need_unsent(order)
    paid = order.state is not OrderState.UNPAID
    order = replace(order, state=OrderState.CANCELLED, cancelled_at=now(), cancel_reason="客户取消")
    await save(tx, order)
    if not paid:
        return Receipt(order.order_no)
    refund = await pay_back(tx, order, order.total_cents)
    return Receipt(order.order_no, refund.refund_no, refund.amount_cents)


async def reinstate(tx: Tx, order: Order, _change: ReinstateOrder) -> Receipt:
    if order.state is not OrderState.CANCELLED or order.paid_at is not None:
        raise ChangeRefused(Refusal.WRONG_STATE)
    await save(tx, replace(order, state=OrderState.UNPAID, cancelled_at=None, cancel_reason=None))
    return Receipt(order.order_no)


async def change_address(tx: Tx, order: Order, change: ChangeAddress) -> Receipt:
    _need_unsent(order)
    await save(tx, replace(order, address=change.address))
    return Receipt(order.order_no)


async def change_item(tx: Tx, order: Order, change: ChangeItem) -> Receipt:
    """What the line was for goes back on the shelf, what is wanted comes off it."""
    _need_unsent(order)
    line = next((line for line in order.lines if line.sku == change.sku), None)
    product = await repository.lock_product(tx.conn, line.product_id) if line else None
    variant = next((one for one in product.variants if one.sku == change.wanted_sku), None) if product else None
    if line is None or product is None or variant is None:
        raise ChangeRefused(Refusal.NOT_IN_ORDER)
    if variant.stock < line.quantity:
        raise ChangeRefused(Refusal.OUT_OF_STOCK)
    product = moved(moved(product, change.sku, line.quantity), change.wanted_sku, -line.quantity)
    await repository.save_product(tx.conn, product)
    wanted = replace(line, sku=variant.sku, variant=variant.name)
    await save(tx, replace(order, lines=tuple(wanted if one is line else one for one in order.lines)))
    return Receipt(order.order_no)


async def change_remark(tx: Tx, order: Order, change: ChangeRemark) -> Receipt:
    _need_unsent(order)
    await save(tx, replace(order, buyer_remark=change.text))
    return Receipt(order.order_no)


async def save(tx: Tx, order: Order) -> None:
    await repository.save_order(tx.conn, order)
    await tx.publish(OrderChanged(SHOP_CODE, order.owner, order.order_no, order.state))


async def pay_back(tx: Tx, order: Order, amount_cents: int, case_no: str | None = None) -> Refund:
    """Begin a refund; the whole order's refunds never exceed what was paid."""
    earlier = await repository.refunds_of_order(tx.conn, order.owner, order.order_no)
    if sum(refund.amount_cents for refund in earlier) + amount_cents > order.total_cents:
        raise ChangeRefused(Refusal.OVER_PAID)
    moment = now()
    refund = Refund(
        refund_no=numbered(f"TK{order.order_no[2:]}", len(earlier)),
        order_no=order.order_no,
        owner=order.owner,
        state=RefundState.PROCESSING,
        amount_cents=amount_cents,
        method=f"原路退回 · {order.pay_method}",
        requested_at=moment,
        expected_by=moment + timedelta(days=_REFUND_DAYS),
        as_of=moment,
        case_no=case_no,
    )
    await repository.add_refund(tx.conn, refund)
    await tx.publish(
        RefundChanged(SHOP_CODE, order.owner, order.order_no, refund.refund_no, refund.state, amount_cents)
    )
    return refund


def numbered(stem: str, earlier: int) -> str:
    """The second of an order's refunds or cases is told apart by a suffix."""
    return f"{stem}-{earlier + 1}" if earlier else stem


def moved(product: Product, sku: str, by: int) -> Product:
    """The product with `by` more of one variant in stock."""
    variants = tuple(replace(one, stock=one.stock + by) if one.sku == sku else one for one in product.variants)
    return replace(product, variants=variants)


def _need_unsent(order: Order) -> None:
    if order.state not in _UNSENT:
        raise ChangeRefused(Refusal.WRONG_STATE if order.state is OrderState.CANCELLED else Refusal.TOO_LATE)
