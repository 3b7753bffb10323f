"""Read short answers in the light of what was asked: "是的", "上一个", a bare number, "那红色的呢".

Only messages that mean little by themselves are touched; a full sentence speaks for itself.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from yingda.language.text import MAX_CHARACTERS, narrow
from yingda.language.types import Context, Entity, EntityKind, RankedIntent

_FILLS = {
    "order_no": {EntityKind.ORDER_NO, EntityKind.NUMBER},
    "tracking_no": {EntityKind.TRACKING_NO, EntityKind.NUMBER},
    "phone": {EntityKind.PHONE, EntityKind.NUMBER},
    "address": {EntityKind.ADDRESS, EntityKind.REGION},
    "email": {EntityKind.EMAIL},
    "amount": {EntityKind.AMOUNT, EntityKind.NUMBER},
    "quantity": {EntityKind.QUANTITY, EntityKind.NUMBER},
    "date": {EntityKind.DATE},
    "product": {EntityKind.PRODUCT},
}
_BARE = {EntityKind.ORDER_NO, EntityKind.TRACKING_NO, EntityKind.PHONE, EntityKind.EMAIL, EntityKind.ADDRESS,
         EntityKind.USER, EntityKind.NUMBER}  # fmt: skip
_AT_A_LOSS = 0.6
_SAYS_NOTHING = frozenset({"other", "chat.inform"})
_LONGEST = 60  # a longer message speaks for itself

_FILLER = re.compile(
    r"订单编号|订单号码|订单号|订单|单号|快递单号|运单号|手机号码?|电话号码?|电话|地址|编号|号码|商品id|商品编号|尾号|咨询"
    r"|就是|这个|那个|我的|您看|你看|应该是|是的|是|我|号|的|哦|啊|哈|呢|吧|了|亲|您好|你好|谢谢|麻烦|it'?s|is|my|order|number|no"
    r"|[\s,.:;!?#~-]"
)
_POINTING = re.compile(
    r"^(?:不是(?:这个|这单)?[,. ]*)?(?:就|那|是|应该是|要)?"
    r"(?:这个|这单|这一?笔|这一?件|那个|那单|[上下前后]一?[个单笔]|[前后上下]面(?:那个|的)|第[一二两三四五六1-6][个单]"
    r"|最(?:近|新|后)(?:的|那|一)?(?:一?[个单笔])?|(?:昨天|今天|前天|刚才|刚刚)(?:买|下|拍)的?(?:那|这)?一?[个单笔]?"
    r"|另(?:外)?一?[个单笔件]|都是|都[查要看]|(?:两|三)个都(?:[查要看是]|要[查看])?|全部"
    r"|(?:the )?(?:first|second|third|last|latest|most recent|other|previous|[1-9](?:st|nd|rd|th)) (?:one|order)"
    r"|this one|that one|the (?:first|second|third|last|latest)|both(?: of them)?|all of them"
    r"|the one (?:from|i bought|i ordered) .{1,20})"
    r"(?:的|吧|啊|呢|哈|哦| please)*[。.!~]*$"
)
_YES = re.compile(
    r"^(?!(?:谢谢|thanks?|thank you|[,. !~。])*$)"  # thanks alone agree to nothing
    r"(?:那|都)?(?:嗯+|恩+|对+|是+|系|好+|行+|可以+|要|想|成|中|必须|当然|没有问题|冇问题|ok|okay|y|yes|yep|yup|yeah|sure"
    r"|right|correct|fine|of course|absolutely|certainly|do it|go ahead|that'?s right)?"
    r"(?:的|滴|得|哒|呀|啊|呢|吧|了|哦|嘛|哈|噢|咯)*"
    r"(?:[,. !~]*(?:对的?|是的?|好的?|没错|可以的?|没问题|确认|确定|同意|需要|要的?|就这样|就这么办|行|麻烦你?了?|谢谢"
    r"|就是这个|是这个|please|thanks?))*[。.!~👌👍 ]*$"
)
_NO = re.compile(
    r"^(?:不+|不是|不用|不要|不对|不行|不可以|不需要|没有|没|先?别|否|算了|先不|暂时不|唔(?:好|使|要)"
    r"|no|nope|nah|not?|don'?t|never mind|not (?:now|yet|this one)|nothing else)"
    r"(?:的|了|啊|呀|呢|吧|用|要|是|必|行|哦|哈|喇|啦)*"
    r"(?:[,. !~]*(?:这个|那个|谢谢|麻烦了?|算了|不用了?|不要了?|先不用|thanks?|thank you|don'?t))*[。.!~]*$"
)
_UNDONE = re.compile(  # 不取消了, 我不想退: the thing that was offered is not to be done
    r"^(?:那|我|我们|还是|先|暂时|暂)*(?:不想|不要|不用|不需要|不必|不|别)(?:再|给我|帮我)?"
    r"(?:取消|退[货款]?|换货?|修?改|拦截?|申请|提交|办理?|注销|删除?|寄|补发?|发|弄|开)"
    r"(?:订单|地址|发票|这个|这单)?[了吧啊哈]*[。.!~]*$"
)
_NOT_THIS = re.compile(r"^(?:不是|不对)[,. ]?(?:这个|这单|那个|这一?笔|这一?件)?(?:订单)?(?:[啊呀吧]|$)")
_ELLIPSIS = re.compile(
    r"^(?:那|那么|还有)?(?P<what>.{1,12}?)(?:呢|咧|what about .{1,30})[?？ ]*$"
    r"|^(?:what|how) about .{1,40}$|^and (?:the |for )?.{1,30}\?$"
)
_YES_NO_QUESTION = re.compile(r"(?:吗|么|吧|是否.*|是不是.*|对不对|好不好|可以不|要不要.*)[?？。]?$|\?$")


class Reading(NamedTuple):
    """What the context makes of a message."""

    intent: str
    confidence: float


def read_in_context(text: str, entities: Sequence[Entity], context: Context, best: RankedIntent) -> Reading | None:
    """The intent that the context gives to this message, or None when the message must speak for itself.

    `best` is what the classifier has by itself: an ellipsis is only resolved when it is at a loss.
    """
    plain = narrow(text[:MAX_CHARACTERS]).strip()
    if not plain or len(plain) > _LONGEST:
        return None
    return (
        _answer_to_slot(plain, entities, context)
        or _yes_or_no(plain, context)
        or _only_entities(plain, entities)
        or _ellipsis(plain, context, best)
        or _pointing(plain, best)
    )


def _answer_to_slot(plain: str, entities: Sequence[Entity], context: Context) -> Reading | None:
    slot = context.expected_slot
    if slot is None or slot == "confirm":
        return None
    kinds = {entity.kind for entity in entities} & _FILLS.get(slot, set())
    if kinds and _rest(plain, entities) <= (1 if kinds == {EntityKind.REGION} else 4):
        return Reading("chat.inform", 0.98)
    if _POINTING.match(plain):
        return Reading("chat.inform", 0.95)
    return None


def _yes_or_no(plain: str, context: Context) -> Reading | None:
    asked = context.expected_slot == "confirm" or bool(
        context.last_question and _YES_NO_QUESTION.search(narrow(context.last_question).strip())
    )
    if not asked:
        return None
    if _NO.match(plain) or _UNDONE.match(plain) or _NOT_THIS.match(plain):
        return Reading("chat.deny", 0.97)
    if any(c.isalnum() or c in "👌👍" for c in plain) and _YES.match(plain):
        return Reading("chat.affirm", 0.97)
    return None


def _only_entities(plain: str, entities: Sequence[Entity]) -> Reading | None:
    if any(entity.kind in _BARE for entity in entities) and _rest(plain, entities) == 0:
        return Reading("chat.inform", 0.95)
    return None


def _ellipsis(plain: str, context: Context, best: RankedIntent) -> Reading | None:
    """那个呢 is sure to say nothing by itself; 发票呢 is not."""
    last = context.last_intent
    lost = best.confidence < _AT_A_LOSS or best.name in _SAYS_NOTHING
    if not lost or last is None or last == "other" or last.startswith("chat."):
        return None
    return Reading(last, 0.7) if _ELLIPSIS.match(plain) else None


def _pointing(plain: str, best: RankedIntent) -> Reading | None:
    if best.confidence >= _AT_A_LOSS or not _POINTING.match(plain):
        return None
    return Reading("chat.inform", 0.7)


def _rest(plain: str, entities: Sequence[Entity]) -> int:
    """How many characters say something besides the entities."""
    covered = {position for entity in entities for position in range(entity.start, entity.end)}
    left = "".join(" " if i in covered else c for i, c in enumerate(plain))
    return len(_FILLER.sub("", left))
