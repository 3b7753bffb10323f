"""Short answers mean what they answer."""

import pytest

from yingda.language import Context, Engine

ASKED_FOR_ORDER = Context(last_question="请问是哪一个订单呢？", expected_slot="order_no", last_intent="logistics.track")
ASKED_TO_CONFIRM = Context(last_question="确认要取消这个订单吗？", expected_slot="confirm", last_intent="order.cancel")
ASKED_FOR_ADDRESS = Context(last_question="新的收货地址是？", expected_slot="address", last_intent="order.address")
ASKED_YES_NO = Context(last_question="是这一单吗？")


@pytest.mark.parametrize(
    ("text", "context", "intent"),
    [
        ("LM202611220123", Context(), "chat.inform"),
        ("138001", ASKED_FOR_ORDER, "chat.inform"),
        ("订单号是202611220123", ASKED_FOR_ORDER, "chat.inform"),
        ("上一个", ASKED_FOR_ORDER, "chat.inform"),
        ("不是这个，是上一个", ASKED_FOR_ORDER, "chat.inform"),
        ("昨天买的那个", ASKED_FOR_ORDER, "chat.inform"),
        ("the latest one", ASKED_FOR_ORDER, "chat.inform"),
        ("是的", ASKED_TO_CONFIRM, "chat.affirm"),
        ("嗯嗯 可以", ASKED_TO_CONFIRM, "chat.affirm"),
        ("确认", ASKED_TO_CONFIRM, "chat.affirm"),
        ("好的，谢谢", ASKED_TO_CONFIRM, "chat.affirm"),
        ("谢谢", ASKED_TO_CONFIRM, "chat.thanks"),
        ("谢谢，谢谢", ASKED_YES_NO, "chat.thanks"),
        ("👌", ASKED_TO_CONFIRM, "chat.affirm"),
        ("yes please", ASKED_TO_CONFIRM, "chat.affirm"),
        ("不是这个", ASKED_TO_CONFIRM, "chat.deny"),
        ("算了不用了", ASKED_TO_CONFIRM, "chat.deny"),
        ("不要", ASKED_YES_NO, "chat.deny"),
        ("no thanks", ASKED_TO_CONFIRM, "chat.deny"),
        ("是的", Context(), "chat.affirm"),
        ("那顺丰呢", Context(last_intent="logistics.carrier"), "logistics.carrier"),
        ("那个呢", Context(last_intent="order.stock"), "order.stock"),
        ("那个呢？", Context(last_intent="product.suitability"), "product.suitability"),
        ("另一个呢", Context(last_intent="logistics.track"), "logistics.track"),
        ("那上海呢", Context(last_intent="logistics.eta"), "logistics.eta"),
        ("and the blue one?", Context(last_intent="order.stock"), "order.stock"),
        ("赠品呢", Context(last_intent="logistics.track"), "promo.gift"),
        ("人呢", Context(last_intent="logistics.track"), "chat.urge"),
        ("不取消了", ASKED_TO_CONFIRM, "chat.deny"),
        ("我不想取消", ASKED_TO_CONFIRM, "chat.deny"),
        ("别取消", ASKED_TO_CONFIRM, "chat.deny"),
        ("先别", ASKED_TO_CONFIRM, "chat.deny"),
        ("不用退", ASKED_TO_CONFIRM, "chat.deny"),
        ("唔使喇", ASKED_TO_CONFIRM, "chat.deny"),
        ("never mind", ASKED_TO_CONFIRM, "chat.deny"),
        ("No, thank you", ASKED_TO_CONFIRM, "chat.deny"),
        ("nothing else", ASKED_YES_NO, "chat.deny"),
        ("係呀", ASKED_TO_CONFIRM, "chat.affirm"),
        ("当然", ASKED_TO_CONFIRM, "chat.affirm"),
        ("都行", ASKED_TO_CONFIRM, "chat.affirm"),
        ("没有问题", ASKED_TO_CONFIRM, "chat.affirm"),
        ("of course", ASKED_TO_CONFIRM, "chat.affirm"),
        ("y", ASKED_TO_CONFIRM, "chat.affirm"),
        ("取消订单", ASKED_TO_CONFIRM, "order.cancel"),
        ("不是这个 是另一个", ASKED_FOR_ORDER, "chat.inform"),
        ("两个都要查", ASKED_FOR_ORDER, "chat.inform"),
        ("the second one", ASKED_FOR_ORDER, "chat.inform"),
        ("the second one", Context(), "chat.inform"),
        ("the one from yesterday", ASKED_FOR_ORDER, "chat.inform"),
        ("both", ASKED_FOR_ORDER, "chat.inform"),
        ("杭州西湖区", ASKED_FOR_ADDRESS, "chat.inform"),
        ("能送到西湖区吗", ASKED_FOR_ADDRESS, "logistics.coverage"),
        ("转人工", ASKED_TO_CONFIRM, "chat.human"),
        ("发票什么时候开", ASKED_FOR_ORDER, "invoice.progress"),
        ("这个怎么退货", ASKED_TO_CONFIRM, "return.request"),
    ],
)
def test_read_in_context(engine: Engine, text: str, context: Context, intent: str) -> None:
    assert engine.understand(text, context).intent == intent


def test_what_the_context_settles_is_sure(engine: Engine) -> None:
    understood = engine.understand("上一个", ASKED_FOR_ORDER)
    assert understood.confidence > 0.9
    assert understood.out_of_scope < 0.1
