"""Variables of canned replies, and the keys under which a reply is found. Pure."""

import re
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

import msgspec

from yingda.kit.clock import SHANGHAI
from yingda.kit.errors import Invalid, Locale
from yingda.workspace.replies.spelling import spelling


class Variable(StrEnum):
    """What a text may leave open until it is known to whom it goes."""

    CUSTOMER_NAME = "customer.name"
    AGENT_NAME = "agent.name"
    SHOP_NAME = "shop.name"
    ORDER_NO = "order.no"
    ORDER_STATUS = "order.status"
    ORDER_AMOUNT = "order.amount"
    ORDER_ITEMS = "order.items"
    LOGISTICS_CARRIER = "logistics.carrier"
    LOGISTICS_NO = "logistics.no"
    LOGISTICS_STATUS = "logistics.status"
    LOGISTICS_LINE = "logistics.line"
    NOW_DATE = "now.date"
    NOW_GREETING = "now.greeting"


class Words(msgspec.Struct, frozen=True):
    """What a variable is called, and what it could be, in one language."""

    label: str
    example: str


WORDS: dict[Variable, dict[Locale, Words]] = {
    Variable.CUSTOMER_NAME: {"zh": Words("客户称呼", "陈女士/先生"), "en": Words("customer", "Ms Chen")},
    Variable.AGENT_NAME: {"zh": Words("客服名", "小雅"), "en": Words("agent", "Xiaoya")},
    Variable.SHOP_NAME: {"zh": Words("店铺名", "琉璃美妆"), "en": Words("shop", "Liuli Beauty")},
    Variable.ORDER_NO: {"zh": Words("订单号", "LM202611180421"), "en": Words("order number", "LM202611180421")},
    Variable.ORDER_STATUS: {"zh": Words("订单状态", "已发货"), "en": Words("order status", "On its way")},
    Variable.ORDER_AMOUNT: {"zh": Words("订单金额", "¥268.00"), "en": Words("order amount", "¥268.00")},
    Variable.ORDER_ITEMS: {
        "zh": Words("订单商品", "晨露氨基酸洁面乳 120g"),
        "en": Words("order items", "Morning Dew cleanser 120 g"),
    },
    Variable.LOGISTICS_CARRIER: {"zh": Words("快递公司", "青鸾快递"), "en": Words("carrier", "Qingluan Express")},
    Variable.LOGISTICS_NO: {"zh": Words("运单号", "QL204815039267"), "en": Words("tracking number", "QL204815039267")},
    Variable.LOGISTICS_STATUS: {"zh": Words("物流状态", "运输中"), "en": Words("delivery status", "In transit")},
    Variable.LOGISTICS_LINE: {
        "zh": Words("最新物流", "快件已到达杭州转运中心"),
        "en": Words("latest tracking", "Arrived at the Hangzhou hub"),
    },
    Variable.NOW_DATE: {"zh": Words("今天日期", "11月22日"), "en": Words("today", "Nov 22")},
    Variable.NOW_GREETING: {"zh": Words("时段问候", "下午好"), "en": Words("greeting", "Good afternoon")},
}

_WRITTEN = re.compile(r"\{\{([^{}]*)\}\}")
_BRACES = re.compile(r"(?:\{\{|\}\}).{0,20}", re.DOTALL)
_SURNAME = re.compile(r"[\u4e00-\u9fff]{1,2}")
#: From which hour on what is wished.
_GREETINGS: tuple[tuple[int, dict[Locale, str]], ...] = (
    (18, {"zh": "晚上好", "en": "Good evening"}),
    (13, {"zh": "下午好", "en": "Good afternoon"}),
    (11, {"zh": "中午好", "en": "Good afternoon"}),
    (5, {"zh": "上午好", "en": "Good morning"}),
    (0, {"zh": "晚上好", "en": "Good evening"}),
)


class VariableUnknown(Invalid):
    code = "variable_unknown"
    zh = "没有“{name}”这个变量，请从变量列表里选择。"
    en = "There is no variable “{name}”: choose one from the list."


class Filled(msgspec.Struct, frozen=True):
    """A text with its variables filled in; those of `missing` stand in it as 【label】."""

    text: str
    missing: list[Variable]


def variables_in(text: str) -> set[Variable]:
    """The variables that a text uses. Raises `VariableUnknown` for any other, and for braces that make none."""
    names = [name.strip() for name in _WRITTEN.findall(text)]
    if stray := _BRACES.search(_WRITTEN.sub("", text)):
        raise VariableUnknown(name=stray[0])
    for name in names:
        if name not in list(Variable):
            raise VariableUnknown(name=f"{{{{{name}}}}}")
    return {Variable(name) for name in names}


def fill(text: str, values: Mapping[Variable, str], locale: Locale) -> Filled:
    """Put values in, once: what looks like a variable inside a value stays as it is."""
    missing: dict[Variable, None] = {}

    def put(written: re.Match[str]) -> str:
        variable = Variable(written[1].strip())
        if value := values.get(variable):
            return value
        missing[variable] = None
        return f"【{WORDS[variable][locale].label}】"

    return Filled(_WRITTEN.sub(put, text), list(missing))


def of_moment(now: datetime, locale: Locale) -> dict[Variable, str]:
    """What only depends on the time."""
    local = now.astimezone(SHANGHAI)
    greeting = next(words[locale] for hour, words in _GREETINGS if local.hour >= hour)
    day = f"{local.month}月{local.day}日" if locale == "zh" else f"{local:%b} {local.day}"
    return {Variable.NOW_DATE: day, Variable.NOW_GREETING: greeting}


def addressed(masked_name: str, locale: Locale) -> str | None:
    """How somebody is spoken to of whom only the masked name may be seen: 林** → 林女士/先生.

    None where that would be no way to speak to them: in another language, or by a nickname.
    """
    surname = masked_name.rstrip("*")
    return f"{surname}女士/先生" if locale == "zh" and _SURNAME.fullmatch(surname) else None


def search_keys(code: str, title: str, category: str) -> list[str]:
    """Under what a reply is found besides its text: code, title, category, and how the title is spelt and abbreviated.

    物流查询 → wuliuchaxun, wlcx.
    """
    syllables = spelling().syllables("".join(title.split()))
    initials = (syllable[0] for syllable in syllables)
    keys = (code, title, category, "".join(syllables), "".join(initials))
    return list(dict.fromkeys(key.lower() for key in keys if key))
