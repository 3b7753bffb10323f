"""What a question leaves unsaid: which of the things that are being talked about it is about."""

import pytest

from yingda.knowledge import PEOPLE, Expert

WATER_CREAM, REPAIR_CREAM, ACID, SPRAY = "product:P1603", "product:P1601", "product:P1406", "product:P2403"
RETINOL, SALICYLIC = "06162", "06405"


@pytest.mark.parametrize(
    ("text", "about", "says"),
    [
        ("那烟酰胺呢", (RETINOL, SALICYLIC), "视黄醇和烟酰胺可以一起用"),
        ("油皮呢", (RETINOL, SALICYLIC), "油性皮肤"),
        ("能一起用吗", (RETINOL, SALICYLIC), "不要一起用"),
        ("怎么用", (RETINOL,), "晚上使用"),
        ("油皮选哪个", (WATER_CREAM, REPAIR_CREAM), "玉髓水凝霜标注适合油性皮肤"),
        ("干皮呢", (WATER_CREAM, REPAIR_CREAM), "雪竹屏障修护面霜标注适合干性皮肤"),
        ("能一起用吗", (WATER_CREAM, REPAIR_CREAM), "可以一起用"),
        ("和时光瓷玻色因紧致面霜比哪个好", (REPAIR_CREAM,), "雪竹屏障修护面霜：面霜"),
        ("含香精吗", (REPAIR_CREAM,), "雪竹屏障修护面霜"),
        ("有香精不", (REPAIR_CREAM,), "雪竹屏障修护面霜"),
        ("多少钱", (REPAIR_CREAM,), "50g 189 元"),
        ("这个怎么样", (REPAIR_CREAM,), "主打修护"),
        ("洁面呢", (ACID, f"{PEOPLE}pregnancy"), "按“孕期、洁面”"),
        ("那用什么", (ACID, f"{PEOPLE}pregnancy"), "按“孕期、精华”"),
    ],
)
def test_what_is_being_talked_about_is_meant(expert: Expert, text: str, about: tuple[str, ...], says: str) -> None:
    assert says in expert.ask(text, about).answer


@pytest.mark.parametrize(
    ("text", "about", "never"),
    [
        ("口红孕妇能涂吗", (SPRAY,), "暗香"),
        ("敏感肌能用泥膜吗", (ACID,), "霁青水杨酸"),
        ("水杨酸会不会烂脸", (ACID,), "可以一起用"),
        ("果酸和水杨酸区别", (REPAIR_CREAM,), "雪竹"),
        ("闭口很多，会痛", (WATER_CREAM,), "玉髓水凝霜（"),
        ("我不退了 撤销", (REPAIR_CREAM,), "雪竹"),
        ("会致痘吗", (REPAIR_CREAM,), "主打"),
        ("那我能用啥", (RETINOL,), "视黄醇"),
        ("多少钱", (REPAIR_CREAM, f"{PEOPLE}pregnancy"), "孕期"),
    ],
)
def test_what_is_something_else_is_not_forced_on_it(
    expert: Expert, text: str, about: tuple[str, ...], never: str
) -> None:
    assert never not in expert.ask(text, about).answer


@pytest.mark.parametrize("text", ["怀孕5个月了", "我怀孕了", "备孕", "孕妇"])
def test_who_tells_that_she_is_expecting_is_told_what_to_leave_out(expert: Expert, text: str) -> None:
    assert "孕期不要用：维A类" in expert.ask(text).answer


@pytest.mark.parametrize("text", ["孕妇能用龙血膏吗", "怀孕能涂指甲油吗"])
def test_what_nobody_knows_is_no_permission(expert: Expert, text: str) -> None:
    assert "不能说孕期、哺乳期可以用" in expert.ask(text).answer
