"""Where a list begins and ends on a package, and where one name ends and the next begins."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yingda.knowledge.labels.rules import MOST_NAMES, NAME_CHARS, is_list, segments

CASES = [
    (["全成分：水、甘油、丁二醇。"], ["水", "甘油", "丁二醇"]),
    (["成分:水,甘油,1,2-己二醇,1,10-癸二醇"], ["水", "甘油", "1,2-己二醇", "1,10-癸二醇"]),
    (["成分：水，甘油；丁二醇"], ["水", "甘油", "丁二醇"]),
    (["成份表：水丶甘油﹑丁二醇"], ["水", "甘油", "丁二醇"]),
    (["【产品名称】晨露洁面乳", "【成分】：水、甘", "油、丁二醇"], ["水", "甘油", "丁二醇"]),
    (["全成分：水、透明", "质酸钠、PEG-40", "氢化蓖麻油"], ["水", "透明质酸钠", "PEG-40氢化蓖麻油"]),
    (["INGREDIENTS: WATER, SODIUM", "HYALURONATE, GLYCERIN."], ["WATER", "SODIUM HYALURONATE", "GLYCERIN"]),
    (["Ingredients: Water, PEG-", "40 Castor Oil"], ["Water", "PEG-40 Castor Oil"]),
    (["成分：烟酰胺（5%）、甘油 3.5%、水杨酸≤0.5%"], ["烟酰胺", "甘油", "水杨酸"]),
    (["全成分：水、甘油。", "净含量：50ml", "使用方法：取适量，涂于面部"], ["水", "甘油"]),
    (["全成分：水、甘油", "凈含量：50ml"], ["水", "甘油"]),
    (["全成分：水、甘油。其他微量成分：苯氧乙醇、香精"], ["水", "甘油", "苯氧乙醇", "香精"]),
    (["成分：云母、硅石（可能含有）：CI 77891、CI 77491"], ["云母", "硅石", "CI 77891", "CI 77491"]),
    (["成分：水、库拉索芦荟（ALOE BARBADENSIS）叶汁、香精"], ["水", "库拉索芦荟(ALOE BARBADENSIS)叶汁", "香精"]),
    (["配料：水•甘油•丁二醇"], ["水", "甘油", "丁二醇"]),
    (["成分：", "", "水、、甘油、—、。"], ["水", "甘油"]),
    (["成分："], []),
    ([], []),
]


@pytest.mark.parametrize(("lines", "names"), CASES)
def test_names_of_a_list(lines: list[str], names: list[str]) -> None:
    assert list(segments(lines).names) == names


@pytest.mark.parametrize(
    ("lines", "headed"),
    [
        (["全成分：水"], True),
        (["INGREDIENTS: WATER"], True),
        (["成份 ： 水"], True),
        (["水、甘油"], False),
        (["成分天然"], False),
    ],
)
def test_a_list_says_of_itself_what_it_is(lines: list[str], headed: bool) -> None:
    assert segments(lines).headed is headed


@pytest.mark.parametrize(
    ("known", "read", "headed", "listed"),
    [
        (2, 9, True, True),
        (1, 1, True, False),
        (0, 30, True, False),
        (5, 10, False, True),
        (5, 11, False, False),
        (4, 4, False, False),
        (12, 60, False, True),
    ],
)
def test_what_is_a_list(known: int, read: int, headed: bool, listed: bool) -> None:
    assert is_list(known, read, headed=headed) is listed


def test_a_name_that_is_cut_ends_in_no_blank() -> None:
    long = "a" * (NAME_CHARS - 1) + " b"
    assert segments([f"成分：水、{long}"]).names == ("水", "a" * (NAME_CHARS - 1))


TEXT = st.text(
    st.sampled_from("成分全：:、,，。;|•(（)）%水甘油醇酸12-己PEG aZ\n\t\x00丶ﬁ㎎½ ") | st.characters(), max_size=120
)


@given(st.lists(TEXT, max_size=12))
def test_whatever_was_read_nothing_is_added(lines: list[str]) -> None:
    found = segments(lines).names
    assert len(found) <= MOST_NAMES
    assert all(name == name.strip() and 0 < len(name) <= NAME_CHARS and name.isprintable() for name in found)
    spaces = len(lines)  # lines of Latin letters are put together with a blank
    assert sum(map(len, found)) <= sum(map(len, lines)) + spaces
