"""What is learnt from customers' words, and what is not."""

import pytest

from yingda.customers import AgeBand, Concern, Expecting, Skin, SkinType, Texture
from yingda.dialogue.telling import Wish, about_others, consents, described, told, wish_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我是干皮，有什么面霜推荐", Skin(type=SkinType.DRY)),
        ("我是混油皮 t区出油", Skin(type=SkinType.COMBINATION)),
        ("本人大油皮", Skin(type=SkinType.OILY)),
        ("敏感肌，求推荐水乳", Skin(sensitive=True)),
        ("敏感肌", Skin(sensitive=True)),
        ("我是敏感肌，最近脸上泛红", Skin(sensitive=True, concerns=[Concern.REDNESS])),
        ("我的皮肤比较敏感，而且对酒精过敏", Skin(sensitive=True, avoid=["酒精"])),
        ("我对水杨酸和烟酰胺不耐受", Skin(avoid=["水杨酸", "烟酰胺"])),
        ("我不喜欢香味", Skin(avoid=["香精"])),
        ("我怀孕三个月了", Skin(expecting=Expecting.PREGNANT)),
        ("我怀了宝宝能用这款吗", Skin(expecting=Expecting.PREGNANT)),
        ("我还在喂奶", Skin(expecting=Expecting.NURSING)),
        ("我在备孕", Skin(expecting=Expecting.PLANNING)),
        ("我已经生完了", Skin(expecting=Expecting.NO)),
        ("我28岁，想抗皱", Skin(age=AgeBand.FROM_25, concerns=[Concern.WRINKLES])),
        ("我脸上老长痘", Skin(concerns=[Concern.ACNE])),
        ("我喜欢清爽一点的", Skin(texture=Texture.LIGHT)),
        ("我讨厌油腻的感觉", Skin(texture=Texture.LIGHT)),
        ("我不是敏感肌", Skin(sensitive=False)),
        ("I have sensitive skin and I'm allergic to alcohol", Skin(sensitive=True, avoid=["alcohol"])),
        ("My skin is dry skin, I'm pregnant", Skin(type=SkinType.DRY, expecting=Expecting.PREGNANT)),
        # asked, denied, supposed, of somebody else, of nobody
        ("我是不是敏感肌", Skin()),
        ("我是油皮吗？", Skin()),
        ("油皮能用吗", Skin()),
        ("孕妇可以用吗", Skin()),
        ("我妈妈是干皮", Skin()),
        ("给我老婆买的，她怀孕了", Skin()),
        ("我朋友对酒精过敏", Skin()),
        ("如果我怀孕了还能用吗", Skin()),
        ("我没有怀孕", Skin()),
        ("我不是干皮", Skin()),
        ("会不会对酒精过敏", Skin()),
        ("这款适合敏感肌的人吗", Skin()),
        ("我用了你们产品过敏了", Skin()),
        ("我的快递到哪了", Skin()),
        ("", Skin()),
    ],
)
def test_what_is_learnt(text: str, expected: Skin) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("你记得我什么", Wish.SHOW),
        ("你还记得我的肤质吗", Wish.SHOW),
        ("你都知道我哪些信息？", Wish.SHOW),
        ("What do you remember about me?", Wish.SHOW),
        ("忘掉我的信息", Wish.FORGET),
        ("删掉你记住的", Wish.FORGET),
        ("删除我的个人信息", None),
        ("我要注销账户", None),
        ("不要再记住我了", Wish.FORGET),
        ("Please forget my information", Wish.FORGET),
        ("帮我记一下我的肤质", Wish.KEEP),
        ("好的记住吧", None),
        ("好的记下", None),
        ("帮我记下来", None),
        ("我记住了", None),
        ("我忘记付款了", None),
        ("怎么删除订单", None),
        ("你还记得我的订单吗", None),
        ("我忘了密码", None),
    ],
)
def test_what_somebody_wants_done_with_it(text: str, expected: Wish | None) -> None:
    assert wish_of(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("好的", True),
        ("可以记住", True),
        ("好的记住吧", True),
        ("好的记下", True),
        ("帮我记下来", True),
        ("嗯嗯，记吧", True),
        ("OK", True),
        ("不用了，谢谢", False),
        ("不用记", False),
        ("No thanks", False),
        ("好的，那我的快递到哪了", None),
        ("推荐个面霜", None),
    ],
)
def test_what_is_a_yes(text: str, expected: bool | None) -> None:
    assert consents(text) is expected


def test_a_gift_is_for_somebody_else() -> None:
    assert about_others("给我妈买面霜，她是干皮")
    assert not about_others("我怀了宝宝，推荐个面霜")


def test_a_profile_in_words() -> None:
    skin = Skin(type=SkinType.DRY, sensitive=True, concerns=[Concern.REDNESS], avoid=["酒精", "香精"])
    assert described(skin, "zh") == ["干性皮肤", "敏感性皮肤", "泛红", "避开酒精、香精"]
    assert described(skin, "en") == ["dry skin", "sensitive skin", "redness", "avoids 酒精, 香精"]
    assert described(Skin(expecting=Expecting.NO), "zh") == []
