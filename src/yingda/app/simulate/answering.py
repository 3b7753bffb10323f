"""What a customer answers to what they are asked: reads the assistant's last words, as a person would. Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from yingda.app.replay.tally import Heard
from yingda.app.simulate.script import Photo, Turn

#: What a customer can know, and how it is asked for; the first that fits is what is meant.
SLOTS: Final[dict[str, re.Pattern[str]]] = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "photo": r"照片|图片|拍(?:张|一?下|照)|上传|凭证|photo|picture",
        "address": r"新的?(?:收货)?地址|收货地址|(?:改|寄|送)到哪|完整地址|详细地址|new address|which address",
        "phone": r"手机号|联系电话|电话号码|phone number",
        "email": r"邮箱|e-?mail",
        "tax_no": r"税号|纳税人识别号|tax number",
        "bill_to": r"个人还是|个人(?:、|或)|to a person or|personal or company",
        "title": r"抬头|invoice title|made out",
        "remark": r"备注(?:什么|写|内容)|什么备注|what .*(?:remark|note)",
        "variant": r"换成(?:哪|什么)|哪个(?:颜色|色号|规格)|想换(?:成|的)|which (?:shade|variant|size)",
        "found": r"找到了(?:吗|没)|did you find|have you found",
        "choice": r"(?:怎么|如何|哪种|什么)(?:处理|解决|方案)|退款(?:、|还是|或)|补发(?:、|还是|或)|refund or|prefer"
        r"|like us to do|suits you",
        "order": r"哪(?:一)?(?:个|笔)订单|订单号|which order|order number",
        "item": r"哪(?:一)?(?:件|个|款)(?:商品|产品|东西)?|哪些商品|which (?:item|product)",
        "reason": r"原因|为什么|怎么了|什么问题|哪里(?:不|有)|what (?:is wrong|happened)|reason|why",
    }.items()
}
_YES: Final = re.compile(r"^(?:确认|确定|是的|对的?|好的?|可以|同意|yes|confirm)", re.IGNORECASE)
_NO: Final = re.compile(r"^(?:不|先不|再想|取消|算了|no\b|not\b|cancel|keep)", re.IGNORECASE)
_CONFIRM: Final = re.compile(
    r"(?:确认|确定|可以|对|好|同意|是)(?:吗|么|不)[?？]|是否(?:确认|继续|同意|要)|回复[“\"「]?(?:确认|是)|"
    r"(?:shall i|do you confirm|go ahead|is that right|correct)\b.*\?",
    re.IGNORECASE,
)
_HUMAN: Final = re.compile(r"人工|\b(?:agent|colleague|human)\b", re.IGNORECASE)
_SENTENCE: Final = re.compile(r".+?(?:[。！!\n？?；;]|\.(?= |$)|$)")
_ASKS: Final = re.compile(
    r"[?？]|请|麻烦|告诉我|回复|选(?:一|择)|发(?:一?张|给|我|过来)|需要您|还是|please|tell me|send|choose",
    re.IGNORECASE,
)


def answer_to(heard: Sequence[Heard], knows: Mapping[str, str]) -> Turn | None:
    """What this customer says now; None: nothing is asked that they know, so they go on with their own."""
    said = [one for one in heard if one.author == "assistant"]
    if not said:
        return None
    asking = next((one for one in reversed(said) if one.choices), said[-1])
    buttons = [words for _, words in asking.choices if not _HUMAN.search(words)]
    if _asks_to_confirm(asking.text, buttons):
        return knows.get("confirm")
    if slot := _asked_for(asking.text):
        return _known(slot, knows, buttons)
    return None


def _asks_to_confirm(text: str, buttons: Sequence[str]) -> bool:
    yes, no = (any(kind.match(words) for words in buttons) for kind in (_YES, _NO))
    return (yes and no) or (bool(_CONFIRM.search(text)) and not _HUMAN.search(_last_question(text)))


def _asked_for(text: str) -> str | None:
    """By the last question, else by anything in a text that asks; of a photograph, it may be said that it has come."""
    question = _last_question(text)
    asked = [(slot, pattern) for slot, pattern in SLOTS.items() if pattern.search(question)]
    if question and not asked:
        asked = [(slot, pattern) for slot, pattern in SLOTS.items() if slot != "photo" and pattern.search(text)]
    return asked[0][0] if asked else None


def _last_question(text: str) -> str:
    """The last sentence that asks or bids; nothing where none does."""
    sentences = [sentence for sentence in _SENTENCE.findall(text) if sentence.strip()]
    return next((sentence for sentence in reversed(sentences) if _ASKS.search(sentence)), "")


def _known(slot: str, knows: Mapping[str, str], buttons: Sequence[str]) -> Turn | None:
    words = knows.get(slot)
    if slot == "photo":
        return Photo(words) if words is not None else None
    if words is None and slot in ("item", "variant", "reason") and buttons:
        return buttons[0]
    return words
