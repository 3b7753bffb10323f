"""A shop that fails some of its customers."""

from dataclasses import dataclass, field
from typing import Any, cast

from msgspec.structs import replace

from yingda.commerce import ShopDown, Store

_READS = frozenset({"get", "recent", "of_order", "of_orders", "refunds", "of_customer"})


@dataclass
class Moods:
    """Owners who get no answer, and those whose changes are made while the answer is lost."""

    down: set[str] = field(default_factory=set)
    deaf: set[str] = field(default_factory=set)


class _Door:
    """One of a store's doors, which asks for the owner's mood first."""

    def __init__(self, door: Any, moods: Moods) -> None:
        self._door = door
        self._moods = moods

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._door, name)

        async def ask(*arguments: Any, **named: Any) -> Any:
            owner = arguments[0] if arguments else None
            if owner in self._moods.down:
                raise ShopDown
            answer = await method(*arguments, **named)
            if owner in self._moods.deaf and name not in _READS:
                raise ShopDown
            return answer

        return ask


def moody(store: Store, moods: Moods) -> Store:
    """The same shop, with its moods."""
    doors = ("orders", "shipments", "returns", "invoices", "coupons", "accounts")
    return cast("Store", replace(store, **{name: _Door(getattr(store, name), moods) for name in doors}))
