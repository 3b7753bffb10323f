"""What the assistant says about ingredients and products: the beauty graph answers, or a person does."""

import msgspec

from yingda.conversations import HandOffReason
from yingda.dialogue.case import Answer, Case
from yingda.dialogue.replies import text, with_human
from yingda.knowledge import Answer as GraphAnswer
from yingda.knowledge import AnswerKind

#: Somebody's health is at stake: a person comes by themselves.
_URGENT = frozenset({AnswerKind.ADVERSE, AnswerKind.MEDICAL})
_PRODUCT = "product:"


async def advise(case: Case) -> Answer | None:
    """The graph's answer with its sources; None where it has none, and for English, which it does not speak."""
    found = _ask(case)
    return None if found is None or found.kind is AnswerKind.UNKNOWN else _told(case, found)


async def advise_if_named(case: Case) -> Answer | None:
    """For a turn that was not understood: only if it names something that the graph knows."""
    found = _ask(case)
    return _told(case, found) if found and found.about and found.kind is not AnswerKind.UNKNOWN else None


def _ask(case: Case) -> GraphAnswer | None:
    if case.adviser is None or case.locale != "zh" or not case.text:
        return None
    about = (f"{_PRODUCT}{case.memory.product_id}",) if case.memory.product_id else ()
    return case.adviser.ask(case.text, about)


def _told(case: Case, found: GraphAnswer) -> Answer:
    reply = with_human(found.answer, case.locale) if found.handoff else text(found.answer)
    named = next((one.removeprefix(_PRODUCT) for one in found.about if one.startswith(_PRODUCT)), None)
    answer = case.answer(
        reply,
        tried=f"查询美妆知识：{found.kind.value}",
        expected_slot="confirm_human" if found.handoff else None,
        last_intent=case.understanding.intent,
        product_id=named or case.memory.product_id,
    )
    return msgspec.structs.replace(answer, reason=HandOffReason.SAFETY) if found.kind in _URGENT else answer
