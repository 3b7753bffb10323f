"""What the shipped table decides: from what the language engine read, and from the words themselves."""

from datetime import timedelta
from typing import Any

import pytest

from tests.routing.triage.facts import AT, facts
from yingda.conversations import HandOffReason
from yingda.customers import Segment
from yingda.language import Emotion, intents
from yingda.routing.triage.rules import Triage
from yingda.routing.triage.shipped import shipped_table
from yingda.routing.triage.table import Answerer
from yingda.routing.triage.validation import Known, findings

TRIAGE = Triage(shipped_table(), 1)


@pytest.mark.parametrize(
    ("told", "answerer", "level", "reason"),
    [
        ({}, Answerer.ASSISTANT, 1, None),
        ({"urgency": 2}, Answerer.ASSISTANT, 2, None),
        ({"intent": "chat.human"}, Answerer.PERSON, 1, HandOffReason.REQUESTED),
        ({"intent": "product.adverse"}, Answerer.PERSON, 2, HandOffReason.SAFETY),
        ({"intent": "complaint.service"}, Answerer.PERSON, 3, HandOffReason.COMPLAINT),
        ({"intent": "complaint.authority"}, Answerer.PERSON, 4, HandOffReason.COMPLAINT),
        ({"emotion": Emotion.ANGRY}, Answerer.PERSON, 2, HandOffReason.EMOTION),
        ({"emotion": Emotion.ANXIOUS}, Answerer.ASSISTANT, 1, None),
        ({"intent": "other", "confidence": 0.2}, Answerer.CLARIFY, 1, None),
        ({"intent": "other", "confidence": 0.2, "misunderstood": 1}, Answerer.PERSON, 1, HandOffReason.NOT_UNDERSTOOD),
        ({"out_of_scope": 0.9, "misunderstood": 1}, Answerer.PERSON, 1, HandOffReason.NOT_UNDERSTOOD),
        ({"intent": "chat.human", "confidence": 0.2}, Answerer.CLARIFY, 1, None),
        (
            {"intent": "chat.human", "confidence": 0.2, "emotion": Emotion.ANGRY},
            Answerer.PERSON,
            2,
            HandOffReason.EMOTION,
        ),
        (
            {"emotion": Emotion.DISAPPOINTED, "segment": Segment.HIGH_VALUE},
            Answerer.PERSON,
            2,
            HandOffReason.PRIORITY,
        ),
        ({"emotion": Emotion.DISAPPOINTED, "segment": Segment.NEW}, Answerer.ASSISTANT, 1, None),
        ({"intent": "issue.damaged", "order_cents": 200_000}, Answerer.PERSON, 2, HandOffReason.PRIORITY),
        ({"intent": "issue.damaged", "order_cents": 199_999}, Answerer.ASSISTANT, 1, None),
        (
            {"intent": "refund.request", "contacts": (AT - timedelta(days=1),) * 5},
            Answerer.PERSON,
            2,
            HandOffReason.PRIORITY,
        ),
    ],
)
def test_what_was_read(told: dict[str, Any], answerer: Answerer, level: int, reason: HandOffReason | None) -> None:
    decision = TRIAGE.decide(facts(**told))
    assert (decision.answerer, decision.level, decision.reason) == (answerer, level, reason)
    assert decision.matched


#: A phrasing, and the rule that takes it to a person at once; None: no word of it may do so.
PHRASINGS = [
    ("三天没动了，急死我了，转人工", "request.human_besides"),
    ("退款怎么还没到，帮我转接人工", "request.human_besides"),
    ("先不转人工，帮我查下快递", None),
    ("你能解决就不用转人工了", None),
    ("我不想活了", "crisis.self_harm"),
    ("真的活不下去了", "crisis.self_harm"),
    ("活着没意思", "crisis.self_harm"),
    ("收不到货我就去跳楼", "crisis.self_harm"),
    ("我想死", "crisis.self_harm"),
    ("我 想 死", "crisis.self_harm"),
    ("脸毁了还不如死了算了", "crisis.self_harm"),
    ("我已经有轻生的念头", "crisis.self_harm"),
    ("我吞了一瓶安眠药", "crisis.self_harm"),
    ("我不想活動了也不想活了", "crisis.self_harm"),
    ("I want to die", "crisis.self_harm"),
    ("sometimes I think about SUICIDE", "crisis.self_harm"),
    ("用完之后呼吸困难", "safety.emergency"),
    ("涂上去喘不上气来了", "safety.emergency"),
    ("我妈用完晕过去了", "safety.emergency"),
    ("宝宝误食了你们的面霜", "safety.emergency"),
    ("孩子把护手霜吃了", "safety.child_swallowed"),
    ("小孩把洗面奶吞下去了", "safety.child_swallowed"),
    ("孩子把面霜吃了没事吧", "safety.child_swallowed"),
    ("孩子偷吃了药", "safety.child_swallowed"),
    ("宝宝喝了水乳", "safety.child_swallowed"),
    ("宝宝喝了水杨酸精华", "safety.child_swallowed"),
    ("现在人在医院住院", "safety.emergency"),
    ("刚从急诊出来，医生说是你们产品的问题", "safety.emergency"),
    ("你们这是要让我毁容", "safety.emergency"),
    ("my daughter can't breathe after using it", "safety.emergency"),
    ("用了你们家面膜过敏了", "safety.reaction_words"),
    ("用完这个精华脸上过敏", "safety.reaction_words"),
    ("臉上紅腫了一大片", "safety.reaction_words"),
    ("擦完火辣辣的疼", "safety.reaction_words"),
    ("脸上起了好多水泡", "safety.reaction_words"),
    ("眼皮肿起来了", "safety.reaction_words"),
    ("卸妆水弄进眼睛里了", "safety.reaction_words"),
    ("I got a rash on my face", "safety.reaction_words"),
    ("我想退货，用了脸红", "safety.reaction_words"),
    ("脸上过敏要退货", "safety.reaction_words"),
    ("皮肤过敏了想退款", "safety.reaction_words"),
    ("用了两天长痘，要求退款", "safety.reaction_words"),
    ("擦完脸红得厉害，退了吧", "safety.reaction_words"),
    ("用完脸上很痒，怎么退", "safety.reaction_words"),
    ("没用几天就长痘，要退", "safety.reaction_words"),
    ("用了就脸红，能退吗", "safety.reaction_words"),
    ("染发膏溅到眼睛了", "safety.reaction_words"),
    ("我是未成年，用妈妈手机买的", "safety.minor_purchase"),
    ("孩子偷偷拿我手机下单的", "safety.minor_purchase"),
    ("我是记者，想采访你们", "authority.media"),
    ("再不处理我就曝光你们", "authority.media"),
    ("等着上热搜吧", "authority.media"),
    ("我会联系电视台", "authority.media"),
    ("I will go to the media", "authority.media"),
    ("打12315投诉你们", "authority.regulator"),
    ("已经跟消协反映了", "authority.regulator"),
    ("我去市场监管局举报", "authority.regulator"),
    ("我已经报警了", "authority.regulator"),
    ("派出所见", "authority.regulator"),
    ("黑猫投诉见", "authority.regulator"),
    ("我要起诉你们", "authority.legal"),
    ("律师函很快寄到", "authority.legal"),
    ("我会告你们的", "authority.legal"),
    ("咱们法庭见", "authority.legal"),
    ("I will sue you", "authority.legal"),
    ("my lawyer will call you", "authority.legal"),
    # near misses
    ("我要死磕到底", None),
    ("我想死磕到底", None),
    ("开心死了", None),
    ("便宜死了", None),
    ("笑死我了哈哈", None),
    ("累死了终于抢到了", None),
    ("想死你们家的面膜了", None),
    ("跳楼价还有吗", None),
    ("你们这是自杀式降价吧", None),
    ("不想活动结束得这么快", None),
    ("这个香味美到窒息", None),
    ("香到我昏过去", None),
    ("好看到晕过去了", None),
    ("美到我晕倒了", None),
    ("被价格吓得喘不过气", None),
    ("香到我了，可是昏过去了", "safety.emergency"),
    ("寄到市一医院住院部三楼", None),
    ("地址是急诊楼旁边的宿舍", None),
    ("抢救一下我的干皮", None),
    ("敏感肌用了会过敏吗", None),
    ("我家孩子吃了饭才能去取", None),
    ("孩子吃了晚饭再去取", None),
    ("小孩吃了早餐就出门", None),
    ("孩子吃了药在睡觉", None),
    ("宝宝喝了水就睡了", None),
    ("宝宝喝了点水", None),
    ("孩子吃了吗", None),
    ("宝宝吃了奶再说", None),
    ("会不会刺痛", None),
    ("用了过敏可以退吗", None),
    ("过敏能退货吗", None),
    ("用了能改善泛红吗", None),
    ("用什么能缓解脸红", None),
    ("用了不长痘，好用", None),
    ("泛红肌能用这个吗", None),
    ("脸红用哪款好", None),
    ("夸得我都脸红了", None),
    ("这个腮红涂脸红吗", None),
    ("涂上像脸红的色号有吗", None),
    ("这个腮红涂了脸红肿了", "safety.reaction_words"),
    ("用哪款不长痘", None),
    ("我比较容易过敏，推荐哪款", None),
    ("包装肿了是不是坏了", None),
    ("未成年能不能用这个水乳", None),
    ("孕妇可以用吗", None),
    ("我是自媒体，想合作", None),
    ("怎么提高笔记曝光率", None),
    ("电视台同款口红还有吗", None),
    ("晒单发到网上有返现吗", None),
    ("这个在药监局备案了吗", None),
    ("药监局能查到吗", None),
    ("收货地址派出所旁边的小区", None),
    ("送到中级法院门口", None),
    ("烟雾报警器有卖吗", None),
    ("忘了转告你们改地址", None),
    ("我告诉你们地址", None),
    ("订单号1231512345678", None),
    ("I have an issue with my order", None),
    ("is it a pressed powder, the pressing kind", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PHRASINGS)
def test_dangerous_words_reach_a_person_whatever_the_engine_reads(text: str, expected: str | None) -> None:
    """The engine reads nothing here: neither its intent nor its confidence helps."""
    decision = TRIAGE.decide(facts(text, intent="other", confidence=0.1))
    assert decision.matched[-1].rule == (expected or "unsure.once")
    assert decision.answerer.human is (expected is not None)


def test_a_joke_does_not_hide_the_danger() -> None:
    decision = TRIAGE.decide(facts("跳楼价都买不起，我真的不想活了"))
    assert (decision.level, decision.priority) == (5, 100)
    assert ("keywords", "不想活") in [(one.condition, one.value) for one in decision.matched[-1].facts]


def test_most_turns_look_nothing_up() -> None:
    assert TRIAGE.needs(facts("到哪了")) == frozenset()
    assert {need.value for need in TRIAGE.needs(facts(intent="issue.damaged"))} == {"segment", "contacts", "order"}
    assert TRIAGE.needs(facts("我不想活了", intent="chat.inform")) == frozenset()


def test_nothing_is_wrong_with_it() -> None:
    known = Known(frozenset(intents()), frozenset(), frozenset(), frozenset({"liuli"}))
    assert findings(shipped_table(), known) == []
