"""How much, how many, how big and in which shade: 三十五块八, 两盒, 50ml, XL, 405色号."""

import re
from collections.abc import Iterator

from yingda.language.codes import Raw
from yingda.language.numerals import CHARACTERS, parse_number, parse_range
from yingda.language.types import EntityKind

_CN = f"[{CHARACTERS}]"
_FIGURE = r"[0-9][0-9,]{0,14}(?:\.[0-9]{1,2})?"
_MEASURE = (
    "个|件|瓶|盒|支(?![付持])|包(?![邮括裹含])|套(?!盒)|袋|箱|片|张|条(?!件)|双|份|只(?![能要有是发收剩卖送])|罐|管(?![够用理])"
    "|台(?!湾)|部(?![分门])|本(?![人来店周月次])|单(?!号)|组(?!合)|颗|粒|(?<!一)样|款|枚|桶|对(?![吗不的吧了啊])|副|贴"
    r"|打(?![开电折算扰印破完卡包])|pcs|pieces?\b|bottles?\b|boxes|box\b|tubes?\b|packs?\b|sets?\b|jars?\b"
)
_HOLDS = "[瓶盒支包袋箱罐管桶打]"  # 一瓶 is one bottle, but 一个 mostly an article
_UNIT_FOLLOWS = rf" ?(?:{_MEASURE}|小包|[年月日天号点时分折周度岁斤克次]|小时|星期|ml|kg|g\b|cm|毫)"

_COINS = (
    rf"(?:(?:块|元)(?P<tail>[0-9]{{1,2}}(?![0-9.]|{_UNIT_FOLLOWS})|[一二三四五六七八九](?![{CHARACTERS}]|{_UNIT_FOLLOWS}))"
    r"(?:[毛角](?P<fen>[0-9一二三四五六七八九](?![个件瓶盒]))?)?"
    r"|(?P<dimes>毛钱?|角)(?![巾孔线发刷衣躁囊茸裤质色病])|块钱|元(?![素宵旦老])|块(?!钱)|人民币|rmb|cny|yuan|kuai)"
)
_AMOUNT = re.compile(
    rf"(?:[¥￥]|(?<![a-z])(?:rmb|cny)|人民币) ?(?P<sign>{_FIGURE}万?)(?![0-9])"
    rf"|(?<![0-9.几])(?:(?P<least>{_FIGURE}|{_CN}{{1,6}})(?:块钱|块|元)? ?[-~到至] ?)?"
    rf"(?P<digits>{_FIGURE}万?|{_CN}{{1,4}}点{_CN}{{1,2}}(?=[元块])|{_CN}{{2,8}}|{_CN}(?=块钱|元|块[0-9{CHARACTERS}]|[毛角])|(?!一){_CN}(?=块(?:$|[,.!?吧吗呢啊])))"
    rf"[多来余]? ?{_COINS}"
)
_PRICED = re.compile(
    r"(?:(?:价格|原价|现价|售价|到手价?|券后价?|卖|预算|花了?|付了|扣了|退了我?|差价)(?:是|为|大概|大约|就)?"
    r"|满|(?<=[0-9元])[减送返]|立减) ?"
    rf"(?P<n>[0-9]{{2,6}}(?:\.[0-9]{{1,2}})?|[{CHARACTERS}]{{2,8}})(?![0-9.%:/万块元]|{_CN}|{_UNIT_FOLLOWS})"
)
_QUANTITY = re.compile(
    rf"(?<![第几{CHARACTERS}])(?!(?<=[0-9.])[0-9])(?P<n>[0-9]{{1,4}}|{_CN}{{1,4}}|半(?=[箱打盒瓶])|(?<![a-z])(?:an?|one|two|three|four|five"
    rf"|six|seven|eight|nine|ten)(?= (?:bottle|box|tube|pack|jar|piece|dozen))) ?"
    rf"(?P<unit>{_MEASURE}|dozen)(?!月|小时|星期|礼拜|工作日|自然日|钟头|装|套|一|半月)"
    r"|(?<![0-9a-z.])[x×✕*] ?(?P<times>[1-9][0-9]{0,2})(?![0-9a-z.])"
)
_ONE_OF = re.compile(r"(?:买|拍|少发?|漏发?|收到|退|加|订|只发|只要|多发?|送)(?:了|我)?$|^(?:就|要|来|我要|再来)?$")
_WORDS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
          "nine": 9, "ten": 10}  # fmt: skip

_SIZE = re.compile(
    rf"(?<![0-9.a-z{CHARACTERS}])"
    rf"(?P<n>[0-9]{{1,5}}(?:\.[0-9]{{1,2}})?|(?![百千万]){_CN}{{1,5}}|半(?=[斤升]|公斤)) ?"
    r"(?P<unit>ml|毫升|mg|kg|公斤|千克|g(?![a-z])|克(?![拉服隆])|斤|l(?![a-z])|升(?!级)|cm|厘米|mm|毫米|寸(?!步)"
    r"|码(?![头数])|oz\b|米(?P<tail>[0-9]{1,2})?(?![饭粉线色白糠其糊酒醋兰]))"
    r"|(?<![0-9a-z])(?:(?P<letters>x{0,4}[sl]|[2-6]xl|m)(?: ?(?:码|号(?![线楼]))|(?=的?$))"
    r"|(?P<big>x{1,4}l|[2-6]xl|xs)(?![0-9a-z])"
    r"|(?:尺码|size) ?[:是为]? ?(?P<said>x{0,4}[sl]|[2-6]xl|m)(?![0-9a-z]))"
)
_UNITS = {"毫升": "ml", "公斤": "kg", "千克": "kg", "克": "g", "升": "l", "厘米": "cm", "毫米": "mm"}

_COLOURED = "口红|唇釉|唇膏|唇泥|唇蜜|粉底液?|气垫|遮瑕|腮红|眼影|粉饼|眉笔|甲油|小金条|小羊皮"
_SHADE = re.compile(
    r"(?:色号|颜色|#|\bshade) ?[:是为]? ?(?P<after>[a-z]{0,2}[0-9]{1,3}(?:[a-z][0-9]?)?)"
    r"(?![0-9a-z]|[年月日天个件瓶支元块])"
    rf"|(?<![0-9a-z.{CHARACTERS}])(?:(?P<before>[a-z]{{0,2}}[0-9]{{1,3}}[a-z]?) ?(?:号色|#(?![0-9])|色号)"
    rf"|(?P<spoken>{_CN}{{1,3}})号色|(?P<short>0[0-9]|[0-9]{{3}}|[a-z]{{1,2}}[0-9]{{1,3}})色(?![盘系差]))"
)
_SHADE_RUN = re.compile(
    rf"(?:{_COLOURED})[^0-9,.!?\n]{{0,4}}"
    r"(?:(?:[a-z]?[0-9]{1,3}号(?!下单|买|发|到|之?前|以前|收|拍|付|送|晚|早|上午|下午)"
    r"|(?<![a-z])[a-z]{1,2}[0-9]{2,3}(?![0-9a-z])|(?<![0-9.])0[1-9](?![0-9.]))(?:[和跟与/]|还是|或者?)?)+"
)
_SHADE_NO = re.compile(r"([a-z]?[0-9]{1,3})号|([a-z]{1,2}[0-9]{2,3}|0[1-9])")
_NUMBER = re.compile(r"(?<![0-9a-z.])[0-9]{3,20}(?![0-9a-z]|\.[0-9])|\[数字x?\]")


def shades(plain: str) -> Iterator[Raw]:
    """Numbers of shades: 3号色, N20#, 色号B21, 口红12号."""
    for match in _SHADE.finditer(plain):
        value = match["after"] or match["before"] or match["short"]
        spoken = parse_number(match["spoken"] or "0") or 0
        yield EntityKind.SHADE, *match.span(), value.upper() if value else f"{spoken:.0f}"
    for run in _SHADE_RUN.finditer(plain):
        for match in _SHADE_NO.finditer(plain, *run.span()):
            yield EntityKind.SHADE, *match.span(), (match[1] or match[2]).upper()


def amounts(plain: str) -> Iterator[Raw]:
    for match in _AMOUNT.finditer(plain):
        found = parse_range(match["sign"] or match["digits"])
        if found:
            yield EntityKind.AMOUNT, *match.span(), _written(*_with_coins(found, match))
    for match in _PRICED.finditer(plain):
        if found := parse_range(match["n"]):
            yield EntityKind.AMOUNT, *match.span("n"), _written(*found)


def _with_coins(found: tuple[float, float], match: re.Match[str]) -> tuple[float, float]:
    """Five 毛 are 0.5; 三十五块八 has eight tenths; 100到200块 is a range."""
    least, most = found
    if match["dimes"]:
        return least / 10, most / 10
    tail = match["tail"] or "0"
    coins = (parse_number(tail) or 0) / 10 ** len(tail) + (parse_number(match["fen"] or "0") or 0) / 100
    said = parse_number(match["least"]) if match["least"] else None
    return (least if said is None else said) + coins, most + coins


def _written(least: float, most: float) -> str:
    first, last = (f"{value:.2f}".rstrip("0").rstrip(".") for value in (least, most))
    return first if first == last else f"{first}/{last}"


def sizes(plain: str) -> Iterator[Raw]:
    for match in _SIZE.finditer(plain):
        if letters := match["letters"] or match["big"] or match["said"]:
            yield EntityKind.SIZE, *match.span(), letters.upper()
            continue
        value = 0.5 if match["n"] == "半" else parse_number(match["n"])
        if value is not None:
            yield EntityKind.SIZE, *match.span(), _size(value, match["unit"], match["tail"])


def _size(value: float, unit: str, tail: str | None) -> str:
    """1米65 is 165cm."""
    if unit[0] == "米":
        centimetres = value * 100 + (int(tail) * (10 if len(tail) == 1 else 1) if tail else 0)
        return f"{centimetres:g}cm"
    return f"{value:g}{_UNITS.get(unit, unit)}"


def quantities(plain: str) -> Iterator[Raw]:
    for match in _QUANTITY.finditer(plain):
        if match["times"]:
            yield EntityKind.QUANTITY, *match.span(), match["times"]
        elif (found := _counted(match["n"])) and _is_count(match, plain):
            dozen = 12 if match["unit"] in {"打", "dozen"} else 1
            yield EntityKind.QUANTITY, *match.span(), _written(found[0] * dozen, found[1] * dozen)


def _counted(numeral: str) -> tuple[float, float] | None:
    value = 0.5 if numeral == "半" else _WORDS.get(numeral)
    found = (value, value) if value else parse_range(numeral)
    return found if found and found[0] > 0 else None


def _is_count(match: re.Match[str], plain: str) -> bool:
    """一个 is mostly an article (有一个问题), and one only where something is bought, missing or sent."""
    if match["n"] != "一" or re.match(_HOLDS, match["unit"]):
        return True
    before = plain[: match.start()].strip()
    alone = not plain[match.end() :].strip("吧的,.!。")
    return bool(_ONE_OF.search(before)) and (alone or bool(before)) and match["unit"] not in {"样", "款"}


def numbers(plain: str) -> Iterator[Raw]:
    for match in _NUMBER.finditer(plain):
        yield EntityKind.NUMBER, *match.span(), match[0]
