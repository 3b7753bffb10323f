"""Facts and rules for the tests of triage."""

from datetime import UTC, datetime
from typing import Any

from yingda.language import Emotion
from yingda.routing.triage.rules import Triage
from yingda.routing.triage.table import Answerer, Conditions, Effects, Facts, Rule, Table

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


def rule(name: str, then: Effects | None = None, *, enabled: bool = True, **when: Any) -> Rule:
    effects = then or Effects(answerer=Answerer.ASSISTANT)
    return Rule(id=name, title=name.upper(), enabled=enabled, when=Conditions(**when), then=effects)


def triage_of(*rules: Rule, **table: Any) -> Triage:
    return Triage(Table(rules=list(rules), **table), 7)
