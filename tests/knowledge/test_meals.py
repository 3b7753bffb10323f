"""What a child has swallowed: goods, or dinner; and the words that can be both."""

import pytest

from yingda.knowledge import child_swallowed
from yingda.knowledge.beauty.meals import swallowed

#: By the word that is a nickname of goods as well, or begins one: bare and as food, and as goods.
AMBIGUOUS = {
    "水": (
        [
            "喝了水",
            "喝了口水",
            "喝了一杯水",
            "喝了点温水",
            "喝了水就睡了",
            "喝了水，我才有空回你",
            "把水喝了",
            "喝水了",
        ],
        [
            "喝了你们家的水",
            "喝了这瓶水",
            "喝了一瓶水",
            "喝了水乳",
            "喝了水杨酸",
            "喝了爽肤水",
            "喝了一口化妆水",
            "喝了花露水",
        ],
    ),
    "奶": (
        ["喝了奶", "喝了牛奶", "喝了一瓶奶", "吃了奶再说", "吃奶了"],
        ["喝了牛奶身体乳", "喝了奶液", "喝了你们家的奶", "喝了卸妆奶"],
    ),
    "乳": ([], ["喝了乳", "喝了乳液"]),
    "露": ([], ["喝了露", "喝了沐浴露", "喝了一口露"]),
    "油": ([], ["喝了油", "喝了精油", "喝了卸妆油"]),
    "霜": ([], ["吃了霜", "吃了面霜", "把护手霜吃了"]),
    "膏": ([], ["吃了膏", "吃了唇膏"]),
    "面": (["吃了面", "吃了碗面", "吃了面条"], ["吃了面霜", "吃了面膜"]),
    "粉": (["吃了米粉"], ["吃了粉", "吃了散粉", "吃了蜜粉"]),
    "泥": ([], ["吃了泥", "吃了泥膜"]),
    "茶": (["喝了茶"], ["喝了茶树精油"]),
    "果": (["吃了苹果", "吃了果冻", "喝了果汁"], ["吃了果冻唇釉", "吃了苹果味的口红", "喝了果酸"]),
    "蛋糕": (["吃了块蛋糕"], ["吃了蛋糕香皂"]),
    "饭": (["吃了饭", "吃了晚饭再去取", "吃饭了", "吃了吗", "吃了亏"], []),
    "药": (["吃了药在睡觉"], ["吃了药膏", "偷吃了药"]),
}
FOOD = [words for food, _ in AMBIGUOUS.values() for words in food]
GOODS = [words for _, goods in AMBIGUOUS.values() for words in goods]


@pytest.mark.parametrize("words", FOOD)
def test_dinner_alarms_nobody(words: str) -> None:
    assert not child_swallowed(f"宝宝{words}")
    assert not child_swallowed(f"我家孩子刚{words}\n我的快递到哪了")


@pytest.mark.parametrize("words", GOODS)
def test_goods_do(words: str) -> None:
    assert child_swallowed(f"宝宝{words}")
    assert child_swallowed(f"帮我查下快递\n两岁的女儿刚刚{words}，急")


@pytest.mark.parametrize(
    ("text", "swallowed"),
    [
        ("宝宝喝了水，要紧吗", True),
        ("宝宝喝了水，一直在吐", True),
        ("孩子不小心喝了水", True),
        ("孩子误食了", True),
        ("宝宝喝了", True),
        ("宝宝喝了牛奶，又喝了你们的精华", True),
        ("我喝了水", False),
        ("我喝了你们家的水", False),
        ("宝宝能用这个水吗", False),
        ("儿童面霜吃了亏", False),
        ("孩子喜欢喝水", False),
        ("my toddler drank the toner", True),
        ("my daughter swallowed some lip balm", True),
        ("my kid drank some water", False),
        ("my son ate lunch and now I have time", False),
        ("the baby drank water from your bottle", True),
        ("my kid ate the milk body lotion", True),
    ],
)
def test_what_else_is_said(text: str, swallowed: bool) -> None:
    assert child_swallowed(text) is swallowed


@pytest.mark.parametrize(
    ("text", "swallowed"),
    [
        ("宝宝把面霜吃了没看住", True),
        ("宝宝把面霜吃了没注意", True),
        ("宝宝把面霜吃了没", True),
        ("孩子把口红吃了么么哒", True),
        ("孩子口红吃了没有", True),
        ("孩子吃了吗", False),
        ("宝宝今天喝了没有呀，我来问问", False),
        ("宝宝喝了水。", False),
    ],
)
def test_only_a_whole_question_asks_whether_somebody_has_eaten(text: str, swallowed: bool) -> None:
    assert child_swallowed(text) is swallowed


@pytest.mark.parametrize(
    ("text", "swallowed"),
    [
        ("我家孩子\n把面霜吃了", True),
        ("宝宝\n刚刚喝了你们的爽肤水", True),
        ("my kid\nate your lip balm", True),
        ("宝宝\n刚喝了奶", False),
        ("宝宝刚喝了水\n你们的快递到哪了", False),
        ("宝宝刚喝了水\n快递丢了怎么办", False),
    ],
)
def test_a_sentence_may_come_as_two_messages(text: str, swallowed: bool) -> None:
    assert child_swallowed(text) is swallowed


@pytest.mark.parametrize(
    "text",
    [
        "宝宝喝了水，就是你们家那瓶爽肤水",
        "宝宝喝了水才发现是化妆水",
        "宝宝喝了水然后发现是爽肤水",
        "宝宝喝了水！！！你们的",
        "宝宝喝了水，你们家的",
        "宝宝喝了水，我买的爽肤水",
        "宝宝喝了奶，是身体奶",
        "孩子吃了糖,是你们的唇膏",
        "孩子喝了茶才看到是茶树精油",
        "my kid drank water, it was your toner",
        "孩子喝了水，洗手台上的化妆水",
        "孩子喝了水，洗脸台那瓶爽肤水",
        "孩子喝了水，做护肤的精华水",
        "孩子喝了水，可以用来卸妆的",
        "孩子喝了水，敷面膜用的那瓶",
        "孩子喝了一口水，做面膜那瓶",
        "孩子喝了水，试用装的精华",
        "孩子喝了水，擦脸用的",
        "宝宝喝了水😭",
        "宝宝喝了水😱😱",
        "宝宝喝了奶🆘",
        "宝宝喝了水😭我买的那瓶",
        "宝宝喝了水，😭我买的那瓶",
    ],
)
def test_what_follows_may_take_dinner_back(text: str) -> None:
    assert child_swallowed(text)


@pytest.mark.parametrize(
    "text",
    [
        "宝宝刚喝了奶睡了，面霜什么时候发货",
        "宝宝喝了奶，我才有空看面霜",
        "孩子吃了饭，想问下你们的面霜",
        "孩子吃了饭，你们的快递还没到",
        "my kid ate lunch, where is my cream",
        "孩子吃完饭再敷面膜",
        "孩子吃了饭，要用面霜",
        "宝宝喝了奶再用面霜",
        "孩子吃了饭试用",
    ],
)
def test_business_that_follows_does_not(text: str) -> None:
    assert not child_swallowed(text)


@pytest.mark.parametrize("child", ["侄子", "外甥", "外甥女", "孙子", "孙女", "闺女", "宝贝", "大宝", "小宝", "二宝"])
def test_every_word_for_a_child(child: str) -> None:
    assert child_swallowed(f"我家{child}吃了面霜")
    assert not child_swallowed(f"我家{child}吃了饭")


@pytest.mark.parametrize(
    "text",
    [
        "my boy drank toner",
        "my girl ate your cream",
        "the babies ate lipstick",
        "my baby ingested some serum",
        "my son put the cream in his mouth",
        "kid has drunk toner",
        "my baby's drunk the toner",
        "my son ate before i saw, it was the cream",
        "kid ate out of the jar",
        "my child is drinking the toner",
        "toddler eating your cream",
        "my kid ate a whole package of masks",
        "my kid swallowed the whole package",
        "宝宝吃面霜了",
        "宝宝喝你们的爽肤水了",
        "孩子嘴里都是面霜",
        "宝宝今天早上趁我不注意的时候拿起我的面霜就吃了",
        "孩子吞咽了面霜",
    ],
)
def test_every_way_to_have_swallowed(text: str) -> None:
    assert child_swallowed(text)


@pytest.mark.parametrize(
    "text",
    [
        "我女儿吃了很多苦",
        "女儿吃了火锅",
        "女儿喝了奶茶",
        "女儿喝了咖啡",
        "女儿吃了薯片",
        "女儿吃了汉堡",
        "宝宝能吞咽了",
        "孩子吞吞吐吐",
        "孩子狼吞虎咽吃了饭",
        "宝宝喝了好多水",
        "宝宝喝了200ml奶",
        "宝宝吃饭了",
        "宝宝能用面霜了",
        "孩子嘴上涂了唇膏",
        "kid-safe? my dog ate it",
        "my boyfriend ate it",
        "my kid is eating dinner",
        "my kids ate dinner already",
        "my daughter swallowed the news",
        "儿子住吞口路",
    ],
)
def test_what_only_sounds_like_it(text: str) -> None:
    assert not child_swallowed(text)


@pytest.mark.parametrize(
    "text",
    [
        "孩子咬了口红",
        "宝宝舔了面霜",
        "孩子把口红啃了",
        "口红被孩子啃了",
        "宝宝在啃口红",
        "宝宝把口红放嘴里了",
        "宝宝喝了水💄",
        "孩子不小心入口了",
        "宝宝喝了水，是妈妈用的爽肤水",
        "宝宝咽精华",
    ],
)
def test_a_mouth_on_goods(text: str) -> None:
    assert child_swallowed(text)


@pytest.mark.parametrize(
    "text",
    [
        "宝宝吃了饭😋",
        "宝宝喝了水🥛",
        "宝宝吃了饭试用",
        "吃完饭再敷面膜可以吗",
        "宝宝吃完饭再敷面膜可以吗",
        "宝宝喝了奶再用面霜可以吗",
        "宝宝被蚊子咬了能用面霜吗",
        "退货入口在哪",
        "包裹被狗啃了",
        "这口气我咽不下去",
        "我咽不下这口气",
        "咽喉痛",
        "hard to swallow these prices",
        "your fees ate into my refund",
        "the courier's dog ate my parcel",
        "we ate dinner already",
        "I ate the cost of shipping",
        "I swallowed the news",
        "can I eat before the mask",
        "the courier's drunk and rude",
        "my skin is eating up this serum",
        "我吃了饭😭等了一天快递",
        "宝宝吃了饭😭快递还没到",
        "can I eat seafood after using the serum",
    ],
)
def test_nobody_has_swallowed_anything(text: str) -> None:
    assert not swallowed(text)


@pytest.mark.parametrize(
    "text",
    [
        "把口红啃了",
        "狗舔了我的护手霜",
        "口红可以吃吗",
        "爽肤水入口没事吧",
        "I drank some toner",
        "咽了一口精华",
        "can I drink it",
    ],
)
def test_who_swallows_or_may_need_be_no_child(text: str) -> None:
    assert (swallowed(text), child_swallowed(text)) == (True, False)


def test_whatever_a_child_has_swallowed_was_swallowed() -> None:
    assert all(swallowed(f"宝宝{words}") for words in GOODS)
    assert swallowed("kid ate out of the jar")
