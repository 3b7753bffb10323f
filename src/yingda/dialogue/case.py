"""One turn of the customer, with all that a procedure needs to answer it."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Protocol

import msgspec

from yingda.commerce import Order, OrderNotFound, Store
from yingda.conversations import Content, HandOffReason, QuickReply, order_card
from yingda.dialogue.memory import Memory
from yingda.dialogue.replies import Reply, choices, human, with_human
from yingda.dialogue.wording import say
from yingda.kit.clock import SHANGHAI
from yingda.kit.errors import Locale
from yingda.knowledge import Answer as GraphAnswer
from yingda.knowledge import Wearer
from yingda.language import EntityKind, Understanding

RECENT_ORDERS = 10
OFFERED_ORDERS = 3


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a procedure came to. `reason` set: hand the conversation over after these replies."""

    replies: list[Reply]
    memory: Memory
    reason: HandOffReason | None = None


class Account(msgspec.Struct, frozen=True):
    """A customer's account in a store: whose orders may be looked at."""

    store: Store
    owner: str

    async def recent(self, limit: int) -> list[Order]:
        return await self.store.orders.recent(self.owner, limit)


class Adviser(Protocol):
    """Who knows about ingredients and products. `about`: ids of what is being talked about."""

    def ask(self, text: str, about: Sequence[str] = (), wearer: Wearer | None = None) -> GraphAnswer: ...


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """`text` is all that was said in words, `contents` the messages themselves, in order.

    `account` is None for a visitor whom the shop has not vouched for.
    """

    text: str
    contents: list[Content]
    understanding: Understanding
    memory: Memory
    locale: Locale
    shop_name: str
    account: Account | None
    now: datetime
    adviser: Adviser | None = None

    def say(self, name: str, **values: str | int) -> str:
        return say(name, self.locale, **values)

    def answer(self, *replies: Reply, tried: str | None = None, **changes: object) -> Answer:
        """These replies, nothing awaited any more unless `changes` say so."""
        fresh = {"expected_slot": None, "pending_intent": None, "last_question": None, "misunderstood": 0}
        memory = msgspec.structs.replace(self.memory, **{**fresh, **changes})
        if tried and tried not in memory.tried:
            memory = msgspec.structs.replace(memory, tried=[*memory.tried, tried])
        return Answer(replies=list(replies), memory=memory)

    def moment(self, at: datetime) -> str:
        """A point in time as people say it: 11月22日 14:05."""
        return f"{self.day(at)} {at.astimezone(SHANGHAI):%H:%M}"

    def day(self, at: date) -> str:
        """A day as people say it; of a point in time, the day it is in China."""
        local = at.astimezone(SHANGHAI) if isinstance(at, datetime) else at
        return f"{local.month}月{local.day}日" if self.locale == "zh" else f"{local:%b} {local.day}"


class Found(msgspec.Struct, frozen=True):
    """The order that a turn is about."""

    order: Order
    account: Account


async def find_order(case: Case, intent: str, prefer: Callable[[Order], bool]) -> Found | Answer:
    """The order the customer means, or the answer that asks for it.

    Named by number; else the one being talked about; else the latest that `prefer` fits, else the latest.
    """
    account = case.account
    if account is None:
        return case.answer(with_human(case.say("sign_in_needed"), case.locale), expected_slot="confirm_human")
    named = case.understanding.first(EntityKind.ORDER_NO)
    order_no = named.value if named else case.memory.order_no
    if order_no:
        try:
            return Found(await account.store.orders.get(account.owner, order_no), account)
        except OrderNotFound:
            if named:
                return await _ask_for_order(case, account, intent, case.say("order_not_found", order_no=order_no))
    orders = await account.recent(RECENT_ORDERS)
    if not orders:
        return case.answer(with_human(case.say("no_orders"), case.locale), expected_slot="confirm_human")
    return Found(next(filter(prefer, orders), orders[0]), account)


async def _ask_for_order(case: Case, account: Account, intent: str, question: str) -> Answer:
    orders = await account.recent(OFFERED_ORDERS)
    return case.answer(
        choices(question, [*(order_option(order, case.locale) for order in orders), human(case.locale)]),
        expected_slot="order_no",
        pending_intent=intent,
        last_question=question,
    )


def order_option(order: Order, locale: Locale) -> QuickReply:
    """A button that names an order by what is in it."""
    card = order_card(order, None, locale)
    title = order.lines[0].title if order.lines else order.order_no
    return QuickReply(f"{title[:12]} · {card.status}", order.order_no)
