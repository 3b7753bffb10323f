"""Messages as people type them in haste, in dialect or in two languages, made from clean ones: to test or to teach.

Each noise takes a text and a seeded generator and gives a text that means the same to a reader. The same seed gives the
same text. Nothing is done to a text that offers no place for it.
"""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Final

import msgspec

from yingda.language.han import to_traditional
from yingda.language.text import is_han, narrow
from yingda.language.types import Example

Noise = Callable[[str, random.Random], str]

_SLIPS = 0.1  # of the characters, at least one
_EMOJI = "😂😭🙏❤️👌😊😅🥺😡👍🤔😘🌹💦"
_PARTICLES = "嘛呗咧哒哈撒噻捏嘞啵伐咯哇喔哟"
_DIALECT: Final[Mapping[str, Sequence[str]]] = {
    "为什么": ("为啥", "咋"),
    "什么": ("啥", "啥子", "咩"),
    "怎么": ("咋", "咋个", "点样"),
    "没有": ("冇", "没得", "木有"),
    "不知道": ("不晓得", "母鸡"),
    "知道": ("晓得",),
    "你们": ("恁", "你哋", "侬"),
    "我们": ("俺们", "我哋", "阿拉"),
    "我": ("俺", "偶", "窝"),
    "不要": ("表", "莫"),
    "喜欢": ("稀饭",),
    "谢谢": ("蟹蟹", "多谢晒"),
    "这个": ("介个", "这介"),
    "现在": ("宜家", "现在子"),
    "可以": ("阔以",),
    "漂亮": ("靓",),
    "是不是": ("系唔系", "是不四"),
    "那么": ("辣么",),
    "很": ("好生", "灰常"),
}
_ENGLISH: Final[Mapping[str, Sequence[str]]] = {
    "什么时候": ("when",),
    "订单": ("order",),
    "退款": ("refund",),
    "退货": ("return",),
    "快递": ("express",),
    "发票": ("invoice",),
    "优惠券": ("coupon",),
    "谢谢": ("thanks", "thx", "3q"),
    "你好": ("hello", "hi"),
    "您好": ("hello", "hi"),
    "好的": ("ok", "OK"),
    "客服": ("service",),
    "地址": ("address",),
    "邮箱": ("email",),
    "质量": ("quality",),
    "价格": ("price",),
    "尺码": ("size",),
    "会员": ("VIP",),
    "礼物": ("gift",),
    "但是": ("but",),
    "现在": ("now",),
    "为什么": ("why",),
    "请": ("pls", "please"),
}
_MARKS = re.compile(r"[\s,.!?;:~、，。！？；：…—～·\"'“”‘’()（）]+")


def homophones(text: str, chance: random.Random) -> str:
    """A pinyin keyboard's slips: another character of the same sound."""
    sounding, sounds = _sounding()
    places = [i for i, c in enumerate(text) if len(sounding.get(sounds.get(c, ""), "")) > 1]
    letters = list(text)
    for place in _some(places, len(text), chance):
        letters[place] = chance.choice([c for c in sounding[sounds[text[place]]] if c != text[place]])
    return "".join(letters)


def dropped(text: str, chance: random.Random) -> str:
    """Characters forgotten; never the only one."""
    places = set(_some([i for i, c in enumerate(text) if c.isalpha()], len(text), chance)) if len(text) > 2 else set()
    return "".join(c for i, c in enumerate(text) if i not in places)


def doubled(text: str, chance: random.Random) -> str:
    """Keys that stuck."""
    places = set(_some([i for i, c in enumerate(text) if c.isalpha()], len(text), chance))
    return "".join(c * (2 if i in places else 1) for i, c in enumerate(text))


def swapped(text: str, chance: random.Random) -> str:
    """Neighbours in the wrong order."""
    letters = list(text)
    pairs = [i for i in range(len(text) - 1) if text[i].isalpha() and text[i + 1].isalpha() and text[i] != text[i + 1]]
    done: set[int] = set()
    for i in _some(pairs, len(text), chance):
        if not done & {i, i + 1}:
            letters[i], letters[i + 1] = letters[i + 1], letters[i]
            done |= {i, i + 1}
    return "".join(letters)


def emoji(text: str, chance: random.Random) -> str:
    """One to three behind the text, now and then one in it."""
    tail = "".join(chance.choices(_EMOJI.replace("\ufe0f", ""), k=chance.randint(1, 3)))
    place = chance.randrange(len(text) + 1) if chance.random() < 0.3 else len(text)
    return text[:place] + tail + text[place:]


def dialect(text: str, chance: random.Random) -> str:
    """Words and particles of north, south, Sichuan, Shanghai and the net."""
    if not any(map(is_han, text)):
        return text
    bare = text.rstrip("。！？!?~ 吗呢啊吧")
    return _replaced(bare, _DIALECT, chance) + chance.choice(_PARTICLES) + text[len(bare) :].lstrip("吗呢啊吧")


def mixed_english(text: str, chance: random.Random) -> str:
    """Chinese with the English words of offices."""
    return _replaced(text, _ENGLISH, chance)


def traditional(text: str, _: random.Random) -> str:
    """As in Taiwan and Hong Kong."""
    return text.translate(to_traditional())


def full_width(text: str, _: random.Random) -> str:
    """Letters, digits and marks as wide as ideographs."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def ascii_case(text: str, chance: random.Random) -> str:
    """Capitals anywhere."""
    return "".join(chance.choice((c.upper(), c.lower())) if c.isascii() else c for c in text)


def no_marks(text: str, _: random.Random) -> str:
    """Without punctuation; without spaces too, but between words of Latin script."""
    spaced = _MARKS.sub(" ", narrow(text)).strip()
    return re.sub(r"(?<![a-z0-9]) | (?![a-z0-9])", "", spaced) or text


NOISES: Final[Mapping[str, Noise]] = {
    "homophones": homophones,
    "dropped": dropped,
    "doubled": doubled,
    "swapped": swapped,
    "emoji": emoji,
    "dialect": dialect,
    "mixed_english": mixed_english,
    "traditional": traditional,
    "full_width": full_width,
    "ascii_case": ascii_case,
    "no_marks": no_marks,
}


def noisy(examples: Sequence[Example], name: str, seed: int = 0) -> list[Example]:
    """The same examples under one noise."""
    chance = random.Random(f"{name} {seed}")
    return [msgspec.structs.replace(example, text=NOISES[name](example.text, chance)) for example in examples]


def _some(places: Sequence[int], length: int, chance: random.Random) -> list[int]:
    return chance.sample(places, min(len(places), max(1, round(length * _SLIPS))))


def _replaced(text: str, words: Mapping[str, Sequence[str]], chance: random.Random) -> str:
    """Most of the words that have another form; the longest first, so that 为什么 is not read as 什么."""
    pattern = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    return re.sub(pattern, lambda found: chance.choice(words[found[0]]) if chance.random() < 0.7 else found[0], text)


@cache
def _sounding() -> tuple[dict[str, str], dict[str, str]]:
    """Common characters by sound, and the sound of each: the first level of GB 2312, which keyboards offer first."""
    from pypinyin import lazy_pinyin

    bytes_of = (bytes((high, low)) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    sounds = {c: lazy_pinyin(c)[0] for code in bytes_of if (c := code.decode("gb2312", "ignore"))}
    sounding: dict[str, str] = {}
    for character, sound in sounds.items():
        sounding[sound] = sounding.get(sound, "") + character
    return sounding, sounds
