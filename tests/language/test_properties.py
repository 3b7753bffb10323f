"""Whatever is typed: an answer, the same answer again, and the same for another width, case or script."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yingda.language import (
    Context,
    Engine,
    EntityKind,
    GazetteerEntry,
    Said,
    Speaker,
    Understanding,
    summarise,
)
from yingda.language.han import to_traditional

PIECES = st.sampled_from(
    (
        "订单号", "LM202611220123", "快递SF1234567890123", "退货", ",谢谢", "气死我了!!!", "三十九块九", "2瓶30ml",
        "明天下午三点", "双十一", "两三天内", "满300减50", "XL码", "口红12号", "in 2 hours", "next friday at 3pm",
        "上周五", "138 0013 8000", "abc@qq.com", "[订单x]", "A醇", "浙江省杭州市西湖区文三路478号", "spf50", "是的",
        "上一个",
        "那个呢", "不太", "满意", "吗?", "12315", "烂脸", "\U0001f621", "👩\u200d👩\u200d👧", "﷽", "ß", "İ",
        "ſ", "\ud800", "\x00",
        "\u202e", "〇", "１２", "㍿", "Ⅷ", "½", "零一", "é", "ё", "ي",
    )
)  # fmt: skip
ANY = st.text(st.characters(exclude_categories=()), max_size=60) | st.lists(PIECES, max_size=8).map("".join)
WORDS = (
    "怎么", "退货", "订单", "lm202611220123", "发票", "spf50", "谢谢", "三天", "99元", "气死我了", "!", "?", ",",
    "没收到", "A醇",
    "ok",
    "请问", "2瓶",
)  # fmt: skip
WRITTEN = st.lists(st.sampled_from(WORDS), max_size=6).map("".join)
CONTEXTS = st.builds(
    Context,
    now=st.none() | st.datetimes(timezones=st.just(UTC)),
    last_question=st.none() | ANY,
    expected_slot=st.sampled_from((None, "order_no", "phone", "confirm", "address", "amount", "nonsense")),
    last_intent=st.sampled_from((None, "logistics.track", "other", "chat.thanks", "nonsense")),
)
SHELF = [
    GazetteerEntry(EntityKind.INGREDIENT, "retinol", ("A醇", "视黄醇")),
    GazetteerEntry(EntityKind.BRAND, "", ("", " ")),
]


def facts(understood: Understanding) -> tuple[object, ...]:
    """What was understood, without how it was written."""
    named = tuple((entity.kind, entity.value, entity.start, entity.end) for entity in understood.entities)
    return (understood.intents, understood.out_of_scope, named, understood.emotion, understood.sentiment,
            understood.urgency, understood.parts, understood.spans)  # fmt: skip


@given(text=ANY, context=CONTEXTS)
def test_any_text_in_any_situation_is_answered_the_same_way_twice(engine: Engine, text: str, context: Context) -> None:
    with_names = engine.with_gazetteer(SHELF)
    assert with_names.understand(text, context) == with_names.understand(text, context)


@given(text=ANY, times=st.integers(1, 3_000))
def test_any_length(engine: Engine, text: str, times: int) -> None:
    assert engine.understand(text * times).intents


@pytest.mark.parametrize(
    "piece",
    [
        "嗯",
        "好的",
        "你好",
        "您好",
        "哦,",
        "客服",
        "人工客服",
        "没有了",
        "ok ",
        "要的",
        "1-",
        "1,",
        "一",
        "11月",
        "路号",
    ],
)
def test_what_is_said_again_and_again_is_read_at_once(engine: Engine, piece: str) -> None:
    """A rule that tries every way to part it would not come back."""
    text = f"{piece * 1_000}x"
    said = [Said(seq=1, speaker=speaker, text=text, at=AT) for speaker in Speaker]
    assert engine.understand(text, NOW).intents
    assert len(summarise(said).asked) <= 1


AT = datetime(2026, 11, 22, 6, tzinfo=UTC)
NOW = Context(now=AT)


@given(WRITTEN)
def test_full_width_means_the_same(engine: Engine, text: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    assert facts(engine.understand(wide, NOW)) == facts(engine.understand(text, NOW))


@given(WRITTEN)
def test_traditional_characters_mean_the_same(engine: Engine, text: str) -> None:
    assert facts(engine.understand(text.translate(to_traditional()), NOW)) == facts(engine.understand(text, NOW))


@given(WRITTEN)
def test_capitals_mean_the_same_but_for_shouting(engine: Engine, text: str) -> None:
    assert engine.understand(text.upper(), NOW).intents == engine.understand(text.lower(), NOW).intents
    assert engine.understand(text.upper(), NOW).urgency == engine.understand(text.lower(), NOW).urgency
