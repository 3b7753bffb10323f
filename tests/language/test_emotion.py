"""Feeling and urgency, with the words that show them."""

import pytest

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
    ],
)
def test_urgency(engine: Engine, text: str, urgency: int) -> None:
    assert engine.understand(text).urgency == urgency


def test_the_words_that_showed_it_are_named(engine: Engine) -> None:
    text = "快递还没到，急死了"
    words = {text[s.start : s.end] for s in engine.understand(text).spans if s.role is SpanRole.EMOTION}
    assert "急死了" in words
