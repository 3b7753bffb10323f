"""What the validator finds in a table, and what it leaves alone."""

from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.routing.triage.facts import facts, rule, triage_of
from yingda.conversations import HandOffReason
from yingda.language import Emotion
from yingda.routing.triage.table import Answerer, Contacts, Effects, Range, RulePeriod, RuleTable, Severity, TriageRule
from yingda.routing.triage.validation import Known, blocking, findings, implies

TEAM, LABEL = uuid4(), uuid4()
KNOWN = Known(
    intents=frozenset({"complaint.service", "complaint.authority", "chat.human"}),
    team_ids=frozenset({TEAM}),
    label_ids=frozenset({LABEL}),
    shops=frozenset({"liuli"}),
    skills=frozenset({"english"}),
)
PERSON = Effects(answerer=Answerer.PERSON, reason=HandOffReason.COMPLAINT)
REST = rule("rest")


def found(*rules: TriageRule, **table: Any) -> list[tuple[str | None, str]]:
    return [(one.rule, one.code) for one in findings(RuleTable(rules=list(rules), **table), KNOWN)]


@pytest.mark.parametrize(
    ("one", "code"),
    [
        (rule("one", PERSON, intents=["complaint.refund"]), "unknown_intent"),
        (rule("one", PERSON, not_intents=["nothing.*"]), "unknown_intent"),
        (rule("one", PERSON, shops=["elsewhere"]), "unknown_shop"),
        (rule("one", Effects(team_id=uuid4())), "unknown_team"),
        (rule("one", Effects(label_ids=[LABEL, uuid4()])), "unknown_label"),
        (rule("one", Effects(skill="latin")), "unknown_skill"),
        (rule("one", Effects(), urgency=Range(min=1)), "no_effect"),
        (rule("one", Effects(answerer=Answerer.URGENT), urgency=Range(min=1)), "no_reason"),
        (rule("one", Effects(level=2, reason=HandOffReason.EMOTION)), "idle_reason"),
        (rule("one", PERSON, unless=["笑死"]), "idle_unless"),
        (rule("one", PERSON, confidence=Range(0.6, 0.5)), "contradiction"),
        (rule("one", PERSON, understood=True, confidence=Range(max=0.3)), "contradiction"),
        (rule("one", PERSON, intents=["complaint.*"], not_intents=["complaint.*"]), "contradiction"),
        (rule("one", PERSON, keywords=["笑死"], unless=["死"]), "contradiction"),
        (rule("one", PERSON, keywords=["…"]), "contradiction"),
    ],
)
def test_a_faulty_rule_is_named(one: TriageRule, code: str) -> None:
    rules = (one, REST) if one.when != REST.when or not one.effects.answerer else (one,)
    assert ("one", code) in found(*rules)


@pytest.mark.parametrize(
    ("first", "second", "shadowed"),
    [
        ({"intents": ["complaint.*"]}, {"intents": ["complaint.service"]}, True),
        ({"intents": ["complaint.service"]}, {"intents": ["complaint.*"]}, False),
        ({"urgency": Range(min=1)}, {"urgency": Range(min=2), "emotions": [Emotion.ANGRY]}, True),
        ({"urgency": Range(min=1), "understood": True}, {"urgency": Range(min=2)}, False),
        ({"keywords": ["自杀"]}, {"keywords": ["想自杀", "自杀"]}, True),
        ({"keywords": ["自杀"], "unless": ["自杀式"]}, {"keywords": ["自杀"]}, False),
        ({"keywords": ["sue"]}, {"keywords": ["issue"]}, False),
        ({"contacts": Contacts(days=7, min=2)}, {"contacts": Contacts(days=3, min=4)}, True),
        ({"contacts": Contacts(days=7, min=2)}, {"contacts": Contacts(days=9, min=2)}, False),
        ({"open_ticket": True}, {"open_ticket": True, "urgency": Range(min=1)}, True),
        ({"open_ticket": True}, {"open_ticket": False}, False),
        ({"child_swallowed": True}, {"child_swallowed": True, "urgency": Range(min=1)}, True),
        ({"working_hours": True}, {"working_hours": True, "urgency": Range(min=1)}, True),
        ({"not_intents": ["chat.*"]}, {"intents": ["complaint.*"]}, True),
        ({"not_intents": ["chat.human"]}, {"intents": ["chat.*"]}, False),
        ({"times": [RulePeriod("09:00", "12:00")]}, {"times": [RulePeriod("10:00", "11:00")]}, False),
        ({}, {"intents": ["chat.human"]}, True),
    ],
)
def test_a_rule_behind_a_wider_one_is_never_reached(
    first: dict[str, Any], second: dict[str, Any], shadowed: bool
) -> None:
    told = found(rule("wide", PERSON, **first), rule("narrow", PERSON, **second), REST)
    assert (("narrow", "unreachable") in told) is shadowed


def test_hours_of_another_team_shadow_nothing() -> None:
    theirs = Effects(answerer=Answerer.PERSON, reason=HandOffReason.COMPLAINT, team_id=TEAM)
    told = found(rule("wide", theirs, working_hours=True), rule("narrow", PERSON, working_hours=True), REST)
    assert ("narrow", "unreachable") not in told


def test_what_only_adds_or_is_switched_off_shadows_nothing() -> None:
    adds = rule("adds", Effects(level=2))
    off = rule("off", PERSON, enabled=False)
    assert found(adds, off, rule("human", PERSON, intents=["chat.human"]), REST) == []


def test_a_fallback_must_be_there_and_in_both_languages_it_says_so() -> None:
    [missing] = findings(RuleTable(rules=[rule("one", PERSON, intents=["chat.human"])]), KNOWN)
    assert (missing.rule, missing.code, missing.severity) == (None, "no_fallback", Severity.ERROR)
    assert "兜底" in missing.zh
    assert "fallback" in missing.en
    assert found(REST, rule("rest", PERSON, intents=["chat.human"])) == [("rest", "same_id"), ("rest", "unreachable")]


def test_warnings_do_not_keep_from_publishing() -> None:
    table = RuleTable(rules=[REST, rule("late", PERSON, intents=["chat.human"])])
    told = findings(table, KNOWN)
    assert [one.code for one in told] == ["unreachable"]
    assert "REST" in told[0].zh
    assert blocking(told) == []


RANGES = st.builds(Range, min=st.sampled_from([None, 0, 1]), max=st.sampled_from([None, 1, 2]))
WHEN = st.fixed_dictionaries(
    {},
    optional={
        "intents": st.lists(st.sampled_from(["chat.*", "chat.human", "order.status"]), min_size=1, max_size=2),
        "not_intents": st.lists(st.sampled_from(["chat.*", "chat.human"]), min_size=1, max_size=1),
        "urgency": RANGES,
        "emotions": st.lists(st.sampled_from(Emotion), min_size=1, max_size=2),
        "keywords": st.lists(st.sampled_from(["死", "想死", "死了"]), min_size=1, max_size=2),
        "unless": st.lists(st.sampled_from(["想死你", "笑死"]), min_size=1, max_size=2),
        "reopened": st.booleans(),
    },
)


@given(
    WHEN,
    WHEN,
    st.sampled_from(["想死", "笑死了", "想死你", "好"]),
    st.sampled_from(["chat.human", "chat.urge", "order.status"]),
    st.integers(0, 3),
    st.sampled_from(Emotion),
    st.booleans(),
)
def test_whatever_meets_the_narrower_conditions_meets_the_wider(
    narrow: dict[str, Any],
    wide: dict[str, Any],
    text: str,
    intent: str,
    urgency: int,
    emotion: Emotion,
    reopened: bool,
) -> None:
    one, other = rule("narrow", PERSON, **narrow), rule("wide", PERSON, **wide)
    told = facts(text, intent=intent, urgency=urgency, emotion=emotion, reopened=reopened)
    if implies(one.when, other.when) and triage_of(one).decide(told).matched:
        assert triage_of(other).decide(told).matched
