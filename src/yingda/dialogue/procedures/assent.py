"""Whether a turn goes along with what is under way: a yes, a no, an end to it, or something else instead. Pure."""

import re

from yingda.dialogue.procedures.state import Heard
from yingda.language import narrow

_BUT = re.compile(r"但|不过|等一?下|先别|再想想|再看看|\b(?:but|wait|hold on)\b")
_SHORT = 15
_STOPPING = (
    r"(?:没(?:说|想|要)(?:要|过)?(?:退|换|改|取消|开)[货款票]?|算了|不用了|不弄了|不办了|先不办|先这样|不退货?了|不换货?了|不改了|不取消了|别取消了|不想(?:退|换|取消|改|开)货?了|不查了|不开了|不要了|不需要了|不想办了|别办了|停|取消操作|退出"
    r"|never ?mind|forget it|stop|leave it|no need)"
)
_BEFORE_STOPPING = (
    r"(?:(?:那|我|还是|要不|哎|唉|诶|嗯|啊|呃|额|哦|好吧|行吧|先|真的?|暂时|等等|等一?下|[点按弄搞选]错了?|[反后]悔了?|改主意了"
    r"|oh|ok|no|wait|actually|(?:i(?:'ve)? )?changed my mind)[,. ]*)*"
)
_STOP = re.compile(
    rf"^{_BEFORE_STOPPING}{_STOPPING}(?:[,. ]*(?:我?{_STOPPING}|吧|了|啦|呀|啊|嘛|谢谢|不用))*+[,.!~ ]*$"
)
#: Something else is wanted instead of what is under way: 算了，还是换一个吧.
_INSTEAD = re.compile(
    rf"^{_BEFORE_STOPPING}(?:算了|不用了|不(?:退|换|改|取消)货?了|不要了|never ?mind|forget it)[,. 吧]*"
    r"(?:我?还是|直接|改成?|干脆|就|帮我|我[想要]|换|i|can|just|please|let)"
)
#: Not yet a yes and no no: they are looking for something, or thinking.
_PAUSE = re.compile(
    r"(?:(?:先|你|请|麻烦|那|嗯+|哦|额|呃|我|再|让我|等我|去|税号|单号|邮箱|地址|照片|抬头|什么|多少)*"
    r"(?:等一?[下会]儿?|等等|稍等(?:一?下|一会儿?)?|[想看找]{1,2}一?[想看找下]|考虑(?:一?下|考虑)?"
    r"|问(?:一?下|问)(?:财务|会计|领导|老板|家里|家人|老公|老婆|同事)?|不急|别急)[,.!~ 吧啊哈]*)+"
    r"|(?:(?:ok|please|just)[, ]*)?(?:wait|hold on|one (?:sec|second|moment|minute)|just a (?:sec|second|moment|minute)"
    r"|let me (?:think|check|look|see)(?: about it)?)[,.! ]*"
)
#: An acknowledgement with which somebody is through, or lets it be.
_LETS_GO = re.compile(r"谢|[好行]吧|嗯+|哦|算了|\b(?:thanks?|thx|ty|fine)\b")
#: A yes before the wish that is said again.
_WISHES = r"(?:嗯+|对|好[的了]?|是的?|行|可以|那就?|算了|确认|请|麻烦|就|帮我?|给我|直接|[, ])*"
_SAYS_YES = re.compile("嗯|对|好|是|行|可以|确认|算了|那")
_ASKS_FOR = re.compile("请|麻烦|帮|给我")
_WISHED_EN = (
    r"(?:(?:yes|yeah|ok|okay|sure|actually|please|just)[, ]+)+(?:{wish})"
    r"(?: (?:it|that|the order|my order|me))?(?: please)?[.! ]*"
)
_CANCEL = re.compile(r"(?:那|先|请)?取消(?:吧|了|掉)?[,.!~ ]*|(?:please )?cancel(?: (?:it|this|that))?[.! ]*")
_YES = re.compile(
    r"^(?:确认|确定|是的?|对的?|好的?|可以|行|嗯+|办吧|就这样|没问题|同意"
    r"|(?:麻烦|那就?)?帮我?(?:查|催|办|弄|处理|申请|提交|核实)(?:一?下)?|yes|ok|okay|sure|confirm)[,.!~ 的了吧啊]*"
    r"(?:快点|快一点|尽快|赶紧|麻烦(?:你|您)?|谢谢(?:你|您)?)?[,.!~ 的了吧啊]*$"
)
#: It was heard, and no more.
_HEARD = re.compile(
    r"(?:[昂嗯哦噢喔啊]|好的?|行|那|我)*(?:知道|晓得|明白|了解|清楚|收到)[了啦的,.!~ ]*"
    r"|(?:ok(?:ay)?[, ]*)?(?:i see|got it|noted|understood)[.! ]*"
)
_NO_PICTURE = re.compile(
    r"(?:没有?|没法|不能|不会|不方便|拍不了?|无法)[^,.!?]{0,3}(?:拍照|照片|图片?)|没拍|拍不了"
    r"|(?:东西|盒子|包装|瓶子|都|已经)?[,. ]?扔(?:了|掉)"
    r"|\b(?:no|don'?t have (?:a|any)|can'?t take (?:a|any)?) ?(?:photos?|pictures?|photographs?)\b|threw it away"
)
_HOW_TO_SHOW = re.compile(
    r"(?:怎么|咋|如何|哪里?)(?:样)?(?:拍|发|传|上传)|how (?:do|can) i (?:send|upload|take|attach)"
)
_NO = re.compile(r"^(?:不|不要|不用|不是|不对|先不|不行|不可以|不同意|不确认|别|no|nope|not now)[,.!~ 了的吧啊办]*$")


def stops(heard: Heard) -> bool:
    """Whether the customer calls it off, in any line of what they said."""
    return any(_STOP.match(line.strip()) for line in narrow(heard.text).split("\n"))


def turns_away(heard: Heard) -> bool:
    """From what is under way to something else: 算了，还是换一个吧."""
    return _INSTEAD.match(narrow(heard.text).strip()) is not None


def cancels(heard: Heard) -> bool:
    """With a word that, where nothing is to be cancelled, calls off what is under way."""
    return _CANCEL.fullmatch(narrow(heard.text).strip()) is not None


def agrees(heard: Heard) -> bool:
    """To what was just asked. A condition in the same breath ("好的，但是…") is no agreement, nor is 知道了."""
    plain = narrow(heard.text).strip()
    if _YES.match(plain):
        return True
    doubtful = _BUT.search(plain) or _HEARD.fullmatch(plain)
    return heard.intent == "chat.affirm" and len(plain) <= _SHORT and not doubtful


def wishes_again(heard: Heard, wish: str) -> bool:
    """Whether what was just asked is said once more as a wish: 嗯取消吧, ok cancel it. Not by the bare 取消订单 or
    帮我取消吧, which may have been sent twice before the question was seen."""
    if not wish:
        return False
    plain = narrow(heard.text).strip()
    said = re.fullmatch(rf"(?P<yes>{_WISHES})(?:{wish})(?:掉|了)?(?P<please>[吧呗嘛呀啊])?[,.!~ ]*", plain)
    if said and (_SAYS_YES.search(said["yes"]) or (said["please"] and not _ASKS_FOR.search(said["yes"]))):
        return True
    return re.fullmatch(_WISHED_EN.format(wish=wish), plain) is not None


def pauses(heard: Heard) -> bool:
    """They have heard the question, and want a moment."""
    return _PAUSE.fullmatch(narrow(heard.text).strip()) is not None


def lets_go(text: str) -> bool:
    """Whether a yes only acknowledges: 好吧, 嗯, 好的谢谢."""
    return _LETS_GO.search(narrow(text)) is not None


def has_nothing_to_show(heard: Heard) -> bool:
    """Asked for a photograph, they say that there is none and will be none."""
    return _NO_PICTURE.search(narrow(heard.text)) is not None


def asks_how_to_show(heard: Heard) -> bool:
    """Asked for a photograph, they ask how that is done."""
    return _HOW_TO_SHOW.search(narrow(heard.text)) is not None


def declines(heard: Heard) -> bool:
    return heard.intent == "chat.deny" or bool(_NO.match(narrow(heard.text).strip()))
