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
