"""What the assistant can do by itself, one function a request: look up, tell, offer a person. It changes nothing."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from yingda.commerce import (
    InvoiceState,
    Order,
    OrderState,
    RefundState,
    Shipment,
    ShipmentPurpose,
    ShipmentState,
    yuan,
)
from yingda.conversations import Kind, order_card
from yingda.dialogue.advice import advise
from yingda.dialogue.case import Answer, Case, Found, find_order, order_option
from yingda.dialogue.replies import Reply, choices, human, menu, text, with_human
from yingda.language import EntityKind

#: None: the request was understood, and there is nothing reliable to say.
Procedure = Callable[[Case], Awaitable[Answer | None]]

_ON_THE_WAY = {OrderState.PAID, OrderState.PACKED, OrderState.SHIPPED}
_TROUBLED = {ShipmentState.STALLED, ShipmentState.DAMAGED, ShipmentState.MISDELIVERED}
#: Intents of which a carrier's trace alone is no answer: a person is offered with it.
_COMPLAINS_OF_CARRIER = {"logistics.not_received", "logistics.stalled", "logistics.expedite"}
#: Data older than this is told to be old.
STALE = timedelta(minutes=10)


async def greet(case: Case) -> Answer:
    return case.answer(menu(case.say("greeting", shop=case.shop_name), case.locale))


async def thank(case: Case) -> Answer:
    return case.answer(text(case.say("thanks")))


async def affirm(case: Case) -> Answer:
    return case.answer(text(case.say("affirm")))


async def deny(case: Case) -> Answer:
    return case.answer(menu(case.say("deny"), case.locale))


async def urge(case: Case) -> Answer:
    return case.answer(menu(case.say("urge"), case.locale))


async def empathise(case: Case) -> Answer:
    return case.answer(with_human(case.say("empathy"), case.locale), expected_slot="confirm_human")


async def order_status(case: Case) -> Answer:
    found = await find_order(case, "order.status", lambda order: order.state in _ON_THE_WAY)
    if isinstance(found, Answer):
        return found
    shipment = await _outbound(found)
    replies = [text(_order_words(case, found.order)), _card(case, found.order, shipment)]
    return await _about(case, found, replies, tried="查询订单状态")


async def logistics(case: Case) -> Answer:
    """Where the parcel is and when it arrives; trouble is told as it is, with a person at hand."""
    found = await find_order(case, "logistics.track", lambda order: order.state is OrderState.SHIPPED)
    if isinstance(found, Answer):
        return found
    shipment = await _outbound(found)
    if shipment is None:
        replies = [text(_order_words(case, found.order)), _card(case, found.order, None)]
        return await _about(case, found, replies, tried="查询物流")
    card = _card(case, found.order, shipment)
    words = "\n".join(_parcel_words(case, shipment))
    if shipment.state in _TROUBLED or case.understanding.intent in _COMPLAINS_OF_CARRIER:
        offer = with_human(words, case.locale)
        return case.answer(
            card,
            offer,
            tried="查询物流",
            order_no=found.order.order_no,
            expected_slot="confirm_human",
            last_intent=case.understanding.intent,
        )
    return await _about(case, found, [text(words), card], tried="查询物流")


async def refund_progress(case: Case) -> Answer:
    found = await find_order(
        case, "refund.progress", lambda order: order.state in {OrderState.AFTER_SALE, OrderState.REFUNDED}
    )
    if isinstance(found, Answer):
        return found
    order = found.order
    refunds = await found.account.store.returns.refunds(found.account.owner, order.order_no)
    if not refunds and order.state is OrderState.AFTER_SALE:
        return await after_sale_progress(case)
    if not refunds:
        offer = with_human(case.say("refund_none", order_no=order.order_no), case.locale)
        return await _about(case, found, [offer], tried="查询退款进度")
    refund = refunds[0]
    common = {"order_no": order.order_no, "amount": yuan(refund.amount_cents), "method": refund.method}
    if refund.state is RefundState.SUCCEEDED and refund.completed_at:
        words = case.say("refund_succeeded", time=case.moment(refund.completed_at), **common)
    else:
        words = case.say("refund_processing", day=case.day(refund.expected_by), **common)
    return await _about(case, found, [text(words)], tried="查询退款进度")


async def after_sale_progress(case: Case) -> Answer:
    found = await find_order(case, "aftersales.progress", lambda order: order.state is OrderState.AFTER_SALE)
    if isinstance(found, Answer):
        return found
    order_no = found.order.order_no
    cases = await found.account.store.returns.of_order(found.account.owner, order_no)
    if not cases:
        offer = with_human(case.say("case_none", order_no=order_no), case.locale)
        return await _about(case, found, [offer], tried="查询售后进度")
    step = cases[0].steps[-1]
    words = case.say("case_progress", case_no=cases[0].case_no, time=case.moment(step.at), step=step.text)
    return await _about(case, found, [text(words)], tried="查询售后进度")


async def invoice(case: Case) -> Answer:
    found = await find_order(case, case.understanding.intent, lambda order: order.paid_at is not None)
    if isinstance(found, Answer):
        return found
    order_no = found.order.order_no
    issued = await found.account.store.invoices.of_order(found.account.owner, order_no)
    if issued is None:
        words = case.say("invoice_none", order_no=order_no)
        return await _about(case, found, [with_human(words, case.locale)], tried="查询发票")
    values = {"order_no": order_no, "title": issued.title}
    if issued.state is InvoiceState.ISSUED and issued.issued_at:
        words = case.say(
            "invoice_issued",
            amount=yuan(issued.amount_cents),
            time=case.moment(issued.issued_at),
            invoice_no=issued.invoice_no or "",
            **values,
        )
    elif issued.state is InvoiceState.REVERSED:
        words = case.say("invoice_reversed", order_no=order_no)
    else:
        words = case.say("invoice_requested", time=case.moment(issued.requested_at), **values)
    return await _about(case, found, [text(words)], tried="查询发票")


PROCEDURES: dict[str, Procedure] = {
    "chat.greeting": greet,
    "chat.thanks": thank,
    "chat.affirm": affirm,
    "chat.deny": deny,
    "chat.urge": urge,
    "chat.emotion": empathise,
    "order.status": order_status,
    "logistics.track": logistics,
    "logistics.eta": logistics,
    "logistics.ship_time": logistics,
    "logistics.stalled": logistics,
    "logistics.expedite": logistics,
    "logistics.not_received": logistics,
    "refund.progress": refund_progress,
    "aftersales.progress": after_sale_progress,
    "invoice.request": invoice,
    "invoice.progress": invoice,
    "product.recommend": advise,
    "product.suitability": advise,
    "product.usage": advise,
    "product.ingredient": advise,
    "product.conflict": advise,
    "product.effect": advise,
    "product.compare": advise,
}


async def _about(case: Case, found: Found, replies: list[Reply], *, tried: str) -> Answer:
    """These replies about the order; where it was our guess which order is meant, the others as buttons."""
    order_no = found.order.order_no
    changes = {"order_no": order_no, "last_intent": case.understanding.intent}
    guessed = not case.memory.order_no and case.understanding.first(EntityKind.ORDER_NO) is None
    others = [order for order in await found.account.recent(4) if order.order_no != order_no][:3] if guessed else []
    if not others:
        return case.answer(*replies, tried=tried, **changes)
    question = case.say("other_orders")
    return case.answer(
        *replies,
        choices(question, [*(order_option(order, case.locale) for order in others), human(case.locale)]),
        tried=tried,
        expected_slot="order_no",
        pending_intent=case.understanding.intent,
        last_question=question,
        **changes,
    )


def _card(case: Case, order: Order, shipment: Shipment | None) -> Reply:
    return Reply(Kind.ORDER_CARD, order_card(order, shipment, case.locale))


async def _outbound(found: Found) -> Shipment | None:
    parcels = await found.account.store.shipments.of_order(found.account.owner, found.order.order_no)
    return next((parcel for parcel in parcels if parcel.purpose is ShipmentPurpose.OUTBOUND), None)


def _order_words(case: Case, order: Order) -> str:
    match order.state:
        case OrderState.UNPAID:
            at = order.pay_before
        case OrderState.PAID | OrderState.PACKED:
            at = order.ship_by
        case _:
            at = order.delivered_at
    words = case.say(f"order_{order.state.value}", order_no=order.order_no, time=case.moment(at or order.placed_at))
    if case.now - order.as_of > STALE:
        words += case.say("stale", time=case.moment(order.as_of))
    return words


def _parcel_words(case: Case, shipment: Shipment) -> list[str]:
    last = shipment.last_event
    parcel = {"carrier": shipment.carrier, "tracking_no": shipment.tracking_no}
    words = [case.say("parcel", time=case.moment(last.at), event=last.text, **parcel)]
    match shipment.state:
        case ShipmentState.STALLED:
            words.append(case.say("parcel_stalled", hours=int((case.now - last.at).total_seconds() // 3600)))
        case ShipmentState.DAMAGED:
            words.append(case.say("parcel_damaged"))
        case ShipmentState.MISDELIVERED:
            words.append(case.say("parcel_misdelivered"))
        case ShipmentState.DELIVERED:
            if case.understanding.intent == "logistics.not_received":
                words.append(case.say("parcel_delivered_check", time=case.moment(last.at)))
        case ShipmentState.RETURNING | ShipmentState.RETURNED:
            pass
        case _:
            late = case.now.date() > shipment.expected_on
            words.append(case.say("parcel_late" if late else "parcel_expected", day=case.day(shipment.expected_on)))
    if case.now - shipment.as_of > STALE:
        words.append(case.say("stale", time=case.moment(shipment.as_of)))
    return words
