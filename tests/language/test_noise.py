"""Noise that a reader would see through, and what it costs the engine."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yingda.language import Engine, Example, evaluate, fixed_set
from yingda.language.noise import NOISES, noisy

SAME = ("traditional", "full_width", "ascii_case")  # the engine reads these as if they were clean
MOST_LOST = {"homophones": 0.15, "dropped": 0.2, "doubled": 0.1, "swapped": 0.2, "emoji": 0.15, "dialect": 0.25,
             "mixed_english": 0.15, "no_marks": 0.1}  # fmt: skip


@given(text=st.text(max_size=80), seed=st.integers(0, 9), name=st.sampled_from(sorted(NOISES)))
def test_any_text_can_be_disturbed_and_the_same_way_again(text: str, seed: int, name: str) -> None:
    once = NOISES[name](text, random.Random(seed))
    assert once == NOISES[name](text, random.Random(seed))
    assert bool(once.strip()) >= bool(text.strip())


@pytest.mark.parametrize(
    ("name", "text", "noisy_text"),
    [
        ("homophones", "退款什么时候到账", "退款什么食候到账"),
        ("dropped", "退款什么时候到账", "退款什时候到账"),
        ("doubled", "退款什么时候到账", "退款什么么时候到账"),
        ("swapped", "refund when", "rfeund when"),
        ("dialect", "为什么没有发货", "为啥冇发货嘛"),
        ("mixed_english", "退款到了，谢谢", "refund到了，thx"),
        ("traditional", "请问订单发货了吗", "請問訂單發貨了嗎"),
        ("full_width", "SPF50 ok", "ＳＰＦ５０ ｏｋ"),
        ("no_marks", "你好， 在吗？ok go", "你好在吗ok go"),
    ],
)
def test_what_each_does(name: str, text: str, noisy_text: str) -> None:
    assert noisy_text in {NOISES[name](text, random.Random(seed)) for seed in range(400)}


def test_a_set_under_noise_is_the_same_for_the_same_seed() -> None:
    examples = [Example("我的快递到哪里了", "logistics.track", 0.5)]
    assert noisy(examples, "dropped", 3) == noisy(examples, "dropped", 3)
    assert noisy(examples, "dropped")[0].weight == 0.5


def test_every_noise_changes_real_messages() -> None:
    examples = fixed_set()
    for name in set(NOISES) - {"full_width", "ascii_case", "mixed_english"}:  # few have Latin letters or such words
        changed = sum(a.text != b.text for a, b in zip(examples, noisy(examples, name), strict=True))
        assert changed > len(examples) * 0.6, name


@pytest.mark.parametrize("name", SAME)
def test_script_width_and_case_change_no_answer(engine: Engine, name: str) -> None:
    for clean, other in zip(fixed_set(), noisy(fixed_set(), name), strict=True):
        assert engine.understand(other.text).intents == engine.understand(clean.text).intents, other.text


@pytest.mark.parametrize("name", sorted(MOST_LOST))
def test_noise_costs_little(engine: Engine, name: str) -> None:
    clean = evaluate(engine.model, fixed_set()).accuracy
    assert evaluate(engine.model, noisy(fixed_set(), name)).accuracy >= clean - MOST_LOST[name]
