"""The numbers of a text with what they count, so that 七天 is 7 天 and 7 元 is not. Pure."""

import re
import unicodedata

_HAN = "零〇一二两三四五六七八九十百千万半"
_DIGITS = {han: value for value, han in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
#: Longer ones first.
_COUNTED = (
    "个工作日|工作日|个自然日|自然日|个小时|小时|分钟|个月|个|秒|天|日|年|月|周|次|遍|元|块|折|倍|岁|步|层|颗|滴|泵|"
    "件|瓶|支|盒|片|袋|包|套|毫升|毫克|克|升|厘米|度|级|人|%|‰|ml|mg|kg|g|l|cm|nm|℃"
)
_ALIKE = {"块": "元", "毫升": "ml", "毫克": "mg", "克": "g", "升": "l", "厘米": "cm"}
_NUMBER = re.compile(rf"(\d+(?:\.\d+)?) ?({_COUNTED})?|([{_HAN}]+)({_COUNTED})")
_PERCENT = re.compile(rf"百分之([\d.]+|[{_HAN}]+)")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")


def figures(text: str) -> frozenset[tuple[str, str]]:
    """Value and unit of each number in digits, and of each in characters that counts something."""
    plain = _THOUSANDS.sub("", unicodedata.normalize("NFKC", text).casefold())
    plain = _PERCENT.sub(lambda match: f"{_value(match[1])}%", plain)
    return frozenset(
        (_value(digits or han), _unit(unit or counted or "")) for digits, unit, han, counted in _NUMBER.findall(plain)
    )


def _unit(word: str) -> str:
    bare = word.removeprefix("个") or word if word != "个月" else word
    return _ALIKE.get(bare, bare)


def _value(said: str) -> str:
    if said[0] not in _HAN:
        whole, point, part = said.partition(".")
        return (whole.lstrip("0") or "0") + (point + part.rstrip("0")).rstrip(".")
    if said == "半":
        return "0.5"
    if not set(said) & set(_SCALES):
        return "".join(str(_DIGITS.get(han, han)) for han in said)
    total = section = digit = 0
    for han in said:
        if han == "万":
            total, section, digit = (total + section + digit) * 10_000, 0, 0
        elif han in _SCALES:
            section, digit = section + (digit or 1) * _SCALES[han], 0
        else:
            digit = _DIGITS.get(han, 0)
    return str(total + section + digit)
