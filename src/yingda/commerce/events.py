"""What happened in a shop. Published inside the transaction that wrote it down: ours, or that of the shop's webhook."""

from yingda.commerce.deeds.schemas import DeedRecord
from yingda.commerce.schemas import OrderState, RefundState, ShipmentState
from yingda.infra.events import Event


class OrderChanged(Event, frozen=True):
    """An order stands elsewhere, or something in it is different. Ask the shop for the rest."""

    shop: str
    owner: str
    order_no: str
    state: OrderState


class ParcelMoved(Event, frozen=True):
    """The carrier has said something new about a parcel."""

    shop: str
    owner: str
    order_no: str
    tracking_no: str
    state: ShipmentState


class RefundChanged(Event, frozen=True):
    """Money has begun its way back, or has arrived."""

    shop: str
    owner: str
    order_no: str
    refund_no: str
    state: RefundState
    amount_cents: int


class DeedSettled(Event, frozen=True):
    """A deed was done or refused, or is given up as unclear. `late`: not when it was asked for, but found out after."""

    deed: DeedRecord
    late: bool
