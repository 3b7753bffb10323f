"""What the demo store does for an order after it was paid for: cases, invoices, coupons, the carrier."""

from datetime import timedelta

from msgspec.structs import replace

from yingda.commerce.changes import (
    AskCarrier,
    CaseChange,
    Claim,
    GrantCoupon,
    ProtectPrice,
    RequestExchange,
    RequestInvoice,
    RequestRefund,
    RequestReturn,
    Reship,
    RevokeCoupon,
    WithdrawCase,
    kind_of,
)
from yingda.commerce.demo import repository
from yingda.commerce.demo.changing import moved, numbered, pay_back, save
from yingda.commerce.demo.seed import SHOP_CODE
from yingda.commerce.errors import ChangeRefused, ShipmentNotFound
from yingda.commerce.events import ParcelMoved
from yingda.commerce.refusals import Refusal
from yingda.commerce.schemas import (
    Coupon,
    CouponState,
    Invoice,
    InvoiceState,
    Order,
    OrderLine,
    OrderState,
    Receipt,
    ReturnCase,
    ReturnKind,
    ReturnLine,
    ReturnState,
    ReturnStep,
    Shipment,
    ShipmentEvent,
    ShipmentPurpose,
    ShipmentState,
)
from yingda.infra.database import Tx
from yingda.kit.clock import SHANGHAI, now
from yingda.kit.ids import new_id

_SEND_BACK_DAYS = 7
_COUPON_DAYS = 30
_DELIVERY_DAYS = 3
_OPEN = (ReturnState.REQUESTED, ReturnState.APPROVED)
_KINDS = {
    "request_return": (ReturnKind.RETURN_REFUND, "退货退款"),
    "request_exchange": (ReturnKind.EXCHANGE, "换货"),
    "request_refund": (ReturnKind.REFUND_ONLY, "仅退款"),
    "reship": (ReturnKind.REISSUE, "补发"),
}
_FAULTS = {
    "changed_mind": "七天无理由退货",
    "wrong_variant": "拍错规格",
    "defective": "商品有瑕疵",
    "damaged": "收到时已破损",
    "missing": "少发商品",
    "wrong_item": "发错商品",
    "reaction": "使用后不适",
    "not_authentic": "对真伪有疑问",
    "not_received": "没有收到包裹",
    "late": "包裹延误",
    "gift_missing": "缺少赠品",
}


async def request(tx: Tx, order: Order, change: RequestReturn | RequestExchange | RequestRefund) -> Receipt:
    """Approved at once: what the shop's policy says was asked before."""
    case = await _open_case(tx, order, change)
    if isinstance(change, RequestRefund):
        refund = await pay_back(tx, order, case.refund_cents, case.case_no)
        paying = ReturnStep(now(), ReturnState.REFUNDING, "退款已提交支付渠道，预计 1–3 个工作日原路到账")
        case = replace(case, state=paying.state, steps=(*case.steps, paying), refund_no=refund.refund_no)
    elif isinstance(change, RequestReturn):
        case = replace(case, send_back_by=now() + timedelta(days=_SEND_BACK_DAYS))
    else:
        case = replace(case, send_back_by=now() + timedelta(days=_SEND_BACK_DAYS), refund_cents=0)
    return await _keep(tx, order, case)


async def reship(tx: Tx, order: Order, change: Reship) -> Receipt:
    """A parcel of its own, with what was claimed taken off the shelf; gifts are not counted."""
    case = replace(await _open_case(tx, order, change), refund_cents=0)
    for line, claim in _claimed(order, change.lines):
        product = None if line.gift else await repository.lock_product(tx.conn, line.product_id)
        if product:
            await repository.save_product(tx.conn, moved(product, claim.sku, -claim.quantity))
    parcel = await _send_again(tx, order)
    sent = ReturnStep(now(), ReturnState.RESHIPPED, f"补发商品已发出：{parcel.carrier} {parcel.tracking_no}")
    case = replace(case, state=sent.state, steps=(*case.steps, sent), replacement_tracking_no=parcel.tracking_no)
    return await _keep(tx, order, case)


async def withdraw(tx: Tx, order: Order, change: WithdrawCase) -> Receipt:
    """The order is again what it was before the case."""
    case = await repository.return_case(tx.conn, order.owner, change.case_no)
    if case is None or case.order_no != order.order_no:
        raise ChangeRefused(Refusal.NOT_THEIRS)
    if case.state not in _OPEN:
        raise ChangeRefused(Refusal.TOO_LATE)
    step = ReturnStep(now(), ReturnState.WITHDRAWN, "您已撤销申请")
    await repository.save_case(tx.conn, replace(case, state=step.state, steps=(*case.steps, step), send_back_by=None))
    await save(tx, replace(order, state=_settled(order)))
    return Receipt(order.order_no, case.case_no)


async def protect_price(tx: Tx, order: Order, change: ProtectPrice) -> Receipt:
    refund = await pay_back(tx, order, change.amount_cents or 0)
    return Receipt(order.order_no, refund.refund_no, refund.amount_cents)


async def request_invoice(tx: Tx, order: Order, change: RequestInvoice) -> Receipt:
    moment = now()
    invoice = Invoice(
        order_no=order.order_no,
        owner=order.owner,
        state=InvoiceState.REQUESTED,
        kind=change.kind,
        title=change.title,
        amount_cents=order.total_cents,
        email=change.email,
        requested_at=moment,
        as_of=moment,
        tax_no=change.tax_no,
    )
    if not await repository.add_invoice(tx.conn, invoice):
        raise ChangeRefused(Refusal.ALREADY_DONE)
    return Receipt(order.order_no, amount_cents=invoice.amount_cents)


async def grant_coupon(tx: Tx, order: Order, change: GrantCoupon) -> Receipt:
    moment = now()
    coupon = Coupon(
        code=f"LL{new_id().hex[-10:].upper()}",
        owner=order.owner,
        state=CouponState.VALID,
        amount_cents=change.amount_cents,
        valid_until=moment + timedelta(days=_COUPON_DAYS),
        as_of=moment,
        order_no=order.order_no,
    )
    await repository.add_coupon(tx.conn, coupon, moment)
    return Receipt(order.order_no, coupon.code, coupon.amount_cents)


async def revoke_coupon(tx: Tx, order: Order, change: RevokeCoupon) -> Receipt:
    mine = await repository.coupons(tx.conn, order.owner)
    coupon = next((one for one in mine if one.code == change.code), None)
    if coupon is None or coupon.state is not CouponState.VALID:
        raise ChangeRefused(Refusal.TOO_LATE if coupon else Refusal.NOT_THEIRS)
    await repository.save_coupon(tx.conn, replace(coupon, state=CouponState.REVOKED))
    return Receipt(order.order_no, coupon.code, coupon.amount_cents)


async def ask_carrier(tx: Tx, order: Order, change: AskCarrier) -> Receipt:
    """The carrier opens a ticket; what it finds shows in the trace later."""
    parcel = await repository.shipment(tx.conn, order.owner, change.tracking_no.strip().upper())
    if parcel is None or parcel.order_no != order.order_no:
        raise ShipmentNotFound
    return Receipt(order.order_no, f"CX{new_id().hex[-10:].upper()}")


async def _open_case(tx: Tx, order: Order, change: CaseChange) -> ReturnCase:
    earlier = await repository.returns_of_order(tx.conn, order.owner, order.order_no)
    if any(case.state in _OPEN for case in earlier):
        raise ChangeRefused(Refusal.UNDER_WAY)
    kind, name = _KINDS[kind_of(change)]
    lines = _claimed(order, change.lines)
    paid = sum(line.amount_cents * claim.quantity // line.quantity for line, claim in lines)
    reason, moment = _FAULTS[change.fault], now()
    return ReturnCase(
        case_no=numbered(f"SH{order.order_no[2:]}", len(earlier)),
        order_no=order.order_no,
        owner=order.owner,
        kind=kind,
        state=ReturnState.APPROVED,
        reason=reason,
        lines=tuple(ReturnLine(line.sku, line.title, line.variant, claim.quantity) for line, claim in lines),
        refund_cents=change.amount_cents or paid if isinstance(change, RequestRefund) else paid,
        steps=(
            ReturnStep(moment, ReturnState.REQUESTED, f"您提交了{name}申请，原因：{reason}"),
            ReturnStep(moment, ReturnState.APPROVED, f"商家已同意{name}"),
        ),
        as_of=moment,
    )


async def _keep(tx: Tx, order: Order, case: ReturnCase) -> Receipt:
    await repository.add_case(tx.conn, case)
    await save(tx, replace(order, state=OrderState.AFTER_SALE))
    return Receipt(order.order_no, case.case_no, case.refund_cents)


async def _send_again(tx: Tx, order: Order) -> Shipment:
    """With the carrier that brought, or was to bring, the first parcel."""
    first, *_ = await repository.shipments_of_order(tx.conn, order.owner, order.order_no)
    moment = now()
    parcel = Shipment(
        tracking_no=f"{first.tracking_no[:2]}{new_id().int % 10**12:012d}",
        order_no=order.order_no,
        owner=order.owner,
        carrier=first.carrier,
        purpose=ShipmentPurpose.REPLACEMENT,
        state=ShipmentState.CREATED,
        expected_on=(moment + timedelta(days=_DELIVERY_DAYS)).astimezone(SHANGHAI).date(),
        events=(ShipmentEvent(moment, ShipmentState.CREATED, first.events[0].place, "补发包裹已打包，等待揽收"),),
        as_of=moment,
    )
    await repository.add_shipment(tx.conn, parcel)
    await tx.publish(ParcelMoved(SHOP_CODE, order.owner, order.order_no, parcel.tracking_no, parcel.state))
    return parcel


def _claimed(order: Order, claims: tuple[Claim, ...]) -> list[tuple[OrderLine, Claim]]:
    lines = {line.sku: line for line in order.lines}
    if any(claim.sku not in lines for claim in claims):
        raise ChangeRefused(Refusal.NOT_IN_ORDER)
    return [(lines[claim.sku], claim) for claim in claims]


def _settled(order: Order) -> OrderState:
    """How far the order got, its after-sale case apart."""
    if order.completed_at:
        return OrderState.COMPLETED
    return OrderState.DELIVERED if order.delivered_at else OrderState.SHIPPED
