"""The plan of the demo: which situations exist, how many of each, and who shows one.

A scenario says how far an order got and how long nothing has happened since (`quiet`, in hours before the midnight
that the demo is generated for). Times are built forward and then moved back by whole days until the quiet fits, so
that every trace is plausible by the hour and none reaches into the future.
"""

from enum import StrEnum

import msgspec

from yingda.commerce.schemas import ReturnKind, ReturnState

ORDER_COUNT = 2000
CUSTOMER_COUNT = 300


class Progress(StrEnum):
    """How far the order itself got."""

    UNPAID = "unpaid"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"
    PAID = "paid"
    PACKED = "packed"
    SENT = "sent"


class Fate(StrEnum):
    """What becomes of the parcel of an order that was sent."""

    LABELLED = "labelled"
    COLLECTED = "collected"
    IN_TRANSIT = "in_transit"
    OUT_FOR_DELIVERY = "out_for_delivery"
    STALLED = "stalled"
    WEATHER = "weather"
    DAMAGED = "damaged"
    MISDELIVERED = "misdelivered"
    REFUSED = "refused"
    DELIVERED = "delivered"
    CONFIRMED = "confirmed"


class Scenario(msgspec.Struct, frozen=True):
    """One kind of order; `kind` and `stage` describe its after-sale case, `refunded` the money of a cancelled one."""

    count: int
    quiet: tuple[float, float]
    progress: Progress = Progress.SENT
    fate: Fate = Fate.DELIVERED
    kind: ReturnKind | None = None
    stage: ReturnState | None = None
    refunded: bool = False
    invoice: bool | None = None


def _case(kind: ReturnKind, stage: ReturnState, count: int, quiet: tuple[float, float]) -> Scenario:
    return Scenario(count, quiet, kind=kind, stage=stage)


_FRESH, _LONG_AGO = (2.0, 40.0), (30.0, 3600.0)
_R, _S = ReturnKind, ReturnState

UNPAID = Scenario(26, (0.5, 20), Progress.UNPAID)
PAID = Scenario(85, (0.5, 23), Progress.PAID)
PAID_OVERDUE = Scenario(6, (52, 84), Progress.PAID)
REFUND_PROCESSING = Scenario(10, (3, 40), Progress.CANCELLED)
STUCK_OUT_FOR_DELIVERY = Scenario(12, (30, 66), fate=Fate.OUT_FOR_DELIVERY)
STALLED = Scenario(14, (74, 140), fate=Fate.STALLED)
WEATHER = Scenario(14, (4, 40), fate=Fate.WEATHER)
DAMAGED = Scenario(9, (4, 50), fate=Fate.DAMAGED)
MISDELIVERED = Scenario(10, (4, 50), fate=Fate.MISDELIVERED)
DELIVERED_YESTERDAY = Scenario(30, (3, 16), fate=Fate.DELIVERED)
CONFIRMED = Scenario(0, _LONG_AGO, fate=Fate.CONFIRMED)
CONFIRMED_WITH_INVOICE = Scenario(0, (40, 600), fate=Fate.CONFIRMED, invoice=True)
AWAITING_RETURN = _case(_R.RETURN_REFUND, _S.APPROVED, 10, _FRESH)
REFUNDING = _case(_R.RETURN_REFUND, _S.REFUNDING, 10, _FRESH)
EXCHANGE_RETURNING = _case(_R.EXCHANGE, _S.RETURNING, 5, _FRESH)
REISSUED = _case(_R.REISSUE, _S.RESHIPPED, 5, _FRESH)
IN_TRANSIT = Scenario(70, (1, 26), fate=Fate.IN_TRANSIT)

#: All others become `CONFIRMED`.
PLAN: tuple[Scenario, ...] = (
    UNPAID,
    Scenario(55, _LONG_AGO, Progress.LAPSED),
    Scenario(40, _LONG_AGO, Progress.CANCELLED, refunded=True),
    REFUND_PROCESSING,
    PAID,
    PAID_OVERDUE,
    Scenario(50, (2, 30), Progress.PACKED),
    Scenario(22, (3, 20), fate=Fate.LABELLED),
    Scenario(28, (3, 20), fate=Fate.COLLECTED),
    IN_TRANSIT,
    Scenario(30, (8, 17), fate=Fate.OUT_FOR_DELIVERY),
    STUCK_OUT_FOR_DELIVERY,
    STALLED,
    WEATHER,
    DAMAGED,
    MISDELIVERED,
    Scenario(8, _LONG_AGO, fate=Fate.REFUSED, refunded=True),
    DELIVERED_YESTERDAY,
    Scenario(150, (16, 150), fate=Fate.DELIVERED),
    _case(_R.REFUND_ONLY, _S.REQUESTED, 8, _FRESH),
    _case(_R.REFUND_ONLY, _S.REFUNDING, 6, _FRESH),
    _case(_R.REFUND_ONLY, _S.REFUNDED, 18, _LONG_AGO),
    _case(_R.REFUND_ONLY, _S.REJECTED, 6, _LONG_AGO),
    _case(_R.RETURN_REFUND, _S.REQUESTED, 12, _FRESH),
    AWAITING_RETURN,
    _case(_R.RETURN_REFUND, _S.RETURNING, 10, _FRESH),
    _case(_R.RETURN_REFUND, _S.RECEIVED, 6, _FRESH),
    REFUNDING,
    _case(_R.RETURN_REFUND, _S.REFUNDED, 40, _LONG_AGO),
    _case(_R.RETURN_REFUND, _S.REJECTED, 5, _LONG_AGO),
    _case(_R.RETURN_REFUND, _S.WITHDRAWN, 8, _LONG_AGO),
    _case(_R.EXCHANGE, _S.REQUESTED, 6, _FRESH),
    _case(_R.EXCHANGE, _S.APPROVED, 4, _FRESH),
    EXCHANGE_RETURNING,
    _case(_R.EXCHANGE, _S.RECEIVED, 3, _FRESH),
    _case(_R.EXCHANGE, _S.RESHIPPED, 5, _FRESH),
    _case(_R.EXCHANGE, _S.COMPLETED, 16, _LONG_AGO),
    _case(_R.REISSUE, _S.REQUESTED, 5, _FRESH),
    _case(_R.REISSUE, _S.APPROVED, 3, _FRESH),
    REISSUED,
    _case(_R.REISSUE, _S.COMPLETED, 14, _LONG_AGO),
)


class Showcase(msgspec.Struct, frozen=True):
    """A customer whom the shop page offers to try, and the situation to be found there."""

    name: str
    note: str
    orders: tuple[Scenario, ...]


SHOWCASES: tuple[Showcase, ...] = (
    Showcase("林小满", "有一个派送中停滞的包裹", (STUCK_OUT_FOR_DELIVERY, CONFIRMED, CONFIRMED)),
    Showcase("陈知夏", "退货已入库，退款处理中", (REFUNDING, CONFIRMED)),
    Showcase("周安然", "刚付款，等待发货", (PAID, CONFIRMED, CONFIRMED)),
    Showcase("许清越", "包裹显示已签收，但本人没收到", (MISDELIVERED, CONFIRMED)),
    Showcase("沈若初", "电子发票已开，可下载", (CONFIRMED_WITH_INVOICE,)),
    Showcase("苏望舒", "新客户，还没有订单", ()),
    Showcase("叶婉清", "物流超过三天没有更新", (STALLED, CONFIRMED)),
    Showcase("顾明轩", "运输途中包裹破损", (DAMAGED, CONFIRMED)),
    Showcase("江晚晴", "换货中，旧件正在寄回", (EXCHANGE_RETURNING, CONFIRMED)),
    Showcase("宋诗涵", "高价值老客，最近一单因天气延误", (WEATHER, DELIVERED_YESTERDAY, *[CONFIRMED] * 14)),
    Showcase("唐一诺", "有一笔订单未付款", (UNPAID, DELIVERED_YESTERDAY)),
    Showcase("方静宜", "退货申请已通过，等待寄回", (AWAITING_RETURN, IN_TRANSIT)),
    Showcase("夏嘉禾", "付款后取消，退款在途", (REFUND_PROCESSING, CONFIRMED)),
    Showcase("程海燕", "付款超过 48 小时仍未发货", (PAID_OVERDUE,)),
)
