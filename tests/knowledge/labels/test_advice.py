"""What a label means for a person: facts of the graph, for this skin, these products and these dislikes."""

import re

import pytest

from yingda.knowledge import Expert, read_book
from yingda.knowledge.beauty.answers.ingredients import FUNCTIONS
from yingda.knowledge.beauty.schemas import Aspect, Node, NodeKind
from yingda.knowledge.labels import Certainty, NameMatch, PackageLabel, Person, advice, assess
from yingda.knowledge.labels.advice import CAUTIONS
from yingda.knowledge.labels.wording import PHRASES, PURPOSES_EN

CHINESE = re.compile(r"[\u4e00-\u9fff]")

NAMES = ("水", "视黄醇", "水杨酸", "烟酰胺", "神经酰胺 NP", "对羟基苯乙酮")


def label(*names: str, unclear: str = "", unknown: str = "") -> PackageLabel:
    known = [NameMatch(read=name, certainty=Certainty.EXACT, name=name, score=100) for name in names]
    if unclear:
        known.append(NameMatch(read=unclear, certainty=Certainty.UNCLEAR, candidates=["丙二醇", "丁二醇", "戊二醇"]))
    if unknown:
        known.append(NameMatch(read=unknown, certainty=Certainty.UNKNOWN))
    return PackageLabel(is_list=True, headed=True, matches=known)


def test_english_says_the_same_without_a_chinese_word(expert: Expert) -> None:
    graph = expert.graph
    serum = next(
        one.id
        for one in graph.products.values()
        if one.category == "精华" and any("抗坏血酸" in name for name in one.ingredients)
    )
    person = Person(skins=("敏感性",), avoid=("retinol",), using=(serum,))
    listed = label(*NAMES, unclear="口二醇", unknown="天宫一号萃取物")
    chinese, english = assess(graph, listed, person), assess(graph, listed, person, "en")
    assert (
        english.summary
        == "6 ingredients of the official list found. 2 could not be made out: what the package says counts."
    )
    assert english.cautions[0] == "Contains retinol, which you avoid: Retinol"
    assert "Not during pregnancy: Retinol" in english.cautions
    assert english.conflicts[0].startswith(f"With {graph.products[serum].title}, which you bought: ")
    assert english.unsuited[0].startswith("Sensitive skin: Retinol")
    said = [*english.cautions, *english.suits, *english.unsuited, *(one.name for one in english.ingredients)]
    assert not CHINESE.search("".join(said) + "".join(word for one in english.ingredients for word in one.purposes))
    for part in ("cautions", "conflicts", "suits", "unsuited", "unclear", "ingredients"):
        assert len(getattr(english, part)) == len(getattr(chinese, part)) > 0


@pytest.mark.parametrize(
    ("inci", "shown"),
    [
        ("CI 77891", "CI 77891"),
        ("PEG-100 STEARATE", "PEG-100 Stearate"),
        ("PEG/PPG-17/6 COPOLYMER", "PEG/PPG-17/6 Copolymer"),
        ("DISODIUM EDTA", "Disodium EDTA"),
        ("SODIUM PCA", "Sodium PCA"),
        ("TEA-LAURYL SULFATE", "TEA-Lauryl Sulfate"),
        ("MELALEUCA ALTERNIFOLIA (TEA TREE) LEAF OIL", "Melaleuca Alternifolia (Tea Tree) Leaf Oil"),
        ("CITRIC ACID", "Citric Acid"),
    ],
)
def test_english_names_keep_abbreviations(inci: str, shown: str) -> None:
    node = Node(id="one", kind=NodeKind.INGREDIENT, name="某成分", inci=inci)
    assert PHRASES["en"].name(node) == shown


def test_every_purpose_and_caution_has_english_words() -> None:
    purposes = {fact.value for fact in read_book().facts if fact.aspect is Aspect.EFFECT} | set(FUNCTIONS.values())
    assert purposes <= PURPOSES_EN.keys()
    for aspect, values in CAUTIONS:
        assert all(PHRASES["en"].caution(aspect, value, "X").endswith(": X") for value in values)


def test_what_english_calls_the_same_is_said_once(expert: Expert, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(advice, "purposes", lambda *_: ["美白", "美白（提亮）", "保湿", "舒缓"])
    [one] = assess(expert.graph, label("烟酰胺"), locale="en").ingredients
    assert one.purposes == ["brightening", "moisturising", "soothing"]


def test_functions_come_from_facts_else_from_the_official_register(expert: Expert) -> None:
    found = assess(expert.graph, label(*NAMES))
    purposes = {one.name: one.purposes for one in found.ingredients}
    assert "抗皱" in purposes["视黄醇"]
    assert purposes["水"] == ["溶剂"]
    assert all(purposes.values())
    assert len(found.sources) >= 3


def test_cautions_begin_with_the_gravest(expert: Expert) -> None:
    cautions = assess(expert.graph, label(*NAMES)).cautions
    assert cautions[0] == "孕期不要使用：视黄醇"
    assert "会使皮肤对日晒更敏感：水杨酸" in cautions


@pytest.mark.parametrize(
    ("avoid", "line"),
    [
        ("A醇", "含有您要避开的A醇：视黄醇"),
        ("水杨酸", "含有您要避开的水杨酸：水杨酸"),
        ("维A类", "含有您要避开的维A类：视黄醇"),
    ],
)
def test_what_the_customer_does_not_bear_comes_first(expert: Expert, avoid: str, line: str) -> None:
    assert assess(expert.graph, label(*NAMES), Person(avoid=(avoid,))).cautions[0] == line


def test_it_is_told_whether_it_suits_this_skin_and_no_other(expert: Expert) -> None:
    sensitive = assess(expert.graph, label(*NAMES), Person(skins=("敏感性",)))
    assert any("视黄醇" in line for line in sensitive.unsuited)
    assert any("神经酰胺" in line for line in sensitive.suits)
    assert all(line.startswith("敏感性皮肤：") for line in (*sensitive.suits, *sensitive.unsuited))
    unknown = assess(expert.graph, label(*NAMES))
    assert (unknown.suits, unknown.unsuited) == ([], [])


def test_conflicts_are_with_what_was_bought_and_stays_on_the_skin(expert: Expert) -> None:
    graph = expert.graph
    by_category = {
        one.category: one.id for one in graph.products.values() if any("抗坏血酸" in name for name in one.ingredients)
    }
    serum = by_category["精华"]
    (line, *_) = assess(graph, label("视黄醇"), Person(using=(serum, serum, "无此商品"))).conflicts
    assert line.startswith(f"您买过的{graph.products[serum].title}：视黄醇与")
    dyes = tuple(one.id for one in graph.products.values() if "过氧化氢" in one.ingredients)
    assert dyes
    assert assess(graph, label("抗坏血酸（维生素C）"), Person(using=dyes)).conflicts == []


def test_what_was_not_read_for_certain_is_claimed_to_be_nothing(expert: Expert) -> None:
    found = assess(expert.graph, label("水", unclear="口二醇", unknown="天宫一号萃取物"))
    assert found.unclear == ["口二醇（可能是丙二醇、丁二醇）"]
    assert found.unknown == ["天宫一号萃取物"]
    assert [one.name for one in found.ingredients] == ["水"]
    assert found.summary == "识别到 1 种官方目录中的成分，另有 2 处没有认出，请以包装为准。"
