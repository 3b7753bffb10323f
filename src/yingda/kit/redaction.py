"""Personal data in Chinese text: found, replaced by marks, and shortened for display.

Customers write telephone numbers and addresses in every form a keyboard allows, next to order numbers, tracking numbers
and prices that staff must still be able to read. So every rule here needs either an exact form (checksum, prefix,
length) or a word before it that says what the number is. When in doubt about a number that could only be personal it
goes; when it could be an order it stays.

All patterns run over a copy of the text in which full-width characters are replaced one for one by their ASCII forms,
so positions stay valid for the original.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from yingda.kit.english_addresses import find_english_addresses
from yingda.kit.names import DOUBLE_SURNAMES, TAKEN, find_names, hinted


class PersonalData(StrEnum):
    """What was found; the value is the word inside the mark."""

    PHONE = "电话"
    EMAIL = "邮箱"
    ID_CARD = "身份证"
    BANK_CARD = "银行卡"
    ADDRESS = "地址"
    NAME = "姓名"


class Span(NamedTuple):
    """``text[start:end]`` is personal data of this kind."""

    start: int
    end: int
    kind: PersonalData


def redact(text: str) -> str:
    """The text with personal data replaced by marks such as 〔电话〕.

    It repeats until nothing is found, because a replacement may take away the word ("运单号") that had protected a
    neighbour; redacting twice therefore never differs from redacting once.
    """
    while spans := find_personal_data(text):
        pieces: list[str] = []
        done = 0
        for start, end, kind in spans:
            pieces += (text[done:start], f"〔{kind}〕")
            done = end
        text = "".join(pieces) + text[done:]
    return text


def find_personal_data(text: str) -> list[Span]:
    """Spans of personal data in order of position; they do not overlap."""
    if not (_MAYBE.search(text) or hinted(text)):
        return []
    plain = text if text.isascii() else text.translate(_NARROW)
    found: list[Span] = []
    taken = bytearray(len(text))
    for finder in (_emails, _numbers, _addresses, _english_addresses):
        _take(finder(plain), found, taken)
    _take(_names(_veiled(plain, found)), found, taken)
    if found:  # an address that had reached into a number before it
        _take(_addresses(_veiled(plain, found)), found, taken)
    return sorted(found)


def _take(spans: Iterable[Span], found: list[Span], taken: bytearray) -> None:
    for span in spans:
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = b"\1" * (span.end - span.start)
            found.append(span)


def _veiled(text: str, spans: Iterable[Span]) -> str:
    """The text with what was found out of sight, as long as before."""
    pieces: list[str] = []
    done = 0
    for start, end, _ in sorted(spans):
        pieces += (text[done:start], TAKEN * (end - start))
        done = end
    return "".join(pieces) + text[done:]


# Preparation. Dashes and spaces of every width become "-" and " ".

_NARROW = {0xFF01 + i: chr(0x21 + i) for i in range(94)} | dict.fromkeys((0x3000, 0xA0, 0x2002, 0x2003, 0x2009), " ")
_NARROW |= dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212), "-")

_MAYBE = re.compile(r"[0-9０-９@＠省市区县旗镇乡村路街巷弄栋幢]|艾特|[一幺][三四五六七八九]|单元|号楼|\b[aA][tT]\b")


# E-mail.

_MAIL_HOST = r"(?:[A-Za-z0-9-]++(?:\.|。| ?(?:点|dot) ?))+[A-Za-z]{2,}"
_MAIL_PROVIDER = (
    r"(?:(?:vip\.)?(?:qq|163|126|139|189|sina|sohu|foxmail|gmail|outlook|hotmail|live|icloud|yeah|aliyun|yahoo|tom))"
    r"(?:\.| ?(?:点|dot) ?)(?:com|cn|net)(?:\.cn)?"
)
_EMAIL = re.compile(
    rf"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]++"
    rf"(?: ?(?:@|[(\[【] ?(?:at|艾特) ?[)\]】]) ?{_MAIL_HOST}| ?艾特 ?{_MAIL_HOST}| at {_MAIL_PROVIDER}(?![A-Za-z]))",
    re.IGNORECASE,
)


def _emails(text: str) -> Iterator[Span]:
    for match in _EMAIL.finditer(text):
        yield Span(*match.span(), PersonalData.EMAIL)


# Numbers: identity cards and bank cards first, since a telephone number may hide in their groups of digits.

_SEP = r"[ .·_-]{0,3}"
_START, _END = r"(?<![0-9])(?<![0-9]\.)", r"(?![0-9])"
_PROVINCE_CODE = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91)"

_ID_CARD = re.compile(
    rf"{_START}(?:{_PROVINCE_CODE}[0-9]{{4}}[ -]?(?:18|19|20)[0-9]{{6}}[ -]?[0-9]{{3}}[0-9Xx](?![0-9A-Za-z])"
    rf"|{_PROVINCE_CODE}[0-9]{{13}}{_END})"
)
_ID_CARD_SAID = re.compile(
    rf"(?<!〔)身份证[^0-9〔〕\n]{{0,8}}({_START}[0-9]{{6}}[ -]?[0-9]{{6,8}}[ -]?[0-9]{{3}}[0-9Xx]?(?![0-9]))"
)
_BANK_CARD = re.compile(
    rf"{_START}(?:[345](?:[ -]?[0-9]){{15}}|2[2-7](?:[ -]?[0-9]){{14}}|[69](?:[ -]?[0-9]){{15,18}}){_END}"
)
_BANK_CARD_SAID = re.compile(
    r"(?<!〔)(?:银行卡|储蓄卡|信用卡|借记卡|银行账号|银行帐号)[^0-9〔〕\n]{0,8}"
    rf"({_START}[0-9](?:[ -]?[0-9]){{14,18}}{_END})"
)
_ORDER_SAID = re.compile(r"(?:单号|订单|运单|快递|编号|货号|条码|流水号|IMEI)[^0-9\n]{0,6}\Z", re.IGNORECASE)
_NOT_PERSONAL = re.compile(  # tracking numbers, UUIDs
    r"(?<![A-Za-z])(?:SF|JD[A-Z]{0,4}|YTO?|ZTO?|STO|JT(?:SD)?|DPK|EMS|CN|LP|YD|HTKY)[0-9]{11,}"
    r"|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}",
    re.IGNORECASE,
)

_MOBILE = (
    rf"{_START}(?:[(]?(?:\+|00)?86[)]?{_SEP})?(?:(?:1[3-9][0-9]{{9}}){{1,3}}"
    rf"|1[3-9][0-9]{_SEP}(?:[0-9]{{4}}{_SEP}[0-9]{{4}}|[0-9]{{3}}{_SEP}[0-9]{{5}}|[0-9]{{2}}{_SEP}[0-9]{{3}}{_SEP}[0-9]{{3}})"
    rf"|1[3-9][0-9]{{2}}{_SEP}(?:[0-9]{{3}}{_SEP}[0-9]{{4}}|[0-9]{{4}}{_SEP}[0-9]{{3}})"
    rf"|1[3-9][0-9]{{3}}{_SEP}[0-9]{{6}}"
    rf"|1(?P<sep>[ .·_-])[3-9](?:(?P=sep)[0-9]){{9}}"
    rf"){_END}"
    r"|[一幺][三四五六七八九](?:[ -]?[零〇一幺二三四五六七八九]){9}(?![零〇一幺二三四五六七八九])"
)
_PHONE_SAID = re.compile(
    rf"(?<!〔)(?:电话|手机|座机|固话|联系方式|号码|传真|tel|phone|mobile)[^0-9〔〕\n]{{0,6}}"
    rf"({_START}(?:(?:\+|00)?86{_SEP})?1[3-9](?:{_SEP}[0-9]){{9}}{_END}"
    rf"|{_START}[2-8][0-9]{{2,3}}[ -]?[0-9]{{4}}{_END})",
    re.IGNORECASE,
)
_AREA = "(?:10|2[0-9]|[3-9][0-9]{2})"
_EXTENSION = r"(?: ?(?:转|分机|[eE][xX][tT]\.?|-|#) ?[0-9]{1,6}(?![0-9]))?"
_LANDLINE = (
    rf"{_START}(?:[(]?(?:\+|00)86[)]?[ -]?|[(]?0){_AREA}[)]?[ -]{{0,3}}"
    rf"[2-8][0-9]{{2,3}}[ -]?[0-9]{{4}}{_EXTENSION}{_END}"
    rf"|{_START}[2-8][0-9]{{2,3}}[ -]?[0-9]{{4}} ?(?:转|分机) ?[0-9]{{1,6}}{_END}"
)
_ABROAD = (
    rf"{_START}(?:\+|00)(?:85[23][ -]?[0-9]{{4}}[ -]?[0-9]{{4}}"
    r"|886[ -]?9[0-9]{2}[ -]?[0-9]{3}[ -]?[0-9]{3})(?![0-9])"
    rf"|\+[1-9][0-9]{{9,14}}{_END}"
)
_PHONE = re.compile(f"(?=[0-9(+一幺])(?:{_MOBILE}|{_LANDLINE}|{_ABROAD})")

_SEVEN_DIGITS = re.compile(rf"[0-9](?:{_SEP}[()]?[0-9]){{6}}|[一幺][三四五六七八九]")
_FIFTEEN_DIGITS = re.compile(r"[0-9](?:[ -]?[0-9]){14}")


def _numbers(text: str) -> Iterator[Span]:
    if not _SEVEN_DIGITS.search(text):
        return
    found = [*_cards(text), *_phones(text)] if _FIFTEEN_DIGITS.search(text) else list(_phones(text))
    if found:
        foreign = bytearray(len(text))
        for match in _NOT_PERSONAL.finditer(text):
            foreign[match.start() : match.end()] = b"\1" * len(match[0])
        yield from (span for span in found if not any(foreign[span.start : span.end]))


def _cards(text: str) -> Iterator[Span]:
    for match in _ID_CARD_SAID.finditer(text):
        yield Span(*match.span(1), PersonalData.ID_CARD)
    for match in _BANK_CARD_SAID.finditer(text):
        yield Span(*match.span(1), PersonalData.BANK_CARD)
    for match in _ID_CARD.finditer(text):
        if _is_id_card(_digits(match[0])) and not _said_to_be_order(text, match.start()):
            yield Span(*match.span(), PersonalData.ID_CARD)
    for match in _BANK_CARD.finditer(text):
        if _passes_luhn(_digits(match[0])) and not _said_to_be_order(text, match.start()):
            yield Span(*match.span(), PersonalData.BANK_CARD)


def _phones(text: str) -> Iterator[Span]:
    for match in _PHONE.finditer(text):
        yield Span(*match.span(), PersonalData.PHONE)
    for match in _PHONE_SAID.finditer(text):
        yield Span(*match.span(1), PersonalData.PHONE)


def _digits(number: str) -> str:
    return "".join(c for c in number if c.isascii() and c.isalnum())


def _said_to_be_order(text: str, position: int) -> bool:
    return _ORDER_SAID.search(text, max(0, position - 12), position) is not None


_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def _is_id_card(number: str) -> bool:
    if len(number) == 15:
        return _is_date("19" + number[6:12])
    remainder = sum(int(digit) * weight for digit, weight in zip(number, _ID_WEIGHTS, strict=False)) % 11
    return _is_date(number[6:14]) and number[17].upper() == "10X98765432"[remainder]


def _is_date(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def _passes_luhn(number: str) -> bool:
    values = (int(digit) * (1 + position % 2) for position, digit in enumerate(reversed(number)))
    return sum(value - 9 if value > 9 else value for value in values) % 10 == 0


# Addresses: an anchor that hardly occurs elsewhere (文三路478号, 3栋2单元, 六石镇康头村), widened to the left over
# words that can be place names and to the right over floors, rooms and buildings. Ordinary speech stops it. A
# town or district alone ("能送到余杭区吗") is not personal and stays.

_NO_PLACE = "我你您他她它们的是在到了吗呢吧啊请帮把改寄送发给为跟想要就这不没有用能可以"
_NO_PLACE += "让说问查买收退换货钱件盒瓶支〔〕"
_PLACE = f"(?:(?![{_NO_PLACE}])[一-龥])"
_GAP = "[ ,]?"
_COUNT = (
    r"(?:[A-Za-z]?[0-9]{1,5}(?:-[0-9]{1,5}){0,3}[A-Za-z]?|[A-Za-z]"
    r"|[一二三四五六七八九十百零〇]{1,4}|[甲乙丙丁东西南北])"
)
_STREET = "(?:(?<![套思线电半出网])路|街(?!道)|大道|巷|胡同|弄)"
_NOT_NUMBERED_THINGS = "(?![色线店款链])"
_UNIT = f"(?:号楼|号院|号{_NOT_NUMBERED_THINGS}|弄|栋|幢|座|楼|层|单元|室|房|户|组|队|铺|门|排)"
_VILLAGE = "(?:村|社区|居委会|屯|寨)"
_REGION = "(?:省|自治区|(?<!超)市|州|盟|(?<![小专])区|县|旗)"
_BUILDING = (
    "(?:小区|花园|苑|公寓|大厦|广场|家园|新城|新村|公馆|花城|山庄|宿舍"
    "|工业园|产业园|科技园|园区|大学|学院|中学|小学|学校|医院|公司|驿站|中心|[一二三四五六七八九]区|[一二三四五六七八九]期)"
)

_ANCHOR = re.compile(
    rf"(?:{_STREET}|街道)(?:东段|西段|南段|北段|中段|[东西南北中]段?)?{_GAP}{_COUNT}(?:号{_NOT_NUMBERED_THINGS}|弄)"
    rf"|(?<![0-9A-Za-z第]){_COUNT} ?(?:栋|幢|号楼|号院|单元)"
    rf"|{_BUILDING}{_GAP}{_COUNT} ?(?:座|号楼|号{_NOT_NUMBERED_THINGS}|楼|室|-)"
    rf"|(?<![0-9A-Za-z第]){_COUNT}[楼层座]{_GAP}[A-Za-z]?[0-9]{{2,4}}(?:室|房|号{_NOT_NUMBERED_THINGS}|户)"
    rf"|{_VILLAGE}{_COUNT}(?:组|队|社|号{_NOT_NUMBERED_THINGS}|巷)"
    rf"|(?:镇|乡|街道){_GAP}{_PLACE}{{1,6}}{_VILLAGE}"
    rf"|{_REGION}{_GAP}{_PLACE}{{1,8}}(?:{_REGION}|镇|乡|街道){_GAP}{_PLACE}{{1,10}}(?:{_STREET}|{_VILLAGE}|{_BUILDING})"
    rf"|{_REGION}{_GAP}{_PLACE}{{1,8}}(?:{_STREET}|镇|乡|街道){_GAP}{_PLACE}{{2,10}}{_BUILDING}"
)
_ADDRESS_SAID = re.compile(r"(?<!〔)(?:地址|住址|家住)(?:是|为|改成|改为|改到|换成|:|：| ){1,3}([^\n。;!?〔〕:]{4,80})")
_TAIL = re.compile(
    rf"(?:{_GAP}(?:(?:[A-Za-z]{{2,8}}(?=[一-龥]))?{_PLACE}{{0,12}}?{_COUNT} ?{_UNIT}"
    rf"|{_PLACE}{{1,12}}?(?:{_BUILDING}|{_STREET}|{_VILLAGE}|门口|快递柜|丰巢)))*"
    r"(?:[ -]?[A-Za-z]?[0-9]{2,5}(?:-[0-9]{1,5}){0,2}(?![0-9*.]|[ ]?[元块件盒瓶支片月年点]))?"
)
_HEAD = re.compile(rf"(?:{_PLACE}|[0-9A-Za-z()-]|[ ,](?={_PLACE}))*\Z")
_LEAD_IN = re.compile(
    r"(?:[ ,，()-]|(?:收货|收件|寄件|家庭|新|详细)?(?:地址|住址)"
    r"|麻烦|一下|现在|目前|家住|住|往|放|位于|人|谢谢|好|对|订|电话|成(?![都县武安华])|和(?![平田县林静顺])|那(?!曲)|[0-9A-Za-z]+(?=[一-龥]))*"
)
_HAS_ADDRESS_WORD = re.compile("[省市区县旗镇乡村路街巷弄栋幢]|大道|胡同|单元|号楼|[层楼座].*[室房号户]")
_DETAIL = f"(?:{_STREET}|{_VILLAGE}|{_BUILDING})"
_HAS_PLACE_DETAIL = re.compile(f"{_REGION}.*(?:{_DETAIL}|街道|[镇乡号栋幢楼室])|{_DETAIL}.*[0-9]")


def _addresses(text: str) -> Iterator[Span]:
    if not _HAS_ADDRESS_WORD.search(text):
        return
    done = 0
    for said in _ADDRESS_SAID.finditer(text):
        if detail := _HAS_PLACE_DETAIL.search(said[1]):
            yield _widened(text, said.start(1), said.start(1) + detail.end(), done)
    while anchor := _ANCHOR.search(text, done):
        span = _widened(text, anchor.start(), anchor.end(), done)
        yield span
        done = span.end


def _english_addresses(text: str) -> Iterator[Span]:
    for start, end in find_english_addresses(text):
        yield Span(start, end, PersonalData.ADDRESS)


def _widened(text: str, start: int, end: int, floor: int) -> Span:
    head = _HEAD.search(text, max(floor, start - 40), start)
    begin = head.start() if head else start
    lead_in = _LEAD_IN.match(text, begin, start)
    tail = _TAIL.match(text, end)
    return Span(lead_in.end() if lead_in else begin, tail.end() if tail else end, PersonalData.ADDRESS)


def _names(text: str) -> Iterator[Span]:
    """The longest first: a short one inside or across it would leave letters standing."""
    for start, end in sorted(find_names(text), key=lambda place: place[0] - place[1]):
        yield Span(start, end, PersonalData.NAME)


# Display masks: enough left to recognise one's own.


def mask_phone(phone: str) -> str:
    """``13812345678`` → ``138****5678``; other numbers keep their last four digits."""
    number = "".join(c for c in phone.translate(_NARROW) if c.isdigit())
    if mobile := re.fullmatch(r"(?:00)?(?:86)?(1[3-9]\d)\d{4}(\d{4})", number):
        return f"{mobile[1]}****{mobile[2]}"
    if landline := re.fullmatch(r"(010|02\d|0[3-9]\d\d)\d{3,4}(\d{4})", number):
        return f"{landline[1]}-****{landline[2]}"
    return "****" + (number[-4:] if len(number) > 7 else "")


def mask_email(email: str) -> str:
    """``xiaoman@qq.com`` → ``x***@qq.com``."""
    local, at, host = email.translate(_NARROW).rpartition("@")
    return f"{local[:1] if len(local) > 1 else ''}***{at}{host}" if at else "***"


def mask_name(name: str) -> str:
    """``林小满`` → ``林**``, never more than four stars; a double surname stays whole (欧阳娜娜 → 欧阳**)."""
    name = name.strip()
    kept = 2 if len(name) > 2 and name[:2] in DOUBLE_SURNAMES else 1
    return name[:kept] + "*" * min(len(name) - kept, 4) if len(name) > 1 else "*" * len(name)


_REGIONS = re.compile(
    rf"(?:{_PLACE}{{2,7}}?(?:省|自治区|特别行政区))?{_GAP}(?:{_PLACE}{{1,10}}?(?:市|自治州|地区|盟))?{_GAP}"
    rf"(?:(?:(?![路街道巷村镇乡号]){_PLACE}){{1,8}}?(?:(?<![小社])区|县|旗|市))?"
)


def mask_address(address: str) -> str:
    """Province, city and district stay: ``浙江省杭州市西湖区文三路478号`` → ``浙江省杭州市西湖区****``."""
    regions = _REGIONS.match(address)
    return (regions[0].rstrip(" ,，") if regions else "") + "****"
