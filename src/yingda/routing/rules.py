"""Pure decisions of triage: who answers, how urgent it is, and why. First form: a fixed table."""

from enum import StrEnum

import msgspec

from yingda.conversations import HandOffReason
from yingda.language import Emotion, Understanding

#: Below this calibrated confidence the assistant asks instead of acting.
UNSURE = 0.45
#: Above this out-of-scope score it does too.
OUT_OF_SCOPE = 0.6
#: As many messages in a row may be misunderstood; the next goes to a person.
MISUNDERSTOOD_LIMIT = 2

_COMPLAINTS = {"complaint.service": 3, "complaint.authority": 4}
_REQUESTED = "chat.human"
_UNSAFE = "product.adverse"


class Answerer(StrEnum):
    ASSISTANT = "assistant"
    PERSON = "person"


class Triage(msgspec.Struct, frozen=True):
    """The decision and its reason. `level`: 1 普通咨询, 2 紧急咨询, 3 投诉, 4 重大投诉, 5 危机事件."""

    answerer: Answerer
    level: int
    rule: str
    reason: HandOffReason | None = None
    understood: bool = True


def triage(understanding: Understanding, misunderstood_before: int) -> Triage:
    """Who answers this turn. `misunderstood_before`: how many turns in a row were not understood just before it."""
    intent = understanding.intent
    unsure = understanding.confidence < UNSURE or understanding.out_of_scope > OUT_OF_SCOPE
    if not unsure and (to_person := _by_intent(intent)):
        return to_person
    if understanding.emotion is Emotion.ANGRY:
        return Triage(Answerer.PERSON, 2, "emotion.angry", HandOffReason.EMOTION)
    if unsure:
        if misunderstood_before + 1 >= MISUNDERSTOOD_LIMIT:
            return Triage(Answerer.PERSON, 1, "unsure.repeated", HandOffReason.NOT_UNDERSTOOD, understood=False)
        return Triage(Answerer.ASSISTANT, 1, "unsure.once", understood=False)
    return Triage(Answerer.ASSISTANT, 2 if understanding.urgency >= 2 else 1, "intent.assistant")


def _by_intent(intent: str) -> Triage | None:
    if intent == _UNSAFE:
        return Triage(Answerer.PERSON, 2, "intent.adverse", HandOffReason.SAFETY)
    if intent == _REQUESTED:
        return Triage(Answerer.PERSON, 1, "intent.human", HandOffReason.REQUESTED)
    if level := _COMPLAINTS.get(intent):
        return Triage(Answerer.PERSON, level, "intent.complaint", HandOffReason.COMPLAINT)
    return None
