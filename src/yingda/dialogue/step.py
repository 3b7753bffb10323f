"""One turn: from what the customer said to what the assistant says, and whether a person must go on."""

import csv
from functools import cache

import msgspec

from yingda.conversations import FileContent, Grounds, HandOff, HandOffReason, ImageContent, ProductCard
from yingda.dialogue.advice import advise_if_named
from yingda.dialogue.articles import from_articles
from yingda.dialogue.case import Answer, Case
from yingda.dialogue.memory import Memory
from yingda.dialogue.procedures import PROCEDURES
from yingda.dialogue.replies import menu, text, with_human
from yingda.dialogue.wording import say
from yingda.kit.errors import Locale, Unavailable
from yingda.kit.paths import data_dir
from yingda.language import EntityKind
from yingda.routing import Answerer, Decision, unasked

_INFORM = "chat.inform"

#: Contents that say nothing in words: a file's name is not the customer's speech.
FILES = (ImageContent, FileContent)


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of a turn. `story` set: the conversation goes to a person with it, at the decision's level."""

    answer: Answer
    decision: Decision
    story: HandOff | None = None


#: Nothing was said that rules could look at.
SHOWN = unasked(Answerer.ASSISTANT, "content.shown", "只发来图片、文件或商品", "A file or a product without words")
BROKEN = unasked(Answerer.PERSON, "assistant.failed", "助手出错", "The assistant failed")


def answer_to_what_is_shown(case: Case) -> Step | None:
    """A file or a product without a word: no rule is asked."""
    shown = _answer_to_what_is_shown(case)
    return Step(answer=shown, decision=SHOWN) if shown else None


async def take_step(case: Case, decision: Decision) -> Step:
    """Act on the decision. Reads the store; changes nothing."""
    if decision.answerer.human:
        answer = _step_back(case, decision.reason or HandOffReason.FAILED)
    else:
        answer = await _answer(case, decision)
    story = _story(case, answer, decision) if answer.reason else None
    return Step(answer=answer, decision=decision, story=story)


def _answer_to_what_is_shown(case: Case) -> Answer | None:
    """A file or a product without a word: say that it came, and ask what it is about."""
    if all(isinstance(content, FILES) for content in case.contents):
        return case.answer(with_human(case.say("received_file"), case.locale), tried="收到图片或文件")
    last = case.contents[-1]
    if not isinstance(last, ProductCard):
        return None
    words = case.say("product_card", title=last.title, price=last.price)
    return case.answer(with_human(words, case.locale), tried=f"收到商品卡片：{last.title}", product_id=last.product_id)


def step_aside(words: str, memory: Memory) -> Step:
    """The outcome of a turn over which the assistant itself broke down: a person gets the customer's bare words."""
    sorry = text(say("handoff_failed", memory.locale))
    return Step(
        answer=Answer(replies=[sorry], memory=memory, reason=HandOffReason.FAILED),
        decision=BROKEN,
        story=HandOff(reason=HandOffReason.FAILED, summary=" ".join(words.split())[:120], tried=memory.tried),
    )


async def _answer(case: Case, decision: Decision) -> Answer:
    intent = case.understanding.intent
    understood = decision.answerer is not Answerer.CLARIFY
    if case.memory.expected_slot == "confirm_human" and intent == "chat.affirm":
        return _step_back(case, HandOffReason.REQUESTED)
    only_tells = intent == _INFORM or not understood
    if only_tells and case.understanding.first(EntityKind.ORDER_NO):
        return await _run(case, case.memory.pending_intent or "order.status")
    if not understood:
        if advised := await advise_if_named(case):
            return advised
        if found := await from_articles(case):
            return found
        answer = case.answer(menu(case.say("clarify"), case.locale), tried="请客户换个说法")
        memory = msgspec.structs.replace(answer.memory, misunderstood=case.memory.misunderstood + 1)
        return msgspec.structs.replace(answer, memory=memory)
    return await _run(case, intent)


async def _run(case: Case, intent: str) -> Answer:
    procedure = PROCEDURES.get(intent)
    try:
        answer = await procedure(case) if procedure else None
        return answer or await from_articles(case) or _not_mine(case, intent)
    except (Unavailable, OSError, TimeoutError):
        answer = case.answer(text(case.say("store_down")), tried="查询店铺系统（无响应）")
        return msgspec.structs.replace(answer, reason=HandOffReason.FAILED)


def _not_mine(case: Case, intent: str) -> Answer:
    """Understood, but beyond what the assistant knows: say so; twice in a row, a person comes by itself."""
    if case.memory.expected_slot == "confirm_human" and case.memory.last_intent == intent:
        return _step_back(case, HandOffReason.FAILED)
    words = case.say("not_mine", topic=topic_of(intent, case.locale))
    return case.answer(
        with_human(words, case.locale),
        tried=f"说明无法答复：{topic_of(intent, 'zh')}",
        expected_slot="confirm_human",
        last_intent=intent,
        last_question=words,
    )


def _step_back(case: Case, reason: HandOffReason) -> Answer:
    answer = case.answer(text(case.say(f"handoff_{reason.value}")))
    return msgspec.structs.replace(answer, reason=reason)


def _story(case: Case, answer: Answer, decision: Decision) -> HandOff:
    """What the next person must know, in one glance."""
    understanding = case.understanding
    slots = {entity.kind.value: entity.value for entity in understanding.entities}
    if answer.memory.order_no:
        slots.setdefault(EntityKind.ORDER_NO.value, answer.memory.order_no)
    topic = topic_of(case.memory.last_intent or understanding.intent, "zh")
    return HandOff(
        reason=answer.reason or HandOffReason.FAILED,
        summary=f"{topic}：{' '.join(case.text.split())[:120]}",
        intent=understanding.intent,
        emotion=understanding.emotion.value,
        slots=slots,
        tried=answer.memory.tried,
        skill=decision.skill,
        priority=decision.priority,
        grounds=_grounds(decision) if decision.answerer.human else None,
    )


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


def topic_of(intent: str, locale: Locale) -> str:
    """What an intent is called in front of people."""
    return _intent_names().get(intent, intent) if locale == "zh" else intent.replace(".", ": ").replace("_", " ")
