"""What a sentence of a service conversation does: ask, hold the line, report something done, bring a result, promise.

Read from its words alone, clause by clause. Every function takes narrowed text (see `text.narrow`).
"""

import re
from collections.abc import Iterator
from enum import StrEnum

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
#: Some people end a sentence with a blank; between Latin words a blank ends nothing.
_BREAK = re.compile(rf"[.!?;~\n]+(?:\s+|$)|(?<![a-z0-9])[.!?;~]+|[!?;~\n]+|(?<=[{_HAN}])\s+(?=[{_HAN}])")
_COMMA = re.compile(r",+|:(?![0-9/])")


class Act(StrEnum):
    """What the service side does with a clause."""

    DONE = "done"
    RESULT = "result"


def sentences(plain: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a text lie, closing marks included, blanks around them not."""
    start = 0
    for mark in _BREAK.finditer(plain):
        yield from _trimmed(plain, start, mark.end())
        start = mark.end()
    yield from _trimmed(plain, start, len(plain))


def clauses(plain: str, start: int, end: int) -> list[tuple[int, int]]:
    """The clauses of a sentence, without the commas."""
    found: list[tuple[int, int]] = []
    for mark in _COMMA.finditer(plain, start, end):
        found += _trimmed(plain, start, mark.start())
        start = mark.end()
    return [*found, *_trimmed(plain, start, end)]


def _trimmed(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = plain[start:end]
    first = len(piece) - len(piece.lstrip())
    if any(character.isalnum() for character in piece):
        yield start + first, start + len(piece.rstrip())


_QUESTION = re.compile(
    r"\?|吗|(?<![这那怎什要多])么|呢[.!~]*$|怎么|怎样|为什么|为啥|什么|多久|多少|几[天时点号个]|哪|能不能|可不可以|可以不"
    r"|是不是|有没有|是否|能否|谁|啥|\b(?:how|what|when|where|why|which|who)\b"
    r"|^(?:can|could|would|is|are|do|does|did|will|may|has|have)\b"
)
_WISH = re.compile(
    r"我们?(?:想|要|需要|希望)|请(?!问)|麻烦|帮我|帮忙|给我|尽快|赶紧|申请|要求|退款|退货|换货|取消|补发|催|投诉|改.{0,4}地址"
    r"|开.{0,4}发票|没有?(?:收到|到|发货|更新|用)|少了|坏了|碎了|漏了"
    r"|\b(?:i want|i need|we need|i would like|i'd like|please|refund|cancel|return|exchange|never arrived|broken)\b"
)
_COURTESY = re.compile(  # atomic and possessive: 嗯嗯嗯… and 你好你好… can be parted in countless ways
    r"^(?:(?>你好|您好|hi|hello|hey|在吗|在不在|在嘛|有人吗|有人在吗|人呢|(?:我要|我想|要|找|帮我|请)?(?:转|接)?(?:人工|客服)+|亲|请?(?:回答|回复|回话)(?:我|一下|下)*|好的?|嗯+|哦+|行|可以"
    r"|谢谢|多谢|感谢|麻烦(?:了|你|您)*|辛苦(?:了|你|您)*|没有了?|不用了?|知道了|明白了?|再见|拜拜|agent|human|ok(?:ay)?|thanks?"
    r"|thank you|bye|are you there|anyone there|please)[,.!?~ 啊呢吗吧哈呀啦了的哦你您]*+)++$"
)


def asks(plain: str) -> bool:
    """Whether a customer wants something with this sentence, be it to know."""
    return _COURTESY.match(plain) is None and bool(_QUESTION.search(plain) or _WISH.search(plain))


def is_courtesy(plain: str) -> bool:
    return _COURTESY.match(plain) is not None


_HOLD = re.compile(
    r"稍等|稍候|等一下|等下|稍后为您|正在.{0,6}(?:查|核实|处理|看|确认|转)|马上.{0,4}(?:查|看|核实|转)|[帮为给][您你](?:查|看)"
    r"|转接|转人工|人工客服|^(?:您好|你好|hello|hi|hey)[,.! ]*$|在的|没有?(?:完全)?(?:理解|明白|听懂)|没能帮上"
    r"|暂时处理不了|换个说法|前面的对话|不用重复|^(?:亲|好的?|嗯+|ok)[,.!~ 呢哦哈的呀]*$|抱歉[^,]{0,12}$"
    r"|不好意思[^,]{0,8}$|让您久等"
    r"|\b(?:one moment|just a moment|let me (?:check|look|see)|please hold|bear with me|did not quite get|human agent"
    r"|bring in|connect you|sorry)\b"
)


def answers(plain: str) -> bool:
    """Whether this sentence of the service side says anything but "wait", "hello" and questions of its own."""
    return _HOLD.search(plain) is None and _QUESTION.search(plain) is None


_FINISHED = re.compile(
    r"已经?|成功|好了|完成|[帮为给][您你].{0,12}了(?!解)|\b(?:have|has|been|was|were|is now|are now|'ve)\b"
    r"|^(?:done|i just)\b"
)
_OUTCOME = re.compile(
    r"退款|退货|退回|退还|换货|换新|换了|取消|修改|更改|改[好成为到了]|改.{0,6}(?:地址|电话|收货|发票|抬头)|补发|重发|补寄|寄出"
    r"|赔付|补偿|赔偿|差价|开[具好出票]|发[出货]|解决|到账|恢复|解绑|绑定|注销|删除|拦截|审核通过|开通|发放|作废|处理[好完]|关闭"
    r"|\badded .{0,30}\b(?:coupon|credit|voucher|account)"
    r"|\b(?:refund|cancel|chang|updat|replac|resent|resen[dt]|reship|shipp|sent|issued|credit|delet|remov|unlock|restor|resolv"
    r"|fixed)"
)
_STEP = re.compile(
    r"反馈|催|登记|升级|提交|申请|联系|核实|查[询看到了]|记录|备注|留言|转[告交]|安排|预约|发送|上报|上传|通知|加急|核对"
    r"|\b(?:report|escalat|contact|check|submit|arrang|register|forward|ask|book|schedul|noted|urged)"
)
_UNREAL = re.compile(
    r"如果|若|的话|一旦|预计|等[您你]|[^天时日周]后(?=[才再会即将就可我您])|之后|以后|才[能可会]|未|没|不(?!好意思|客气)|无法|等.{0,8}后|一般|正常|通常|到时|应该|放心|(?:完成|成功|好)(?:了?短信|后)"
    r"|请[您你]|建议|[您你](?:可以|需要|先)|是否|\b(?:if|once|after|when|not|unless|please|you can|usually)\b|n't"
)
_ERRAND = re.compile(r"帮我|让他|赶紧|尽快|请|麻烦")
_CUSTOMER_CONTENT = re.compile(
    r"(?<!没)(?<!未)(?:解决|搞定|弄好|修好|收到)了|(?<!不)(?:可以|能)(?:用|登录|付款|下单)了|没问题了"
    r"|^(?:现在)?(?:可以|登上|登录上|进去|弄好|打开|付上)了"
    r"|\b(?:it works|works now|got it now|sorted|solved|received it)\b"
)


def report(plain: str) -> Act | None:
    """What this clause of the service side says has been done, if it says so."""
    if _FINISHED.search(plain) is None or _UNREAL.search(plain) or _QUESTION.search(plain):
        return None
    if _OUTCOME.search(plain):
        return Act.RESULT
    return Act.DONE if _STEP.search(plain) else None


def is_content(plain: str) -> bool:
    """Whether the customer says with this clause that it has come right."""
    asked = _QUESTION.search(plain) or _ERRAND.search(plain)
    return _CUSTOMER_CONTENT.search(plain) is not None and not asked


_CONSENT = re.compile(
    r"(?<![,. ])[,. ]*+(?:(?:您看|你看|亲)[,. ]*+)?(?:这样)?(?:(?:可以|行|好|方便)(?:吗|么|嘛|不|呢|的)++"
    r"|is that (?:ok(?:ay)?|all right)|does that work)[?.!~ ]*+$"
)
_FUTURE = re.compile(
    r"会(?!员|话|不会)|将(?=会|在|于|为|给|由|尽|自动|安排|联系|通知)|预计|预估|最晚|最迟|争取|保证|承诺|一定|尽快|稍后|稍晚|晚点|晚些|回头|待会|等会|一会|随后|届时"
    r"|之?内|以内|点前|号前|日前|天前|午前|明[天日早晚]|后天|下周|今天(?:就|给|下午|晚上)|工作日(?:原路)?(?:退|到账)"
    r"|\b(?:will|'ll|going to|within|by)\b"
)
_COMMITMENT = re.compile(
    r"回[电复访您你]|答复|联系[您你]|联系.{0,6}(?:手机|电话|号码)|致电|电话|短信|通知[您你]|告[知诉]|跟进|结果|说法"
    r"|\b(?:call|get back|reply|email|contact|follow up|let you know|inform|update you)\b"
)
_DELIVERY = re.compile(
    r"处理|安排|退款|退回|退还|到账|补发|重发|补寄|寄出|寄给|发出|发货|送达|送到|上门|取件|开具|开[好出]|更新|核实|反馈|解决|催"
    r"|\b(?:refund|send|ship|deliver|arrive|arrange|credit|replace|receive|resolve|process|reach|be with you|pick)"
)
_NOT_OURS = re.compile(
    r"如果|若|的话|请[您你]|建议|[您你](?:可以|需要|先|再|自行)|麻烦[您你]|一般|正常|通常|不会|无法|不能|没法"
    r"|\b(?:if|you can|please|usually|cannot|will not)\b|n't|won't"
)


def without_consent(plain: str, start: int, end: int) -> int:
    """Where a sentence ends when "您看可以吗" behind it does not count."""
    tail = _CONSENT.search(plain, start, end)
    return tail.start() if tail and tail.start() > start else end


def commits(plain: str, *, dated: bool) -> bool:
    """Whether the service side binds itself with this clause: to tell the customer, or, by a date, to do something."""
    if _NOT_OURS.search(plain):
        return False
    return bool(_COMMITMENT.search(plain) or (dated and _DELIVERY.search(plain)))


def is_future(plain: str) -> bool:
    return _FUTURE.search(plain) is not None


def is_question(plain: str) -> bool:
    return _QUESTION.search(plain) is not None
