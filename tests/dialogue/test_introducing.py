"""Whether it is a machine: who asks it; who wants a person, or speaks of machines, does not ask."""

import json
from typing import Any

import pytest
from msgspec import structs

from yingda.dialogue.introducing import Apart, apart, whole, written_out
from yingda.dialogue.reading import certain, pieces_of, record_of
from yingda.language import Context, Engine, Span, SpanRole, Understanding


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
        "机器人吗你是",
        "是真人吗你",
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
        "跟我说话的是机器人吗",
        "给我回复的是真人吗",
        "你是个人吗",
        "现在是真人吗",
        "您那边是人工吗",
        "你是智能客服对吧？",
        "are you real people",
        "你是人还是狗",
        "它是机器人吗",
        "你是电脑吗",
        "这是真人还是机器人",
        "Are you real?",
        "are you for real",
        "R u a bot",
        "bot?",
        "是智能客服吧，听不懂人话",
        "你是机器人吗？真笨！",
    ],
)
def test_who_asks(text: str) -> None:
    said = apart(text)
    assert (bool(said.asked), said.rest) == (True, "")


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("你是机器人吗？我的快递到哪了？", "我的快递到哪了？"),
        ("我的快递到哪了\n你是真人吗", "我的快递到哪了"),
        ("你是机器人吗，我要转人工", "我要转人工"),
        ("Are you a bot? Where is my parcel?", "Where is my parcel?"),
        ("你是AI吗，我脸肿了，呼吸困难", "我脸肿了，呼吸困难"),
        ("请问是机器人吗？不是的话帮我看下订单", "帮我看下订单"),
        ("你是真人吗，如果是的话帮我查下快递", "帮我查下快递"),
        ("are you a bot? if not, where is my parcel", "where is my parcel"),
        ("Ａ单退了，你是机器人吗？  Ｂ单呢", "Ａ单退了，  Ｂ单呢"),
    ],
)
def test_what_is_said_besides(text: str, rest: str) -> None:
    said = apart(text)
    assert (bool(said.asked), said.rest) == (True, rest)
    assert "".join(text[place] for place in said.places) == rest


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
        "这是系统吗",
        "电脑吗？",
        "这是电脑？",
        "是系统吗",
        "Is this the program?",
        "is that a person",
        "这是真人吗",
        "它是真人吗",
        "是个人吗",
        "#吗？",
        "bot",
        "听不懂人话",
        "",
    ],
)
def test_who_does_not_ask(text: str) -> None:
    assert apart(text) == whole(text)


def marked(understanding: Understanding, said: Apart, text: str) -> dict[str, Any]:
    """What is kept of a turn of one message."""
    kept: dict[str, Any] = json.loads(record_of(understanding, said.places, pieces_of([(1, text)]), None))
    return kept


def test_what_was_read_from_the_rest_stands_where_it_was_written(engine: Engine) -> None:
    text = "你是机器人吗？SK-II神仙水那单LM202611200001到哪了，急死我了"
    said = apart(text)
    read = marked(engine.understand(said.rest, Context()), said, text)
    assert read["entities"]
    assert [text[one["start"] : one["end"]] for one in read["entities"]] == [one["text"] for one in read["entities"]]
    assert read["spans"]
    assert all(one["start"] >= text.index("SK") for one in read["spans"])


def test_a_question_cut_out_of_the_middle_is_skipped() -> None:
    text = "退款，你是机器人吗？什么时候到"
    said = apart(text)
    span = Span(SpanRole.INTENT, "refund.progress", 0, len(said.rest), 1.0)
    read = structs.replace(certain("refund.progress", "zh"), spans=(span,))
    [moved] = marked(read, said, text)["spans"]
    assert text[moved["start"] : moved["end"]] == text


@pytest.mark.parametrize("lists", [{"a": ["x{b}"], "b": ["{a}?"]}, {"a": ["{c}"]}])
def test_a_list_must_be_there_and_not_within_itself(lists: dict[str, list[str]]) -> None:
    with pytest.raises(KeyError):
        written_out("{a}+", lists)


def test_lists_are_written_out_where_they_are_named() -> None:
    assert written_out("{a}{2}", {"a": ["x", "{b}y"], "b": ["u", "v"]}) == "(?:x|(?:u|v)y){2}"
