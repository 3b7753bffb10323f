"""Names as a camera read them, and the official ones that they are; where that is not clear, nobody guesses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yingda.knowledge import read_book, register
from yingda.knowledge.labels import Certainty
from yingda.knowledge.labels.matching import Names

NAMES = Names(register(), read_book().nodes)
LINES = register()

KNOWN = [
    ("烟酰胺", "烟酰胺", Certainty.EXACT),
    ("NIACINAMIDE", "烟酰胺", Certainty.EXACT),
    ("神经酰胺NP", "神经酰胺 NP", Certainty.EXACT),
    ("PEG-150二硬脂酸酯", "PEG-150 二硬脂酸酯", Certainty.EXACT),
    ("1.2-己二醇", "1,2-己二醇", Certainty.EXACT),
    ("水/AQUA/EAU", "水", Certainty.EXACT),
    ("香精（PARFUM）", "香精", Certainty.EXACT),
    ("库拉索芦荟叶汁", "库拉索芦荟（ALOE BARBADENSIS）叶汁", Certainty.EXACT),
    ("库拉索芦荟(ALOE BARBADENSlS)花提取物", "库拉索芦荟（ALOE BARBADENSIS）花提取物", Certainty.EXACT),
    ("维生素E", "生育酚（维生素E）", Certainty.EXACT),
    ("内二醇", "丙二醇", Certainty.CORRECTED),
    ("1,2-已二醇", "1,2-己二醇", Certainty.CORRECTED),
    ("羟苯乙醋", "羟苯乙酯", Certainty.CORRECTED),
    ("透明质酸纳", "透明质酸钠", Certainty.CORRECTED),
    ("聚二甲基硅氣烷", "聚二甲基硅氧烷", Certainty.CORRECTED),
    ("辛酸/癸酸甘油三醋", "辛酸/癸酸甘油三酯", Certainty.CORRECTED),
    ("乙基己甘油", "乙基己基甘油", Certainty.CORRECTED),
    ("N1ACINAMIDE", "烟酰胺", Certainty.CORRECTED),
]


@pytest.mark.parametrize(("read", "name", "certainty"), KNOWN)
def test_the_official_name(read: str, name: str, certainty: Certainty) -> None:
    (match,) = NAMES.match([read])
    assert (match.name, match.certainty, match.read) == (name, certainty, read)


@pytest.mark.parametrize(
    ("read", "candidate"),
    [
        ("口二醇", "丙二醇"),  # 丙, 丁, 戊 and 己 are as near
        ("羟苯口酯", "羟苯乙酯"),
        ("PEG-9 甘油椰油酸酯", "PEG-7 甘油椰油酸酯"),  # another substance, which is not on the list
        ("神经酰胺8", "神经酰胺 3"),
    ],
)
def test_near_is_not_enough(read: str, candidate: str) -> None:
    (match,) = NAMES.match([read])
    assert (match.name, match.certainty) == ("", Certainty.UNCLEAR)
    assert candidate in match.candidates or len(match.candidates) == 3


@pytest.mark.parametrize("read", ["天宫一号萃取物", "您的包裹", "A", "13800138000", "🧴🧴🧴"])
def test_what_nobody_has_listed(read: str) -> None:
    (match,) = NAMES.match([read])
    assert (match.name, match.certainty) == ("", Certainty.UNKNOWN)


@pytest.mark.parametrize(
    ("read", "names"),
    [
        (["水甘油丁二醇"], ["水", "甘油", "丁二醇"]),
        (["透明质酸钠苯氧乙醇"], ["透明质酸钠", "苯氧乙醇"]),
        (["羟丙基甲基", "纤维素"], ["羟丙基甲基纤维素"]),
        (["甘油", "甘油", "水"], ["甘油", "水"]),
    ],
)
def test_commas_that_were_lost_or_made_up(read: list[str], names: list[str]) -> None:
    assert [match.name for match in NAMES.match(read)] == names


@given(st.sampled_from(LINES))
def test_every_official_name_is_found_under_itself(line: object) -> None:
    assert hasattr(line, "name")
    (match,) = NAMES.match([line.name])
    assert match.certainty is Certainty.EXACT
    assert match.name == line.name or match.inci == getattr(line, "inci", "")


@given(st.lists(st.text(max_size=60), max_size=6))
def test_nothing_that_was_read_breaks_it(read: list[str]) -> None:
    found = NAMES.match(read)
    assert all(0 <= match.score <= 100 and bool(match.name) == match.known for match in found)
    assert sum(len(match.read) for match in found) <= sum(map(len, read))
