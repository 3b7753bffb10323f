"""Chinese numerals as people write them: 两百, 三十九, 一千二, 一百零五, 十二, 二零二六, 九点九."""

import re

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2, "仨": 3, "幺": 1, "壹": 1}
_UNITS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000}

CHARACTERS = "".join((*_DIGITS, *_UNITS))


def parse_number(text: str) -> float | None:
    """The value of digits ("1,299.5", "3万") or of a Chinese numeral; None for anything else."""
    plain = text.replace(",", "")
    try:
        return float(plain[:-1]) * 10_000 if plain.endswith("万") and plain[0].isascii() else float(plain)
    except ValueError:
        pass
    whole, point, decimals = plain.partition("点")
    if point and whole and decimals and all(c in _DIGITS for c in decimals):
        value = parse_number(whole)
        return None if value is None else value + sum(_DIGITS[c] / 10 ** (i + 1) for i, c in enumerate(decimals))
    if not plain or any(c not in _DIGITS and c not in _UNITS for c in plain):
        return None
    if all(c in _DIGITS for c in plain):
        return float("".join(str(_DIGITS[c]) for c in plain))
    return float(_spelled(plain))


def parse_range(text: str) -> tuple[float, float] | None:
    """Least and most of what a numeral may mean: 两三 is two to three, 三四百 three to four hundred, 12 is 12."""
    if (about := _ABOUT.match(text)) and 0 < _DIGITS[about[2]] - _DIGITS[about[1]] <= 2:
        least, most = parse_number(about[1] + text[2:]), parse_number(text[1:])
        return (least, most) if least and most else None
    value = parse_number(text)
    return None if value is None else (value, value)


_ABOUT = re.compile(r"([一二两三四五六七八])([二两三四五六七八九])(?=[十百千万]|$)")


def _spelled(numeral: str) -> int:
    total = section = digit = 0
    unit = 10
    for character in numeral:
        if character in _DIGITS:
            digit = _DIGITS[character]
            unit = 10 if digit == 0 else unit
        elif character == "万":
            total, section, digit, unit = (total + section + digit) * 10_000, 0, 0, 10_000
        else:
            unit = _UNITS[character]
            section, digit = section + (digit or 1) * unit, 0
    trailing_short = digit and numeral[-2] in "百千万"  # 一千二 is 1 200
    return total + section + (digit * unit // 10 if trailing_short else digit)
