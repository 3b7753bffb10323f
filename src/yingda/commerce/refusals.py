"""Why a change is not made, and how that is said to the customer."""

from enum import StrEnum
from typing import Final, NamedTuple


class Refusal(StrEnum):
    """Stable reasons. Those of `PERSON` a member of staff may overrule, the others nobody."""

    NOT_VERIFIED = "not_verified"
    NOT_THEIRS = "not_theirs"
    KEY_REUSED = "key_reused"
    UNDER_WAY = "under_way"
    TOO_LATE = "too_late"
    WRONG_STATE = "wrong_state"
    ALREADY_DONE = "already_done"
    NOT_IN_ORDER = "not_in_order"
    NOT_RETURNABLE = "not_returnable"
    EVIDENCE_NEEDED = "evidence_needed"
    OVER_PAID = "over_paid"
    OUT_OF_STOCK = "out_of_stock"
    PRICE_DIFFERS = "price_differs"
    NO_DIFFERENCE = "no_difference"
    TAX_NUMBER_NEEDED = "tax_number_needed"
    TOO_SOON = "too_soon"
    NOT_LATE = "not_late"
    NOT_UNDOABLE = "not_undoable"
    SHOP_DOWN = "shop_down"
    NOT_OFFERED = "not_offered"
    STATE_NEEDS_PERSON = "state_needs_person"
    OVER_LIMIT = "over_limit"
    REPEATED = "repeated"
    RISK = "risk"


#: What a person may decide otherwise.
PERSON: Final = frozenset(
    {Refusal.STATE_NEEDS_PERSON, Refusal.OVER_LIMIT, Refusal.REPEATED, Refusal.RISK, Refusal.EVIDENCE_NEEDED}
)

#: What is best told by a person, or done by one in the shop's own system.
HANDED_OVER: Final = PERSON - {Refusal.EVIDENCE_NEEDED} | {Refusal.NOT_OFFERED, Refusal.KEY_REUSED}


class Words(NamedTuple):
    zh: str
    en: str


WORDS: Final = {
    Refusal.NOT_VERIFIED: Words(
        "为了保障账户安全，需要先登录确认身份才能办理。", "Please sign in first, so that we know it is you."
    ),
    Refusal.NOT_THEIRS: Words(
        "您的账户下没有查到这笔记录，请核对单号。", "There is no such record in your account. Please check the number."
    ),
    Refusal.KEY_REUSED: Words(
        "这次操作与之前的请求冲突，已停止处理。", "This request contradicts an earlier one and was stopped."
    ),
    Refusal.UNDER_WAY: Words(
        "这笔订单有一项操作正在处理，请等它完成后再试。",
        "Something else is being done for this order. Please wait until it is finished.",
    ),
    Refusal.TOO_LATE: Words("已经超过可以办理的时间。", "The time for this is over."),
    Refusal.WRONG_STATE: Words("订单目前的状态不能这样操作。", "This cannot be done with the order as it stands."),
    Refusal.ALREADY_DONE: Words("这件事之前已经办好了，不需要重复办理。", "This has been done already."),
    Refusal.NOT_IN_ORDER: Words(
        "订单里没有这件商品，或数量超过了购买数量。", "The order has no such item, or fewer of it."
    ),
    Refusal.NOT_RETURNABLE: Words("这件商品不支持因为这个原因退换。", "This item cannot be returned for that reason."),
    Refusal.EVIDENCE_NEEDED: Words(
        "需要您先发几张照片，方便核实商品的情况。", "Please send a few photographs of the item first."
    ),
    Refusal.OVER_PAID: Words(
        "金额超过了这笔订单还可以退的金额。", "The amount is more than what can still be refunded for this order."
    ),
    Refusal.OUT_OF_STOCK: Words("这个规格目前没有库存。", "This variant is out of stock."),
    Refusal.PRICE_DIFFERS: Words(
        "两个规格的价格不同，不能直接更换，建议取消后重新下单。",
        "The two variants differ in price. Please cancel and order again.",
    ),
    Refusal.NO_DIFFERENCE: Words(
        "目前的售价没有低于您的购买价，暂时没有差价可退。", "The present price is not lower than what you paid."
    ),
    Refusal.TAX_NUMBER_NEEDED: Words("公司抬头的发票需要提供税号。", "An invoice for a company needs its tax number."),
    Refusal.TOO_SOON: Words(
        "刚刚已经联系过承运商，请稍后再看物流进展。",
        "The carrier has just been asked. Please look again a little later.",
    ),
    Refusal.NOT_LATE: Words("包裹还在预计的送达时间内，请再等一等。", "The parcel is still within its expected time."),
    Refusal.NOT_UNDOABLE: Words("这项操作已经不能撤销。", "This can no longer be undone."),
    Refusal.SHOP_DOWN: Words(
        "店铺系统暂时没有响应，还没有办理，请稍后再试。",
        "The shop's system is not answering; nothing has been done. Please try again shortly.",
    ),
    Refusal.NOT_OFFERED: Words("这项操作需要人工客服为您办理。", "A colleague has to do this for you."),
    Refusal.STATE_NEEDS_PERSON: Words(
        "订单正在仓库处理，需要人工客服为您确认。", "The warehouse is handling the order: a colleague has to see to it."
    ),
    Refusal.OVER_LIMIT: Words("这笔金额需要人工客服审核后办理。", "A colleague has to approve this amount."),
    Refusal.REPEATED: Words(
        "近期办理次数较多，需要人工客服为您核实。",
        "This has been asked for several times lately: a colleague has to look at it.",
    ),
    Refusal.RISK: Words("这项申请需要人工客服为您核实后办理。", "A colleague has to check this request."),
}
