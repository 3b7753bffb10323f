"""What counts as a yes, a no, a pause or a wish said again; and what was meant of several things that were offered."""

from datetime import UTC, datetime

import pytest

from yingda.dialogue.procedures import assent
from yingda.dialogue.procedures.choosing import choice_of, means_all
from yingda.dialogue.procedures.schemas import Slot, SlotType
from yingda.dialogue.procedures.slots import fill
from yingda.dialogue.procedures.state import Choice, Heard
from yingda.dialogue.reading import said_barely

CANCEL = "(?:全部|整单|都)?(?:取消|退款|退)|cancel"
CREAM, MASK, TONER = (
    Choice("1", "雪竹屏障修护面霜 · 已签收", ("雪竹屏障修护面霜",)),
    Choice("2", "玉髓玻尿酸补水面膜 · 已发货", ("玉髓玻尿酸补水面膜",)),
    Choice("3", "玉髓玻尿酸保湿水 · 已发货", ("玉髓玻尿酸保湿水",)),
)


def heard(text: str, intent: str = "other", *, sure: bool = False) -> Heard:
    return Heard(
        text=text, locale="zh", now=datetime(2026, 11, 26, tzinfo=UTC), intent=intent, understood=True, sure=sure
    )


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("嗯取消吧", True),
        ("取消吧", True),
        ("算了取消吧", True),
        ("那算了 全部取消", True),
        ("好了 取消", True),
        ("对，退款", True),
        ("actually yes cancel it", True),
        ("yes please cancel my order", True),
        ("取消订单", False),
        ("取消", False),
        ("帮我取消吧", False),
        ("cancel my order", False),
        ("嗯换货吧", False),
        ("好 取消上一单", False),
        ("不取消吧", False),
        ("取消吗", False),
    ],
)
def test_a_wish_said_again_after_it_was_asked(text: str, again: bool) -> None:
    assert assent.wishes_again(heard(text), CANCEL) is again
    assert not assent.wishes_again(heard(text), "")


@pytest.mark.parametrize(
    "text", ["等下", "等下 我再想想", "税号多少我找找", "税号等我问下财务", "稍等一下", "wait", "hold on"]
)
def test_a_pause(text: str) -> None:
    assert assent.pauses(heard(text))


@pytest.mark.parametrize(
    "text", ["等下 抬头改成公司", "等等 还是退钱", "想退货", "等不及了", "wait for my parcel", "我想想退"]
)
def test_no_pause(text: str) -> None:
    assert not assent.pauses(heard(text))


@pytest.mark.parametrize(
    "text", ["我点错了 不退了", "真的不退了 谢谢", "我没说退啊", "反悔了不退了", "算了", "那不改了"]
)
def test_an_end_to_it(text: str) -> None:
    assert assent.stops(heard(text))


@pytest.mark.parametrize("text", ["不退了行吗", "那算了 全部取消", "算了还是换一个吧", "没退款啊怎么回事"])
def test_no_end_to_it(text: str) -> None:
    assert not assent.stops(heard(text))


@pytest.mark.parametrize(
    ("text", "yes"),
    [("好 快点", True), ("可以 快点", True), ("嗯嗯谢谢", True), ("快点", False), ("好 但是太慢", False)],
)
def test_a_yes_in_a_hurry(text: str, yes: bool) -> None:
    assert assent.agrees(heard(text)) is yes


@pytest.mark.parametrize(
    ("text", "lets"),
    [("好吧", True), ("好的谢谢", True), ("嗯", True), ("好的", False), ("可以", False), ("要", False)],
)
def test_an_acknowledgement_is_no_request(text: str, lets: bool) -> None:
    assert assent.lets_go(text) is lets


@pytest.mark.parametrize(
    ("text", "none"),
    [
        ("没拍照 扔了", True),
        ("没照片", True),
        ("拍不了", True),
        ("no photo, threw it away", True),
        ("怎么拍", False),
        ("没问题", False),
    ],
)
def test_there_is_nothing_to_show(text: str, none: bool) -> None:
    assert assent.has_nothing_to_show(heard(text)) is none


@pytest.mark.parametrize(
    ("text", "options", "meant"),
    [
        ("另一个呢", (MASK,), MASK),
        ("不是这个 另外一个", (MASK,), MASK),
        ("the other one", (MASK,), MASK),
        ("另一个呢", (CREAM, MASK), None),
        ("前面那个", (CREAM, MASK), CREAM),
        ("后面那个", (CREAM, MASK), MASK),
        ("后面那个", (CREAM, MASK, TONER), None),
        ("面膜没有", (CREAM, MASK, TONER), MASK),
        ("玻尿酸那个", (CREAM, MASK, TONER), None),
        ("口红没有", (CREAM, MASK, TONER), None),
    ],
)
def test_which_is_meant(text: str, options: tuple[Choice, ...], meant: Choice | None) -> None:
    assert choice_of(heard(text), options) == meant


def test_advice_that_is_wanted_chooses_nothing() -> None:
    assert choice_of(heard("面膜推荐一下", "product.recommend", sure=True), (CREAM, MASK)) is None


@pytest.mark.parametrize(
    ("text", "every"), [("全部退掉", True), ("都不要", True), ("都坏了", False), ("第一个", False)]
)
def test_all_of_it(text: str, every: bool) -> None:
    assert means_all(text) is every


@pytest.mark.parametrize(
    ("text", "asked", "said"),
    [
        ("备注：请用黑色袋子", False, "请用黑色袋子"),
        ("再改一下备注 别写商品名", False, "别写商品名"),
        ("add a note please: leave at door", False, "leave at door"),
        ("能加个备注吗", False, None),
        ("放门口", False, None),
        ("放门口", True, "放门口"),
        ("好的", True, None),
        ("yes", True, None),
    ],
)
def test_the_words_of_a_remark(text: str, asked: bool, said: str | None) -> None:
    filled = fill(Slot(type=SlotType.TEXT, ask="a", again="b"), heard(text), asked=asked)
    assert (filled.value if filled else None) == said


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("ty", "chat.thanks"),
        ("❤️", "chat.thanks"),
        ("👌", "chat.affirm"),
        ("👋", "chat.greeting"),
        ("你能做什么", "chat.greeting"),
        ("油皮呢", "product.suitability"),
        ("油皮用了脸红", None),
        ("？", None),
        ("", None),
    ],
)
def test_what_says_little_is_written_down(text: str, intent: str | None) -> None:
    assert said_barely(text) == intent
