"""How a dialogue goes: the engine alone, on the processes that ship."""

from datetime import timedelta

import pytest

from tests.dialogue.procedures.makers import NOW, ORDER, OWN, Talk, found, heard
from yingda.dialogue.procedures.assent import stops
from yingda.dialogue.procedures.hearing import MOST_TRIES
from yingda.dialogue.procedures.library import shipped
from yingda.dialogue.procedures.schemas import Slot, SlotType
from yingda.dialogue.procedures.slots import asks_in_general, fill
from yingda.dialogue.procedures.state import Choice, Request, Told
from yingda.language import Entity, EntityKind


def talk(**answers: Told) -> Talk:
    return Talk(**{"order": found(**ORDER), **answers})


def test_nothing_is_done_before_it_was_agreed_to_and_then_once() -> None:
    customer = talk()
    assert OWN[0] in customer.say("取消订单", "order.cancel")
    assert customer.done == []
    assert "已办好" in customer.say("确认", "chat.affirm")
    [deed] = customer.done
    assert deed.change == {"type": "cancel_order", "order_no": OWN[0]}
    assert customer.say("确认", "chat.affirm")
    assert len(customer.done) == 1


@pytest.mark.parametrize(
    ("answer", "intent"),
    [
        ("不要", "chat.deny"),
        ("算了", "chat.deny"),
        ("先不办", "other"),
        ("好的，不过等一下", "chat.affirm"),
        ("嗯，但是我再想想", "chat.affirm"),
        ("什么意思", "other"),
        ("是的\n算了", "chat.affirm"),
        ("昂知道了", "chat.affirm"),
        ("ok got it", "chat.affirm"),
    ],
)
def test_what_is_no_clear_yes_does_nothing(answer: str, intent: str) -> None:
    customer = talk()
    customer.say("取消订单", "order.cancel")
    customer.say(answer, intent)
    assert customer.done == []


def test_another_order_is_confirmed_anew() -> None:
    customer = talk()
    customer.say("取消订单", "order.cancel")
    customer.answers["order"] = found(**{**ORDER, "order_no": OWN[1]})
    assert OWN[1] in customer.say("不是这个订单，是上一个", "chat.deny")
    assert customer.done == []
    customer.say("确认", "chat.affirm")
    assert [deed.change["order_no"] for deed in customer.done] == [OWN[1]]


def test_a_question_in_between_is_answered_and_then_it_goes_on() -> None:
    customer = talk(advice=found(advice="不要一起用"))
    customer.say("取消订单", "order.cancel")
    said = customer.say("A醇和水杨酸能一起用吗", "product.conflict")
    assert "不要一起用" in said
    assert OWN[0] in said[said.index("回到刚才") :]
    customer.say("确认", "chat.affirm")
    assert len(customer.done) == 1


def test_what_no_process_answers_is_left_to_others_and_stays_open() -> None:
    customer = talk()
    customer.say("取消订单", "order.cancel")
    customer.say("保质期多久", "product.shelf_life")
    assert customer.aside
    customer.say("确认", "chat.affirm")
    assert len(customer.done) == 1


def test_it_asks_in_other_words_and_then_gives_up() -> None:
    customer = talk()
    first = customer.say("我要改地址", "order.address")
    asked = [customer.say("咕噜咕噜") for _ in range(MOST_TRIES)]
    assert first not in asked
    assert customer.reason is None
    customer.say("咕噜咕噜")
    assert customer.reason == "not_understood"


def test_two_requests_are_done_one_after_the_other() -> None:
    customer = talk(parcel=Told(outcome="none"), invoice=Told(outcome="none"), other_orders=Told(outcome="none"))
    order = {**ORDER, "order_words": "已付款"}
    customer.answers["order"] = found(**order)
    parts = (Request("logistics.track"), Request("invoice.request"))
    said = customer.say("快递到哪了，另外开个发票", "logistics.track", parts=parts)
    assert "已付款" in said
    assert said.endswith("开个人还是公司抬头？")
    assert customer.state.queue == ()


def test_each_of_two_requests_has_its_own_order() -> None:
    customer = talk(parcel=Told(outcome="none"), other_orders=Told(outcome="none"))
    parts = (Request("order.cancel", OWN[0]), Request("logistics.track", OWN[1]))
    customer.say(f"取消订单{OWN[0]}，另外看看订单{OWN[1]}到哪了", "logistics.track", parts=parts, number=OWN[0])
    assert customer.slot("order_no") == OWN[0]
    customer.say("确认", "chat.affirm")
    assert [deed.change["order_no"] for deed in customer.done] == [OWN[0]]
    assert [asked.get("order_no") for asked in customer.asked("order")] == [OWN[0], OWN[1]]
    assert customer.state.orders == {}


def test_what_names_no_order_is_not_about_that_of_what_comes_after() -> None:
    customer = Talk(order=found(**{**ORDER, "order_state": "delivered"}), items=Told(outcome="none"))
    parts = (Request("return.request"), Request("refund.progress", OWN[1]))
    customer.answers |= {"refund": Told(outcome="none"), "after_sale": Told(outcome="none")}
    customer.say(f"退货，还有订单{OWN[1]}的退款到哪了", "refund.progress", parts=parts, number=OWN[1])
    assert [asked.get("order_no") for asked in customer.asked("order")] == [None, OWN[1]]


ASIDE = ("A醇和水杨酸能一起用吗", "product.conflict")


def test_it_reminds_twice_and_then_waits_in_silence_until_the_customer_is_through() -> None:
    customer = talk(advice=found(advice="不要一起用"))
    customer.say("取消订单", "order.cancel")
    reminded = ["回到刚才" in customer.say(*ASIDE) for _ in range(4)]
    assert reminded == [True, True, False, False]
    assert OWN[0] in customer.say("好的", "chat.affirm")
    assert customer.done == [], "a yes to what was answered in between"
    customer.say("确认", "chat.affirm")
    assert len(customer.done) == 1


def test_an_answer_is_taken_also_after_silence() -> None:
    customer = talk(advice=found(advice="不要一起用"))
    customer.say("我要改地址", "order.address")
    for _ in range(3):
        customer.say(*ASIDE)
    customer.answers["address"] = Told(outcome="choose", slot="address", text="还差门牌")
    region = (Entity(EntityKind.ADDRESS, "浙江省杭州市西湖区文华街88号", "浙江省杭州市西湖区文华街88号", 0, 14),)
    assert "还差门牌" in customer.say("浙江省杭州市西湖区文华街88号", "chat.inform", entities=region)


def test_a_longer_digression_ends_with_a_reminder() -> None:
    customer = talk(advice=found(advice="不要一起用"), invoice=Told(outcome="none"))
    customer.say("取消订单", "order.cancel")
    for _ in range(3):
        customer.say(*ASIDE)
    customer.say("开发票", "invoice.request")
    assert "回到刚才" in customer.say("算了", "chat.deny")


def test_another_variant_before_shipping_is_no_exchange() -> None:
    item = found(sku="S1", item_title="口红 01", item_quantity=1, item_amount="¥99.00", product_id="P1")
    wanted = found(wanted_sku="S2", wanted_title="02")
    customer = talk(items=item, variants=wanted)
    customer.say("帮我换个规格", "exchange.request")
    customer.say("确认", "chat.affirm")
    assert [deed.change["type"] for deed in customer.done] == ["change_item"]


def test_another_variant_of_what_has_come_is_an_exchange() -> None:
    item = found(sku="S1", item_title="口红 01", item_quantity=1, item_amount="¥99.00", product_id="P1")
    wanted = found(wanted_sku="S2", wanted_title="02")
    customer = Talk(order=found(**{**ORDER, "order_state": "delivered"}), items=item, variants=wanted)
    customer.say("能帮我改个规格吗", "order.modify")
    customer.say("确认", "chat.affirm")
    assert [(deed.change["type"], deed.change["fault"]) for deed in customer.done] == [
        ("request_exchange", "wrong_variant")
    ]


ORDERS = (
    Choice(OWN[0], "雪竹面霜 · 已签收", ("雪竹屏障修护面霜", "玉髓补水面膜")),
    Choice(OWN[1], "云裳口红 · 已签收", ("云裳丝绒口红",)),
)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("雪竹面霜 · 已签收", 0),
        (OWN[1], 1),
        ("口红那单", 1),
        ("是面膜的那个订单吧", 0),
        ("就是买面霜那个", 0),
        ("已签收", None),
        ("都不是", None),
        ("那单", None),
    ],
)
def test_an_order_is_picked_by_its_label_or_its_goods(text: str, place: int | None) -> None:
    slot = Slot(type=SlotType.ORDER_NO, ask="x", again="x")
    filled = fill(slot, heard(text), ORDERS, asked=True)
    assert (filled.value if filled else None) == (None if place is None else ORDERS[place].value)


def test_an_offered_answer_calls_nothing_off() -> None:
    customer = Talk(order=Told(outcome="choose", slot="order_no", text="哪个？", options=(Choice("LM1", "退出"),)))
    customer.say("取消订单", "order.cancel")
    customer.answers = {"order": found(**ORDER)}
    customer.say("退出", "chat.deny")
    assert customer.slot("order_no") == "LM1"


def test_after_days_it_says_where_it_was_and_asks_again() -> None:
    customer = talk()
    customer.say("取消订单", "order.cancel")
    said = customer.say("确认", "chat.affirm", at=NOW + timedelta(days=3))
    assert "接着上次" in said
    assert OWN[0] in said
    assert customer.done == []
    customer.say("确认", "chat.affirm", at=NOW + timedelta(days=3, minutes=1))
    assert len(customer.done) == 1


def test_after_its_time_it_is_forgotten() -> None:
    customer = talk()
    customer.say("取消订单", "order.cancel")
    customer.say("确认", "chat.affirm", at=NOW + timedelta(days=30))
    assert customer.done == []
    assert customer.state.top is None or customer.state.top.process != "cancel_order"


def test_a_former_answer_is_kept_when_a_later_one_is_asked_for() -> None:
    item = found(sku="S1", item_title="雪竹面霜", item_quantity=1, item_amount="¥99.00", product_id="P1")
    delivered = found(**{**ORDER, "order_state": "delivered", "delivered": True})
    customer = Talk(order=delivered, items=item)
    assert "照片" in customer.say("收到的面霜碎了，给我补发吧", "issue.damaged")
    assert "补发" in customer.say("", shown=("F1",), photos=("F1",))
    customer.say("确认", "chat.affirm")
    [deed] = customer.done
    assert deed.change == {
        "type": "reship",
        "order_no": OWN[0],
        "lines": [{"sku": "S1", "quantity": 1}],
        "fault": "damaged",
        "evidence": ["F1"],
    }
    assert customer.tickets == 1


def test_a_choice_of_the_shop_is_offered_and_taken_by_its_place() -> None:
    options = (Choice(OWN[0], "面霜 · 待发货"), Choice(OWN[1], "口红 · 待发货"))
    customer = Talk(order=Told(outcome="choose", slot="order_no", text="哪个？", options=options))
    customer.say("取消订单", "order.cancel")
    customer.answers["order"] = found(**{**ORDER, "order_no": OWN[1]})
    assert OWN[1] in customer.say("第二个")
    assert customer.state.top is not None
    assert customer.state.top.slots["order_no"] == OWN[1]


@pytest.mark.parametrize(
    ("outcome", "person", "reason"),
    [("too_late", False, None), ("over_limit", True, "approval"), ("risk", True, "approval")],
)
def test_a_refusal_is_said_and_goes_where_it_belongs(outcome: str, person: bool, reason: str | None) -> None:
    customer = talk(deed=Told(outcome=outcome, text="办不了", person=person))
    customer.say("取消订单", "order.cancel")
    said = customer.say("确认", "chat.affirm")
    assert customer.reason == reason
    assert ("已经发出" in said) == (outcome == "too_late")


def test_a_shop_that_does_not_answer_brings_a_person() -> None:
    customer = Talk(order=Told(outcome="down"))
    assert "没有响应" in customer.say("取消订单", "order.cancel")
    assert customer.reason == "unavailable"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("李四 13800001111", "李四"),
        ("收件人改成王小明", "王小明"),
        ("收货电话改成13900002222", None),
        ("张三，电话13800001111", "张三"),
    ],
)
def test_a_receiver_is_read_beside_a_number_or_a_word(text: str, expected: str | None) -> None:
    filled = fill(Slot(type=SlotType.NAME, ask="x", again="x"), heard(text), asked=False)
    assert (filled.value if filled else None) == expected


@pytest.mark.parametrize(
    "text",
    [
        "算了",
        "算了算了",
        "算了，不换了",
        "不用了谢谢",
        "那还是算了吧",
        "先不办",
        "never mind",
        "啊等等先不退了",
        "唉，算了",
        "changed my mind, never mind",
    ],
)
def test_calling_it_off_is_heard(text: str) -> None:
    assert stops(heard(text))


@pytest.mark.parametrize(
    "text", ["我要退货", "不想要了", "取消订单", "停在杭州三天了", "为什么不用了还扣钱", "I changed my mind"]
)
def test_other_words_are_not_taken_for_it(text: str) -> None:
    assert not stops(heard(text))


@pytest.mark.parametrize("again", ["不用了", "不用", "算了，", "吧", ", "])
def test_who_calls_it_off_over_and_over_is_read_to_the_end(again: str) -> None:
    """One that tries every way to cut the words would never come to an answer."""
    assert not stops(heard(f"算了{again * 5000}x"))


@pytest.mark.parametrize(("shop", "said"), [("琉璃美妆", "我是琉璃美妆的智能助手"), ("", "我是本店的智能助手")])
def test_a_greeting_never_leaves_the_shop_out(shop: str, said: str) -> None:
    assert said in Talk().say("你好", "chat.greeting", shop=shop)


CUES = [
    ("刚才的取消不要了", "undo"),
    ("撤销刚才的操作", "undo"),
    ("地址改回原来的", "undo"),
    ("刚才改的地址不算，改回去", "undo"),
    ("别取消了，我还要", "undo"),
    ("我不取消了", "undo"),
    ("退货申请我想撤销，不退了", "withdraw_case"),
    ("撤回换货申请", "withdraw_case"),
    ("取消退货申请", "withdraw_case"),
    ("又不想退货了", "withdraw_case"),
    ("Please withdraw my return", "withdraw_case"),
    ("快递已经发了，帮我改派到公司", "change_address"),
    ("取消订单", None),
    ("取消订单，退款", None),
    ("我要退货", None),
    ("帮我改地址", None),
    ("七天无理由吗", None),
    ("刚刚下的单想取消", None),
    ("刚买的东西不要了，退货", None),
    ("退款申请多久能到账", None),
    ("订单取消了怎么恢复不了优惠券", None),
]


@pytest.mark.parametrize(("text", "process"), CUES)
def test_some_words_say_by_themselves_what_is_wanted(text: str, process: str | None) -> None:
    found = shipped().for_words(text)
    assert (found.process.id if found else None) == process


@pytest.mark.parametrize(
    "text",
    [
        "满多少送赠品",
        "有赠品吗",
        "我想问下赠品可以自己选吗",
        "怎么开发票",
        "降价了能补差价吗？",
        "退款多久到账",
        "一般几天发货",
        "签收后几天内可以退货",
        "退货流程是什么样的",
        "支持七天无理由吗",
        "如何申请换货",
        "发票能不能开专票",
        "退货要运费吗",
        "哪里能开发票",
        "今天下单明天能到吗",
    ],
)
def test_how_things_are_done_is_asked_in_general(text: str) -> None:
    assert asks_in_general(text)


@pytest.mark.parametrize(
    "text",
    [
        "赠品没收到",
        "我的赠品呢",
        "我买的东西赠品少了怎么办",
        "快递到哪了",
        "取消订单",
        "帮我开发票可以吗",
        "这单能退吗",
        "退款成功了吗",
        "退款怎么还不到账",
        "发票开了吗",
        "包裹丢了怎么办",
        "怎么给发错了",
        "显示签收了但没有人拿怎么办",
        "快递三天不动是怎么回事",
        "赠品呢",
        "什么时候发货",
        "为什么退款失败",
        "有发货吗",
        "明天能到吗",
    ],
)
def test_what_has_become_of_ones_own_is_not(text: str) -> None:
    assert not asks_in_general(text)


def test_who_wants_something_else_instead_is_not_asked_again_about_the_first() -> None:
    customer = talk(parcel=Told(outcome="none"), other_orders=Told(outcome="none"))
    customer.answers["order"] = found(**{**ORDER, "order_words": "已付款"})
    customer.say("我要改地址", "order.address")
    customer.say("唉算了，还是取消订单吧", "order.cancel")
    customer.say("确认", "chat.affirm")
    assert [deed.change["type"] for deed in customer.done] == ["cancel_order"]
    assert customer.state.flows == ()


def test_a_bare_cancel_calls_off_what_is_asked_for_and_of_an_order_begins_anew() -> None:
    customer = talk()
    customer.say("我要改地址", "order.address")
    assert "先不办了" in customer.say("取消", "order.cancel")
    assert customer.state.flows == ()
    customer.say("取消", "order.cancel")
    assert OWN[0] in customer.say("取消", "order.cancel"), "asked again, since it may be meant either way"
    assert customer.done == []


def test_another_slot_will_do_instead() -> None:
    customer = talk(address=found(receiver="林晓", phone_masked="199****2345", address_line="原地址"))
    customer.say("改电话", "order.address")
    phone = (Entity(EntityKind.PHONE, "19900012345", "19900012345", 0, 11),)
    assert "199****2345" in customer.say("19900012345", "chat.inform", entities=phone)


@pytest.mark.parametrize(
    ("text", "chosen"), [("yes please check with the carrier", None), ("i found it", "there"), ("Not there", "missing")]
)
def test_the_first_word_of_an_english_label_chooses_nothing(text: str, chosen: str | None) -> None:
    options = (Choice("missing", "Not there"), Choice("there", "I found it"))
    filled = fill(Slot(type=SlotType.ITEM, ask="x", again="x"), heard(text), options, asked=True)
    assert (filled.value if filled else None) == chosen
