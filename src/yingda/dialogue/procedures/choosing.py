"""Which of the things that were offered a turn means. Pure."""

import re
from collections.abc import Iterable
from typing import Final

from yingda.dialogue.procedures.state import Choice, Heard
from yingda.dialogue.procedures.titles import ASKS
from yingda.language import narrow

_ORDINALS: Final = {"一": 0, "1": 0, "二": 1, "两": 1, "2": 1, "三": 2, "3": 2, "first": 0, "second": 1, "third": 2}
#: Of two that were offered; where one is left, the other is meant.
_FORMER = re.compile(r"^(?:就|要|是|那)*(?:前|上)面(?:那|的|这)*[个单笔件款]?[吧啊呀的,.!~]*$")
_LATTER = re.compile(r"^(?:就|要|是|那)*(?:后|下)面(?:那|的|这)*[个单笔件款]?[吧啊呀的,.!~]*$")
_THE_OTHER = re.compile(
    r"^(?:不是(?:这|那)?一?[个单笔][,. ]*)?(?:那|看|查|要|我?说的?是|是|[, ])*(?:另外?|别的?|其他)的?(?:那)?"
    r"一?(?:[个单笔]|订单)*(?:呢|吧|的|啊|[,.!?~])*$"
    r"|^(?:no,? )?(?:what about |and )?the other (?:one|order)[.?! ]*$"
)
_LEAST_SHARED = 2
_NTH = re.compile(r"第([一二三123])[个单笔件款]|the (first|second|third)")
_POINTING = re.compile(r"的?[那这]?一?[个件款单笔盒瓶支]?(?:订单)?[吧啊呀哦.。!]*$| (?:one|order)$")
_LEAST_NAME = 2
_MOST_READ = 200
#: Stands for every one of what was offered.
ALL = "*"
_EVERY = re.compile(
    r"全部|全都|整单|所有|都(?:不想?要|要?退|要?换)|一起退|\b(?:all of (?:it|them)|everything|the whole order)\b"
)


def means_all(text: str) -> bool:
    """Of several goods, every one: 全部退掉, 都不要."""
    return _EVERY.search(narrow(text)) is not None


def option_of(text: str, options: tuple[Choice, ...]) -> Choice | None:
    """What was offered and is now said, word for word; buttons say what stands on them."""
    plain = narrow(text).strip()
    return next((one for one in options if plain in (narrow(one.label), narrow(one.value))), None)


def choice_of(heard: Heard, options: tuple[Choice, ...]) -> Choice | None:
    """What was offered and is meant: by its name or number, by pointing, by its goods."""
    plain = narrow(heard.text).strip()
    if offered := option_of(plain, options):
        return offered
    if (nth := _NTH.search(plain)) and (place := _ORDINALS[nth[1] or nth[2]]) < len(options):
        return options[place]
    if re.fullmatch(r"[1-9]", plain) and int(plain) <= len(options):
        return options[int(plain) - 1]
    if _THE_OTHER.match(plain) and len(options) == 1:
        return options[0]
    if len(options) == 2 and (_FORMER.match(plain) or _LATTER.match(plain)):
        return options[0 if _FORMER.match(plain) else 1]
    named = [choice for choice in options if len(plain) >= 2 and plain in narrow(choice.label)]
    within = [choice for choice in options if _names_it(plain, narrow(choice.label))]
    found = named or within or _by_goods(_POINTING.sub("", plain), options) or _sharing(heard, plain, options)
    return found[0] if len(found) == 1 else None


def _names_it(plain: str, label: str) -> bool:
    """By its first word, unless that begins an English sentence: the I of “I found it” is in every other word."""
    first = label.split(" ")[0]
    begins = first != label and first.isascii() and first.isalpha()
    return not begins and first in plain


def _sharing(heard: Heard, plain: str, options: tuple[Choice, ...]) -> list[Choice]:
    """Of goods those that have the longest part of their name in the words: 面膜没有."""
    if not any(option.goods for option in options) or ASKS.search(plain) or _wants_advice(heard):
        return []
    lengths = [max((_shared(plain, narrow(one)) for one in option.goods), default=0) for option in options]
    most = max(lengths)
    return [option for option, length in zip(options, lengths, strict=True) if length == most >= _LEAST_SHARED]


def _wants_advice(heard: Heard) -> bool:
    return heard.sure and heard.intent.startswith("product.")


def _shared(plain: str, title: str) -> int:
    """How many ideographs in a row stand in both."""
    parts = re.findall(r"[一-龥]+", plain[:_MOST_READ])
    longest = min(max(map(len, parts), default=0), len(title))
    for length in range(longest, _LEAST_SHARED - 1, -1):
        if any(part[i : i + length] in title for part in parts for i in range(len(part) - length + 1)):
            return length
    return 0


def _by_goods(said: str, options: tuple[Choice, ...]) -> list[Choice]:
    """Those whose goods the words name most fully."""
    best = max((names(said, option.goods) for option in options), default=0)
    return [option for option in options if best and names(said, option.goods) == best]


def names(said: str, goods: Iterable[str]) -> int:
    """How much of the end of what was said (帮我把面膜…) is part of a name; nothing below two characters."""
    titles = [narrow(title) for title in goods]
    for start in range(len(said) - _LEAST_NAME + 1):
        part, whole = said[start:], start == 0 or not (said[start].isascii() and said[start - 1].isalnum())
        if whole and not part.startswith(" ") and any(part in title for title in titles):
            return len(part)
    return 0
