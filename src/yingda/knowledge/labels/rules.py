"""From the lines on a package to the names in its list of ingredients. Pure."""

import re
import unicodedata
from collections.abc import Sequence

import msgspec

#: Of a list longer than this, or a name longer than this, the rest is not looked at.
MOST_NAMES = 120
NAME_CHARS = 120
_TEXT_CHARS = 8000

_HEADING = re.compile(
    r"(?:全\s*)?(?:成\s*[分份]\s*(?:表|列表)?|配\s*料(?:表)?|配方成分|ingredients?)(?:\s*/\s*ingredients?)?\s*(?:[】\])]\s*[:;]?|[:;])",
    re.IGNORECASE,
)
#: What begins one of the other statements that a package has to bear.
_AFTER = re.compile(
    r"(?:^|(?<=[\n。.;!]))\s*(?:[【\[(<]\s*)?(?:"
    r"[净凈]\s*含\s*量|使用方[法式]|用法|使用期限|限[期用]使用|注意事项|警示|警告|温馨提示|保存|储存|贮存|存放|请置于|"
    r"生产|制造|委托|受托|经销|进口|备案|注册人|许可证|执行标准|产品标准|标准号|保质期|有效期|批号|产地|原产|地址|电话|"
    r"客服|热线|服务|网址|规格|条码|功效|适用|本品|本产品|产品名称|品名|如有不适|儿童|net\s*(?:wt|weight|content)|"
    r"directions|how to use|caution|warning|made in|manufactur|distribut|exp\b|lot\b|www\.|http)",
    re.IGNORECASE,
)
#: Since 2021 traces stand apart at the end of a list, behind words of their own.
_TRACES = re.compile(r"[(\[【]?\s*其[他它]\s*(?:微量|极?少量)?\s*成[分份]\s*[)\]】]?\s*[:;]?")
_MAY_CONTAIN = re.compile(r"[(\[]?\s*(?:可能含有|\+/-|may contain)\s*[)\]]?\s*[:;]?", re.IGNORECASE)
#: "1,2-己二醇" and "1,10-癸二醇" are one name each.
_SEPARATOR = re.compile(r"(?<!\d),|,(?!\d)|[、;。|\n\t•●▪◆■*]|(?<=[^\x00-\x7f])\.(?=[^\x00-\x7f])|\.\s*$|\s[·・]\s")
_SHARE = re.compile(r"[(\[]?\s*(?:[<>≤≥~约]\s*)?\d+(?:\.\d+)?\s*[%‰]\s*[)\]]?")
_ENDS = re.compile(r"^[\s\-–—_.,:;'\"`~^]+|[\s\-–—_.,:;'\"`~^]+$")
_LATIN = re.compile(r"[A-Za-z0-9)]")
_LETTER = re.compile(r"[A-Za-z0-9\u3400-\u9fff]")
#: Single strokes and dots for which the enumeration comma is taken.
_COMMAS = str.maketrans(
    {"丶": "、", "﹑": "、", "､": "、", "，": ",", "；": ";", "：": ":", "﹐": ",", "、": "、", "‚": ",", "ˎ": "、"}
)


class Segments(msgspec.Struct, frozen=True):
    """The names in the order of the list, as they were read. `headed`: the list says what it is."""

    names: tuple[str, ...]
    headed: bool


def segments(lines: Sequence[str]) -> Segments:
    """What stands between a heading such as 全成分： and the next statement; without a heading, all of it."""
    text = "\n".join(plain(line) for line in lines)[:_TEXT_CHARS]
    heading = _HEADING.search(text)
    listed = text[heading.end() :] if heading else text
    if after := _AFTER.search(listed, pos=1 if heading else 0):
        listed = listed[: after.start()] if heading or after.start() else listed
    listed = _MAY_CONTAIN.sub("、", _TRACES.sub("、", listed))
    names = [name for piece in _SEPARATOR.split(_joined(listed)) if (name := _trimmed(piece))]
    return Segments(tuple(names[:MOST_NAMES]), heading is not None)


def plain(line: str) -> str:
    """Half width, one kind of comma; never longer than it came."""
    folded = unicodedata.normalize("NFKC", line.translate(_COMMAS))
    text = folded if len(folded) <= len(line) else line
    return "".join(char if char.isprintable() else " " for char in text.translate(_COMMAS)).strip()


def _joined(text: str) -> str:
    """Lines are broken where they are full, in the middle of names."""
    joined = ""
    for line in text.split("\n"):
        if joined and line and _LATIN.match(joined[-1]) and _LATIN.match(line[0]) and joined[-1] != "-":
            joined += " "
        joined += line
    return joined


def _trimmed(piece: str) -> str:
    name = _ENDS.sub("", _balanced(_SHARE.sub("", piece).strip())).strip()[:NAME_CHARS].rstrip()
    return name if _LETTER.search(name) else ""


def _balanced(name: str) -> str:
    """Without brackets that nothing closes at the ends."""
    if name.count("(") > name.count(")") and name.startswith("("):
        return name[1:]
    if name.count(")") > name.count("(") and name.endswith(")"):
        return name[:-1]
    return name


def is_list(known: int, read: int, *, headed: bool) -> bool:
    """Whether a picture is one of an ingredient list: so many official names among so many pieces of text."""
    if headed:
        return known >= 2
    return (known >= 5 and known * 2 >= read) or known >= 12
