"""One normal form for what people type: width, case, marks and numbers made alike, with the way back to the original.

Positions matter, because every answer of the engine says which words it rests on. So each step keeps the length, and
only the last one drops characters, remembering where the kept ones stood.
"""

import re
from typing import NamedTuple

from yingda.language.han import to_simplified

MAX_CHARACTERS = 2_000  # of a longer message only the beginning is read; nobody asks for something after page one

ORDER_MARK, NUMBER_MARK, NAME_MARK, PLACE_MARK, LINK_MARK = "№", "0", "Ⓝ", "Ⓟ", "Ⓛ"
GAP = " "

_NARROW = {0xFF01 + i: chr(0x21 + i) for i in range(94)} | {0x3000: " "}
_NARROW |= {ord(a): b for a, b in zip("，。！？；：、（）【】《》“”‘’～…—·", ",.!?;:,()[]<>\"\"''~.-.", strict=True)}
_NARROW |= to_simplified()

_MASKS = {
    "订单": ORDER_MARK, "数字": NUMBER_MARK, "金额": NUMBER_MARK, "日期": NUMBER_MARK, "时间": NUMBER_MARK,
    "姓名": NAME_MARK, "组织机构": NAME_MARK, "地址": PLACE_MARK, "站点": PLACE_MARK, "链接": LINK_MARK,
    "电话": ORDER_MARK, "邮箱": LINK_MARK, "身份证": ORDER_MARK, "身份证号": ORDER_MARK, "银行卡": ORDER_MARK,
}  # fmt: skip
_MASKED = re.compile(rf"[\[〔]({'|'.join(sorted(_MASKS, key=len, reverse=True))})x?[\]〕]")
_LINK = re.compile(r"https?://[!-~]+")
_CODE = re.compile(r"(?:order|user)id_[0-9a-z]+|(?<![a-z])[a-z]{0,4}[0-9]{9,}[0-9a-z]*")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_KEPT_MARKS = frozenset((ORDER_MARK, NAME_MARK, PLACE_MARK, LINK_MARK, "?"))
_SINGLE = _KEPT_MARKS | {NUMBER_MARK}  # never twice in a row; letters at most twice ("好好好好" is "好好")
_SIGNS = frozenset(map(chr, range(0x2600, 0x27C0)))  # ❤ and the like
_FIRST_EMOJI = "\U0001f300"
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_KANA = re.compile(r"[\u3041-\u30fa]")
_LATIN = re.compile(r"(?<![a-z0-9])[a-z]{2,}(?![a-z0-9])")
_NO_WORDS = re.compile(r"https?://[!-~]+|[!-~]+@[!-~]+")
_JOINT = (
    r"(?:还有(?!货|没|吗|不|多少|几|什么(?!时候)|哪|优惠|活动|现货|库存|机会|得|剩|人|谁)|另外(?!一)|顺便|顺带|与此同时|而且|并且"
    r"|然后(?![呢就又])|又要(?=.)|以及(?=怎么|什么|能|可))"
)
_PAUSE = re.compile(
    r"[,!?;\n]+|(?<![0-9])\.+|\.+(?![0-9])|(?<=[\u4e00-\u9fff])(?: +(?=[\u4e00-\u9fff])|"
    rf"(?={_JOINT}))|(?<=[a-z]) (?=(?:and|also|plus) (?:also |please )?"
    r"(?:can|could|how|what|where|when|why|i|do|does|is|will|please) )"
)


class Normal(NamedTuple):
    """`text[i]` stood at `offsets[i]` of the original."""

    text: str
    offsets: tuple[int, ...]


def half_width(text: str) -> str:
    """Half-width, simplified, Chinese punctuation as ASCII; every character stays where it was, in its case."""
    return text.translate(_NARROW)


def narrow(text: str) -> str:
    """Half-width, lower case, simplified, Chinese punctuation as ASCII; every character stays where it was."""
    if text.isascii():
        return text.lower()
    plain = half_width(text)
    lowered = plain.lower()
    return lowered if len(lowered) == len(plain) else "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)


def normalise(text: str) -> Normal:
    """What the classifier sees: letters, ideographs, emoji, question marks, one mark per number, name, place or link.

    Spaces count only between words of Latin script: some people put them, some commas, most nothing.
    """
    kept: list[str] = []
    offsets: list[int] = []
    gap = False
    for position, character in enumerate(_mark(narrow(text[:MAX_CHARACTERS]))):
        if not (character.isalnum() or character in _KEPT_MARKS or character >= _FIRST_EMOJI or character in _SIGNS):
            gap = True
            continue
        last = kept[-1] if kept else ""
        if character == last and (character in _SINGLE or (len(kept) > 1 and kept[-2] == last)):
            continue
        if gap and last and last.isascii() and character.isascii():
            kept.append(GAP)
            offsets.append(position - 1)
        gap = False
        kept.append(character)
        offsets.append(position)
    return Normal("".join(kept), tuple(offsets))


def clauses(text: str) -> list[tuple[int, int]]:
    """Where the clauses of a message lie: by its punctuation, by blanks in Chinese, and by words that add a matter.

    A pause without any word in it is no clause.
    """
    plain = narrow(text[:MAX_CHARACTERS])
    found: list[tuple[int, int]] = []
    start = 0
    for pause in _PAUSE.finditer(plain):
        found.append((start, pause.start()))
        start = pause.end()
    spans = (_trimmed(plain, first, last) for first, last in (*found, (start, len(plain))))
    return [(first, last) for first, last in spans if any(c.isalnum() for c in plain[first:last])]


def _trimmed(plain: str, start: int, end: int) -> tuple[int, int]:
    piece = plain[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def is_han(character: str) -> bool:
    """Whether it is a Chinese ideograph."""
    return _HAN.match(character) is not None


def language_of(text: str) -> str:
    """`zh` as soon as there is Chinese in it (people mix in English words), else `en`, else `other`.

    Japanese has as many kana as ideographs; codes, links and addresses of mail are in no language.
    """
    bare = _NO_WORDS.sub(" ", _MASKED.sub(" ", narrow(text[:MAX_CHARACTERS])))
    if _HAN.search(bare):
        return "other" if len(_KANA.findall(bare)) >= len(_HAN.findall(bare)) else "zh"
    letters = [c for c in bare if c.isalpha()]
    latin = sum(c.isascii() for c in letters)
    return "en" if _LATIN.search(bare) and latin * 2 > len(letters) else "other"


def _mark(plain: str) -> str:
    """Numbers, codes and masked stretches become their marks, as long as they were."""
    if "[" in plain or "〔" in plain:
        plain = _MASKED.sub(lambda match: _MASKS[match[1]] * len(match[0]), plain)
    plain = _LINK.sub(lambda match: LINK_MARK * len(match[0]), plain)
    plain = _CODE.sub(lambda match: ORDER_MARK * len(match[0]), plain)
    return _NUMBER.sub(lambda match: NUMBER_MARK * len(match[0]), plain)
