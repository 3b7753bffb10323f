"""What is said at once to who is hurt: all that cannot wait, and only that."""

import pytest

from yingda.knowledge import Expert, first_aid
from yingda.knowledge.beauty.answers.safety import texts
from yingda.knowledge.beauty.reading import Danger

BREATH, EYE, SWALLOWED, SKIN = Danger.BREATHING, Danger.EYE, Danger.SWALLOWED, Danger.ADVERSE
LATIN = {"my kid ate lipstick", "My baby has eaten lip balm", "My son drank the toner and got some in his eyes"}


@pytest.mark.parametrize(
    ("text", "dangers"),
    [
        ("宝宝喝掉了爽肤水", [SWALLOWED]),
        ("孩子吃掉一支口红", [SWALLOWED]),
        ("孩子喝掉半瓶", [SWALLOWED]),
        ("我家孩子\n把面霜吃了", [SWALLOWED]),
        ("my kid ate lipstick", [SWALLOWED]),
        ("My baby has eaten lip balm", [SWALLOWED]),
        ("孩子喝了爽肤水，还弄进眼睛里了", [EYE, SWALLOWED]),
        ("My son drank the toner and got some in his eyes", [EYE, SWALLOWED]),
        ("孩子喝了精华，眼睛红，喘不上气", [BREATH, EYE, SWALLOWED]),
        ("用了脸肿了，喘不上气", [BREATH]),
        ("弄进眼睛了，脸很痒", [EYE]),
        ("脸很痒", [SKIN]),
    ],
)
def test_all_that_cannot_wait_is_said_once(expert: Expert, text: str, dangers: list[Danger]) -> None:
    locale = "en" if text in LATIN else "zh"
    assert first_aid(text, locale) == (" " if locale == "en" else "").join(texts()[one].of(locale) for one in dangers)
    answer = expert.ask(text)
    assert answer.immediate
    assert all(texts()[one].of("zh") in answer.answer for one in dangers)


@pytest.mark.parametrize(
    "text",
    [
        "宝宝喝了牛奶",
        "宝宝刚喝了水\n我的快递到哪了",
        "我刚喝了水\n面霜怎么用",
        "香到我昏过去",
        "好看到晕过去了",
        "美到我晕倒",
        "被价格吓得喘不过气",
        "switch坏了",
        "the trash is full, it crashed",
        "Can I use this serum on my eyes?",
        "My eyes are puffy, which eye cream",
        "Is it safe in the eye area",
        "吞口路",
        "我住在吞口路12号",
        "I passed out from joy",
        "my eyes are red from crying over this delay",
        "the color looks great in my eyes",
        "脸红心跳",
        "脸红的色号",
        "这个腮红涂脸红吗",
        "你们也不脸红",
        "夸得我脸都发烫",
    ],
)
def test_nothing_is_said_of_what_only_sounds_like_it(expert: Expert, text: str) -> None:
    assert first_aid(text, "zh") is None
    assert not expert.ask(text).immediate


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("it got in my eye", EYE),
        ("splashed into his left eye", EYE),
        ("my eyes are red and burning", EYE),
        ("it burns my eyes", EYE),
        ("got into my baby's eyes", EYE),
        ("I can't open my eye", EYE),
        ("I put the cream on my eyes and it burns", EYE),
        ("my eyes feel like burning", EYE),
        ("my eyes are red from crying, the cream burns", EYE),
        ("it looks great in my eyes but they burn", EYE),
        ("shortness of breath", BREATH),
        ("she is struggling to breathe", BREATH),
        ("I can’t breathe", BREATH),
        ("it is not breathing", BREATH),
        ("脸红得厉害", SKIN),
        ("涂了腮红脸红了", SKIN),
        ("用完脸红心跳", SKIN),
        ("my face itches", SKIN),
        ("脸上起rash", SKIN),
        ("skin is irritated", SKIN),
        ("用了之后我晕倒了", BREATH),
        ("孩子喘不过气", BREATH),
        ("这味道香得我喘不过气", BREATH),
        ("香到我昏过去，现在很难受", BREATH),
    ],
)
def test_what_hurts_is_heard(text: str, danger: Danger) -> None:
    assert first_aid(text, "en") == texts()[danger].of("en")
