"""Proper names in what a customer answers: to whom an invoice is made out, who receives a parcel. Pure.

Any words can be a name, but a wish that is clear is none: 取消, where is my parcel. What looks like a company or a
person is believed to be one, whatever was read in it.
"""

import re
from typing import Final

from yingda.dialogue.procedures.state import Heard
from yingda.kit.names import is_name
from yingda.language import EntityKind, narrow

_LABELLED = re.compile(
    r"(?:抬头|名称|(?:就?写|填|用)我?的?(?:名字|姓名)"
    r"|\btitle\b|\b(?:make|made) (?:it |this )?out to\b|\bbill(?:ed)? (?:it )?to\b)"
    r"(?:是|为|[:,]|\s|写|开|填|(?:公司|单位|企业|个人)的|(?:公司|单位|企业|个人)(?=[: ]))*(?P<said>[^\n,.;:]{2,60})"
)
_NO_TITLE = re.compile(r"(?:怎么|什么|错|不对|可以|能|[改换][成为]?(?:公司|个人|单位|企业)|行不行)")
_COMPANY = re.compile(
    r"[^\n,.;: ]{2,40}(?:公司|集团|工作室|事务所|中心|学校|大学|医院|经营部|商行|科技|co\.?,? ?ltd\.?|inc\.?)"
)
#: The same of several words, which is how they are written in English.
_ENGLISH_COMPANY = re.compile(
    r"[^\n:;]{2,60}[ ,](?:co|company|ltd|limited|inc|incorporated|llc|llp|plc|corp|corporation|gmbh|pty|s\.?a"
    r"|foundation|group|holdings)\.?"
)
_REQUEST = re.compile(r"(?:我|请|帮|给|麻烦|想|要|需|开|一|张|个|份|的|是|用|换|改|成|电子)*(?:公司|集团)")
#: Who speaks of themselves or of the shop says whose it is, not how it is called: 我们公司, my name.
_SPEAKS = re.compile(r"[我你您咱]们|我的?名字|贵公司|本公司|\b(?:i|me|my|we|our|you|your|not|don't)\b")
#: What sounds like a question.
ASKS = re.compile(r"[?？]|吗|呢[。.!~]*$|怎么|什么|多[少久]|多长时间|几[天点]|哪")
_TELLS: Final = frozenset({"chat.inform", "other"})


def title_in(heard: Heard, *, asked: bool) -> str | None:
    """`asked`: the turn answers the question for it, so that a bare name will do. A company's stands alone also in
    answer to another question."""
    plain = narrow(heard.text)
    labelled = _LABELLED.search(plain)
    if labelled and not _NO_TITLE.match(labelled["said"].strip()):
        return heard.text[labelled.start("said") : labelled.end("said")].strip()
    bare = heard.text.strip().split("\n")[0]
    by_itself = asked or not heard.understood
    if by_itself and _ENGLISH_COMPANY.fullmatch(narrow(bare)) and not _SPEAKS.search(plain):
        return bare
    if (company := _COMPANY.search(plain)) and not _REQUEST.fullmatch(company[0]) and not _SPEAKS.search(company[0]):
        return heard.text[company.start() : company.end()]
    return bare if asked and _is_plausible(bare, heard) else None


def _is_plausible(bare: str, heard: Heard) -> bool:
    plain = narrow(heard.text)
    no_name = ASKS.search(plain) or _SPEAKS.search(plain) or heard.first(EntityKind.EMAIL)
    return 2 <= len(bare) <= 40 and not no_name and not is_wish(heard)


def is_wish(heard: Heard) -> bool:
    """Surely something else than a name: a request, a no, a thank you."""
    return heard.sure and heard.intent not in _TELLS and not is_name(narrow(heard.text).strip())
