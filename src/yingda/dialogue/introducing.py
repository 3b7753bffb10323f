"""Who asks whether they talk with a machine is told so, at once and truthfully, and nothing else is disturbed by it.

What else they say in the same turn is taken for itself. Who wants a person is not asking: 有真人吗 is left alone.
"""

import re
from collections.abc import Awaitable, Callable
from typing import Final

import msgspec

from yingda.conversations import HandOffReason
from yingda.dialogue.case import Answer, Case
from yingda.dialogue.memory import Tried
from yingda.dialogue.procedures.answering import rendered
from yingda.dialogue.procedures.service import Procedures
from yingda.dialogue.replies import menu, text
from yingda.dialogue.step import Step
from yingda.infra.database import Database
from yingda.language import narrow
from yingda.routing import Answerer, Kept, promised_when, unasked

ABOUT_ITSELF = unasked(Answerer.ASSISTANT, "assistant.itself", "客户问是不是机器人", "Asked whether it is a machine")

_SAID = Tried("说明自己是智能助手，不是真人", "Said that it is an assistant, not a person")
#: Where every word counts, this one is left out.
_GRAVE: Final = frozenset({HandOffReason.SAFETY, HandOffReason.CRISIS})

#: Who asks it does so in few words.
_LONGEST: Final = 60
_CLAUSE = re.compile(r"[^,.!?;\n~]+[,.!?;\n~]*")
_FILLER = re.compile(
    r"(?:你好|您好|亲|请问|喂|哈喽|嗨|诶|哎|在吗|那个|谢谢|对吧|对不对|是吧|是吗"
    r"|hi|hello|hey|there|sorry|excuse me|thanks?|thank you|wait|ok|well|right|[\s,.!?;~])*"
)
#: What they may be talking with, `#` in the shapes below; a bare 人 is looked at there.
_KIND = re.compile(
    r"(?:一?个)?(?:(?:智能|自动|ai|人工智能)?(?:机器人?|人工智能|自动回复|智能客服|智能助手|电脑|程序|系统|大模型|数字人|虚拟人)"
    r"|真的?人|活人|人类|人工|ai(?![a-z])|chatgpt|gpt|deepseek|豆包|文心一言)(?:客服|助手)?"
)
_ZH = re.compile(
    r"""(?:那|所以|话说|请问|我?想问(?:一?下)?|问一?下|喂|诶|哎|亲|你好|您好|难道|老实说|说实话)*
    (?:
      (?P<you>你们?|您|这边?|这里|那边|对面|客服|现在)?(?:到底|究竟|其实|真的|现在|该)*
      (?:(?P<choice>是不是|会不会是|不会是|还是)|不?就?是)用?(?:\#|(?P<man>人))
      (?:在|来|给我|跟我|和我)*(?:回复|回答|聊天?|说话|服务|接待)?我?的?(?P<or>还是(?:\#|人))?
    | 我?们?(?:现在|到底|是不是|是)*在?(?:跟|和|同|与)(?:\#|人)在?(?:聊天?|说话|对话|沟通)(?:还是(?:\#|人))?
    | (?P<who>[你您](?:到底|究竟)?(?:是|算)(?:谁|哪位|什么(?:人|东西|模型|\#)?|哪个模型))
    | \#(?:客服|回复)?
    )(?P<end>(?:吗|么|嘛|吧|啊|呀|呢|哦)*)""",
    re.VERBOSE,
)
_EN_KIND = (
    r"(?:(?:an?|the|some|just|really|actually|only|real|live|human|automated|virtual|chat)\ )*"
    r"(?:(?:chat)?bot|robot|machine|computer|ai|program|human(?:\ being)?|person|language\ model|chatgpt|gpt)"
)
_EN = re.compile(
    rf"""(?:(?:hi|hello|hey|so|but|wait|sorry|ok|and|well|please|honestly|just\ wondering|may\ i\ ask|tell\ me)\ )*
    (?: (?:are\ you|you\ are|you're|is\ (?:this|that|it)|(?:am|do)\ i\ (?:talk|speak|chat)(?:ing)?\ (?:to|with))
        \ {_EN_KIND}(?:\ or\ (?:{_EN_KIND}|what))?(?:\ right)?(?:\ answering|\ replying)?
    | who\ are\ you|what\ are\ you|who\ is\ this|who\ am\ i\ (?:talk|speak)ing\ (?:to|with)
    )""",
    re.VERBOSE,
)
#: A word that alone asks for a person.
_WANTED: Final = frozenset({"人工", "人工客服"})


def apart(words: str) -> tuple[bool, str]:
    """Whether it is asked with whom they talk, and what is said besides; else the words as they are."""
    plain, rest, asked = narrow(words), "", False
    for clause in _CLAUSE.finditer(plain):
        if _asks(clause[0]):
            asked = True
        else:
            rest += words[clause.start() : clause.end()]
    if not asked:
        return False, words
    return True, "" if _FILLER.fullmatch(narrow(rest)) else rest.strip()


def _asks(clause: str) -> bool:
    said = clause.rstrip(" ,.!?;\n~").strip()
    if len(said) > _LONGEST:
        return False
    if _EN.fullmatch(said):
        return True
    said = re.sub(r"\s+", "", said)
    found = _ZH.fullmatch(_KIND.sub("#", said))
    if found is None or said.rstrip("吗么嘛吧啊呀呢哦") in _WANTED:
        return False
    questioning = found["end"] or found["choice"] or found["or"] or found["who"] or "?" in clause
    return bool(questioning and (found["you"] or found["man"] is None))


class Introducing:
    """One a process."""

    def __init__(self, db: Database, procedures: Procedures) -> None:
        self._db = db
        self._procedures = procedures

    async def around(self, case: Case, take: Callable[[Case], Awaitable[tuple[Step, Kept]]]) -> tuple[Step, Kept]:
        """The turn's step; what was under way is asked again where nothing but this was said."""
        if not case.asks_who:
            return await take(case)
        words = await self._words(case)
        if not case.text and not case.memory.state.acting:
            return await self._alone(case, words), Kept(decision=ABOUT_ITSELF)
        step, kept = await take(case)
        return _before(step, words), kept

    async def _words(self, case: Case) -> str:
        async with self._db.reading() as conn:
            when = await promised_when(conn, case.locale)
        person = case.say("machine_person_later", when=when) if when else case.say("machine_person")
        gap = "" if case.locale == "zh" else " "
        return case.say("machine", shop=case.shop_name or case.say("this_shop")) + gap + person

    async def _alone(self, case: Case, words: str) -> Step:
        memory = case.memory.having(_SAID)
        if memory.state.waiting is None:
            return Step(answer=Answer(replies=[menu(words, case.locale)], memory=memory), decision=ABOUT_ITSELF)
        await self._procedures.know(memory.state)
        reminder = self._procedures.remind(case, memory.state)
        replies = [text(words), *rendered(case, reminder.lines, {})]
        memory = msgspec.structs.replace(memory, state=reminder.state)
        return Step(answer=Answer(replies=replies, memory=memory), decision=ABOUT_ITSELF)


def _before(step: Step, words: str) -> Step:
    if step.answer.reason in _GRAVE:
        return step
    answer = step.answer
    said = msgspec.structs.replace(answer, replies=[text(words), *answer.replies], memory=answer.memory.having(_SAID))
    return msgspec.structs.replace(step, answer=said)
