"""Variables and search keys, as tables of cases."""

import tomllib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from yingda.kit.errors import Locale
from yingda.kit.paths import data_dir
from yingda.workspace.replies.rules import (
    WORDS,
    Variable,
    VariableUnknown,
    addressed,
    fill,
    of_moment,
    search_keys,
    variables_in,
)
from yingda.workspace.replies.spelling import spelling

NAME, ORDER, LINE = Variable.CUSTOMER_NAME, Variable.ORDER_NO, Variable.LOGISTICS_LINE


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("没有变量", set()),
        ("{{customer.name}}您好", {NAME}),
        ("{{ customer.name }}，{{order.no}} 和 {{order.no}}", {NAME, ORDER}),
        ("{单个花括号} {{order.no}}", {ORDER}),
    ],
)
def test_variables_are_found(text: str, found: set[Variable]) -> None:
    assert variables_in(text) == found


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("您的{{order.number}}", "{{order.number}}"),
        ("{{}}", "{{}}"),
        ("{{order.no}", "{{order.no}"),
        ("order.no}}了", "}}了"),
        ("{{order.no}} {{__class__}}", "{{__class__}}"),
        ("{{{{order.no}}}}", "{{"),
        ("{{ORDER.NO}}", "{{ORDER.NO}}"),
    ],
)
def test_anything_else_in_braces_is_named(text: str, named: str) -> None:
    with pytest.raises(VariableUnknown) as refused:
        variables_in(text)
    assert named in refused.value.detail("zh")


@pytest.mark.parametrize(
    ("text", "values", "said", "missing"),
    [
        ("{{customer.name}}您好", {NAME: "陈女士"}, "陈女士您好", []),
        ("单号{{order.no}}，再说一次{{ order.no }}", {}, "单号【订单号】，再说一次【订单号】", [ORDER]),
        ("{{customer.name}}：{{logistics.line}}", {LINE: ""}, "【客户称呼】：【最新物流】", [NAME, LINE]),
        ("{{customer.name}}", {NAME: r"{{order.no}} \g<0>", ORDER: "1"}, r"{{order.no}} \g<0>", []),
    ],
)
def test_values_are_put_in_once(text: str, values: dict[Variable, str], said: str, missing: list[Variable]) -> None:
    filled = fill(text, values, "zh")
    assert (filled.text, filled.missing) == (said, missing)


@given(st.text(), st.sampled_from(list(Variable)), st.text(min_size=1))
def test_what_stands_around_a_variable_stays(before: str, variable: Variable, value: str) -> None:
    before = before.replace("{", "").replace("}", "")
    assert fill(f"{before}{{{{{variable}}}}}", {variable: value}, "zh").text == before + value


@pytest.mark.parametrize(
    ("hour_utc", "greeting"),
    [(22, "上午好"), (2, "上午好"), (4, "中午好"), (6, "下午好"), (11, "晚上好"), (17, "晚上好")],
)
def test_greetings_follow_the_hour_in_china(hour_utc: int, greeting: str) -> None:
    told = of_moment(datetime(2026, 11, 21, hour_utc, tzinfo=UTC), "zh")
    assert told[Variable.NOW_GREETING] == greeting
    assert told[Variable.NOW_DATE] == ("11月22日" if hour_utc >= 16 else "11月21日")


def test_every_variable_has_words_in_both_languages() -> None:
    assert set(WORDS) == set(Variable)
    for words in WORDS.values():
        assert set(words) == {"zh", "en"}


@pytest.mark.parametrize(
    ("code", "title", "category", "keys"),
    [
        ("wl", "物流查询", "物流", ["wl", "物流查询", "物流", "wuliuchaxun", "wlcx"]),
        ("cq", "重庆发货", "", ["cq", "重庆发货", "chongqingfahuo", "cqfh"]),
        ("th", "退还差价", "", ["th", "退还差价", "tuihuanchajia", "thcj"]),
        ("xh", "銷售 𠮷", "", ["xh", "銷售 𠮷", "xiaoshou𠮷", "xs𠮷"]),
        ("en-hi", "Say hello", "English", ["en-hi", "say hello", "english", "sayhello"]),
        ("vip", "VIP 客户", "", ["vip", "vip 客户", "vipkehu", "vipkh"]),
    ],
)
def test_keys(code: str, title: str, category: str, keys: list[str]) -> None:
    assert search_keys(code, title, category) == keys


def test_shipped_titles_are_spelt_as_by_pypinyin() -> None:
    shipped = tomllib.loads((data_dir() / "demo" / "canned_replies.toml").read_text("utf-8"))
    titles = [one["title"] for one in shipped["reply"]]
    assert len(titles) > 40
    assert ["".join(spelling().syllables(title)) for title in titles] == ["".join(lazy_pinyin(one)) for one in titles]


@pytest.mark.parametrize(
    ("masked", "locale", "address"),
    [
        ("林**", "zh", "林女士/先生"),
        ("欧阳**", "zh", "欧阳女士/先生"),
        ("m***", "zh", None),
        ("*", "zh", None),
        ("林**", "en", None),
    ],
)
def test_nobody_is_spoken_to_by_more_than_may_be_seen(masked: str, locale: Locale, address: str | None) -> None:
    assert addressed(masked, locale) == address
