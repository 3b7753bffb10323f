"""One turn: from what the customer said to what the assistant says, and whether a person must go on."""

import csv
from functools import cache

import msgspec

from yingda.conversations import FileContent, Grounds, HandOff, HandOffReason, ImageContent, ProductCard, text_of
from yingda.dialogue.articles import for_sure, from_articles, on_a_rule
from yingda.dialogue.case import Answer, Case
from yingda.dialogue.memory import Memory, Tried
from yingda.dialogue.procedures.answering import answer_of, joined, rendered
from yingda.dialogue.procedures.assent import lets_go
from yingda.dialogue.procedures.service import Procedures, Went
from yingda.dialogue.procedures.slots import asks_in_general, speaks_of_own
from yingda.dialogue.procedures.state import State, Told
from yingda.dialogue.procedures.tools import TOOLS, Desk
from yingda.dialogue.replies import Reply, menu, text, with_human
from yingda.dialogue.wording import say
from yingda.kit.errors import Locale
from yingda.kit.paths import data_dir
from yingda.knowledge import cannot_wait, first_aid
from yingda.language import Entity, EntityKind
from yingda.routing import Answerer, Decision, unasked

_INFORM, _HURT = "chat.inform", "product.adverse"
#: 紧急咨询: at least so urgent is what touches somebody's health, whatever the rules made of the words.
_HEALTH_LEVEL = 2

_RECEIVED = Tried("收到图片或文件", "Received a picture or file")
_CODED = frozenset({EntityKind.PRODUCT, EntityKind.INGREDIENT, EntityKind.DURATION})
_ASKED_ANEW = Tried("请客户换个说法", "Asked to put it another way")
_LOOKED_UP = Tried("查询美妆知识", "Looked it up in the beauty graph")

#: Contents that say nothing in words: a file's name is not the customer's speech.
FILES = (ImageContent, FileContent)


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of a turn. `story` set: the conversation goes to a person with it, at this level."""

    answer: Answer
    decision: Decision
    story: HandOff | None = None

    @property
    def level(self) -> int:
        """The decision's, unless somebody's health turned out to be at stake after it."""
        unsafe = self.story is not None and self.story.reason is HandOffReason.SAFETY
        return max(self.decision.level, _HEALTH_LEVEL) if unsafe else self.decision.level


#: Nothing was said that rules could look at.
SHOWN = unasked(Answerer.ASSISTANT, "content.shown", "只发来图片、文件或商品", "A file or a product without words")
BROKEN = unasked(Answerer.PERSON, "assistant.failed", "助手出错", "The assistant failed")


async def answer_to_what_is_shown(case: Case, procedures: Procedures) -> Step | None:
    """A file or a product without a word: no rule is asked. A process that waits for it goes on."""
    if not case.contents or case.memory.state.acting:
        return None
    if case.memory.state.waiting and all(isinstance(content, FILES) for content in case.contents):
        return await take_step(case, SHOWN, procedures)
    shown = _answer_to_what_is_shown(case)
    return Step(answer=shown, decision=SHOWN) if shown else None


async def take_step(case: Case, decision: Decision, procedures: Procedures) -> Step:
    """Act on the decision. Changes nothing but what the customer agreed to."""
    begun = await procedures.finish(case) if case.memory.state.acting else None
    finished = answer_of(case, begun) if begun else None
    if begun and finished and (begun.reason or not case.contents):
        answer = finished
    else:
        answer = await _continue(_after(case, finished) if finished else case, decision, procedures)
        if finished:
            answer = joined(finished, answer, [], answer.memory.state)
    if answer.reason:
        answer = _with_farewell(case, answer)
    story = _story(case, answer, decision) if answer.reason else None
    return Step(answer=_let_go(answer) if story else answer, decision=decision, story=story)


async def _continue(case: Case, decision: Decision, procedures: Procedures) -> Answer:
    """A person takes over, except that a process under way asks again by itself what it has not understood, and that
    an answer which it offered, such as 个人, is no request for one."""
    asks = case.memory.state.waiting is not None and decision.reason is HandOffReason.NOT_UNDERSTOOD
    answers = decision.reason is HandOffReason.REQUESTED and procedures.is_answer(case)
    if decision.answerer.human and not (asks or answers):
        reason = decision.reason or HandOffReason.FAILED
        source = procedures.library.for_reason(reason)
        if source is None:
            return _step_back(case, reason)
        aside = msgspec.structs.replace(case.memory, state=State(count=case.memory.state.count))
        went = await procedures.begin(msgspec.structs.replace(case, memory=aside), source)
        return msgspec.structs.replace(answer_of(case, went), reason=reason)
    return await _answer(case, decision, procedures)


def _let_go(answer: Answer) -> Answer:
    """A person has it now: no process goes on by itself when the conversation comes back."""
    memory = msgspec.structs.replace(answer.memory, state=State(count=answer.memory.state.count))
    return msgspec.structs.replace(answer, memory=memory)


def _answer_to_what_is_shown(case: Case) -> Answer | None:
    """A file or a product without a word: say that it came, and ask what it is about."""
    if all(isinstance(content, FILES) for content in case.contents):
        return case.answer(with_human(case.say("received_file"), case.locale), tried=_RECEIVED)
    last = case.contents[-1]
    if not isinstance(last, ProductCard):
        return None
    words = case.say("product_card", title=last.title, price=last.price)
    tried = Tried(f"收到商品卡片：{last.title}", f"Was shown a product: {last.title}")
    return case.answer(with_human(words, case.locale), tried=tried, product_id=last.product_id)


def step_aside(words: str, memory: Memory) -> Step:
    """The outcome of a turn over which the assistant itself broke down: a person gets the customer's bare words."""
    sorry = text(say("handoff_failed", memory.locale))
    return Step(
        answer=Answer(replies=[sorry], memory=memory, reason=HandOffReason.FAILED),
        decision=BROKEN,
        story=HandOff(
            reason=HandOffReason.FAILED,
            summary=" ".join(words.split())[:120],
            tried=memory.tried,
            tried_en=memory.tried_en,
        ),
    )


async def _answer(case: Case, decision: Decision, procedures: Procedures) -> Answer:
    understood = decision.answerer is not Answerer.CLARIFY and decision.reason is not HandOffReason.NOT_UNDERSTOOD
    if _takes_up_offer(case):
        return _step_back(case, HandOffReason.REQUESTED)
    tells = case.memory.state.flows or case.understanding.intent == _INFORM or not understood
    if (tells or case.locale != "zh") and (warned := await _warn(case, procedures)):
        return warned
    if understood and (rule := await _tell_rule(case, procedures)):
        return rule
    went = await procedures.hear(case, understood=understood)
    if went is None:
        return await _answer_freely(case, procedures, understood=understood)
    in_vain = (went.without_orders and not speaks_of_own(case.text)) or (went.signs_in and asks_in_general(case.text))
    if in_vain and understood and (general := await for_sure(_having(case, went))):
        return msgspec.structs.replace(general, reason=went.reason, log=went.log)
    if not went.aside:
        return answer_of(case, went)
    so_far = answer_of(case, went)
    freely = await _answer_freely(_after(case, so_far), procedures, understood=understood)
    reminder = procedures.remind(case, went.state)
    return joined(so_far, freely, rendered(case, reminder.lines, {}), reminder.state)


def _takes_up_offer(case: Case) -> bool:
    """A yes to the offer of a person: to the plain question any, else none that only acknowledges."""
    memory = case.memory
    if not memory.offers_human or memory.state.flows or case.understanding.intent != "chat.affirm":
        return False
    return memory.last_question is not None or not lets_go(case.text)


async def _tell_rule(case: Case, procedures: Procedures) -> Answer | None:
    """What sounds like a request and only asks for a rule; then the open question is put again."""
    if not procedures.library.asks_rule(case.understanding.intent, case.text):
        return None
    if procedures.is_answer(case) or procedures.answers(case):
        return None
    told = await on_a_rule(case)
    if told is None or not case.memory.state.flows:
        return told
    reminder = procedures.remind(case, case.memory.state)
    return joined(case.answer(), told, rendered(case, reminder.lines, {}), reminder.state)


async def _answer_freely(case: Case, procedures: Procedures, *, understood: bool) -> Answer:
    """What no process has begun by itself."""
    only_tells = case.understanding.intent == _INFORM or not understood
    status = procedures.library.for_intent("order.status")
    names_order = only_tells and case.understanding.first(EntityKind.ORDER_NO) and not case.memory.state.flows
    if names_order and status:
        return answer_of(case, await procedures.begin(case, status))
    if understood and case.understanding.intent == _INFORM:
        return (
            await for_sure(case)
            or await _advise_if_named(case)
            or case.answer(
                menu(case.say("informed"), case.locale),
                tried=Tried("收到信息，请客户说明要办什么", "Took in what was told and asked what it is for"),
            )
        )
    if understood:
        return await from_articles(case) or _not_mine(case, case.understanding.intent)
    if answered := await _advise_if_named(case) or await from_articles(case):
        return answered
    answer = case.answer(menu(case.say("clarify"), case.locale), tried=_ASKED_ANEW)
    memory = msgspec.structs.replace(answer.memory, misunderstood=case.memory.misunderstood + 1)
    return msgspec.structs.replace(answer, memory=memory)


async def _warn(case: Case, procedures: Procedures) -> Answer | None:
    """What cannot wait goes before what is under way, merely told or not understood, unless the turn is a button, or an
    address or another name that was asked for, in which any word may stand. In English, which the beauty graph does not
    speak, it goes before everything."""
    if procedures.is_answer(case) or procedures.is_name(case):
        return None
    if case.locale != "zh":
        return _step_back(case, HandOffReason.SAFETY) if cannot_wait(case.text) else None
    told = await TOOLS["advice"].ask(Desk(case), {"immediate": True})
    return _advised(case, told) if told.outcome == "urgent" else None


async def _advise_if_named(case: Case) -> Answer | None:
    """For a turn that was not understood: what the beauty graph says, if the turn names something that it knows."""
    told = await TOOLS["advice"].ask(Desk(case), {"named": True})
    return None if told.outcome == "unknown" else _advised(case, told)


def _advised(case: Case, told: Told) -> Answer:
    words = str(told.facts["advice"])
    offers = told.outcome != "found"
    reply = with_human(words, case.locale) if offers else text(words)
    about = tuple(str(told.facts["about"]).split("\n"))
    answer = case.answer(
        reply, tried=_LOOKED_UP, offers_human=offers, last_intent=case.understanding.intent, about=about
    )
    return msgspec.structs.replace(answer, reason=HandOffReason.SAFETY) if told.outcome == "urgent" else answer


def _having(case: Case, went: Went) -> Case:
    """Where a process left it, with what it tried, and nothing that it says."""
    memory = msgspec.structs.replace(case.memory.having(*went.tried), state=went.state)
    return msgspec.structs.replace(case, memory=memory)


def _after(case: Case, answer: Answer) -> Case:
    return msgspec.structs.replace(case, memory=answer.memory)


def _not_mine(case: Case, intent: str) -> Answer:
    """Understood, but beyond what the assistant knows: say so; twice in a row, a person comes by itself."""
    if case.memory.offers_human and case.memory.last_intent == intent:
        return _step_back(case, HandOffReason.UNKNOWN)
    words = case.say("not_mine", topic=topic_of(intent, case.locale))
    return case.answer(
        with_human(words, case.locale),
        tried=Tried(f"说明无法答复：{topic_of(intent, 'zh')}", f"Said that it cannot answer: {topic_of(intent, 'en')}"),
        offers_human=True,
        last_intent=intent,
        last_question=words,
    )


def _step_back(case: Case, reason: HandOffReason) -> Answer:
    return msgspec.structs.replace(case.answer(), reason=reason)


def _with_farewell(case: Case, answer: Answer) -> Answer:
    """The last word before a person comes says so, and what happens with all that was said. Where somebody is hurt,
    what to do at once comes first of all, unless the answer has said it."""
    reason = answer.reason or HandOffReason.FAILED
    first: list[Reply] = []
    if reason is HandOffReason.SAFETY:
        words = first_aid(case.text, case.locale) or case.say("first_aid")
        first = [] if any(words in text_of(reply.content) for reply in answer.replies) else [text(words)]
    farewell = text(case.say(f"handoff_{reason.value}"))
    return msgspec.structs.replace(answer, replies=[*first, *answer.replies, farewell])


def _story(case: Case, answer: Answer, decision: Decision) -> HandOff:
    """What the next person must know, in one glance."""
    understanding = case.understanding
    slots = {entity.kind.value: _as_told(entity) for entity in understanding.entities}
    for flow in (*case.memory.state.flows, *answer.memory.state.flows):
        slots |= {name: label for name, label in flow.labels.items() if label}
    if answer.memory.order_no:
        slots.setdefault(EntityKind.ORDER_NO.value, answer.memory.order_no)
    reason = answer.reason or HandOffReason.FAILED
    topic, words = topic_of(_matter(case, reason), "zh"), " ".join(case.text.split())
    return HandOff(
        reason=reason,
        summary=topic if words == topic else f"{topic}：{words[:120]}",
        intent=understanding.intent,
        emotion=understanding.emotion.value,
        slots=slots,
        tried=answer.memory.tried,
        tried_en=answer.memory.tried_en,
        skill=decision.skill,
        priority=decision.priority,
        grounds=_grounds(decision) if decision.answerer.human else None,
    )


def _matter(case: Case, reason: HandOffReason) -> str:
    """What it is about: of a wish for a person and other small talk, what was talked about before; where somebody is
    hurt, that, whatever else was read."""
    if reason is HandOffReason.SAFETY:
        return _HURT
    intent = case.understanding.intent
    by_itself = not intent.startswith("chat.") and intent != "other"
    return intent if by_itself else case.memory.last_intent or intent


def _as_told(entity: Entity) -> str:
    """By the customer's own word where values are codes."""
    return entity.text if entity.kind in _CODED else entity.value


def _grounds(decision: Decision) -> Grounds:
    """The rule that brought a person in."""
    rule = decision.matched[-1]
    return Grounds(
        rule=rule.rule,
        title=rule.title,
        title_en=rule.title_en,
        version=decision.version,
        facts=[(fact.condition, fact.value) for fact in rule.facts],
    )


@cache
def _intent_names() -> dict[str, str]:
    with (data_dir() / "language" / "intents.tsv").open(encoding="utf-8", newline="") as file:
        return {row["intent"]: row["name"] for row in csv.DictReader(file, delimiter="\t")}


@cache
def _english_names() -> dict[str, str]:
    return msgspec.toml.decode((data_dir() / "dialogue" / "topics.toml").read_bytes(), type=dict[str, str])


def topic_of(intent: str, locale: Locale) -> str:
    """What an intent is called in front of people."""
    return (_intent_names() if locale == "zh" else _english_names()).get(intent, intent)
