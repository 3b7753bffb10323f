"""What is answered, checked against the sources by hand, and what must never be answered."""

import csv
import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yingda.knowledge import AnswerKind, Expert

HERE = Path(__file__).parent

#: No answer to a risky question may say any of these without a "not" before it.
UNSAFE = re.compile(
    "(?<!不)(?<!没有)(可以放心|完全安全|绝对安全|无副作用|可以治|能治好|放心使用|不用去医院|不需要就医)"
)
LONG = "山" * 3000
MAY = re.compile("(?<!不)可以一起用|建议早晚使用|建议晚上使用|可以看看")


def table(name: str) -> list[list[str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines, delimiter="\t"))[1:]


def ids(rows: Iterable[list[str]]) -> list[str]:
    return [row[1] for row in rows]


CHECKED = table("checked_answers.tsv")
RISKY = table("risky_questions.tsv")


def test_there_is_enough_to_check() -> None:
    assert len({row[1] + row[3] for row in CHECKED}) >= 200
    assert len({row[1] for row in RISKY}) >= 60


@pytest.mark.parametrize("row", CHECKED, ids=ids(CHECKED))
def test_an_answer_says_what_its_source_says(expert: Expert, row: list[str]) -> None:
    kind, question, must, source = row
    answer = expert.ask(question)
    assert answer.kind == AnswerKind(kind)
    assert [part for part in must.split("|") if part not in answer.answer] == []
    assert source in {one.id for one in answer.sources}


@pytest.mark.parametrize("row", RISKY, ids=ids(RISKY))
def test_nothing_unsafe_is_advised(expert: Expert, row: list[str]) -> None:
    kind, question, must = row
    answer = expert.ask(question)
    assert answer.kind == AnswerKind(kind)
    assert [part for part in must.split("|") if part not in answer.answer] == []
    assert not UNSAFE.search(answer.answer)
    if answer.kind in {AnswerKind.MEDICAL, AnswerKind.ADVERSE, AnswerKind.CHILDREN, AnswerKind.UNKNOWN}:
        assert answer.handoff
        assert not MAY.search(answer.answer)


@pytest.mark.parametrize(
    "question",
    [
        "今天天气怎么样",
        "石墨烯面膜有用吗",
        "透明质酸锌是什么",
        "鱼油能擦脸吗",
        "敏感肌能用吗",
        "气垫致痘吗",
        "",
        "？？？",
        "山" * 3000,
    ],
)
def test_what_is_not_known_is_said_to_be_unknown(expert: Expert, question: str) -> None:
    answer = expert.ask(question)
    assert (answer.kind, answer.handoff) == (AnswerKind.UNKNOWN, True)
    assert "资料不足" in answer.answer


WORDS = st.sampled_from(
    [
        "烟酰胺",
        "A醇",
        "酒精",
        "小月瓶",
        "面霜",
        "敏感肌",
        "孕妇",
        "能用",
        "和",
        "一起",
        "吗",
        "不含",
        "200以内",
        "推荐",
        "先用",
        "5%",
        "？",
    ]
)


@given(st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=9).map("".join)))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_asked_there_is_an_answer_that_stands_on_its_sources(expert: Expert, question: str) -> None:
    answer = expert.ask(question)
    assert answer.answer
    assert {fact.source for fact in answer.facts} <= {source.id for source in answer.sources}
    assert answer.handoff or answer.kind is not AnswerKind.UNKNOWN


def test_a_reaction_is_never_named_and_a_person_is_told_what_to_ask(expert: Expert) -> None:
    answer = expert.ask("用了小月瓶之后脸又红又痒，是不是过敏了")
    assert answer.kind is AnswerKind.ADVERSE
    assert "不能判断" in answer.answer
    for asked in ("哪款产品", "用了多久", "什么时候开始", "哪里不舒服", "用药"):
        assert asked in answer.answer
    assert answer.about == ("product:P1401",)


@pytest.mark.parametrize(
    ("question", "never"),
    [
        ("孕期推荐什么精华", "视黄"),
        ("孕期推荐什么面霜", "肽"),
        ("孕期能用的防晒", "二苯酮"),
        ("不含酒精的防晒推荐", "^乙醇$"),
        ("无香精的面霜推荐", "^香精$"),
        ("我对香精过敏，有什么面霜推荐", "^香精$"),
        ("对酒精和香精过敏的人用什么防晒", "^(乙醇|香精)$"),
    ],
)
def test_what_is_to_be_left_out_is_in_nothing_that_is_offered(expert: Expert, question: str, never: str) -> None:
    answer = expert.ask(question)
    assert answer.kind is AnswerKind.CHOICE
    assert answer.about
    for node_id in answer.about:
        product = expert.graph.products[node_id.removeprefix("product:")]
        assert not any(re.search(never, name) for name in product.ingredients)


def test_who_is_allergic_is_told_to_leave_it(expert: Expert) -> None:
    assert "请不要用这款" in expert.ask("对酒精过敏能用小青伞吗").answer
    assert "请不要用这款" not in expert.ask("对酒精过敏能用雪竹面霜吗").answer


def test_a_budget_is_kept_by_the_size_that_is_offered(expert: Expert) -> None:
    offered = expert.ask("两百以内的抗皱精华").answer
    prices = [int(price) for price in re.findall(r" (\d+) 元）", offered)]
    assert prices
    assert max(prices) <= 200


def test_this_one_means_what_is_being_talked_about(expert: Expert) -> None:
    assert expert.ask("这款孕妇能用吗").kind is AnswerKind.UNKNOWN
    answer = expert.ask("这款孕妇能用吗", ["product:P1402"])
    assert "不要使用" in answer.answer
    assert expert.ask("敏感肌可以用吗", ["product:P1401"]).kind is AnswerKind.SUITABILITY
