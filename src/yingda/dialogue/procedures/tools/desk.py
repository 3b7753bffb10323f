"""What a tool has before it, and how one is declared."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import msgspec

from yingda.commerce import Deeds, Order
from yingda.dialogue.case import Account, Case
from yingda.dialogue.procedures.state import Told
from yingda.dialogue.replies import Reply

Given: TypeAlias = dict[str, Any]


class Desk:
    """The turn, and the cards that tools bring for it."""

    def __init__(self, case: Case, deeds: Deeds | None = None) -> None:
        self.case = case
        self.deeds = deeds
        self.cards: dict[str, Reply] = {}
        #: The customer's latest orders; None until the shop was asked in this turn.
        self.recent: list[Order] | None = None
        self._orders: dict[str, Order] = {}

    def seen(self, order: Order) -> None:
        """It need not be asked for again within the turn."""
        self._orders[order.order_no] = order

    async def order(self, order_no: object) -> Order:
        """Raises `OrderNotFound`."""
        number, account = str(order_no), self.account
        if number not in self._orders:
            self.seen(await account.store.orders.get(account.owner, number))
        return self._orders[number]

    @property
    def account(self) -> Account:
        """Whose orders may be looked at. Only for tools that `need` a customer whom the shop vouches for."""
        if self.case.account is None:
            raise LookupError("a tool was run for somebody whom the shop does not know")
        return self.case.account


Function: TypeAlias = Callable[[Desk, Given], Awaitable[Told]]


class Tool(msgspec.Struct, frozen=True):
    """`slot`: what it may ask the customer to choose. `outcomes`: how it can come out besides `found`."""

    name: str
    run: Function
    outcomes: frozenset[str]
    facts: frozenset[str]
    slot: str | None = None
    needs_customer: bool = True

    async def ask(self, desk: Desk, given: Given) -> Told:
        if self.needs_customer and desk.case.account is None:
            return Told(outcome="sign_in", text=desk.case.say("sign_in_needed"))
        return await self.run(desk, given)


def tool(
    *, outcomes: str = "", facts: str = "", slot: str | None = None, needs_customer: bool = True
) -> Callable[[Function], Tool]:
    """Declare the function below as the tool of its name. `outcomes` and `facts`: names with blanks between."""

    def declare(function: Function) -> Tool:
        own = {"found", "down", *outcomes.split()} | ({"sign_in"} if needs_customer else set())
        own |= {"chosen"} if slot else set()
        name = getattr(function, "__name__", "")
        return Tool(name, function, frozenset(own), frozenset(facts.split()), slot, needs_customer)

    return declare
