"""Who answers, and why."""

import pytest

from yingda.conversations import HandOffReason
from yingda.language import Emotion, RankedIntent, Understanding
from yingda.routing import Answerer, triage


def read_as(
    intent: str, confidence: float = 0.9, emotion: Emotion = Emotion.CALM, urgency: int = 0, out: float = 0.0
) -> Understanding:
    return Understanding(
        intents=(RankedIntent(intent, confidence),),
        out_of_scope=out,
        entities=(),
        emotion=emotion,
        sentiment=0.0,
        urgency=urgency,
        language="zh",
        spans=(),
    )


@pytest.mark.parametrize(
    ("understanding", "misunderstood", "answerer", "level", "reason"),
    [
        (read_as("logistics.track"), 0, Answerer.ASSISTANT, 1, None),
        (read_as("logistics.track", urgency=2), 0, Answerer.ASSISTANT, 2, None),
        (read_as("chat.human"), 0, Answerer.PERSON, 1, HandOffReason.REQUESTED),
        (read_as("product.adverse"), 0, Answerer.PERSON, 2, HandOffReason.SAFETY),
        (read_as("complaint.service"), 0, Answerer.PERSON, 3, HandOffReason.COMPLAINT),
        (read_as("complaint.authority"), 0, Answerer.PERSON, 4, HandOffReason.COMPLAINT),
        (read_as("logistics.track", emotion=Emotion.ANGRY), 0, Answerer.PERSON, 2, HandOffReason.EMOTION),
        (read_as("logistics.track", emotion=Emotion.ANXIOUS), 0, Answerer.ASSISTANT, 1, None),
        (read_as("other", 0.2), 0, Answerer.ASSISTANT, 1, None),
        (read_as("other", 0.2), 1, Answerer.PERSON, 1, HandOffReason.NOT_UNDERSTOOD),
        (read_as("invoice.request", 0.9, out=0.9), 1, Answerer.PERSON, 1, HandOffReason.NOT_UNDERSTOOD),
        (read_as("chat.human", 0.2), 0, Answerer.ASSISTANT, 1, None),
        (read_as("chat.human", 0.2, emotion=Emotion.ANGRY), 0, Answerer.PERSON, 2, HandOffReason.EMOTION),
    ],
)
def test_triage(
    understanding: Understanding, misunderstood: int, answerer: Answerer, level: int, reason: HandOffReason | None
) -> None:
    decision = triage(understanding, misunderstood)
    assert (decision.answerer, decision.level, decision.reason) == (answerer, level, reason)
    assert decision.rule
