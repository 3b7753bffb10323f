"""What a turn says to a slot: recognised, put into one form, or not there. Pure."""

import re
from collections.abc import Callable
from typing import Final

import msgspec

from yingda.dialogue.procedures.choosing import ALL, choice_of, means_all
from yingda.dialogue.procedures.schemas import Slot, SlotType
from yingda.dialogue.procedures.state import Choice, Heard
from yingda.dialogue.procedures.titles import ASKS, is_wish, title_in
from yingda.language import EntityKind, narrow, split_address

_PREVIOUS = re.compile(r"上一?[个单笔]|前一?[个单笔]|之前那?[个单笔]|更早|previous|the one before")
_LATEST = re.compile(
    r"最[近新后](?:的|那|一|下)*(?:一?[个单笔]|订单)?|刚[才刚]?[买下拍]的|latest|last order|most recent"
)
_LATEST_ORDER = re.compile(r"最[近新后](?:的|那|一|下|买|拍)*(?:[个单笔]|订单)|(?:latest|last|most recent) order")
_ANOTHER = re.compile(
    r"(?:^|那|把|还有)另外?(?:那)?一?(?:[单笔]|个(?:订单|单子|包裹|快递)?(?=也|呢|到|什么|取消|退|$))"
)
_NOT_THIS = re.compile(
    r"不是(?:这|那)(?![样么])|订?单(?:号)?(?:不对|错了)|[搞弄选说]错(?:了)?(?:订单|单)"
    r"|另外?一?[个单笔](?:订单)?(?!地址|规格|颜色|色号)|换一?(?:单|笔|个订单)"
    r"|not (?:this|that) (?:one|order)|wrong order|another order"
)
_THE_ORDER = r"[那这]一?(?:笔|个?订单|个?单(?![品独])子?)"
_GOODS = re.compile(
    rf"(?P<zh>[一-龥a-z0-9]{{2,20}}?)的?{_THE_ORDER}"
    r"|\b(?:order with|order of) (?:the )?(?P<with>[a-z ]{3,30})"
    r"|\bthe (?P<the>[a-z0-9 ]{3,30}?) order\b"
)
#: Before 这单: what is asked for, and no goods.
_REQUESTING = re.compile(
    r"[你您我他她们亲请麻烦帮忙要想能可以把将给替退换取消改查看催问开申办弄处理发票货款钱地址快递物流"
    r"买拍购下昨前次周月面一就的了吗呢吧啊哦好对嗯在是不没有还也都再又先刚才现今天关于上为什么怎到和跟说那这个]+"
)
#: The same in English: the shipping status of my latest order. What only begins so is goods: first aid cream.
_NOT_GOODS = re.compile(
    r"(?:.*\b(?:of|for|from|in|on|about|with|the|my|your|our|this|that|these))?"
    r"(?:\ *\b(?:status|state|number|details?|date|total|progress|latest|last|recent|first|second|third|previous|other"
    r"|another|same|whole|entire|new|old|above|one|only|open|next|right|wrong|[0-9]+)\b)*\ *"
)
#: That something they have ordered is to be dealt with.
_OWN = re.compile(
    rf"{_THE_ORDER}|(?:买|拍|订|下单)的|我[那这的]|[那这]一?[个支瓶盒件款套罐管]"
    r"|\b(?:my|order|bought)\b"
)
_DEAL = re.compile(
    r"退|换|取消|不要了|不想要|开[^,.!?]{0,3}票|发货|到哪|催|\b(?:return|refund|exchange|cancel|invoice|track)\b"
)
_THAT_ORDER = re.compile(r"那[个单笔]|订单|不是")
_TAX_NO = re.compile(r"(?<![0-9A-Z])(?=[0-9A-Z]*[0-9]{6})[0-9A-Z]{15,20}(?![0-9A-Z])")
_RECEIVER = re.compile(
    r"(?:收件人|收货人|姓名|联系人|receiver|name)(?:改成|换成|是|为|[: ])*(?P<name>[一-龥·]{2,8}|[a-z][a-z .]{1,30})"
)
_BESIDE_PHONE = re.compile(
    r"(?<![一-龥])(?P<name>(?!电话|手机|改|收|联系|号码)[一-龥·]{2,4})[,: ]*(?:电话|手机)?[,: ]*1[3-9][0-9]{9}"
)
#: What can only be said of what somebody has bought, or wants done with it.
_OF_THEIR_OWN = re.compile(
    rf"我(?!想?[问知了])|{_THE_ORDER}|(?:买|拍|订|下单)的|到哪|到了[吗么没]|[没未]有?(?:收|见|看|到|给|送|发|退)"
    r"|还[没不]|少了|漏|催|查|帮|lm[0-9]|了[吗么没呢]|不[动到]|成功|失败|丢|错|签收(?![之以]?后)|呢[,.!?~]*$|怎么回事"
    r"|(?<!下单)[今明后][天晚][^,.!?]{0,3}[到发]"
)
#: What is asked of how things are done.
_OF_THE_SHOP = re.compile(
    r"怎[么样]|如何|多[久少]|多长时间|几[天个件次]|能不能|可不可以|要不要|(?<!为)什么(?!时候|情况|回事|原因|问题)"
    r"|哪里?[能开看领申填]|(?:可以|[能会要包]|支持)[^,.!?]{0,12}[吗么]|有(?![发寄退收到开给送处人])[^,.!?]{0,8}[吗么]"
)

_REMARK = re.compile(
    r"(?:备注|留言)(?:一下|上|成|为|写)?[ ,，]+(?P<after>[^吗么?？]{2,})$"
    r"|(?:备注|留言|\bnote\b|\bremark\b)[^:：]{0,8}[:：]\s*(?P<said>.{2,})",
    re.IGNORECASE,
)
_ONLY_YES = re.compile(r"(?:好的?|是的?|对的?|可以|嗯+|行|要|yes|yeah|ok|okay|sure|please|yes please)[,.!~ ]*")
MOST_TEXT = 200
_FREE: Final = frozenset({SlotType.TEXT, SlotType.TITLE, SlotType.NAME, SlotType.TAX_NO})


class Filled(msgspec.Struct, frozen=True):
    """A slot's value, and how it is called in front of the customer."""

    value: str | list[str]
    label: str


def corrects_order(heard: Heard, current: str | None) -> Filled | None:
    """Another order than the one being talked about, by number or by pointing."""
    named = heard.first(EntityKind.ORDER_NO)
    if named:
        return Filled(named, named) if named != current else None
    plain = narrow(heard.text)
    if _PREVIOUS.search(plain):
        return Filled(f"before:{current or ''}", "")
    if _LATEST_ORDER.search(plain):
        return Filled("latest:", "")
    product = heard.first(EntityKind.PRODUCT)
    if product and _THAT_ORDER.search(plain):
        return Filled(f"product:{product}", "")
    return Filled(f"not:{current or ''}", "") if _NOT_THIS.search(plain) else None


def speaks_of_order(heard: Heard) -> bool:
    """Whether something is to be done about what they have ordered, whichever it is."""
    plain = narrow(heard.text)
    return bool(_OWN.search(plain) and _DEAL.search(plain))


def fill(slot: Slot, heard: Heard, options: tuple[Choice, ...] = (), *, asked: bool) -> Filled | None:
    """`asked`: the turn answers the question for this slot, so that less is needed to recognise it."""
    if asked and (chosen := choice_of(heard, options)):
        return Filled(chosen.value, chosen.label)
    return _BY_TYPE[slot.type](slot, heard, asked)


def fill_offered(slot: Slot, value: str | None, heard: Heard, options: tuple[Choice, ...] = ()) -> Filled | None:
    """What a language model says that the customer said: taken as an answer, if it is one.

    Where any words would do they have to be the customer's own; what entities are found for is read offline.
    """
    if not value or (slot.type in _FREE and narrow(value) not in narrow(heard.text)):
        return None
    if option := next((one for one in slot.options if one.value == value), None):
        return Filled(option.value, option.label(heard.locale))
    return fill(slot, msgspec.structs.replace(heard, text=value, offered={}), options, asked=True)


def _order_no(_slot: Slot, heard: Heard, asked: bool) -> Filled | None:
    if named := heard.first(EntityKind.ORDER_NO):
        return Filled(named, named)
    plain = narrow(heard.text)
    if (_LATEST if asked else _LATEST_ORDER).search(plain):
        return Filled("latest:", "")
    if _PREVIOUS.search(plain):
        return Filled("before:", "")
    if _ANOTHER.search(plain):
        return Filled("not:", "")
    if not asked and (goods := _called(plain)):
        return Filled(f"goods:{goods}", "")
    product = heard.first(EntityKind.PRODUCT)
    return Filled(f"product:{product}", "") if product else None


def _called(plain: str) -> str | None:
    """The goods that an order is called by; 帮我把这单退了 names none."""
    found = _GOODS.search(plain)
    goods = found[found.lastgroup or 0] if found else None
    return None if goods is None or _REQUESTING.fullmatch(goods) or _NOT_GOODS.fullmatch(goods) else goods


def _choice(slot: Slot, heard: Heard, asked: bool) -> Filled | None:
    plain = narrow(heard.text)
    best: tuple[int, str] | None = None
    for option in slot.options:
        names = (option.zh, option.en, *option.words) if asked else option.words
        longest = max((len(word) for word in names if narrow(word) in plain), default=0)
        if longest and (best is None or longest > best[0]):
            best = (longest, option.value)
    if best is None:
        return None
    found = next(option for option in slot.options if option.value == best[1])
    return Filled(found.value, found.label(heard.locale))


def _address(_slot: Slot, heard: Heard, _asked: bool) -> Filled | None:
    """Whole lines are looked at, since the entity may end before the room's number."""
    named = heard.first(EntityKind.ADDRESS) or heard.first(EntityKind.REGION)
    if named is None:
        return None
    for line in re.split(r"[\n，,；;]", heard.text):
        bare = re.sub(r"^.*?(?:改成|改到|换成|改为|寄到|送到|地址是|地址[:：])", "", line).strip()
        bare = re.sub(r"^(?:应该)?(?:是|为|到)", "", bare)
        bare = re.sub(r"(?:收件人|收货人|姓名|联系人|电话|手机).*$|1[3-9][0-9]{9}", " ", bare).strip()
        parts = split_address(bare)
        if parts.city and (parts.street or parts.detail):
            return Filled(bare, bare)
    return None


def _phone(_slot: Slot, heard: Heard, _asked: bool) -> Filled | None:
    found = heard.first(EntityKind.PHONE)
    return Filled(found, f"{found[:3]}****{found[-4:]}") if found and len(found) >= 7 else None


def _email(_slot: Slot, heard: Heard, _asked: bool) -> Filled | None:
    found = heard.first(EntityKind.EMAIL)
    return Filled(found, found) if found else None


def _title(_slot: Slot, heard: Heard, asked: bool) -> Filled | None:
    said = title_in(heard, asked=asked)
    return Filled(said, said) if said else None


def _tax_no(_slot: Slot, heard: Heard, _asked: bool) -> Filled | None:
    found = _TAX_NO.search(narrow(heard.text).upper().replace(" ", ""))
    return Filled(found[0], found[0]) if found and not found[0].startswith("LM") else None


def _photo(_slot: Slot, heard: Heard, _asked: bool) -> Filled | None:
    return Filled(list(heard.photos[-20:]), str(len(heard.photos))) if heard.photos else None


def _text(_slot: Slot, heard: Heard, asked: bool) -> Filled | None:
    """Any words, but no yes alone; unasked, those that are introduced as a remark."""
    said = " ".join(heard.text.split())[:MOST_TEXT]
    if introduced := _REMARK.search(said):
        said = (introduced["said"] or introduced["after"]).strip()
    elif not asked or _ONLY_YES.fullmatch(narrow(said)):
        return None
    return Filled(said, said) if len(said) >= 2 else None


def _item(_slot: Slot, heard: Heard, _asked: bool) -> Filled | None:
    """What can only be chosen from what was offered, or all of it."""
    return Filled(ALL, "") if means_all(heard.text) else None


def _offered_only(_slot: Slot, _heard: Heard, _asked: bool) -> Filled | None:
    """What can only be chosen from what was offered."""
    return None


def _name(_slot: Slot, heard: Heard, asked: bool) -> Filled | None:
    """Who is to receive it, if the customer says so."""
    plain = narrow(heard.text)
    found = _RECEIVER.search(plain) or _BESIDE_PHONE.search(plain)
    bare = heard.text.strip()
    said = found["name"].strip() if found else bare if asked and 2 <= len(bare) <= 8 and not is_wish(heard) else None
    return Filled(said, said) if said else None


_BY_TYPE: Final[dict[SlotType, Callable[[Slot, Heard, bool], Filled | None]]] = {
    SlotType.ORDER_NO: _order_no,
    SlotType.ITEM: _item,
    SlotType.VARIANT: _offered_only,
    SlotType.CHOICE: _choice,
    SlotType.ADDRESS: _address,
    SlotType.NAME: _name,
    SlotType.PHONE: _phone,
    SlotType.EMAIL: _email,
    SlotType.TITLE: _title,
    SlotType.TAX_NO: _tax_no,
    SlotType.PHOTO: _photo,
    SlotType.TEXT: _text,
}


def asks(heard: Heard) -> bool:
    """Whether it sounds like a question."""
    return ASKS.search(narrow(heard.text)) is not None


def speaks_of_own(text: str) -> bool:
    """Whether it can only be said of something that they have bought."""
    return _OF_THEIR_OWN.search(narrow(text)) is not None


def asks_in_general(text: str) -> bool:
    """Whether it asks how things are done here, and not what has become of something of the customer's own."""
    return _OF_THE_SHOP.search(narrow(text)) is not None and not speaks_of_own(text)
