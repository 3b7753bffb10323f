"""Facts by way of groups, relations by way of groups, names however they are written."""

import pytest

from yingda.knowledge import Expert
from yingda.knowledge.beauty.names import plain
from yingda.knowledge.beauty.reading import Ask, Danger, For
from yingda.knowledge.beauty.schemas import Aspect, Link, NodeKind


def test_a_member_has_its_groups_facts_unless_it_has_its_own(expert: Expert) -> None:
    graph = expert.graph
    assert graph.level(graph.by_name["视黄醛"], Aspect.PREGNANCY) == "avoid"
    assert graph.level(graph.by_name["视黄醇棕榈酸酯"], Aspect.IRRITATION) == "low"
    assert graph.level(graph.by_name["视黄醛"], Aspect.IRRITATION) == "medium"
    limits = [fact.subject for fact in graph.facts(graph.by_name["乳酸"], Aspect.LIMIT)]
    assert limits == ["果酸"]


def test_of_several_groups_the_most_cautious_counts(expert: Expert) -> None:
    graph = expert.graph
    willow = graph.by_name["白柳（SALIX ALBA）树皮提取物"]
    assert graph.level(willow, Aspect.IRRITATION) == "medium"


@pytest.mark.parametrize(
    ("first", "second", "link"),
    [
        ("视黄醇", "水杨酸", Link.AVOID),
        ("乳酸", "视黄醛", Link.AVOID),
        ("抗坏血酸（维生素C）", "三肽-1 铜", Link.APART),
        ("烟酰胺", "视黄醇", Link.WORKS),
        ("硅石", "视黄醇", None),
    ],
)
def test_relations_hold_both_ways(expert: Expert, first: str, second: str, link: Link | None) -> None:
    graph = expert.graph
    for a, b in ((first, second), (second, first)):
        found = graph.relation(graph.by_name[a], graph.by_name[b])
        assert (found.link if found else None) == link


def test_all_that_the_shelf_is_made_of_is_official(expert: Expert) -> None:
    unknown = {
        node.name
        for product in expert.graph.nodes(NodeKind.PRODUCT)
        for node in expert.graph.contents(product)
        if not expert.graph.listed(node.name)
    }
    assert unknown == set()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A 醇和 VC", ["视黄醇", "抗坏血酸（维生素C）"]),
        ("烟先胺", ["烟酰胺"]),
        ("岩仙胺好吗", ["烟酰胺"]),
        ("Ａ醇", ["视黄醇"]),
        ("is NIACINAMIDE ok", ["烟酰胺"]),
        ("神经酰胺 NP", ["神经酰胺 NP"]),
        ("月见烟酰胺焕亮精华液", ["月见烟酰胺焕亮精华液"]),
        ("小月瓶", ["月见烟酰胺焕亮精华液"]),
        ("透明质酸锌", []),
        ("水解烟酰胺", []),
        ("havc", []),
    ],
)
def test_names_are_found_however_they_are_written(expert: Expert, text: str, names: list[str]) -> None:
    assert [node.name for node in expert.read(text).named(*NodeKind)] == names


@pytest.mark.parametrize(
    ("text", "budget"),
    [
        ("200以内", 20000),
        ("两百以内", 20000),
        ("一百五以下", 15000),
        ("三百块左右", 30000),
        ("预算 80", 8000),
        ("不超过五十元以内", 5000),
        ("八十元以内", 8000),
        ("100ml的", None),
    ],
)
def test_budgets_are_read(expert: Expert, text: str, budget: int | None) -> None:
    assert expert.read(text).budget == budget


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("不含酒精和香精", ["乙醇", "香精"]),
        ("不要酒精、尼泊金酯，要保湿", ["乙醇", "羟苯酯类"]),
        ("有没有含烟酰胺的", []),
        ("不含酒精的防晒", ["乙醇"]),
    ],
)
def test_what_to_leave_out_is_read(expert: Expert, text: str, left_out: list[str]) -> None:
    assert [node.name for node in expert.read(text).excluded] == left_out


@pytest.mark.parametrize(
    ("text", "dangers"),
    [
        ("用了面霜脸好痒", {Danger.ADVERSE}),
        ("这款会不会过敏", set()),
        ("敏感泛红肌用什么", set()),
        ("我是过敏体质", set()),
        ("眼霜进眼睛了", {Danger.EYE}),
        ("眼周细纹", set()),
        ("包装破损", set()),
        ("屏障破损", set()),
        ("收到破损", set()),
        ("收到就破损或漏液", set()),
        ("快递盒破损", set()),
        ("刚打开就漏了", set()),
        ("刚打开了一瓶", set()),
        ("到手就破了", set()),
        ("地铁站东入口", set()),
        ("我吃了晚饭再说", set()),
        ("我刚喝了水", set()),
        ("宝宝喝了点温水", set()),
        ("激光防伪码刮不开", set()),
        ("脸上有破损", {Danger.WOUND}),
        ("刚做完水光", {Danger.WOUND}),
        ("手上破了", {Danger.WOUND}),
        ("刚做了激光", {Danger.WOUND}),
        ("爽肤水不小心入口了", {Danger.SWALLOWED}),
        ("我吃了一口面霜", {Danger.SWALLOWED}),
        ("用完呼吸困难", {Danger.BREATHING, Danger.ADVERSE}),
        ("会不会呼吸困难", set()),
        ("喉咙肿了", {Danger.BREATHING, Danger.ADVERSE}),
        ("我喝了你们家的水", {Danger.SWALLOWED}),
        ("喝了水，有事吗", {Danger.SWALLOWED}),
    ],
)
def test_a_danger_is_what_happened_not_what_is_feared(expert: Expert, text: str, dangers: set[Danger]) -> None:
    assert expert.read(text).dangers == dangers


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("三岁宝宝", {For.CHILD}),
        ("23岁能用吗", set()),
        ("十二岁", {For.CHILD}),
        ("三十二岁", set()),
        ("怀孕喂奶", {For.PREGNANT, For.NURSING}),
    ],
)
def test_for_whom_is_read(expert: Expert, text: str, people: set[For]) -> None:
    assert expert.read(text).people == people


def test_plain_text_keeps_latin_words_apart() -> None:
    assert plain("Ａ 醇  Sodium  PCA 好") == "a醇sodium pca好"
    assert Ask.WHAT in Ask
