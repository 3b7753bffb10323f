"""New wishes in old records."""

import random

import numpy as np
import pytest

from yingda.language import Topic, discover
from yingda.language.encoders import Vectors, unit_rows

SUBJECTS = {
    "实习生": (
        "你们招实习生吗",
        "请问还招实习生不",
        "实习生怎么报名",
        "招实习生的要求是什么",
        "我想当实习生",
        "实习生工资多少",
    ),
    "代理": (
        "怎么做你们的代理",
        "代理加盟费多少",
        "我想做代理加盟",
        "加盟代理有什么条件",
        "代理加盟联系谁",
        "想加盟做代理",
    ),
    "空瓶": (
        "空瓶可以回收吗",
        "空瓶回收换积分吗",
        "你们回收空瓶吗",
        "哪里可以回收空瓶",
        "空瓶怎么回收",
        "回收空瓶送什么",
    ),
}


def records() -> list[str]:
    said = [text + tail for texts in SUBJECTS.values() for text in texts for tail in ("", "呢", "，谢谢")]
    random.Random(3).shuffle(said)
    return said


def about(topic: Topic) -> str:
    [subject] = {name for name, texts in SUBJECTS.items() for text in texts if text in topic.examples[0]}
    return subject


def test_subjects_become_topics_with_telling_names() -> None:
    topics = discover(records(), smallest=4)
    assert {about(topic) for topic in topics} == set(SUBJECTS)
    assert all(about(topic) in topic.name for topic in topics)
    assert sum(topic.messages for topic in topics) <= len(records())
    assert discover(records(), smallest=4) == topics


def test_nobody_is_named_in_a_topic() -> None:
    told = [f"我叫王小明，{text}，13812345678" for text in SUBJECTS["空瓶"]]
    [topic] = [one for one in discover([*records(), *told * 3], smallest=4) if "空瓶" in one.name]
    shown = f"{topic.name} {topic.examples}"
    assert topic.messages > 18
    assert "王" not in shown
    assert "138" not in shown
    assert not any(mark in topic.name for mark in ("姓名", "电话"))


def test_how_often_something_is_said_counts() -> None:
    largest = discover([*records(), *["空瓶可以回收吗"] * 50], smallest=4)[0]
    assert about(largest) == "空瓶"
    assert largest.messages > 50
    assert 0.5 < largest.share < 1


class Meaning:
    """An encoder that knows the subjects."""

    name = "fake"

    def encode(self, texts: list[str]) -> Vectors:
        rows = [[10.0 * (subject in text) for subject in SUBJECTS] + [len(text) / 10] for text in texts]
        return unit_rows(np.array(rows, np.float32))


@pytest.mark.parametrize("scattered", [0, 10])
def test_a_single_subject_among_scattered_messages_is_found_too(scattered: int) -> None:
    said = "你们有{}吗 {}怎么报名 想问下{}的事 {}有什么要求 我要当{} 关于{}能说说吗 {}还招吗"
    said += " 听说你们招{} {}联系谁 {}在哪里看"
    others = "今天下雨了吗 给我讲个笑话 你今年几岁了 午饭吃的什么 股票又涨了 唱首歌听听 猫不见啦"
    others += " 电脑蓝屏怎么修 明年是什么年 帮我写作文"
    [topic] = discover([*said.format(*["实习生"] * 10).split(), *others.split()[:scattered]])
    assert topic.name == "实习生"
    assert 8 <= topic.messages <= 10
    assert all("实习生" in text for text in topic.examples)


def test_an_encoder_may_say_what_is_alike() -> None:
    assert {about(topic) for topic in discover(records(), encoder=Meaning(), smallest=4)} == set(SUBJECTS)


@pytest.mark.parametrize(
    "texts", [[], ["退货"], ["。"] * 20, ["退货"] * 20, ["a b", "c d"] * 3, [chr(0x4E00 + i) * 2 for i in range(40)]]
)
def test_where_there_is_no_topic_none_is_invented(texts: list[str]) -> None:
    assert len(discover(texts, smallest=5)) <= 1


def test_most_of_many_messages_are_only_joined_to_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yingda.language.topics._CLUSTERED", 30)
    topics = discover(records(), smallest=4)
    assert sum(topic.messages for topic in topics) > 30
