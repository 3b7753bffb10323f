"""Deciding one turn by a table of 200 rules: what is asked for before the answer of every message. Processor time."""

from datetime import UTC, datetime
from time import thread_time

from bench.figures import Figure, percentile
from yingda.language import Emotion
from yingda.language.shipped import shipped_examples
from yingda.routing.triage.rules import Triage
from yingda.routing.triage.shipped import shipped_table
from yingda.routing.triage.table import Conditions, Effects, Facts, RuleTable, TriageRule

RULES = 200
MESSAGES = 2_000
LIMIT_US = 100


async def measure(*, quick: bool) -> list[Figure]:
    triage, turns = Triage(_table(), 1), _turns()
    _microseconds(triage, turns)  # each intent is sorted out once per version; not counted
    taken = [_microseconds(triage, turns) for _ in range(1 if quick else 5)]
    return [
        Figure(f"triage of a turn, {RULES} rules, p50", "µs", [percentile(one, 0.5) for one in taken], LIMIT_US),
        Figure(f"triage of a turn, {RULES} rules, p99", "µs", [percentile(one, 0.99) for one in taken], 3 * LIMIT_US),
    ]


def _table() -> RuleTable:
    """The shipped rules, and before the last of them such as organisations add: by words, by intent, by urgency."""
    shipped = shipped_table()
    words = [example.text[:4] for example in shipped_examples()[::37] if len(example.text) > 4]
    own = [
        TriageRule(id=f"own.{n}", title=f"own {n}", when=_conditions(n, words), effects=Effects(level=2))
        for n in range(RULES - len(shipped.rules))
    ]
    return RuleTable(rules=[*own, *shipped.rules])


def _conditions(number: int, words: list[str]) -> Conditions:
    chosen = [words[(number * 5 + i) % len(words)] for i in range(5)]
    return (
        Conditions(keywords=chosen, unless=["不是"]),
        Conditions(intents=["issue.*", "refund.*"], emotions=[Emotion.ANGRY], channels=["web"]),
        Conditions(emotions=[Emotion.DISAPPOINTED], understood=True, shops=["one", "other"]),
    )[number % 3]


def _turns() -> list[Facts]:
    examples = shipped_examples()
    return [
        Facts(
            text=example.text,
            intent=example.intent,
            confidence=0.8,
            out_of_scope=0.1,
            emotion=list(Emotion)[place % len(Emotion)],
            sentiment=0.0,
            urgency=place % 4,
            channel="web",
            shop="one",
            at=datetime(2026, 11, 25, 6, 0, tzinfo=UTC),
        )
        for place, example in enumerate(examples[:: max(1, len(examples) // MESSAGES)])
    ]


def _microseconds(triage: Triage, turns: list[Facts]) -> list[float]:
    taken = []
    for facts in turns:
        began = thread_time()
        triage.needs(facts)
        triage.decide(facts)
        taken.append((thread_time() - began) * 1e6)
    return taken
