"""The same question, asked for somebody of whom something is known."""

import pytest

from yingda.knowledge import Expert, Wearer

SENSITIVE = Wearer(skins=("敏感性", "干性"), avoid=("酒精", "香精"))
EXPECTING = Wearer(pregnant=True)
RETINOL = "时光瓷视黄醇紧致精华乳"


@pytest.mark.parametrize(
    ("question", "wearer", "said"),
    [
        ("推荐一款面霜", SENSITIVE, "按“敏感性皮肤、干性皮肤、不含乙醇、不含香精、面霜”"),
        ("有什么推荐的", SENSITIVE, "敏感性皮肤"),
        ("油皮用什么洗面奶", Wearer(skins=("干性",)), "按“油性皮肤、洁面”"),
        ("推荐一款面霜", EXPECTING, "孕期"),
        (f"{RETINOL}我能用吗", EXPECTING, "孕期不要使用"),
        (f"{RETINOL}怎么用", EXPECTING, "提醒您：您说过在孕期，视黄醇、视黄醇丙酸酯在孕期不要用"),
        ("A醇怎么用", Wearer(nursing=True), "提醒您：您说过在哺乳期"),
        (f"{RETINOL}怎么用", Wearer(avoid=("A醇",)), "含有视黄醇，您说过要避开，请不要用这款"),
    ],
)
def test_what_is_known_steers_the_answer(expert: Expert, question: str, wearer: Wearer, said: str) -> None:
    assert said in expert.ask(question, (), wearer).answer
    assert said not in expert.ask(question, (), Wearer()).answer or "油性" in said


@pytest.mark.parametrize("question", ["什么是烟酰胺", "A醇和水杨酸能一起用吗", "你好", f"{RETINOL}的成分表"])
def test_what_is_known_changes_nothing_that_it_does_not_concern(expert: Expert, question: str) -> None:
    assert expert.ask(question, (), SENSITIVE) == expert.ask(question)


def test_nothing_that_they_avoid_is_offered(expert: Expert) -> None:
    graph = expert.graph
    perfume = [one.id for one in graph.nodes() if one.name == "香精"]
    offered = expert.ask("推荐一款面霜", (), SENSITIVE)
    products = [node for one in offered.about if (node := graph.node(one))]
    assert products
    assert not any(part.id in perfume for node in products for part in graph.contents(node))
