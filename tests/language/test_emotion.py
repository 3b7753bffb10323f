"""Feeling and urgency, with the words that show them."""

import json
from typing import Any

import pytest

from yingda.kit.paths import data_dir
from yingda.language import Emotion, Engine, SpanRole


@pytest.mark.parametrize(
    ("text", "emotion"),
    [
        ("今天能发货吗", Emotion.CALM),
        ("好的谢谢", Emotion.CALM),
        ("看不懂你说的什么意思", Emotion.CONFUSED),
        ("快递还没到 急死了", Emotion.ANXIOUS),
        ("好担心会不会过敏", Emotion.ANXIOUS),
        ("太失望了 再也不来了", Emotion.DISAPPOINTED),
        ("用着不太满意", Emotion.DISAPPOINTED),
        ("你们就是骗子 垃圾店", Emotion.ANGRY),
        ("什么态度啊！！气死我了", Emotion.ANGRY),
        ("谢谢你们啊 坑人坑到家了", Emotion.ANGRY),
        ("我不着急 慢慢来", Emotion.CALM),
        ("没有生气 就是问问", Emotion.CALM),
        ("开心果什么时候发货", Emotion.CALM),
        ("怎么操作", Emotion.CALM),
        ("this is ridiculous, I'm furious", Emotion.ANGRY),
    ],
)
def test_emotion(engine: Engine, text: str, emotion: Emotion) -> None:
    assert engine.understand(text).emotion is emotion


@pytest.mark.parametrize(
    ("text", "emotion", "sign"),
    [
        # negation, once and twice
        ("不是不喜欢", Emotion.CALM, 0),
        ("我没说不喜欢这个颜色", Emotion.CALM, 0),
        ("不是很满意", Emotion.DISAPPOINTED, -1),
        ("并不觉得好用", Emotion.DISAPPOINTED, -1),
        ("一点都不生气", Emotion.CALM, 0),
        ("我不担心 问一下价格", Emotion.CALM, 0),
        ("not happy at all", Emotion.DISAPPOINTED, -1),
        ("I'm not angry, just asking", Emotion.CALM, 0),
        # scorn in the clothes of praise
        ("可真是谢谢你们了呢", Emotion.ANGRY, -1),
        ("您可真会做生意", Emotion.ANGRY, -1),
        ("好一个七天无理由", Emotion.ANGRY, -1),
        ('你们的服务真是太"好"了', Emotion.ANGRY, -1),
        ("你们的服务真是太“好”了", Emotion.ANGRY, -1),
        ("好得很 又少发一件", Emotion.ANGRY, -1),
        ("绝了 又坏了", Emotion.ANGRY, -1),
        ("厉害了，发了个空盒子", Emotion.ANGRY, -1),
        ("厉害了 三天没人回", Emotion.ANGRY, -1),
        ("great, another broken bottle", Emotion.ANGRY, -1),
        ("thanks for nothing", Emotion.ANGRY, -1),
        ("呵呵 真行啊你们", Emotion.ANGRY, -1),
        ("绝了 太好看了", Emotion.CALM, 1),
        ("great service", Emotion.CALM, 1),
        # thanks and praise in a complaint
        ("谢谢 但是到现在还没发货", Emotion.DISAPPOINTED, -1),
        ("谢谢你的耐心，不过我真的很失望", Emotion.DISAPPOINTED, -1),
        ("东西不错 就是物流太慢了", Emotion.DISAPPOINTED, -1),
        ("质量很好 但是包装破了", Emotion.DISAPPOINTED, -1),
        ("麻烦你们给个说法 谢谢", Emotion.ANGRY, -1),
        ("感谢客服，问题解决了", Emotion.CALM, 1),
        # without a word that names the feeling
        ("都说了多少遍了还问", Emotion.ANGRY, -1),
        ("你是听不懂人话吗", Emotion.ANGRY, -1),
        ("where the hell is my parcel", Emotion.ANGRY, -1),
        ("真的会谢", Emotion.DISAPPOINTED, -1),
        ("刚买就降价 心好累", Emotion.DISAPPOINTED, -1),
        ("怎么还不发货啊，明天就要用了", Emotion.ANXIOUS, -1),
        ("会不会烂脸啊 有点慌", Emotion.ANXIOUS, -1),
        ("我该怎么选 好纠结", Emotion.CONFUSED, 0),
        ("啥意思 没明白", Emotion.CONFUSED, 0),
        ("还行吧", Emotion.CALM, 0),
        ("谢谢，不过还是没解决", Emotion.DISAPPOINTED, -1),  # 不过 negates nothing
        ("明天再不发货我就取消订单", Emotion.CALM, -1),
        ("用了之后脸肿得像猪头", Emotion.CALM, -1),
        ("不刺激吧", Emotion.CALM, 0),
        # a last warning, and shouting
        ("再不处理我就打12315了", Emotion.ANGRY, -1),
        ("再不退款我就曝光你们", Emotion.ANGRY, -1),
        ("WHERE IS MY ORDER", Emotion.ANGRY, -1),
        ("where is my order", Emotion.CALM, 0),
        ("怎么还没到！！！", Emotion.ANXIOUS, -1),
        ("I WANT MY MONEY BACK", Emotion.ANGRY, -1),
        ("THE SKU IS ABC DEF", Emotion.CALM, 0),
        ("DHL UPS EMS 哪个快", Emotion.CALM, 0),
        ("VIP SVIP PLUS会员有什么优惠", Emotion.CALM, 0),
        ("什么时候发货？？？？", Emotion.ANXIOUS, -1),
        ("为什么还不退款？？？", Emotion.ANXIOUS, -1),
        ("多少钱？？？", Emotion.CALM, 0),
        ("怎么用？？？", Emotion.CALM, 0),
        ("收到就坏了？？？", Emotion.ANGRY, -1),
        ("好的！！！", Emotion.CALM, 0),
        ("太好用了！！！", Emotion.CALM, 1),
        # a manner of speaking
        ("笑死我了", Emotion.CALM, 1),
        ("笑死 又发错了", Emotion.ANGRY, -1),
    ],
)
def test_hard_cases(engine: Engine, text: str, emotion: Emotion, sign: int) -> None:
    understood = engine.understand(text)
    assert understood.emotion is emotion
    assert (understood.sentiment > 0) - (understood.sentiment < 0) == sign


def labelled() -> list[dict[str, Any]]:
    """Real messages with the sentiment and urgency on which two readers agreed."""
    lines = (data_dir() / "language" / "jd_labelled.jsonl").read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if None not in (row["sentiment"], row["urgency"])]


def test_agreement_with_two_readers(engine: Engine) -> None:
    rows = labelled()
    understood = [engine.understand(row["text"]) for row in rows]
    agreed = [
        (u.sentiment > 0) - (u.sentiment < 0) == row["sentiment"] for u, row in zip(understood, rows, strict=True)
    ]
    pressing = [(u.urgency > 0) == (row["urgency"] > 0) for u, row in zip(understood, rows, strict=True)]
    assert len(rows) > 150
    assert sum(agreed) / len(rows) >= 0.9
    assert sum(pressing) / len(rows) >= 0.95


@pytest.mark.parametrize("text", ["收到就漏了", "客服态度太差了", "不好用", "等了这么久都没人理", "包裹里少了一瓶"])
def test_bad_news_is_negative(engine: Engine, text: str) -> None:
    assert engine.understand(text).sentiment < 0


@pytest.mark.parametrize("text", ["太好用了 很喜欢", "谢谢你", "服务真好 赞"])
def test_praise_is_positive(engine: Engine, text: str) -> None:
    assert engine.understand(text).sentiment > 0


@pytest.mark.parametrize("text", ["好用吗", "我想改一下地址 谢谢", "质量有问题吗", "有几个色号"])
def test_questions_and_politeness_are_neutral(engine: Engine, text: str) -> None:
    assert engine.understand(text).sentiment == 0


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("几天能到", 0),
        ("不着急", 0),
        ("麻烦尽快发货", 1),
        ("急死了 明天就要用", 2),
        ("用完脸肿了 呼吸困难", 3),
        ("再不处理我打12315", 3),
        ("呼吸有点困难", 3),
        ("我儿子喝了水就睡了，快递到哪了", 0),
        ("孩子吃了晚饭", 0),
        ("the color looks great in my eyes", 0),
        ("I ate the cost of shipping", 0),
        ("宝宝能吃吗", 0),
        ("眼睛进了洗发水，睁不开", 3),
        ("SF1234567890123到哪了", 0),
        ("手机13912345678", 0),
        ("My order is LM202611200001 SF123456789", 0),
        ("12345x", 0),
        ("打了12345热线", 3),
        ("贵得我喘不过气", 0),
        ("I can't breathe with these prices", 0),
        ("涂完喘不过气", 3),
    ],
)
def test_urgency(engine: Engine, text: str, urgency: int) -> None:
    assert engine.understand(text).urgency == urgency


def test_the_words_that_showed_it_are_named(engine: Engine) -> None:
    text = "快递还没到，急死了"
    words = {text[s.start : s.end] for s in engine.understand(text).spans if s.role is SpanRole.EMOTION}
    assert "急死了" in words
