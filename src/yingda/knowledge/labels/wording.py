"""What is said of a label, in Chinese and in English. Reasons in the curated files are Chinese only: English goes
without them rather than mixing."""

import re
from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from yingda.kit.errors import Locale
from yingda.knowledge.beauty.answers.draft import WORDS, shown
from yingda.knowledge.beauty.schemas import Aspect, Link, Node

_ASPECTS_EN: Final[dict[Aspect, dict[str, str]]] = {
    Aspect.IRRITATION: {"medium": "May irritate", "high": "High risk of irritation or allergy"},
    Aspect.PREGNANCY: {"caution": "Caution during pregnancy", "avoid": "Not during pregnancy"},
    Aspect.BREASTFEEDING: {"avoid": "Not while breastfeeding"},
    Aspect.CHILDREN: {"avoid": "Not for children"},
    Aspect.PHOTO: {"sensitises": "Makes skin more sensitive to the sun"},
    Aspect.COMEDOGENIC: {"medium": "May clog pores", "high": "Likely to clog pores"},
}
_CLASH: Final = {Link.AVOID: "不要同时用", Link.APART: "要错开时间用"}
_CLASH_EN: Final = {
    Link.AVOID: "do not use {first} together with {second}",
    Link.APART: "use {first} and {second} at different times",
}
_SKINS_EN: Final = {"干性": "Dry", "中性": "Normal", "混合性": "Combination", "油性": "Oily", "敏感性": "Sensitive"}
#: Parts of INCI names that stay in capitals; of TEA only the amine, for the tea plant is a word.
_ABBREVIATION: Final = re.compile(
    r"\b(?:CI|PEG|PPG|PG|EDTA|HEDTA|PCA|HCL|MEA|DEA|TEA(?=-)|MIPA|AMP|PABA|DMDM|BHA|BHT|PVM|MA|PVP|VP|VA|HC|DNA|RNA|"
    r"IPDI|SMDI|HDI|NP|AP|EOP|NS|NG|SE|SD)\b",
    re.IGNORECASE,
)
#: What an ingredient is for, as the curated facts and the answers call it.
PURPOSES_EN: Final = {
    "保湿": "moisturising",
    "修护": "repairing",
    "增稠": "thickening",
    "抗皱": "anti-wrinkle",
    "抗氧化": "antioxidant",
    "控油": "oil control",
    "柔顺": "smoothing",
    "染发": "hair dyeing",
    "清凉": "cooling",
    "清洁": "cleansing",
    "溶剂": "solvent",
    "滋养": "nourishing",
    "着色": "colouring",
    "祛痘": "anti-blemish",
    "紧致": "firming",
    "美白": "brightening",
    "美白（提亮）": "brightening",
    "美黑": "tanning",
    "舒缓": "soothing",
    "螯合": "chelating",
    "调节酸碱": "pH adjusting",
    "防晒": "sun protection",
    "防腐": "preservative",
    "除臭": "deodorant",
    "香味": "fragrance",
    "香料": "fragrance",
    "赋香": "perfuming",
    "黑眼圈": "dark circles",
    "乳化": "emulsifying",
    "去屑": "anti-dandruff",
    "去角质": "exfoliating",
    "护肤": "skin conditioning",
    "润肤": "emollient",
    "封闭锁水": "occlusive",
    "皮肤保护": "skin protecting",
    "抑菌": "antimicrobial",
    "吸收紫外线": "UV absorbing",
    "护发": "hair conditioning",
    "发泡": "foaming",
    "调节黏度": "viscosity controlling",
    "成膜": "film forming",
    "稳定乳化体": "emulsion stabilising",
    "抗静电": "antistatic",
    "摩擦": "abrasive",
    "吸附": "absorbent",
    "填充": "bulking",
    "黏合": "binding",
    "缓冲": "buffering",
    "软化角质": "keratolytic",
    "收敛": "astringent",
    "遮光": "opacifying",
}


class Phrases(msgspec.Struct, frozen=True):
    """Sentences of one language."""

    summary: Callable[[int, int], str]
    name: Callable[[Node], str]
    purpose: Callable[[str], str]
    listing: Callable[[Sequence[str], int], str]
    caution: Callable[[Aspect, str, str], str]
    avoided: Callable[[str, str], str]
    conflict: Callable[[str, str, str, Link, str], str]
    skin: Callable[[str, str, str], str]
    unclear: Callable[[str, Sequence[str]], str]


def _summary(known: int, others: int) -> str:
    rest = f"，另有 {others} 处没有认出，请以包装为准" if others else ""
    return f"识别到 {known} 种官方目录中的成分{rest}。"


def _summary_en(known: int, others: int) -> str:
    rest = f" {others} could not be made out: what the package says counts." if others else ""
    return f"{known} {'ingredient' if known == 1 else 'ingredients'} of the official list found.{rest}"


def _listing(names: Sequence[str], most: int) -> str:
    return "、".join(names[:most]) + ("等" if len(names) > most else "")


def _listing_en(names: Sequence[str], most: int) -> str:
    return ", ".join(names[:most]) + (" and others" if len(names) > most else "")


def _name_en(node: Node) -> str:
    return _ABBREVIATION.sub(lambda word: word[0].upper(), node.inci.title()) if node.inci else shown(node)


PHRASES: Final[dict[Locale, Phrases]] = {
    "zh": Phrases(
        summary=_summary,
        name=shown,
        purpose=lambda word: word,
        listing=_listing,
        caution=lambda aspect, value, names: f"{WORDS[aspect][value]}：{names}",
        avoided=lambda word, names: f"含有您要避开的{word}：{names}",
        conflict=lambda product, first, second, link, why: f"您买过的{product}：{first}与{second}{_CLASH[link]}，{why}",
        skin=lambda skin, names, why: f"{skin}皮肤：{names}，{why}",
        unclear=lambda read, names: f"{read}（可能是{'、'.join(names)}）",
    ),
    "en": Phrases(
        summary=_summary_en,
        name=_name_en,
        purpose=lambda word: PURPOSES_EN.get(word, word),
        listing=_listing_en,
        caution=lambda aspect, value, names: f"{_ASPECTS_EN[aspect][value]}: {names}",
        avoided=lambda word, names: f"Contains {word}, which you avoid: {names}",
        conflict=lambda product, first, second, link, _: (
            f"With {product}, which you bought: {_CLASH_EN[link].format(first=first, second=second)}"
        ),
        skin=lambda skin, names, _: f"{_SKINS_EN.get(skin, skin)} skin: {names}",
        unclear=lambda read, names: f"{read} (could be {' or '.join(names)})",
    ),
}
#: Pairs of which a customer is warned.
CLASHES: Final = frozenset(_CLASH)
