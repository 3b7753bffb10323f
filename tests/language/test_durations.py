"""How long something takes or has lasted, told from when it is."""

from datetime import datetime

import pytest

from yingda.language import Context, Engine, EntityKind

THURSDAY = Context(now=datetime.fromisoformat("2026-11-26T08:00:00+00:00"))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("三天", "P3D"),
        ("48小时", "PT48H"),
        ("半个月", "P15D"),
        ("半月了", "P15D"),
        ("一个多月", "P1M"),
        ("用了五天", "P5D"),
        ("用了两周还过敏", "P2W"),
        ("用了两个星期还是烂脸", "P2W"),
        ("等了一周了", "P1W"),
        ("一个礼拜能到吗", "P1W"),
        ("一个半月", "P45D"),
        ("两年半", "P30M"),
        ("半年了", "P6M"),
        ("保质期三年", "P3Y"),
        ("开封后能放12个月吗", "P12M"),
        ("都20多天了", "P20D"),
        ("十几天没动了", "P10D"),
        ("两三天能到吗", "P2D/P3D"),
        ("3-5天到吗", "P3D/P5D"),
        ("三到五天", "P3D/P5D"),
        ("7天无理由", "P7D"),
        ("7天内无理由退货", "P7D"),
        ("签收后7天内", "P7D"),
        ("签收三天后能退吗", "P3D"),
        ("敷完面膜半小时后脸发烫", "PT30M"),
        ("用了3 days就过敏", "P3D"),
        ("十年了", "P10Y"),
        ("12年了", "P12Y"),
        ("敷15分钟", "PT15M"),
        ("敷半小时可以吗", "PT30M"),
        ("一个半小时", "PT90M"),
        ("一天半了还没发", "PT36H"),
        ("等了一年多", "P1Y"),
        ("用了两周，三天前开始长痘", "P2W"),
        ("I have used it for two weeks", "P2W"),
        ("it's been 10 days", "P10D"),
        ("waited for over a month", "P1M"),
        ("it takes 3 to 5 days", "P3D/P5D"),
        ("a 30-day return", "P30D"),
        ("48 hours", "PT48H"),
        ("leave it on for half an hour", "PT30M"),
        ("for a month and a half", "P45D"),
        ("15-20 minutes", "PT15M/PT20M"),
        ("we waited a couple of weeks", "P2W"),
    ],
)
def test_lengths(engine: Engine, text: str, values: str) -> None:
    found = engine.understand(text, THURSDAY).entities
    assert " ".join(one.value for one in found if one.kind is EntityKind.DURATION) == values


@pytest.mark.parametrize(
    "text",
    [
        "三天前",
        "三天后",
        "三天内能到吗",
        "两周之内",
        "3 days ago",
        "in two weeks",
        "within 48 hours",
        "第三天",
        "每天",
        "这两天",
        "前几天",
        "一天三次",
        "一天用两次",
        "一周两次",
        "一天一片",
        "三个月大的宝宝",
        "6个月宝宝能用吗",
        "宝宝三个月大",
        "2026年3月",
        "日期是23年的",
        "11月20号",
        "三月份",
        "五周年活动",
        "24小时客服",
        "一天天的",
        "有一天",
        "等了半天没人理",
        "30ml",
        "两盒",
        "twice a week",
        "3 times a day",
        "2 years old",
        "a 5-year-old girl",
        "one day I will buy it",
        "10 minis",
        "3 daybreak sets",
    ],
)
def test_when_how_often_and_how_old_are_none(engine: Engine, text: str) -> None:
    assert engine.understand(text, THURSDAY).first(EntityKind.DURATION) is None


def test_a_size_or_a_count_beside_it_stays(engine: Engine) -> None:
    found = engine.understand("30ml两瓶用了三个月", THURSDAY).entities
    assert [(one.kind.value, one.value) for one in found] == [("size", "30ml"), ("quantity", "2"), ("duration", "P3M")]
