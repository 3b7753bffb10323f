"""One order before its day is known: all times are hours since its own midnight."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from yingda.commerce.demo.aftersales import CLOSED, Case, Counter
from yingda.commerce.demo.basket import Basket
from yingda.commerce.demo.catalogue import City
from yingda.commerce.demo.parcels import Dispatch, Trip, within
from yingda.commerce.demo.scenarios import Fate, Progress, Scenario
from yingda.commerce.schemas import Address, ReturnKind, ReturnState, ShipmentPurpose, ShipmentState

PAY_WITHIN_HOURS = 48


@dataclass(slots=True)
class Draft:
    """Hours of what happened; None: it has not. `midnight` moves back once it is known how long all of it took."""

    owner: str
    scenario: Scenario
    address: Address
    basket: Basket
    midnight: datetime
    placed: float
    paid: float | None = None
    shipped: float | None = None
    delivered: float | None = None
    completed: float | None = None
    cancelled: float | None = None
    invoice_requested: float | None = None
    invoice_issued: float | None = None
    refund_requested: float | None = None
    refund_completed: float | None = None
    trip: Trip | None = None
    case: Case | None = None

    @property
    def trips(self) -> list[Trip]:
        """All parcels, oldest first."""
        case = (self.case.back, self.case.again) if self.case else ()
        return [trip for trip in (self.trip, *case) if trip]

    @property
    def last_hour(self) -> float:
        """When the last thing happened."""
        hours = [
            hour
            for hour in (
                self.placed,
                self.paid,
                self.completed,
                self.cancelled,
                self.invoice_requested,
                self.invoice_issued,
                self.refund_requested,
                self.refund_completed,
            )
            if hour is not None
        ]
        hours += [trip.marks[-1].hour for trip in self.trips]
        hours += [hour for hour, _, _ in self.case.steps] if self.case else ()
        return max(hours)

    @property
    def as_of(self) -> datetime:
        return self.at(self.last_hour)

    def at(self, hour: float) -> datetime:
        """The moment of `hour`, to the second."""
        return self.midnight + timedelta(seconds=round(hour * 3600))


def play(rng: Random, dispatch: Dispatch, draft: Draft, city: City) -> None:
    """Let the order go as far as its scenario says."""
    match draft.scenario.progress:
        case Progress.UNPAID:
            return
        case Progress.LAPSED:
            draft.cancelled = draft.placed + PAY_WITHIN_HOURS
            return
    draft.paid = draft.placed + rng.uniform(0.01, 0.4)
    if draft.scenario.progress is Progress.CANCELLED:
        _cancel(rng, draft, draft.paid)
    elif draft.scenario.progress is Progress.SENT:
        _send(rng, dispatch, draft, draft.paid, city)


def _cancel(rng: Random, draft: Draft, paid: float) -> None:
    draft.cancelled = draft.refund_requested = paid + rng.uniform(0.2, 10)
    if draft.scenario.refunded:
        draft.refund_completed = draft.refund_requested + rng.uniform(1, 40)


def _send(rng: Random, dispatch: Dispatch, draft: Draft, paid: float, city: City) -> None:
    scenario = draft.scenario
    draft.shipped = within(rng, paid + rng.uniform(1, 12), 9, 18.5)
    district = draft.address.district
    draft.trip = dispatch.deliver(draft.shipped, city, district, scenario.fate, ShipmentPurpose.OUTBOUND)
    if scenario.fate is Fate.REFUSED:
        draft.refund_requested = draft.trip.marks[-1].hour + rng.uniform(0.5, 20)
        draft.refund_completed = draft.refund_requested + rng.uniform(2, 50)
    if scenario.fate not in (Fate.DELIVERED, Fate.CONFIRMED, Fate.MISDELIVERED):
        return
    draft.delivered = draft.trip.hour_of(ShipmentState.DELIVERED)
    if scenario.kind and scenario.stage:
        desk = Counter(rng, dispatch, city, district)
        draft.case = desk.proceed(draft.delivered, scenario.kind, scenario.stage, draft.basket.bought)
        _settle(draft, draft.case, rng)
    elif scenario.fate is Fate.CONFIRMED:
        draft.completed = draft.delivered + rng.uniform(3, 240)
        _invoice(rng, draft, draft.delivered)


def _settle(draft: Draft, case: Case, rng: Random) -> None:
    """What a case means for money and for the order."""
    reached = {state: hour for hour, state, _ in case.steps}
    draft.refund_requested = reached.get(ReturnState.REFUNDING)
    draft.refund_completed = reached.get(ReturnState.REFUNDED)
    if case.state in CLOSED:
        draft.completed = max(reached.values()) + rng.uniform(1, 60)
    if case.kind is ReturnKind.RETURN_REFUND and case.state is ReturnState.REFUNDED and draft.delivered is not None:
        _invoice(rng, draft, draft.delivered)


def _invoice(rng: Random, draft: Draft, delivered: float) -> None:
    wanted = draft.scenario.invoice
    if wanted or (wanted is None and rng.random() < 0.24):
        draft.invoice_requested = delivered + rng.uniform(0.2, 20)
        if wanted or rng.random() < 0.94:
            draft.invoice_issued = within(rng, draft.invoice_requested + 0.2, 9, 18)
