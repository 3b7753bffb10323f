"""What an article leaves open: filled in with what the shop says of itself and what its policy allows. Pure."""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TypeAlias

import msgspec

from yingda.kit.errors import Locale
from yingda.knowledge.articles.errors import VariableUnknown


class ArticleVariable(StrEnum):
    """Nothing else may stand in braces: texts cannot reach what is not listed here."""

    SHOP_NAME = "shop.name"
    SHOP_HOURS = "shop.hours"
    SHOP_PHONE = "shop.phone"
    RETURN_DAYS = "policy.return_days"
    EXCHANGE_DAYS = "policy.exchange_days"
    PRICE_PROTECTION_DAYS = "policy.price_protection_days"
    FREE_SHIPPING_OVER = "policy.free_shipping_over"
    REFUND_DAYS = "policy.refund_days"
    SHIP_WITHIN_HOURS = "policy.ship_within_hours"


LABELS: dict[ArticleVariable, dict[Locale, str]] = {
    ArticleVariable.SHOP_NAME: {"zh": "店铺名", "en": "shop"},
    ArticleVariable.SHOP_HOURS: {"zh": "人工客服时间", "en": "service hours"},
    ArticleVariable.SHOP_PHONE: {"zh": "客服电话", "en": "telephone"},
    ArticleVariable.RETURN_DAYS: {"zh": "无理由退货天数", "en": "days to return"},
    ArticleVariable.EXCHANGE_DAYS: {"zh": "换货天数", "en": "days to exchange"},
    ArticleVariable.PRICE_PROTECTION_DAYS: {"zh": "价格保护天数", "en": "days of price protection"},
    ArticleVariable.FREE_SHIPPING_OVER: {"zh": "包邮金额（元）", "en": "free shipping from (yuan)"},
    ArticleVariable.REFUND_DAYS: {"zh": "退款到账天数", "en": "days until refunded"},
    ArticleVariable.SHIP_WITHIN_HOURS: {"zh": "发货时限（小时）", "en": "hours until sent"},
}

Values: TypeAlias = Mapping[ArticleVariable, str]
#: The values of a shop; of no shop, those of the first.
ValuesOf: TypeAlias = Callable[[str | None], Values]

_WRITTEN = re.compile(r"\{\{([^{}]*)\}\}")
_BRACES = re.compile(r"(?:\{\{|\}\}|\{%|\{#).{0,20}", re.DOTALL)
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>&])")


class ArticleVariableInfo(msgspec.Struct, frozen=True, kw_only=True):
    """A variable, what it is called, and what it says in the shop that was asked about."""

    name: ArticleVariable
    zh: str
    en: str
    value: str | None


class Filled(msgspec.Struct, frozen=True):
    """A text with its variables filled in; those of `missing` stand in it as 【label】."""

    text: str
    missing: list[ArticleVariable]


def variables_in(text: str) -> set[ArticleVariable]:
    """Raises `VariableUnknown` for any other, and for braces that make none."""
    names = [name.strip() for name in _WRITTEN.findall(text)]
    for name in names:
        if name not in list(ArticleVariable):
            raise VariableUnknown(name=name[:60])
    if stray := _BRACES.search(_WRITTEN.sub("", text)):
        raise VariableUnknown(name=stray[0])
    return {ArticleVariable(name) for name in names}


def fill(text: str, values: Values, *, markdown: bool = False) -> Filled:
    """Put values in, once: what looks like a variable inside a value, or in Markdown like markup, stays as it is."""
    missing: dict[ArticleVariable, None] = {}

    def put(written: re.Match[str]) -> str:
        variable = ArticleVariable(written[1].strip())
        if value := values.get(variable):
            return _MARKDOWN.sub(r"\\\1", value) if markdown else value
        missing[variable] = None
        return f"【{LABELS[variable]['zh']}】"

    return Filled(_WRITTEN.sub(put, text), list(missing))


def listed(values: Values) -> list[ArticleVariableInfo]:
    return [
        ArticleVariableInfo(name=one, zh=words["zh"], en=words["en"], value=values.get(one))
        for one, words in LABELS.items()
    ]
