"""Orders that are called by what is in them, as shoppers do it: by kind, nickname, half a name, with slips."""

from types import SimpleNamespace
from typing import Any, cast
from uuid import uuid4

import pytest
from msgspec.structs import replace

from tests.commerce.makers import LINE, order
from tests.dialogue.procedures.makers import ENGINE, heard
from yingda.app.shelves import shelf_of
from yingda.commerce import Order, OrderState, demo_products
from yingda.conversations import TextContent
from yingda.dialogue.case import Account, Case
from yingda.dialogue.memory import Memory
from yingda.dialogue.procedures.schemas import Slot, SlotType
from yingda.dialogue.procedures.slots import fill
from yingda.dialogue.procedures.state import LookingUp, State, Told
from yingda.dialogue.procedures.tools import TOOLS, Desk
from yingda.kit.clock import now
from yingda.knowledge import Expert
from yingda.language import Context, Engine, EntityKind, GazetteerEntry

PRODUCTS = {one.title: one for one in demo_products(now())}
#: The customer's orders, the latest first: none of these goods is in two.
BOUGHT = (
    "暗香 · 桂雨淡香水",
    "晨露氨基酸洁面乳",
    "霁青净透泥膜",
    "花信染唇液",
    "花信润色隔离防晒乳 SPF35 PA+++",
    "时光瓷多肽淡纹精华",
    "时光瓷玻色因紧致面霜",
    "雪竹温和卸妆水",
    "晨露咖啡因亮眼凝露",
    "花信三角砍刀眉笔",
)


def bought(title: str, number: int) -> Order:
    line = replace(LINE, title=title, product_id=PRODUCTS[title].product_id, sku=f"S{number}")
    return replace(order(OrderState.DELIVERED), order_no=f"LM20261120{number:04}", lines=(line,))


ORDERS = [bought(title, number) for number, title in enumerate(BOUGHT, 1)]


@pytest.fixture(scope="module")
def expert(engine: Engine) -> Expert:
    return Expert.from_files(engine.model.sounds, shelf_of(list(PRODUCTS.values())))


@pytest.fixture(scope="module")
def reader(engine: Engine) -> Engine:
    return engine.with_gazetteer(
        [GazetteerEntry(EntityKind.PRODUCT, one.product_id, (title, *one.aliases)) for title, one in PRODUCTS.items()]
    )


class Shop:
    def __init__(self, orders: list[Order]) -> None:
        self.orders = orders
        self.asked = 0

    async def recent(self, _owner: str, limit: int) -> list[Order]:
        self.asked += 1
        return self.orders[:limit]

    async def get(self, _owner: str, order_no: str) -> Order:
        return next(one for one in self.orders if one.order_no == order_no)


async def looked_up(
    reader: Engine, expert: Expert, text: str, intent: str, *, about: str | None = None, shop: Shop | None = None
) -> Told:
    """What comes of the first look-up for an order, of a turn that was not understood for sure. `about`: the number of
    the order being talked about."""
    read = reader.understand(text, Context(now=now()))
    turn = heard(text, intent, entities=read.entities, understood=False)
    move = ENGINE.hear(State(), turn)
    assert move, "no process is begun"
    assert isinstance(move.effect, LookingUp)
    case = Case(
        conversation_id=uuid4(),
        seq=1,
        text=text,
        contents=[TextContent(text)],
        understanding=read,
        memory=Memory(order_no=about),
        locale="zh",
        shop_name="",
        store=None,
        account=Account(cast("Any", SimpleNamespace(orders=shop or Shop(ORDERS))), "u1"),
        now=now(),
        adviser=expert,
    )
    assert move.effect.tool == "order"
    return await TOOLS["order"].ask(Desk(case), move.effect.given)


@pytest.mark.parametrize(
    ("text", "intent", "title"),
    [
        ("帮我把面膜那单退了", "refund.request", "泥膜"),
        ("面膜那单我要退货", "return.request", "泥膜"),
        ("买面膜的那个订单我不想要了，退了吧", "return.request", "泥膜"),
        ("上次买的面膜退了呗", "return.request", "泥膜"),
        ("把那个面膜给我退了", "refund.request", "泥膜"),
        ("面莫那单退一下", "refund.request", "泥膜"),
        ("面摸那单帮我退了哈", "refund.request", "泥膜"),
        ("我那面膜到哪了呀，催一下", "logistics.track", "泥膜"),
        ("面膜那单退了谢谢哈", "chat.thanks", "泥膜"),
        ("口红那单退掉吧", "return.request", "染唇液"),
        ("那支口红颜色不对，想退", "return.request", "染唇液"),
        ("姐妹我那口红退了行不", "return.request", "染唇液"),
        ("买的唇釉色号不对想换一支", "exchange.request", "染唇液"),
        ("防晒那单开个发票呗", "invoice.request", "防晒乳"),
        ("防晒霜那一单我要退", "return.request", "防晒乳"),
        ("隔离那单退了吧亲", "refund.request", "防晒乳"),
        ("精华液那单给退一下嘛", "refund.request", "淡纹精华"),
        ("精华那笔退款退了吗", "refund.progress", "淡纹精华"),
        ("面霜那个单子退了吧", "refund.request", "面霜"),
        ("晚霜那单不想要了", "order.cancel", "面霜"),
        ("洗面奶那单退了", "refund.progress", "洁面乳"),
        ("洗脸的那单我要退", "return.request", "洁面乳"),
        ("卸妆那个退了吧，不想用了", "return.request", "卸妆水"),
        ("我买的卸妆油想退", "return.request", "卸妆水"),
        ("眼霜那瓶退了吧", "refund.request", "亮眼凝露"),
        ("眉笔那单退了", "refund.progress", "眉笔"),
        ("return the mask order please", "return.request", "泥膜"),
        ("I want to return the lipstick order", "return.request", "染唇液"),
        ("please refund the sunscreen I bought", "refund.request", "防晒乳"),
    ],
)
async def test_the_order_is_found(reader: Engine, expert: Expert, text: str, intent: str, title: str) -> None:
    told = await looked_up(reader, expert, text, intent)
    assert told.outcome == "found", told.text
    assert title in str(told.facts["order_title"])


async def test_an_order_that_cannot_be_told_by_its_goods_is_asked_for(reader: Engine, expert: Expert) -> None:
    told = await looked_up(reader, expert, "气垫那单退货", "return.request")
    assert (told.outcome, told.slot) == ("choose", "order_no")


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("帮我把这单退了", "return.request"),
        ("我要退这单", "return.request"),
        ("我想退这单", "return.request"),
        ("取消这单", "order.cancel"),
        ("请帮我取消这个订单", "order.cancel"),
        ("麻烦催一下这个单子", "logistics.expedite"),
        ("我昨天买的这单开个发票", "invoice.request"),
        ("上面这单退了吧", "return.request"),
    ],
)
async def test_this_order_is_the_one_being_talked_about(reader: Engine, expert: Expert, text: str, intent: str) -> None:
    told = await looked_up(reader, expert, text, intent, about=ORDERS[4].order_no)
    assert (told.outcome, told.facts.get("order_no")) == ("found", ORDERS[4].order_no)


async def test_goods_come_before_the_order_being_talked_about(reader: Engine, expert: Expert) -> None:
    told = await looked_up(reader, expert, "帮我把面膜那单退了", "return.request", about=ORDERS[4].order_no)
    assert told.facts["order_no"] == ORDERS[2].order_no


@pytest.mark.parametrize(
    ("text", "intent", "goods"),
    [
        ("气垫那单退货", "return.request", "气垫"),
        ("把散粉那单取消", "order.cancel", "散粉"),
        ("我买的云裳水光养肤气垫要退货", "return.request", "云裳水光养肤气垫"),
        ("return the cushion order please", "return.request", "cushion"),
    ],
)
async def test_goods_in_none_of_them_leave_it_at_the_order_being_talked_about(
    reader: Engine, expert: Expert, text: str, intent: str, goods: str
) -> None:
    told = await looked_up(reader, expert, text, intent, about=ORDERS[4].order_no)
    assert (told.outcome, told.facts.get("order_no")) == ("found", ORDERS[4].order_no)
    assert told.note
    assert f"“{goods}”" in told.note
    assert ORDERS[4].order_no in told.note


@pytest.mark.parametrize("text", ["电饭煲那单退货", "双十一那单退了", "贵的那单退了"])
async def test_what_names_no_goods_is_asked_for(reader: Engine, expert: Expert, text: str) -> None:
    told = await looked_up(reader, expert, text, "return.request", about=ORDERS[4].order_no)
    assert (told.outcome, told.slot, told.note) == ("choose", "order_no", None)


@pytest.mark.parametrize("text", ["帮我把这单退了", "气垫那单退货", "面膜那单退了"])
async def test_the_only_order_is_not_asked_for(reader: Engine, expert: Expert, text: str) -> None:
    told = await looked_up(reader, expert, text, "return.request", shop=Shop(ORDERS[2:3]))
    assert (told.outcome, told.facts.get("order_no")) == ("found", ORDERS[2].order_no)


async def test_a_shop_without_orders_is_asked_once(reader: Engine, expert: Expert) -> None:
    shop = Shop([])
    told = await looked_up(reader, expert, "气垫那单退货", "return.request", shop=shop)
    assert (told.outcome, shop.asked) == ("no_orders", 1)


@pytest.mark.parametrize(
    "text",
    [
        "你们那个单品什么时候补货",
        "粉底那个单独卖吗",
        "帮我退这单",
        "我想改这个订单的地址",
        "what is the status of my order",
        "cancel the whole order",
        "the shipping status of my order",
        "the tracking number for my order",
        "what is the number of the second order",
        "cancel the 2nd half of my order",
        "where is the old one in the other order",
    ],
)
def test_words_that_call_no_order_by_its_goods(text: str) -> None:
    assert fill(Slot(type=SlotType.ORDER_NO, ask="a", again="b"), heard(text), asked=False) is None


@pytest.mark.parametrize(
    ("text", "goods"),
    [
        ("return the first aid cream order", "first aid cream"),
        ("cancel the new moon lipstick order", "new moon lipstick"),
        ("the number 5 perfume order", "number 5 perfume"),
    ],
)
def test_goods_whose_name_begins_like_a_word_for_orders(text: str, goods: str) -> None:
    filled = fill(Slot(type=SlotType.ORDER_NO, ask="a", again="b"), heard(text), asked=False)
    assert filled
    assert filled.value == f"goods:{goods}"


@pytest.mark.parametrize("text", ["面膜多久敷一次", "那个面膜适合敏感肌吗", "我的皮肤有点干", "退货政策是什么"])
def test_words_that_speak_of_no_order_begin_nothing_in_doubt(text: str) -> None:
    assert ENGINE.hear(State(), heard(text, "return.request", understood=False)) is None


@pytest.mark.parametrize(
    "text",
    [
        "面膜那单退了没",
        "口红那单退了吗",
        "精华那单退了怎么还没到账",
        "这单退货运费谁出",
        "面膜那单退货，运费谁出",
        "那单退货地址是哪",
        "那单退货我已经寄出了",
        "这单退了快递寄哪里",
        "那单退货到什么进度了",
        "不要把这单退了",
        "别把面膜那单退了",
        "先别帮我把这单退了，我再想想",
    ],
)
def test_whether_it_is_done_is_no_request(text: str) -> None:
    assert ENGINE.known.for_words(text) is None


@pytest.mark.parametrize("text", ["别的不说，把这单退了", "你好，面膜那单退了吧，谢谢", "这个我不要了，这单退货"])
def test_a_request_is_one_whatever_stands_around_it(text: str) -> None:
    begun = ENGINE.known.for_words(text)
    assert begun
    assert begun.process.id == "return_goods"
