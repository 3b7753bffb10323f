"""What customers tell of themselves, and what they want done with it, from their words alone. Pure.

Cautious: what a clause asks, denies, supposes or says of somebody else is not learnt.
"""

import re
import tomllib
from enum import StrEnum
from functools import cache

import msgspec

from yingda.customers import AgeBand, Concern, Expecting, Skin, SkinTone, SkinType, Texture, merged
from yingda.kit.errors import Locale
from yingda.kit.paths import data_dir

_CLAUSES = re.compile(r"[，。！；,.!;\n~～]+|(?<=[?？])")
_ME = re.compile(r"我|本人|自己|俺|咱|\b(i|i'm|i’m|my)\b")
_OTHERS = re.compile(
    "妈|爸|老公|老婆|男票|女票|男朋友|女朋友|男友|女友|对象|闺蜜|朋友|同事|儿子|女儿|宝宝|孩子|小孩|姐|妹|哥|弟|婆婆|奶奶|爷爷"
    "|阿姨|室友|别人|人家|他|她|送人|送礼|my (mother|mom|husband|wife|friend|sister|daughter|son|girlfriend|boyfriend)"
)
#: A child that is not born yet is no other person.
_UNBORN = re.compile("怀了?(宝宝|孩子)|生完(孩子|宝宝)")
_SUPPOSED = re.compile(
    "是不是|算不算|是否|会不会|有没有|如果|假如|要是|万一|怎么(判断|看|知道)|什么是|怎样算|适合.{0,4}的?人"
)
_ASKED = re.compile("^(的)?(吗|么|嘛|吧)?[?？]")
_DENIED = re.compile(r"(不是|没有|不算|并非|不|没|非|\bnot\b)[的很太]?\W{0,2}(很|太|a |an )?$")
#: Who says no more than this says it of themselves.
_BARE = re.compile(
    "^(?:已经|都)?(?:[0-9一二三四五六七八九十]+个?多?[月周天])?多?(是|属于|就是)?(一枚|星人|妹子|女生|人群|的|皮肤)?[哦呢啊呀的了]*$"
)
_NOT_BORNE = re.compile("对([^，。,?？!！]{1,16}?)(都|会|有点|比较|严重|也)*(过敏|不耐受|不耐)")
_NOT_WANTED = re.compile(
    "(?:不(?:喜欢|想要|要|爱|能用|可以用)|用不了|受不了|讨厌|闻不了)(?:含有?|加了?|带|有|太?浓?的?)*"
    "(酒精|香精|香味|香料|防腐剂|色素|硅油|矿油|激素|水杨酸|烟酰胺|A醇|视黄醇|果酸|精油)"
)
_ALLERGIC_EN = re.compile(r"allergic to ([a-z0-9 \-]{2,40})")
_ASKS_WHETHER = re.compile("会不会|会.{0,6}吗|容易.{0,6}吗|是不是")
_WANTS = re.compile(
    r"[?？]|[吗呢]|什么|哪|怎|推荐|适合|能|可以|想|买|找|求|\b(?:which|what|how|recommend|can|should|suits?|suitable|want|looking)\b"
)
_AND = re.compile("[和、跟与及]|以及|还有| and ")
_SAME = {"香味": "香精", "香料": "香精"}


class Wish(StrEnum):
    """What a customer wants done with what is remembered of them."""

    SHOW = "show"
    FORGET = "forget"
    KEEP = "keep"


_WISHES = {
    Wish.FORGET: re.compile(
        "(忘掉|忘了|忘记|抹掉)(你|您)?(们)?(所有|全部)?(记住|记得|记)?(下来|下)?(的)?(关于)?我(的)?"
        "(所有|全部)?(信息|资料|肤质|肤况|偏好|喜好|档案|记录|情况)?$"
        "|(不要|别|不用|不许)(再)?(记住|记得|记着)(关于)?我|(删|清)(掉|除|空)?(你|您)(们)?(记住|记得|记下)的"
        "|forget (me|about me|my (information|data|profile|skin))|(delete|erase) what you (know|remember)"
    ),
    Wish.SHOW: re.compile(
        "(你|您)(们)?(都|还)?(记得|记住|记着|记下|知道|了解|保存)(了|的)?(关于)?我(的)?(哪些|什么|啥|多少|肤质|信息|情况|吗)"
        "|(你|您)(们)?(都)?(记|保存|存)(住|下|着)?了我(的)?(什么|哪些|啥)|我的(肤质|护肤|皮肤)(档案|资料)(是|有)?(什么|哪些|啥)?"
        "|what do you (know|remember) about me"
    ),
    Wish.KEEP: re.compile(
        "(记住|记下|记着|帮我记)(一下)?我(的)?(肤质|皮肤|情况|信息|偏好|资料)|remember my (skin|profile)"
    ),
}
#: Also the bare 记住, which says what is to be kept only after the assistant's question.
_YES = re.compile(
    "^(好|可以|行|嗯+|要|同意|没问题|记吧|记住|帮我记(住|下)?|是|ok|yes|sure|please do)"
    "(的|吧|啊|呀|哦|呢|了|，|。|!|！|谢谢|记住|记|please|, *remember|remember)*$"
    "|^(好的?|行|可以|那|请|麻烦)*(就|都)?(帮我)?(记住|记下来?|记着)(它|这些|一下|吧|啊|哦|。|!|！)*$"
)
_NO = re.compile(
    "^(不|不用|不要|不必|别|算了|不同意|不需要|不可以|不行|先不|no|no thanks)(了|吧|谢谢|记住?|，|。|!|！|thanks)*$"
)


class _Word(msgspec.Struct, frozen=True):
    zh: str
    en: str
    said: str


@cache
def _words() -> dict[str, dict[str, _Word]]:
    raw = tomllib.loads((data_dir() / "dialogue" / "profile.toml").read_text("utf-8"))
    return msgspec.convert(raw, dict[str, dict[str, _Word]])


@cache
def _patterns() -> dict[str, dict[str, re.Pattern[str]]]:
    return {field: {value: re.compile(word.said) for value, word in of.items()} for field, of in _words().items()}


def wish_of(text: str) -> Wish | None:
    """Whether a customer asks what is remembered, or to have it kept or forgotten."""
    words = _plain(text).rstrip("。.!！?？~ ")
    return next((wish for wish, pattern in _WISHES.items() if pattern.search(words)), None)


def consents(text: str) -> bool | None:
    """What somebody answers who was asked whether something may be kept; None: something else."""
    words = _plain(text)
    if _NO.search(words):
        return False
    return True if _YES.search(words) else None


def about_others(text: str) -> bool:
    """Whether somebody else is meant, a gift for instance."""
    return bool(_OTHERS.search(_UNBORN.sub("", _plain(text))))


def told(text: str) -> Skin:
    """What the customer says of themselves."""
    words, skin, mine = _plain(text), Skin(), False
    for clause in filter(None, map(str.strip, _CLAUSES.split(words))):
        if about_others(clause):
            mine = False
            continue
        mine = mine or bool(_ME.search(clause))
        skin = merged(skin, _of_clause(clause, mine=mine))
    return skin


def wants_advice(text: str) -> bool:
    """Whether more is wanted than to have said it."""
    return bool(_WANTS.search(_plain(text)))


def _plain(text: str) -> str:
    return re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", text.strip().lower())


def _of_clause(clause: str, *, mine: bool) -> Skin:
    if _SUPPOSED.search(clause):
        return Skin()
    found = {field: [value for value in of if _says(clause, field, value, mine=mine)] for field, of in _words().items()}
    return Skin(
        type=SkinType(found["type"][0]) if found["type"] else None,
        sensitive=_sensitive(clause, found["sensitive"], mine=mine),
        tone=SkinTone(found["tone"][0]) if found["tone"] else None,
        age=AgeBand(found["age"][0]) if found["age"] else None,
        concerns=[Concern(value) for value in found["concern"]],
        avoid=_avoided(clause),
        expecting=_expecting(found["expecting"]),
        texture=Texture(found["texture"][0]) if found["texture"] else None,
    )


def _says(clause: str, field: str, value: str, *, mine: bool) -> bool:
    said = _patterns()[field][value].search(clause)
    if said is None:
        return False
    before, after = clause[: said.start()], clause[said.end() :]
    if _ASKED.search(after) or (_DENIED.search(before) and field != "texture"):
        return False
    return mine or bool(_BARE.search(before + after))


def _sensitive(clause: str, found: list[str], *, mine: bool) -> bool | None:
    if found:
        return True
    said = _patterns()["sensitive"]["yes"].search(clause)
    denied = said is not None and (_DENIED.search(clause[: said.start()]) or "不敏感" in said.group())
    return False if mine and (denied or "皮肤不敏感" in clause) else None


def _expecting(found: list[str]) -> Expecting | None:
    """Who plans to has not yet; who says that it is over is not any more."""
    for value in (Expecting.NO, Expecting.PLANNING, Expecting.NURSING, Expecting.PREGNANT):
        if value.value in found:
            return value
    return None


def _avoided(clause: str) -> list[str]:
    """What the customer does not bear, or does not want in it."""
    if _ASKS_WHETHER.search(clause):
        return []
    named = [said[1] for said in _NOT_BORNE.finditer(clause)] + [said[1] for said in _ALLERGIC_EN.finditer(clause)]
    listed = [one for part in named for one in _AND.split(part)]
    listed += [said[1] for said in _NOT_WANTED.finditer(clause)]
    cleaned = (_SAME.get(one.strip(), one.strip()) for one in listed)
    return list(dict.fromkeys(one[:40] for one in cleaned if one and one not in _NOTHING))


#: What somebody may be allergic to without saying what it is.
_NOTHING = frozenset({"什么", "某些", "很多", "化妆品", "护肤品", "这个", "这款", "那个", "它", "你们家", "产品"})


def described(skin: Skin, locale: Locale) -> list[str]:
    """A profile in words, one thing each."""
    said = [
        ("type", skin.type),
        ("sensitive", "yes" if skin.sensitive else None),
        ("tone", skin.tone),
        ("age", skin.age),
        *(("concern", concern) for concern in skin.concerns),
        ("expecting", skin.expecting),
        ("texture", skin.texture),
    ]
    words = [getattr(_words()[field][str(value)], locale) for field, value in said if value]
    if skin.avoid:
        listed = "、".join(skin.avoid) if locale == "zh" else ", ".join(skin.avoid)
        words.append(f"避开{listed}" if locale == "zh" else f"avoids {listed}")
    return [word for word in words if word]
