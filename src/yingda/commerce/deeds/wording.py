"""What the customer is told of a deed."""

from datetime import datetime
from typing import Final

from yingda.commerce.deeds.schemas import Done, Kept, Outcome, Refused, Underway
from yingda.commerce.refusals import HANDED_OVER, WORDS, Refusal, Words
from yingda.commerce.rules import yuan
from yingda.commerce.schemas import Receipt

_DONE: Final = {
    "cancel_order": Words("订单 {order_no} 已取消。", "Order {order_no} is cancelled."),
    "reinstate_order": Words("订单 {order_no} 已恢复，请尽快付款。", "Order {order_no} is back. Please pay soon."),
    "change_address": Words("收货信息已修改。", "The delivery details have been changed."),
    "change_item": Words("商品规格已更换。", "The variant has been changed."),
    "change_remark": Words("备注已更新。", "Your remark has been noted."),
    "request_return": Words(
        "退货申请已提交，售后单号 {reference}，商品验收后退款 {amount}。",
        "Your return is filed as {reference}; {amount} will be refunded once the goods are checked.",
    ),
    "request_exchange": Words("换货申请已提交，售后单号 {reference}。", "Your exchange is filed as {reference}."),
    "request_refund": Words("退款 {amount} 已提交，将原路退回。", "A refund of {amount} is on its way back to you."),
    "reship": Words("补发已安排，售后单号 {reference}。", "It will be sent again; the case is {reference}."),
    "withdraw_case": Words("售后申请已撤销。", "The request has been withdrawn."),
    "request_invoice": Words(
        "开票申请已提交，开好后会发到您的邮箱。", "Your invoice has been requested and will come by e-mail."
    ),
    "grant_coupon": Words(
        "已为您发放一张 {amount} 优惠券，券码 {reference}。", "You have a coupon worth {amount}: {reference}."
    ),
    "revoke_coupon": Words("优惠券已收回。", "The coupon has been taken back."),
    "protect_price": Words("差价 {amount} 已提交退款，将原路退回。", "The difference of {amount} is being refunded."),
    "ask_carrier": Words(
        "已经联系快递，快递方受理单号 {reference}。", "The carrier has been asked; its reference is {reference}."
    ),
}
_REFUNDED: Final = Words("已付款 {amount} 将原路退回。", " {amount} will be refunded the way you paid.")
_UNDERWAY: Final = Words(
    "已提交给店铺系统，正在等待确认，有结果会马上告诉您，请不用重复操作。",
    "It has been handed to the shop's system, which has yet to confirm. We will tell you; no need to ask again.",
)


def told(kept: Kept, undo_until: datetime | None = None) -> Outcome:
    """The answer that a deed has come to so far."""
    record = kept.record
    if kept.receipt is not None:
        return _done(kept, kept.receipt, undo_until)
    if record.refusal is not None:
        return refused(record.refusal, kept)
    return Underway(deed_id=record.id, kind=record.kind, zh=_UNDERWAY.zh, en=_UNDERWAY.en)


def refused(refusal: Refusal, kept: Kept | None = None) -> Refused:
    words = WORDS[refusal]
    return Refused(
        refusal=refusal,
        zh=words.zh,
        en=words.en,
        person=refusal in HANDED_OVER,
        deed_id=kept.record.id if kept else None,
    )


def _done(kept: Kept, receipt: Receipt, undo_until: datetime | None) -> Done:
    record = kept.record
    zh, en = _DONE[record.kind]
    if record.kind == "cancel_order" and receipt.amount_cents:
        zh, en = zh + _REFUNDED.zh, en + _REFUNDED.en
    parts = {
        "order_no": receipt.order_no,
        "reference": receipt.reference or "—",
        "amount": yuan(receipt.amount_cents),
    }
    return Done(
        deed_id=record.id,
        kind=record.kind,
        receipt=receipt,
        zh=zh.format_map(parts),
        en=en.format_map(parts),
        undo_until=undo_until,
    )
