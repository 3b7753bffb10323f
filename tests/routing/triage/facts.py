"""Facts and rules for the tests of triage."""

from datetime import UTC, datetime
from typing import Any

from yingda.language import Emotion
from yingda.routing.triage.rules import Triage
from yingda.routing.triage.table import Answerer, Conditions, Effects, Facts, RuleTable, TriageRule

#: A Wednesday, 14:00 in China.
AT = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)


def facts(text: str = "", **changed: Any) -> Facts:
    """Of a calm question that was understood."""
    told: dict[str, Any] = {
        "text": text,
        "intent": "logistics.track",
        "confidence": 0.9,
        "out_of_scope": 0.0,
        "emotion": Emotion.CALM,
        "sentiment": 0.0,
        "urgency": 0,
        "channel": "web",
        "shop": "liuli",
        "at": AT,
    }
    return Facts(**{**told, **changed})


def rule(name: str, then: Effects | None = None, *, enabled: bool = True, **when: Any) -> TriageRule:
    effects = then or Effects(answerer=Answerer.ASSISTANT)
    return TriageRule(id=name, title=name.upper(), enabled=enabled, when=Conditions(**when), effects=effects)


def triage_of(*rules: TriageRule, **table: Any) -> Triage:
    return Triage(RuleTable(rules=list(rules), **table), 7)
