"""How a parcel travels. Times are hours since some midnight: the generator decides later which night that was."""

from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from yingda.commerce.demo.catalogue import Carrier, City, Warehouse, World
from yingda.commerce.demo.scenarios import Fate
from yingda.commerce.schemas import ShipmentPurpose, ShipmentState

_State = ShipmentState
_WEATHER = ("暴雨", "大雾", "大风")


class Mark(NamedTuple):
    """An event of the trace, its time not yet fixed."""

    hour: float
    state: ShipmentState
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Trip:
    """A parcel under way or arrived. `promised` is the hour by which it was to be there."""

    tracking_no: str
    carrier: str
    purpose: ShipmentPurpose
    state: ShipmentState
    promised: float
    marks: tuple[Mark, ...]

    def hour_of(self, state: ShipmentState) -> float:
        """When it first reached `state`."""
        return next(mark.hour for mark in self.marks if mark.state is state)


def within(rng: Random, hour: float, opens: float, closes: float) -> float:
    """Some time after `hour` when people work: between `opens` and `closes` o'clock, today if there is time left."""
    midnight = hour // 24 * 24
    earliest = max(hour, midnight + opens)
    if earliest > midnight + closes - 0.25:
        midnight += 24
        earliest = midnight + opens
    return rng.uniform(earliest, midnight + closes)


class Dispatch:
    """Sends parcels; remembers the tracking numbers it gave."""

    def __init__(self, rng: Random, world: World) -> None:
        self._rng = rng
        self._world = world
        self._numbers: set[str] = set()

    def deliver(self, start: float, city: City, district: str, fate: Fate, purpose: ShipmentPurpose) -> Trip:
        """From the warehouse to the customer, as far as `fate` lets it."""
        rng, carrier, warehouse = self._rng, self._carrier(city), self._world.warehouse_for(city.province)
        road = self._road(start, carrier, warehouse, city, district)
        station = road[-1].place
        out = Mark(
            within(rng, road[-1].hour + 0.5, 7.4, 15.5),
            _State.OUT_FOR_DELIVERY,
            station,
            f"【{station}】派送员{self._courier()}正在派送，请保持电话畅通",
        )
        arrival = within(rng, out.hour + rng.uniform(0.8, 5), 9, 20.5)
        marks = self._cut(fate, road, out, arrival, warehouse)
        state = _State.STALLED if fate is Fate.STALLED else marks[-1].state
        return Trip(self._number(carrier), carrier.name, purpose, state, arrival, tuple(marks))

    def bring_back(self, start: float, city: City, district: str, *, arrived: bool) -> Trip:
        """From the customer to the warehouse."""
        rng, carrier, warehouse = self._rng, self._carrier(city), self._world.warehouse_for(city.province)
        collected = within(rng, start, 9, 19)
        left = collected + rng.uniform(3, 7)
        reached = left + self._transit_hours(carrier, city)
        home = f"{city.city}{district}"
        signed = within(rng, reached + 2, 9, 17.5)
        marks = [
            Mark(collected, _State.COLLECTED, home, f"【{home}】{carrier.name}已上门揽收"),
            Mark(left, _State.IN_TRANSIT, _hub(city), f"快件离开【{_hub(city)}】，发往【{warehouse.hub}】"),
        ]
        if arrived:
            marks.append(Mark(signed, _State.DELIVERED, warehouse.place, f"快件已由【{warehouse.name}】签收"))
        return Trip(self._number(carrier), carrier.name, ShipmentPurpose.RETURN, marks[-1].state, signed, tuple(marks))

    def _road(self, start: float, carrier: Carrier, warehouse: Warehouse, city: City, district: str) -> list[Mark]:
        rng = self._rng
        collected = within(rng, start + 0.3, 15.5, 21)
        left = collected + rng.uniform(2, 5)
        station = f"{city.city}{district}{rng.choice(self._world.streets)}营业部"
        hub = _hub(city)
        marks = [
            Mark(start, _State.CREATED, warehouse.place, f"商家已打包完毕，等待{carrier.name}揽收"),
            Mark(collected, _State.COLLECTED, warehouse.place, f"【{warehouse.place}】{carrier.name}已揽收"),
        ]
        reached = left + (rng.uniform(2, 5) if hub == warehouse.hub else self._transit_hours(carrier, city))
        onward = station if hub == warehouse.hub else hub
        marks.append(Mark(left, _State.IN_TRANSIT, warehouse.hub, f"快件离开【{warehouse.hub}】，发往【{onward}】"))
        if hub != warehouse.hub:
            marks.append(Mark(reached, _State.IN_TRANSIT, hub, f"快件到达【{hub}】"))
        at_station = reached + rng.uniform(2, 8)
        marks.append(Mark(at_station, _State.IN_TRANSIT, station, f"快件到达【{station}】，正在安排派送"))
        return marks

    def _cut(self, fate: Fate, road: list[Mark], out: Mark, arrival: float, warehouse: Warehouse) -> list[Mark]:
        """The trace of a parcel with this fate."""
        rng = self._rng
        match fate:
            case Fate.LABELLED:
                return road[:1]
            case Fate.COLLECTED:
                return road[:2]
            case Fate.IN_TRANSIT:
                return road[: rng.randint(3, len(road))]
            case Fate.STALLED:
                return road[:-1]
            case Fate.WEATHER:
                return [*road[:3], _delayed(rng, road[2])]
            case Fate.DAMAGED:
                return [*road[:-1], _damaged(rng, road[-2])]
            case _:
                return [*road, out, *self._handed_over(fate, arrival, out.place, warehouse)]

    def _handed_over(self, fate: Fate, arrival: float, station: str, warehouse: Warehouse) -> tuple[Mark, ...]:
        """What follows once the courier is on the way to the door."""
        match fate:
            case Fate.OUT_FOR_DELIVERY:
                return ()
            case Fate.MISDELIVERED:
                return _misdelivered(self._rng, arrival, station)
            case Fate.REFUSED:
                return _refused(self._rng, arrival, station, warehouse)
            case _:
                return (self._signed(arrival, station),)

    def _signed(self, hour: float, station: str) -> Mark:
        rng = self._rng
        point = rng.choice(self._world.pickup_points)
        code = f"{rng.randint(1, 29)}-{rng.randint(1, 6)}-{rng.randint(1000, 9999)}"
        text = rng.choice(
            (
                "您的快件已签收，签收人：本人。感谢使用，期待再次为您服务",
                "您的快件已签收，签收人：家人",
                "您的快件已按约定放至家门口，已签收",
                f"您的快件已由【{point}】代签收，取件码 {code}",
            )
        )
        return Mark(hour, _State.DELIVERED, station, text)

    def _carrier(self, city: City) -> Carrier:
        """Remote places are served by land only."""
        carriers = self._world.carriers
        return carriers[1] if city.remote else self._rng.choices(carriers, (5, 2, 3))[0]

    def _transit_hours(self, carrier: Carrier, city: City) -> float:
        return self._rng.uniform(*carrier.days) * 12 + (36 if city.remote else 0)

    def _courier(self) -> str:
        return f"{self._rng.choice(self._world.courier_surnames)}师傅（电话 19900009{self._rng.randrange(1000):03d}）"

    def _number(self, carrier: Carrier) -> str:
        while (number := f"{carrier.code}{self._rng.randrange(10**12):012d}") in self._numbers:
            pass
        self._numbers.add(number)
        return number


def _hub(city: City) -> str:
    return f"{city.city.removesuffix('市')}转运中心"


def _delayed(rng: Random, last: Mark) -> Mark:
    text = f"受{rng.choice(_WEATHER)}天气影响，【{last.place}】中转延误，预计晚 1–2 天送达，给您带来不便敬请谅解"
    return Mark(last.hour + rng.uniform(6, 20), _State.DELAYED, last.place, text)


def _damaged(rng: Random, last: Mark) -> Mark:
    text = f"【{last.place}】快件外包装破损、内件疑似渗漏，已登记异常件，等待商家确认处理"
    return Mark(last.hour + rng.uniform(1, 6), _State.DAMAGED, last.place, text)


def _misdelivered(rng: Random, arrival: float, station: str) -> tuple[Mark, Mark]:
    signer = rng.choice(("物业前台", "门卫", "邻居", "快递柜"))
    reported = within(rng, arrival + rng.uniform(2, 20), 9, 21.5)
    return (
        Mark(arrival, _State.DELIVERED, station, f"您的快件已签收，签收人：他人代收（{signer}）"),
        Mark(reported, _State.MISDELIVERED, station, f"收件人反馈未收到快件，【{station}】已登记，正在核实投递情况"),
    )


def _refused(rng: Random, arrival: float, station: str, warehouse: Warehouse) -> tuple[Mark, Mark]:
    back = within(rng, arrival + rng.uniform(48, 110), 9, 17.5)
    return (
        Mark(arrival, _State.RETURNING, station, "收件人拒收，快件退回中"),
        Mark(back, _State.RETURNED, warehouse.place, f"退回件已由【{warehouse.name}】签收"),
    )
