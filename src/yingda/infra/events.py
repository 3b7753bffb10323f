"""Typed events: a lower feature says what happened, an upper one reacts.

Handlers run inside the publisher's transaction, in the order they were subscribed: they write or enqueue, they never
wait on a network or a model. A handler that raises rolls the whole transaction back.
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

if TYPE_CHECKING:
    from yingda.infra.database import Tx


class Event(msgspec.Struct, frozen=True):
    """Base of all events; each feature declares its own in `events.py`."""


E = TypeVar("E", bound=Event)


class EventBus:
    """Who listens to what; filled once by bootstrap."""

    def __init__(self) -> None:
        self._handlers: dict[type[Event], list[Callable[[Tx, Any], Awaitable[None]]]] = defaultdict(list)

    def subscribe(self, event: type[E], handler: "Callable[[Tx, E], Awaitable[None]]") -> None:
        """Call `handler` for every `event` published from now on."""
        self._handlers[event].append(handler)

    async def publish(self, tx: "Tx", event: Event) -> None:
        """Run the handlers of `event` inside `tx`."""
        for handler in self._handlers.get(type(event), ()):
            await handler(tx, event)
