"""Who asks whether they talk with a machine is told so, at once and truthfully, and nothing else is disturbed by it.

What else they say in the same turn is taken for itself. Who wants a person is not asking: 有真人吗 is left alone.
"""

import re
from collections.abc import Awaitable, Callable, Sequence
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
_LEANING = re.compile(r"\s*(?:如果|要是|若)?(?:不是|是)(?:真?人|人工|机器人?)?的话[\s,]*|\s*if (?:not|so)\b[\s,]*")
#: What they think of it, which is no request.
_COMPLAINT = re.compile(
    r"\s*(?:它|他|你们?|这|都|就|根本|完全|怎么|真|老是|总是?|一直)*"
    r"(?:[听看说]不[懂明白到来]+(?:人话|我?的?话|中文)?|(?:真|好|太|这么)(?:笨|傻|蠢|智障|没用))[了啊呀吧吗的\s,.!?;~]*"
)
#: What they may be talking with, by the letters that stand for it in the shapes below: M a machine or who serves, T
#: what may be a thing of its own, P a person, also one in a picture; a bare 人 is looked at there.
_KIND = re.compile(
    r"(?:一?个)?(?:(?P<M>(?:智能|自动|ai|人工智能)?(?:机器人?|人工智能|自动回复|智能客服|智能助手|数字人|虚拟人)(?:客服|助手)?"
    r"|人工(?:客服)?|ai(?![a-z])(?:客服|助手)?|chatgpt|gpt|deepseek|豆包|文心一言"
    r"|(?:真的?人|活人|人类|电脑|程序|系统|大模型)(?:客服|助手))"
    r"|(?P<T>(?:智能|自动|ai|人工智能)?(?:电脑|程序|系统|大模型))|(?P<P>真的?人|活人|人类))"
)
_ZH = re.compile(
    r"""(?:那|所以|话说|请问|我?想问(?:一?下)?|问一?下|喂|诶|哎|亲|你好|您好|难道|老实说|说实话)*
    (?:
      (?P<you>(?P<near>这个?|那个?|[它他她])|[你您]们?(?:[这那]边)?|[这那]边|这里|对面|客服|现在
        |(?:现在|在)*(?:跟|和|同|与|给)我在?(?:聊天?|说话|对话|沟通|回复|回消息)的(?:人|这?位)?)?
      (?:到底|究竟|其实|真的|现在|该)*
      (?:(?P<choice>是不是|会不会是|不会是|还是)|不?就?是)用?(?:[MTP]|(?P<man>(?:一?个)?人))
      (?:在|来|给我|跟我|和我)*(?:回复|回答|聊天?|说话|服务|接待)?我?的?(?P<or>还是(?:[MTP]|人|狗|猫|猪|鬼|啥|什么)?)?
    | 我?们?(?:现在|到底|是不是|是)*在?(?P<with>跟|和|同|与)(?:[MTP]|人)在?(?:聊天?|说话|对话|沟通)(?:还是(?:[MTP]|人))?
    | (?P<who>[你您](?:到底|究竟)?(?:是|算)(?:谁|哪位|什么(?:人|东西|模型|[MTP])?|哪个模型))
    | [MTP](?:客服|回复)?
    )(?P<end>(?:吗|么|嘛|吧|啊|呀|呢|哦|对吧|对不对|是吧)*)""",
    re.VERBOSE,
)
_EN_LIKE = r"(?:(?:an?|some|just|really|actually|only|real|live|human|automated|virtual|chat)\ )*"
_EN_BOT = r"(?:(?:chat)?bot|robot|ai|language\ model|chatgpt|gpt)"
_EN_KIND = rf"(?:(?:the|my)\ )?{_EN_LIKE}(?:{_EN_BOT}|machine|computer|program|human(?:\ being)?|person|people)"
_EN = re.compile(
    rf"""(?:(?:hi|hello|hey|so|but|wait|sorry|ok|and|well|please|honestly|just\ wondering|may\ i\ ask|tell\ me)\ )*
    (?: (?:(?:are|r)\ (?:you|u)|(?:you|u)\ (?:are|r)|you're|(?:am|do)\ i\ (?:talk|speak|chat)(?:ing)?\ (?:to|with))
        \ (?:{_EN_KIND}|(?:(?:even|really|actually|for)\ )?real)(?:\ or\ (?:{_EN_KIND}|what|not|fake))?
        (?:\ right)?(?:\ answering|\ replying)?
    | is\ (?:this|that|it)\ {_EN_LIKE}(?:{_EN_BOT}|machine)(?:\ or\ (?:{_EN_KIND}|what))?(?:\ answering|\ replying)?
    | is\ this\ {_EN_LIKE}(?:human(?:\ being)?|person)(?:\ or\ (?:{_EN_KIND}|what))?(?:\ answering|\ replying)?
    | who\ are\ (?:you|u)|what\ are\ (?:you|u)|who\ is\ this|who\ am\ i\ (?:talk|speak)ing\ (?:to|with)
    | (?P<bare>(?:a\ )?{_EN_BOT})
    )""",
    re.VERBOSE,
)
#: A word that alone asks for a person.
_WANTED: Final = frozenset({"人工", "人工客服"})


class Apart(msgspec.Struct, frozen=True):
    """A turn without the question with whom they talk: `rest` is what else is said, `asked` the question, empty if it
    is not asked. `places`: where in the turn each character of `rest` stands."""

    rest: str
    asked: str
    places: Sequence[int]


def whole(words: str) -> Apart:
    """A turn of which nothing is taken away."""
    return Apart(words, "", range(len(words)))


def apart(words: str) -> Apart:
    """The turn, taken apart; whole where it is not asked with whom they talk."""
    plain, asked = narrow(words), ""
    others: list[re.Match[str]] = []
    for clause in _CLAUSE.finditer(plain):
        if _asks(clause[0]):
            asked += words[clause.start() : clause.end()]
        else:
            others.append(clause)
    if not asked:
        return whole(words)
    if all(_COMPLAINT.fullmatch(clause[0]) or _FILLER.fullmatch(clause[0]) for clause in others):
        return Apart("", asked, ())
    places = [place for clause in others for place in range(_begin(clause), clause.end())]
    rest = "".join(words[place] for place in places)
    begin, said = len(rest) - len(rest.lstrip()), rest.strip()
    return Apart(said, asked, places[begin : begin + len(said)])


def _begin(clause: re.Match[str]) -> int:
    """Where it begins to make sense by itself: 不是的话 leans on the question."""
    leaning = _LEANING.match(clause[0])
    return clause.start() + (leaning.end() if leaning else 0)


def _asks(clause: str) -> bool:
    said = clause.rstrip(" ,.!?;\n~").strip()
    if len(said) > _LONGEST:
        return False
    if english := _EN.fullmatch(said):
        return english["bare"] is None or "?" in clause
    said = re.sub(r"\s+", "", said)
    shape = _KIND.sub(lambda kind: kind.lastgroup or "", said)
    found = _ZH.fullmatch(shape)
    if found is None or said.rstrip("吗么嘛吧啊呀呢哦") in _WANTED:
        return False
    questioning = found["end"] or found["choice"] or found["or"] or found["who"] or "?" in clause
    return bool(questioning) and _of_whom_they_talk_with(found)


def _of_whom_they_talk_with(found: re.Match[str]) -> bool:
    """And not of a thing or of somebody in a picture, of which the same is asked: 这是系统吗, 这是真人吗."""
    shape, speaks_of = found[0], found["you"]
    if found["with"] or found["who"]:
        return True
    if found["near"]:
        return "M" in shape
    if speaks_of in (None, "现在"):
        return found["man"] is None and "T" not in shape
    return True


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
        if not (case.text or case.contents or case.memory.state.acting):
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
        state = case.memory.state
        if state.waiting is None:
            return Step(answer=case.answer(menu(words, case.locale), tried=_SAID), decision=ABOUT_ITSELF)
        await self._procedures.know(state)
        reminder = self._procedures.remind(case, state)
        replies = [text(words), *rendered(case, reminder.lines, {})]
        memory = msgspec.structs.replace(case.memory.having(_SAID), state=reminder.state, offers_human=False)
        return Step(answer=Answer(replies=replies, memory=memory), decision=ABOUT_ITSELF)


def _before(step: Step, words: str) -> Step:
    if step.answer.reason in _GRAVE:
        return step
    answer = step.answer
    said = msgspec.structs.replace(answer, replies=[text(words), *answer.replies], memory=answer.memory.having(_SAID))
    return msgspec.structs.replace(step, answer=said)
