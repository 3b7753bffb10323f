"""How an after-sale case proceeds, in hours since the same midnight as its order."""

from dataclasses import dataclass
from random import Random

from yingda.commerce.demo.catalogue import City
from yingda.commerce.demo.parcels import Dispatch, Trip, within
from yingda.commerce.demo.scenarios import Fate
from yingda.commerce.schemas import OrderLine, ReturnKind, ReturnState, ShipmentPurpose, ShipmentState

_Kind, _State = ReturnKind, ReturnState

_PATHS: dict[ReturnKind, tuple[ReturnState, ...]] = {
    _Kind.REFUND_ONLY: (_State.REQUESTED, _State.APPROVED, _State.REFUNDING, _State.REFUNDED),
    _Kind.RETURN_REFUND: (
        _State.REQUESTED,
        _State.APPROVED,
        _State.RETURNING,
        _State.RECEIVED,
        _State.REFUNDING,
        _State.REFUNDED,
    ),
    _Kind.EXCHANGE: (
        _State.REQUESTED,
        _State.APPROVED,
        _State.RETURNING,
        _State.RECEIVED,
        _State.RESHIPPED,
        _State.COMPLETED,
    ),
    _Kind.REISSUE: (_State.REQUESTED, _State.APPROVED, _State.RESHIPPED, _State.COMPLETED),
}
CLOSED = frozenset({_State.REFUNDED, _State.COMPLETED, _State.REJECTED, _State.WITHDRAWN})

_NAMES = {
    _Kind.REFUND_ONLY: "仅退款",
    _Kind.RETURN_REFUND: "退货退款",
    _Kind.EXCHANGE: "换货",
    _Kind.REISSUE: "补发",
}
_MAKE_UP, _ON_SKIN, _ANY = ("P20", "P21", "P22", "P23"), ("P1", "P20", "P23", "P25"), ("P",)
#: Reasons, each with the beginnings of the product ids that it fits.
_REASONS: dict[ReturnKind, tuple[tuple[str, tuple[str, ...]], ...]] = {
    _Kind.REFUND_ONLY: (
        ("收到时少发一件", _ANY),
        ("收到时瓶身漏液，已无法使用", ("P11", "P12", "P13", "P14", "P15")),
    ),
    _Kind.RETURN_REFUND: (
        ("七天无理由退货", _ANY),
        ("拍错规格", _ANY),
        ("色号与预期不符", _MAKE_UP),
        ("肤感不合适", _ON_SKIN),
        ("使用后泛红不适", _ON_SKIN),
    ),
    _Kind.EXCHANGE: (
        ("收到的商品有瑕疵", _ANY),
        ("外盒压坏，影响送礼", _ANY),
        ("色号拍错，想换一个色号", _MAKE_UP),
        ("膏体断裂", ("P21",)),
        ("泵头按不出", ("P13", "P14")),
    ),
    _Kind.REISSUE: (
        ("少发一件", _ANY),
        ("运输途中瓶身碎裂", ("P13", "P14", "P24")),
        ("瓶盖松动漏液", ("P11", "P12", "P26")),
    ),
}
_REJECTIONS = {
    _Kind.REFUND_ONLY: "仓库已复核出库称重与打包录像，未见异常，申请未通过；如有异议可补充照片凭证",
    _Kind.RETURN_REFUND: "商品已拆封使用，影响二次销售，申请未通过；如有质量问题可补充照片",
}


@dataclass(frozen=True, slots=True)
class Case:
    """A case as it stands, and the lines that it is about."""

    kind: ReturnKind
    state: ReturnState
    claimed: tuple[OrderLine, ...]
    reason: str
    steps: tuple[tuple[float, ReturnState, str], ...]
    back: Trip | None
    again: Trip | None


class Counter:
    """The after-sale desk of one order, whose parcels go to and from one place."""

    def __init__(self, rng: Random, dispatch: Dispatch, city: City, district: str) -> None:
        self._rng = rng
        self._dispatch = dispatch
        self._city = city
        self._district = district

    def proceed(self, received: float, kind: ReturnKind, stage: ReturnState, bought: tuple[OrderLine, ...]) -> Case:
        """A case of `kind` about what was `bought` and came at `received`, up to and with `stage`."""
        claimed = self._claim(kind, bought)
        reason = self._rng.choice([why for why, fits in _REASONS[kind] if claimed[0].product_id.startswith(fits)])
        path = _PATHS[kind]
        states = path[: path.index(stage) + 1] if stage in path else (_State.REQUESTED, stage)
        hour = received
        steps: list[tuple[float, ReturnState, str]] = []
        back = again = None
        for state in states:
            if state is _State.RETURNING:
                start = hour + self._rng.uniform(2, 40)
                back = self._dispatch.bring_back(start, self._city, self._district, arrived=stage is not state)
            elif state is _State.RESHIPPED:
                again = self._send_again(hour, completed=stage is _State.COMPLETED)
            hour = self._hour(hour, state, again or back)
            steps.append((hour, state, _words(kind, state, reason, again or back)))
        return Case(kind, stage, claimed, reason, tuple(steps), back, again)

    def _claim(self, kind: ReturnKind, bought: tuple[OrderLine, ...]) -> tuple[OrderLine, ...]:
        """Mostly one thing, sometimes all that was bought."""
        if kind is ReturnKind.RETURN_REFUND and self._rng.random() < 0.35:
            return bought
        return (self._rng.choice(bought),)

    def _send_again(self, hour: float, *, completed: bool) -> Trip:
        start = within(self._rng, hour + 1, 9, 18)
        fate = Fate.DELIVERED if completed else Fate.IN_TRANSIT
        return self._dispatch.deliver(start, self._city, self._district, fate, ShipmentPurpose.REPLACEMENT)

    def _hour(self, hour: float, state: ReturnState, trip: Trip | None) -> float:
        """When `state` is reached, the one before having been reached at `hour`."""
        rng = self._rng
        match state:
            case _State.REQUESTED:
                return within(rng, hour + rng.uniform(1, 70), 8, 23)
            case _State.RETURNING | _State.RESHIPPED if trip:
                return trip.marks[0].hour
            case _State.RECEIVED | _State.COMPLETED if trip:
                return within(rng, trip.hour_of(ShipmentState.DELIVERED) + 0.2, 9, 21)
            case _State.REFUNDED:
                return hour + rng.uniform(2, 50)
            case _:
                return within(rng, hour + rng.uniform(0.3, 14), 9, 21)


def _words(kind: ReturnKind, state: ReturnState, reason: str, trip: Trip | None) -> str:
    """What the customer reads about this step."""
    sent = f"{trip.carrier} {trip.tracking_no}" if trip else ""
    sends_back = kind in (_Kind.RETURN_REFUND, _Kind.EXCHANGE)
    approved = "，请在 7 天内寄回商品并填写快递单号" if sends_back else "，正在为您处理"
    checked = "质检通过，" if sends_back else ""
    return {
        _State.REQUESTED: f"您提交了{_NAMES[kind]}申请，原因：{reason}",
        _State.APPROVED: f"商家已同意{_NAMES[kind]}{approved}",
        _State.RETURNING: f"您已寄回商品：{sent}",
        _State.RECEIVED: "仓库已签收退回的商品，正在质检",
        _State.REFUNDING: f"{checked}退款已提交支付渠道，预计 1–3 个工作日原路到账",
        _State.REFUNDED: "退款已原路退回，请留意账户变动",
        _State.RESHIPPED: f"{_NAMES[kind]}商品已发出：{sent}",
        _State.COMPLETED: f"您已收到{_NAMES[kind]}商品，售后完成",
        _State.REJECTED: _REJECTIONS.get(kind, "申请未通过"),
        _State.WITHDRAWN: "您已撤销申请",
    }[state]
