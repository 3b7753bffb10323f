"""What is in an order, in which variants it is sold, what it costs now, and what the beauty graph says of it."""

import asyncio

from yingda.commerce import OrderLine, Product, ProductNotFound, yuan
from yingda.dialogue.case import Case
from yingda.dialogue.procedures.choosing import ALL, means_all
from yingda.dialogue.procedures.schemas import Value
from yingda.dialogue.procedures.state import Choice, Told
from yingda.dialogue.procedures.tools.desk import Desk, Given, tool
from yingda.dialogue.procedures.tools.naming import called_so
from yingda.knowledge import PEOPLE, Answer, AnswerKind
from yingda.language import EntityKind

_MOST_OFFERED = 6
#: Somebody's health is at stake: a person comes by themselves.
_URGENT = frozenset({AnswerKind.ADVERSE, AnswerKind.MEDICAL})
_PRODUCT = "product:"
#: Answered to who only tells of themselves.
_OF_THEMSELVES = frozenset({AnswerKind.PREGNANCY, AnswerKind.BREASTFEEDING})
#: A turn of no more characters may go on from the last one.
_FEW = 20
_SAY_LITTLE = frozenset({"chat.inform", "other"})
#: So many things of an answer are being talked about afterwards.
_MOST_ABOUT = 3


@tool(outcomes="none all", facts="sku item_title item_quantity item_amount product_id", slot="item")
async def items(desk: Desk, given: Given) -> Told:
    """Which line of the order is meant. `gifts`: only what came for free; else only what was paid for. `whole`: of
    several, all may be meant."""
    order = await desk.order(given["order_no"])
    lines = [line for line in order.lines if line.gift == bool(given.get("gifts"))]
    if not lines:
        return Told(outcome="none")
    if given.get("whole") and len(lines) > 1 and (given.get("item") == ALL or means_all(desk.case.text)):
        return Told(outcome="all")
    named = desk.case.understanding.first(EntityKind.PRODUCT)
    chosen = next((line for line in lines if line.sku == given.get("item")), None)
    chosen = chosen or next((line for line in lines if named and line.product_id == named.value), None)
    if chosen is None and desk.case.adviser:
        called = called_so([[line] for line in lines], desk.case.adviser.goods(desk.case.text))
        chosen = lines[called[0]] if len(called) == 1 else None
    if chosen is None and len(lines) > 1:
        options = tuple(Choice(line.sku, _title(line), (line.title,)) for line in lines[:_MOST_OFFERED])
        return Told(outcome="choose", slot="item", text=desk.case.say("which_item"), options=options)
    return _item(chosen or lines[0])


@tool(outcomes="none", facts="sku item_title item_quantity item_amount product_id", slot="item")
async def fallen(desk: Desk, given: Given) -> Told:
    """Which line costs less now than was paid for it: the one that is named, else the only one that does; with none or
    several, which is meant."""
    order = await desk.order(given["order_no"])
    paid = [line for line in order.lines if not line.gift]
    if len(paid) > 1 and not given.get("item"):
        found = await asyncio.gather(*(_product(desk, {"product_id": line.product_id}) for line in paid))
        lower = [line for line, product in zip(paid, found, strict=True) if _has_fallen(line, product)]
        named = desk.case.understanding.first(EntityKind.PRODUCT)
        if len(lower) == 1 and (named is None or named.value == lower[0].product_id):
            return _item(lower[0])
    return await items.run(desk, given)


def _has_fallen(line: OrderLine, product: Product | None) -> bool:
    now = next((one.price_cents for one in (product.variants if product else ()) if one.sku == line.sku), None)
    return now is not None and line.amount_cents > now * line.quantity


@tool(outcomes="none", facts="claims claims_text claims_amount")
async def lines(desk: Desk, given: Given) -> Told:
    """All that was paid for in the order, to be sent again or refunded together."""
    order = await desk.order(given["order_no"])
    paid = [line for line in order.lines if not line.gift]
    if not paid:
        return Told(outcome="none")
    comma = "、" if desk.case.locale == "zh" else ", "
    facts = {
        "claims": [{"sku": line.sku, "quantity": line.quantity} for line in paid],
        "claims_text": comma.join(f"{_title(line)} ×{line.quantity}" for line in paid),
        "claims_amount": yuan(sum(line.amount_cents for line in paid)),
    }
    return Told(outcome="found", facts=facts)


def _item(line: OrderLine) -> Told:
    facts: dict[str, Value] = {
        "sku": line.sku,
        "item_title": _title(line),
        "item_quantity": line.quantity,
        "item_amount": yuan(line.amount_cents),
        "product_id": line.product_id,
    }
    return Told(outcome="found", facts=facts)


def _title(line: OrderLine) -> str:
    return f"{line.title} {line.variant}".strip()


@tool(outcomes="none", facts="wanted_sku wanted_title", slot="variant")
async def variants(desk: Desk, given: Given) -> Told:
    """Which other variant of the product in stock at the same price; `none` where there is no other."""
    found = await _product(desk, given)
    own = next((one for one in found.variants if one.sku == given.get("sku")), None) if found else None
    others = [
        one
        for one in (found.variants if found else ())
        if own and one.sku != own.sku and one.price_cents == own.price_cents and one.stock > 0
    ]
    if not others:
        return Told(outcome="none")
    said = desk.case.text
    wanted = next((one for one in others if one.sku == given.get("variant")), None)
    wanted = wanted or next((one for one in others if one.name and one.name in said), None)
    if wanted is None and len(others) > 1:
        options = tuple(Choice(one.sku, one.name) for one in others[:_MOST_OFFERED])
        return Told(outcome="choose", slot="variant", text=desk.case.say("which_variant"), options=options)
    chosen = wanted or others[0]
    return Told(outcome="found", facts={"wanted_sku": chosen.sku, "wanted_title": chosen.name})


@tool(outcomes="same", facts="price_now difference")
async def price(desk: Desk, given: Given) -> Told:
    """Whether a line costs less now than was paid for it."""
    order = await desk.order(given["order_no"])
    line = next((line for line in order.lines if line.sku == given.get("sku")), None)
    found = await _product(desk, given)
    now = next((one.price_cents for one in (found.variants if found else ()) if line and one.sku == line.sku), None)
    if line is None or now is None:
        return Told(outcome="same")
    difference = line.amount_cents - now * line.quantity
    facts: dict[str, Value] = {"price_now": yuan(now), "difference": yuan(max(difference, 0))}
    return Told(outcome="found" if difference > 0 else "same", facts=facts)


@tool(outcomes="none", facts="product_title filing_no shelf_months opened_months", needs_customer=False)
async def product(desk: Desk, given: Given) -> Told:
    """What is on record of the product that is talked about."""
    found = await _product(desk, given)
    if found is None:
        return Told(outcome="none")
    facts: dict[str, Value] = {
        "product_title": found.title,
        "filing_no": found.filing_no or "",
        "shelf_months": found.shelf_months or "",
        "opened_months": found.opened_months or "",
    }
    return Told(outcome="found", facts=facts)


async def _product(desk: Desk, given: Given) -> Product | None:
    named = desk.case.understanding.first(EntityKind.PRODUCT)
    wanted = given.get("product_id") or (named.value if named else desk.case.memory.product_id)
    store = desk.case.store
    if store is None or not wanted:
        return None
    try:
        return await store.products.get(str(wanted))
    except ProductNotFound:
        return None


@tool(outcomes="unknown person urgent", facts="advice product_id about", needs_customer=False)
async def advice(desk: Desk, given: Given) -> Told:
    """The graph's answer with its sources; `unknown` also for English, which it does not speak.

    `named`: only of what the turn names; `immediate`: only what cannot wait.
    """
    case = desk.case
    if case.adviser is None or case.locale != "zh" or not case.text:
        return Told(outcome="unknown")
    goes_on = not given.get("named") or _follows_advice(case)
    found = case.adviser.ask(case.text, _talked_about(case) if goes_on else ())
    nameless = not found.about and found.kind not in _OF_THEMSELVES
    left_out = (given.get("named") and nameless) or (given.get("immediate") and not found.immediate)
    if found.kind is AnswerKind.UNKNOWN or left_out:
        return Told(outcome="unknown")
    named = next((one.removeprefix(_PRODUCT) for one in found.about if one.startswith(_PRODUCT)), None)
    facts: dict[str, Value] = {"advice": found.answer, "about": "\n".join(_kept(found))}
    if named:
        facts["product_id"] = named
    outcome = "urgent" if found.kind in _URGENT else "person" if found.handoff else "found"
    return Told(outcome=outcome, facts=facts)


def _kept(found: Answer) -> list[str]:
    """What it was about, and for whom, so that what is chosen next is for them too."""
    people = [f"{PEOPLE}{found.kind.value}"] if found.kind in _OF_THEMSELVES else []
    return [*found.about[:_MOST_ABOUT], *people]


def _talked_about(case: Case) -> tuple[str, ...]:
    """What the last advice was about; a product that was shown or found since then goes before."""
    memory = case.memory
    product = f"{_PRODUCT}{memory.product_id}" if memory.product_id else ""
    if product and product not in memory.about:
        return (product,)
    return memory.about


def _follows_advice(case: Case) -> bool:
    """A few words after advice, where no order is talked about: 三个一起, 有什么用."""
    memory, last = case.memory, case.memory.last_intent or ""
    after = last.startswith("product.") or (bool(memory.about) and last in _SAY_LITTLE)
    return after and memory.order_no is None and len(case.text.strip()) <= _FEW
