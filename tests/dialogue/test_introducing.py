"""Whether it is a machine: who asks it; who wants a person, or speaks of machines, does not ask."""

import pytest

from yingda.dialogue.introducing import apart


@pytest.mark.parametrize(
    "text",
    [
        "你是机器人吗",
        "你是机器人吧？",
        "妳是機器人嗎",
        "是真人吗",
        "是不是真人",
        "真人吗？",
        "机器人？",
        "你是真人还是机器人",
        "你到底是人还是机器啊",
        "请问您是人工客服吗？",
        "你是人工还是智能客服",
        "你是AI吗",
        "这是自动回复吗",
        "是智能客服在回复吗",
        "是机器人在回复我吗",
        "我是在跟机器人聊天吗",
        "我现在在和真人说话吗",
        "你好，你是不是人工智能",
        "你该不会是机器人吧",
        "你不会是个机器人吧",
        "你是谁",
        "你到底是什么",
        "你是ChatGPT吗？",
        "你是人吗",
        "你是 真 人 吗",
        "are you a bot",
        "Hi, are you a real person?",
        "Are you human or AI?",
        "Am I talking to a human or a machine?",
        "is this an AI?",
        "Is it a robot?",
        "Who are you?",
        "you’re a bot, right?",
        "wait, so you are just a chatbot?",
    ],
)
def test_who_asks(text: str) -> None:
    assert apart(text) == (True, "")


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("你是机器人吗？我的快递到哪了？", "我的快递到哪了？"),
        ("我的快递到哪了\n你是真人吗", "我的快递到哪了"),
        ("你是机器人吗，我要转人工", "我要转人工"),
        ("Are you a bot? Where is my parcel?", "Where is my parcel?"),
        ("你是AI吗，我脸肿了，呼吸困难", "我脸肿了，呼吸困难"),
    ],
)
def test_what_is_said_besides(text: str, rest: str) -> None:
    assert apart(text) == (True, rest)


@pytest.mark.parametrize(
    "text",
    [
        "转人工",
        "人工",
        "人工吗",
        "有真人吗",
        "有人吗",
        "能找个真人吗",
        "我要真人，不要机器人",
        "机器人",
        "又是机器人",
        "不想跟机器人说话",
        "这个机器人回答得不对",
        "扫地机器人能退吗",
        "是人用的吗",
        "这是什么",
        "你是做什么的",
        "你是说明天到吗",
        "是正品吗",
        "这是系统问题吗",
        "是系统自动取消的吗",
        "是程序错误吗",
        "get me a human",
        "is there a real person",
        "are you open today",
        "is this machine washable",
        "who are you shipping with",
        "is this a face wash for a real person with acne",
        "",
    ],
)
def test_who_does_not_ask(text: str) -> None:
    assert apart(text) == (False, text)
