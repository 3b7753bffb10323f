"""The whole engine through its public door: quality on held-out real messages, explanations, and no way to break it."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yingda.language import (
    Engine,
    Example,
    Model,
    ModelUnreadable,
    Understanding,
    ensure_model,
    evaluate,
    fixed_set,
    train,
)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("我的快递到哪了", "logistics.track"),
        ("帮我查下订单LM202611220123的物流", "logistics.track"),
        ("几天能到啊", "logistics.eta"),
        ("退款什么时候到账", "refund.progress"),
        ("可以开发票吗", "invoice.request"),
        ("订单现在什么状态", "order.status"),
        ("转人工", "chat.human"),
        ("你好", "chat.greeting"),
        ("用了脸又红又痒", "product.adverse"),
        ("优惠卷怎么用不了", "promo.coupon"),  # the usual misspelling
        ("退宽什么时候到帐", "refund.progress"),  # right by sound
        ("where is my package", "logistics.track"),
        ("can I talk to a human", "chat.human"),
    ],
)
def test_plain_questions_are_understood(engine: Engine, text: str, intent: str) -> None:
    assert engine.understand(text).intent == intent


def test_real_messages_that_were_never_taught(engine: Engine) -> None:
    report = evaluate(engine.model, fixed_set())
    assert report.n == len(fixed_set())
    assert report.accuracy >= 0.70
    assert report.ece <= 0.25


def test_foreign_messages_look_foreign(engine: Engine) -> None:
    ours = engine.understand("我的快递到哪了").out_of_scope
    foreign = engine.understand("量子纠缠违反相对论定域原理").out_of_scope
    assert ours < 0.3 < foreign


def test_two_wishes_in_one_message_are_told_apart(engine: Engine) -> None:
    text = "快递怎么三天没更新了，另外发票什么时候开"
    parts = engine.understand(text).parts
    assert [(text[p.start : p.end], p.intent.name) for p in parts] == [
        ("快递怎么三天没更新了", "logistics.stalled"),
        ("另外发票什么时候开", "invoice.progress"),
    ]


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("我要退货，顺便问下新的那款什么时候有货", "return.request order.stock"),
        ("帮我改下地址另外能不能送个小样", "order.address promo.gift"),
        ("快递三天没更新了还有我想开发票", "logistics.stalled invoice.request"),
        ("我要退款顺便投诉快递员", "refund.request complaint.service"),
        ("又要换货又要开发票", "exchange.request invoice.request"),
        ("面膜多少钱 有什么功效", "promo.price product.effect"),
        ("1.快递到哪了2.发票能开吗", "logistics.track invoice.request"),
        ("Where is my parcel? Also, can I get an invoice?", "logistics.track invoice.request"),
        ("where is my parcel and can I get an invoice", "logistics.track invoice.request"),
        ("can I return this and how long does the refund take", "return.request refund.progress"),
        ("请问有货吗？什么时候发货？发什么快递？", "order.stock logistics.ship_time logistics.carrier"),
        ("订单LM202611220123退货，LM202611220124换货", "return.request exchange.request"),
        # one wish: courtesy, feelings, facts, reasons and conditions ask for nothing
        ("你好，在吗，我想问一下快递到哪里了", ""),
        ("您好 我的快递到哪了", ""),
        ("为什么还没发货，我都等了三天了，急死了", ""),
        ("不是，我是问发票什么时候开", ""),
        ("开一下发票，抬头是某某公司，税号123456789012345", ""),
        ("收货人改成李雷，电话13800138000，地址改成杭州市西湖区文三路1号", ""),
        ("我想买一瓶防晒，敏感肌，油皮，推荐一下", ""),
        ("不想要了，尺码不合适，想换个大一码的", ""),
        ("快递显示签收了，但是我没收到", ""),
        ("这款还有货吗", ""),
        ("付了35.8元，什么时候发货", ""),
        ("如果不合适的话，怎么退货", ""),
    ],
)
def test_wishes_of_one_message(engine: Engine, text: str, wishes: str) -> None:
    assert " ".join(part.intent.name for part in engine.understand(text).parts) == wishes


def test_a_part_is_its_clause(engine: Engine) -> None:
    text = "我要退款 顺便投诉快递员，谢谢"
    assert [text[part.start : part.end] for part in engine.understand(text).parts] == ["我要退款", "顺便投诉快递员"]


def test_the_words_that_spoke_for_the_intent_are_named(engine: Engine) -> None:
    text = "你好，我想问下发票什么时候开"
    best = next(iter(engine.understand(text).spans))
    assert "发票" in text[best.start : best.end]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("怎么退货", "zh"),
        ("spf50还有吗", "zh"),
        ("我想return这个", "zh"),
        ("幾時到貨", "zh"),
        ("點解仲未到呀", "zh"),
        ("樱花の口红还有吗", "zh"),
        ("hello", "en"),
        ("ＨＥＬＬＯ　ＴＨＥＲＥ", "en"),
        ("ok", "en"),
        ("привет", "other"),
        ("返品したい", "other"),
        ("주문 취소해주세요", "other"),
        ("👌", "other"),
        ("13800138000", "other"),
        ("LM202611220123", "other"),
        ("https://shop.example/item", "other"),
        ("abc@qq.com", "other"),
        ("...", "other"),
    ],
)
def test_language(engine: Engine, text: str, language: str) -> None:
    assert engine.understand(text).language == language


def check(text: str, understood: Understanding) -> None:
    assert 0 <= understood.out_of_scope <= 1
    assert -1 <= understood.sentiment <= 1
    assert 0 <= understood.urgency <= 3
    assert understood.intents
    assert all(0 <= ranked.confidence <= 1 for ranked in understood.intents)
    for entity in understood.entities:
        assert text[entity.start : entity.end] == entity.text
    for span in (*understood.spans, *understood.parts):
        assert 0 <= span.start < span.end <= len(text)


ODD = st.text() | st.text("订单号是12０:/月号点的两百块[]x㍿ſİＡ\u200d👌. ，LMsf@", max_size=60)


@given(ODD)
def test_nothing_breaks_it(engine: Engine, text: str) -> None:
    check(text, engine.understand(text))


@given(st.text("怎么退货abcSPF五号12 ?!", max_size=30))
def test_width_and_case_make_no_difference(engine: Engine, text: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text.upper())
    assert engine.understand(wide).intents == engine.understand(text).intents


def test_an_endless_message_is_read_at_its_beginning(engine: Engine) -> None:
    text = "我要退货 " * 200_000
    check(text, engine.understand(text))
    assert engine.understand(text).intent == "return.request"


SMALL = [
    Example(text, intent)
    for intent, texts in {
        "a": ("怎么退货", "我要退货", "退货可以吗", "想退货"),
        "b": ("开发票", "发票呢", "要发票", "发票开了吗"),
        "c": ("hello there", "hello", "hi hello", "well hello"),
    }.items()
    for text in texts
]


def test_a_model_survives_its_file(tmp_path: Path) -> None:
    model = train(SMALL, seed=3)
    model.save(tmp_path / "small.npz")
    loaded = Model.load(tmp_path / "small.npz")
    assert loaded.card == model.card
    assert evaluate(loaded, SMALL).predictions == evaluate(model, SMALL).predictions
    assert [path.name for path in tmp_path.iterdir()] == ["small.npz"]


def test_the_same_examples_and_seed_teach_the_same() -> None:
    assert evaluate(train(SMALL, 5), SMALL).predictions == evaluate(train(SMALL, 5), SMALL).predictions


@pytest.mark.parametrize("content", [b"", b"not a model", b"PK\x03\x04broken"])
def test_what_is_not_a_model_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.npz").write_bytes(content)
    with pytest.raises(ModelUnreadable):
        Engine.load(tmp_path / "bad.npz")


def test_one_intent_cannot_be_taught() -> None:
    with pytest.raises(ValueError, match="two intents"):
        train([Example("退货", "a")])


def test_a_learnt_model_is_kept(model_file: Path) -> None:
    before = model_file.stat().st_mtime_ns
    assert ensure_model(model_file.parent) == model_file
    assert model_file.stat().st_mtime_ns == before


def test_serving_needs_neither_scikit_learn_nor_pypinyin(model_file: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from yingda.language import Engine; "
        f"Engine.load(Path({str(model_file)!r})).understand('怎么退货'); "
        "print([name for name in ('sklearn', 'scipy', 'pypinyin') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
