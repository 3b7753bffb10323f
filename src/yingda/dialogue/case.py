"""One turn of the customer, with all that a procedure needs to answer it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Protocol
from uuid import UUID

import msgspec

from yingda.commerce import Order, OrderState, Store
from yingda.conversations import Content, HandOffReason
from yingda.dialogue.memory import Memory, Tried
from yingda.dialogue.procedures.state import Logged
from yingda.dialogue.reading import Piece
from yingda.dialogue.replies import Reply
from yingda.dialogue.wording import say
from yingda.kit.clock import SHANGHAI
from yingda.kit.errors import Locale
from yingda.knowledge import Answer as GraphAnswer
from yingda.knowledge import ArticleHit, Called, Drafter, Fate, Query, Wearer
from yingda.language import Understanding

RECENT_ORDERS = 10
OFFERED_ORDERS = 3
#: Data older than this is told to be old.
STALE = timedelta(minutes=10)


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a turn came to. `reason` set: hand the conversation over after these replies. `log`: the steps taken."""

    replies: list[Reply]
    memory: Memory
    reason: HandOffReason | None = None
    log: tuple[Logged, ...] = ()


class Account(msgspec.Struct, frozen=True):
    """A customer's account in a store: whose orders may be looked at."""

    store: Store
    owner: str

    async def recent(self, limit: int) -> list[Order]:
        return await self.store.orders.recent(self.owner, limit)


class Adviser(Protocol):
    """Who knows about ingredients and products. `about`: ids of what is being talked about."""

    def ask(self, text: str, about: Sequence[str] = (), wearer: Wearer | None = None) -> GraphAnswer: ...

    def goods(self, text: str, *, sounding: bool = False) -> list[Called]: ...


class Library(Protocol):
    """Who finds articles, and is told what became of the question."""

    async def find(self, query: Query) -> list[ArticleHit]: ...

    def passages(self, hit: ArticleHit, shop: str | None) -> list[str]: ...

    def note(self, fate: Fate) -> None: ...


class Shelf(msgspec.Struct, frozen=True):
    """The library, seen from one conversation. `drafter`: who may put an answer together from what is found."""

    library: Library
    shop: str
    channel: str
    drafter: Drafter | None = None


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """`text` is all that was said in words, `contents` the messages themselves, in order, the last of them `seq`.

    `asks_who`: besides, they asked whether they talk with a machine; `text` is without that question, and `contents`
    are without words where nothing else was said. `places`: where in the turn each character of `text` stands;
    `pieces`: which message stands where in it.

    `account` is None for a visitor whom the shop has not vouched for, `shop_name` empty where no shop is connected.
    """

    conversation_id: UUID
    seq: int
    text: str
    contents: list[Content]
    understanding: Understanding
    memory: Memory
    locale: Locale
    shop_name: str
    store: Store | None
    account: Account | None
    now: datetime
    adviser: Adviser | None = None
    shelf: Shelf | None = None
    offered: dict[str, str] = {}
    asks_who: bool = False
    places: Sequence[int] = ()
    pieces: Sequence[Piece] = ()

    def say(self, name: str, **values: str | int) -> str:
        return say(name, self.locale, **values)

    def answer(self, *replies: Reply, tried: Tried | None = None, **changes: object) -> Answer:
        """These replies, nothing awaited any more unless `changes` say so."""
        fresh = {"offers_human": False, "last_question": None, "misunderstood": 0}
        memory = msgspec.structs.replace(self.memory, **{**fresh, **changes})
        return Answer(replies=list(replies), memory=memory.having(tried) if tried else memory)

    def moment(self, at: datetime) -> str:
        """A point in time as people say it: 11月22日 14:05."""
        return f"{self.day(at)} {at.astimezone(SHANGHAI):%H:%M}"

    def day(self, at: date) -> str:
        """A day as people say it; of a point in time, the day it is in China."""
        local = at.astimezone(SHANGHAI) if isinstance(at, datetime) else at
        return f"{local.month}月{local.day}日" if self.locale == "zh" else f"{local:%b} {local.day}"


def order_words(case: Case, order: Order) -> str:
    """Where an order stands, in a sentence that also says if it is not known freshly."""
    match order.state:
        case OrderState.UNPAID:
            at = order.pay_before
        case OrderState.PAID | OrderState.PACKED:
            at = order.ship_by
        case _:
            at = order.delivered_at
    words = case.say(f"order_{order.state.value}", order_no=order.order_no, time=case.moment(at or order.placed_at))
    if case.now - order.as_of > STALE:
        words += case.say("stale", time=case.moment(order.as_of))
    return words
