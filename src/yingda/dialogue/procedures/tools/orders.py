"""Which order is meant, and where it is to go."""

from collections.abc import Sequence

from msgspec.structs import replace

from yingda.commerce import Order, OrderNotFound, OrderState, yuan
from yingda.conversations import Kind, order_card
from yingda.dialogue.case import OFFERED_ORDERS, RECENT_ORDERS, Case, order_words
from yingda.dialogue.procedures.choosing import names
from yingda.dialogue.procedures.schemas import Value
from yingda.dialogue.procedures.state import Choice, Told
from yingda.dialogue.procedures.tools.desk import Desk, Given, tool
from yingda.dialogue.procedures.tools.naming import called_so
from yingda.dialogue.replies import Reply
from yingda.language import EntityKind, split_address

_GOODS = "goods:"
#: Orders that the warehouse has yet to send.
_WAITS = frozenset({OrderState.PAID, OrderState.PACKED})


@tool(
    outcomes="no_orders",
    facts="order_no order_state order_words order_title order_amount order_items paid delivered "
    "overdue guessed has_gift",
    slot="order_no",
)
async def order(desk: Desk, given: Given) -> Told:
    """The order the customer means: named or pointed at, else the one being talked about, else the likeliest.

    `prefer`: states that fit what is wanted. `many: ask`: of several that fit the customer chooses. `fit`: the one
    being talked about only if it fits.
    """
    case, account = desk.case, desk.account
    wanted, prefer = str(given.get("order_no") or ""), given.get("prefer", ())
    if by_goods := await _by_goods(desk, given, wanted):
        return by_goods
    number = wanted if wanted and ":" not in wanted else (None if wanted else case.memory.order_no)
    if number:
        try:
            talked_about = await desk.order(number)
        except OrderNotFound:
            if wanted:
                text = case.say("order_not_found", order_no=number)
                return _choose(desk, await account.recent(OFFERED_ORDERS), text)
        else:
            if wanted or not given.get("fit") or talked_about.state in prefer:
                return _found(desk, talked_about, guessed=False)
    orders = await _recent(desk)
    if not orders:
        return Told(outcome="no_orders", text=case.say("no_orders"))
    return _pointed(desk, orders, wanted, prefer) if wanted else _likeliest(desk, orders, given)


async def _by_goods(desk: Desk, given: Given, wanted: str) -> Told | None:
    """The order with the goods that it is called by, or that the turn speaks of, unless it is being talked about
    already: also where the words are the name of something that they have not bought. An order that nobody can tell
    by its goods is the one being talked about, if these are goods at all; else it is asked for, not guessed, unless
    there is but one."""
    if wanted.startswith(_GOODS):
        called = wanted.removeprefix(_GOODS)
        named, orders = await _called(desk, called), await _recent(desk)
        if not named and (ours := await _talked_about(desk, given, called)):
            return ours
        if not named and len(orders) > 1:
            return _choose(desk, orders[: OFFERED_ORDERS + 2], desk.case.say("which_order"))
        return _likeliest(desk, named or orders, given) if orders else None
    how, _, what = wanted.partition(":")
    elsewhere = how == "product" and not any(_has(one, what) for one in await _recent(desk))
    named = await _mentioned(desk) if elsewhere or not wanted else []
    if elsewhere and not named:
        product = desk.case.understanding.first(EntityKind.PRODUCT)
        return await _talked_about(desk, given, product.text) if product else None
    talked_about = any(one.order_no == desk.case.memory.order_no for one in named)
    return _likeliest(desk, named, given) if named and not talked_about else None


async def _talked_about(desk: Desk, given: Given, said: str) -> Told | None:
    """The order being talked about, where goods of the shop are named that none of theirs has: they are told so."""
    number = desk.case.memory.order_no
    known = desk.case.adviser.goods(said, sounding=True) if desk.case.adviser else []
    if number is None or not known:
        return None
    try:
        order = await desk.order(number)
    except OrderNotFound:
        return None
    if given.get("fit") and order.state not in given.get("prefer", ()):
        return None
    told = _found(desk, order, guessed=False)
    title = str(told.facts["order_title"])
    note = desk.case.say("goods_not_there", goods=known[-1].word, order_no=order.order_no, title=title)
    return replace(told, note=note)


def _has(order: Order, product_id: str) -> bool:
    return any(line.product_id == product_id for line in order.lines)


async def _recent(desk: Desk) -> list[Order]:
    if desk.recent is None:
        desk.recent = await desk.account.recent(RECENT_ORDERS)
    return desk.recent


def _likeliest(desk: Desk, orders: list[Order], given: Given) -> Told:
    fitting = [one for one in orders if one.state in given.get("prefer", ())]
    if given.get("many") == "ask" and len(fitting) > 1:
        return _choose(desk, fitting[: OFFERED_ORDERS + 2], desk.case.say("which_order"))
    return _found(desk, (fitting or orders)[0], guessed=len(orders) > 1)


async def _called(desk: Desk, said: str) -> list[Order]:
    """Those whose goods are called so: by a part of their name, else as this shop's customers call such goods."""
    orders = await _recent(desk)
    scores = [names(said, _goods(one)) for one in orders]
    if best := max(scores, default=0):
        return [one for one, score in zip(orders, scores, strict=True) if score == best]
    called = desk.case.adviser.goods(said, sounding=True) if desk.case.adviser else []
    return [orders[place] for place in called_so([one.lines for one in orders], called)]


async def _mentioned(desk: Desk) -> list[Order]:
    """Those with goods that the turn speaks of, though not as an order."""
    called = desk.case.adviser.goods(desk.case.text) if desk.case.adviser else []
    if not called:
        return []
    orders = await _recent(desk)
    return [orders[place] for place in called_so([one.lines for one in orders], called)]


def _pointed(desk: Desk, orders: list[Order], wanted: str, prefer: Sequence[str]) -> Told:
    how, _, what = wanted.partition(":")
    numbers = [one.order_no for one in orders]
    match how:
        case "before" | "not" if what in numbers and how == "before":
            at = numbers.index(what) + 1
            found = orders[at] if at < len(orders) else None
        case "before":
            found = orders[1] if len(orders) > 1 else None
        case "latest":
            found = orders[0]
        case "not":
            left = [one for one in orders if one.order_no not in (what, desk.case.memory.order_no)]
            fitting = [one for one in left if one.state in prefer] or left
            found = fitting[0] if len(fitting) == 1 and len(left) < len(orders) else None
        case "product":
            fitting = [one for one in orders if one.state in prefer]
            with_it = [one for one in (*fitting, *orders) if _has(one, what)]
            found = (with_it or fitting or orders)[0]
        case _:
            found = None
    if found:
        return _found(desk, found, guessed=False)
    others = [one for one in orders if one.order_no != what]
    return _choose(desk, (others or orders)[: OFFERED_ORDERS + 2], desk.case.say("which_order"))


def _found(desk: Desk, order: Order, *, guessed: bool) -> Told:
    desk.seen(order)
    desk.cards["order"] = Reply(Kind.ORDER_CARD, order_card(order, None, desk.case.locale))
    facts: dict[str, Value] = {
        "order_no": order.order_no,
        "order_state": order.state.value,
        "order_words": order_words(desk.case, order),
        "order_title": _title(desk.case, order),
        "order_amount": yuan(order.total_cents),
        "order_items": sum(not line.gift for line in order.lines),
        "paid": order.paid_at is not None,
        "delivered": order.delivered_at is not None,
        "overdue": order.state in _WAITS and order.ship_by is not None and desk.case.now > order.ship_by,
        "guessed": guessed,
        "has_gift": any(line.gift for line in order.lines),
    }
    return Told(outcome="found", facts=facts)


def _title(case: Case, order: Order) -> str:
    """Its first item, and how many there are of those that were paid for: who agrees to lose it must know."""
    paid = [line for line in order.lines if not line.gift]
    if len(paid) > 1:
        return case.say("and_others", title=paid[0].title, count=len(paid))
    return order.lines[0].title if order.lines else order.order_no


def _choose(desk: Desk, orders: list[Order], text: str) -> Told:
    return Told(outcome="choose", slot="order_no", text=text, options=_options(desk.case, orders))


def _options(case: Case, orders: list[Order]) -> tuple[Choice, ...]:
    """Buttons that name orders by what is in them; alike ones also by when they were placed, at worst by number."""
    names = [_name(case, one) for one in orders]
    dated = [
        name if names.count(name) == 1 else f"{name} · {case.moment(one.placed_at)}"
        for one, name in zip(orders, names, strict=True)
    ]
    return tuple(
        Choice(one.order_no, name if dated.count(name) == 1 else f"{name} · {one.order_no}", _goods(one))
        for one, name in zip(orders, dated, strict=True)
    )


def _goods(order: Order) -> tuple[str, ...]:
    return tuple(line.title for line in order.lines)


def _name(case: Case, order: Order) -> str:
    title = order.lines[0].title if order.lines else order.order_no
    return f"{title[:12]} · {order_card(order, None, case.locale).status}"


@tool(outcomes="none", slot="order_no")
async def other_orders(desk: Desk, given: Given) -> Told:
    """Where it was our guess which order is meant: the others."""
    others = [one for one in await _recent(desk) if one.order_no != given.get("order_no")][:OFFERED_ORDERS]
    return _choose(desk, others, desk.case.say("other_orders")) if others else Told(outcome="none")


@tool()
async def sign_in(_desk: Desk, _given: Given) -> Told:
    """Whether the shop vouches for the customer."""
    return Told(outcome="found")


@tool(
    facts="receiver phone province city district street address_line phone_masked",
    slot="address",
)
async def address(desk: Desk, given: Given) -> Told:
    """Where it goes from now on, in its parts; what is not said anew stays as the order has it."""
    order = await desk.order(given["order_no"])
    said = str(given.get("address") or order.address.line())
    parts = split_address(said)
    street = f"{parts.street}{parts.detail}"
    if not (parts.province and parts.city and street):
        return Told(outcome="choose", slot="address", text=desk.case.say("address_incomplete"))
    phone = str(given.get("phone") or order.address.phone)
    facts: dict[str, Value] = {
        "receiver": str(given.get("receiver") or order.address.name),
        "phone": phone,
        "phone_masked": f"{phone[:3]}****{phone[-4:]}",
        "province": parts.province,
        "city": parts.city,
        "district": parts.district,
        "street": street,
        "address_line": f"{'' if parts.city == parts.province else parts.province}{parts.city}{parts.district}{street}",
    }
    return Told(outcome="found", facts=facts)
