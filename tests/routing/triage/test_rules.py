"""How rules are tried: in order, each condition for itself, and what several of them come to together."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.routing.triage.facts import AT, facts, rule, triage_of
from yingda.conversations import HandOffReason
from yingda.customers import Segment
from yingda.kit.calendar import Calendar, Period
from yingda.language import Emotion
from yingda.routing.levels import WorkingHours
from yingda.routing.triage.keywords import Keywords, plain
from yingda.routing.triage.rules import Need, Triage, during
from yingda.routing.triage.table import Answerer, Contacts, Effects, Evidence, Facts, Range, RulePeriod, RuleTable

PERSON = Effects(answerer=Answerer.PERSON, reason=HandOffReason.COMPLAINT, level=3)
FALLBACK = rule("rest")
#: Every day from nine to six, public holidays excepted.
OFFICE = Calendar(weekly=((Period(540, 1080),),) * 7, public_holidays=True)
HOURS = WorkingHours(OFFICE)
NATIONAL_DAY = datetime(2026, 10, 1, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("when", "met", "missed"),
    [
        ({"intents": ["complaint.*"]}, {"intent": "complaint.service"}, {"intent": "chat.human"}),
        ({"intents": ["chat.human"]}, {"intent": "chat.human"}, {"intent": "chat.humane"}),
        ({"not_intents": ["chat.*"]}, {"intent": "order.status"}, {"intent": "chat.thanks"}),
        ({"understood": True}, {}, {"confidence": 0.44}),
        ({"understood": False}, {"out_of_scope": 0.61}, {}),
        ({"confidence": Range(max=0.5)}, {"confidence": 0.5}, {"confidence": 0.51}),
        ({"emotions": [Emotion.ANGRY]}, {"emotion": Emotion.ANGRY}, {}),
        ({"sentiment": Range(max=-0.5)}, {"sentiment": -0.6}, {}),
        ({"urgency": Range(min=2, max=2)}, {"urgency": 2}, {"urgency": 3}),
        ({"keywords": ["假货", "退…钱"]}, {"text": "退了我的錢"}, {"text": "退货不退款"}),
        ({"keywords": ["死"], "unless": ["笑死"]}, {"text": "笑死，死了"}, {"text": "笑死我了"}),
        ({"segments": [Segment.HIGH_VALUE]}, {"segment": Segment.HIGH_VALUE}, {"segment": Segment.NEW}),
        ({"order_yuan": Range(min=100)}, {"order_cents": 10_000}, {"order_cents": 9_999}),
        ({"order_yuan": Range(max=100)}, {"order_cents": 0}, {"order_cents": None}),
        (
            {"contacts": Contacts(days=7, min=2)},
            {"contacts": (AT - timedelta(days=7), AT)},
            {"contacts": (AT - timedelta(days=8), AT)},
        ),
        ({"misunderstood": Range(min=1)}, {"misunderstood": 1}, {}),
        ({"reopened": True}, {"reopened": True}, {}),
        ({"channels": ["email"]}, {"channel": "email"}, {}),
        ({"shops": ["liuli"]}, {}, {"shop": "other"}),
        ({"times": [RulePeriod("09:00", "15:00", [3])]}, {}, {"at": AT + timedelta(hours=1)}),
        ({"child_swallowed": True}, {"text": "宝宝喝了你们家的水"}, {"text": "宝宝喝了水"}),
        ({"open_ticket": True}, {"open_ticket": True}, {"open_ticket": False}),
        ({"open_ticket": False}, {"open_ticket": False}, {"open_ticket": None}),
        ({"working_hours": False}, {"at": AT + timedelta(hours=12), "hours": HOURS}, {"hours": HOURS}),
        ({"working_hours": True}, {"hours": HOURS}, {"at": NATIONAL_DAY, "hours": HOURS}),
    ],
)
def test_a_condition(when: dict[str, Any], met: dict[str, Any], missed: dict[str, Any]) -> None:
    triage = triage_of(rule("one", PERSON, **when), FALLBACK)
    hit = triage.decide(facts(**met))
    assert (hit.answerer, hit.level, hit.reason, hit.version) == (Answerer.PERSON, 3, HandOffReason.COMPLAINT, 7)
    told = [fact.condition for fact in hit.matched[0].facts]
    assert told == [name for name in when if name not in ("not_intents", "unless")]
    assert [match.rule for match in triage.decide(facts(**missed)).matched] == ["rest"]


def test_the_first_that_names_an_answerer_decides_and_earlier_ones_add() -> None:
    labels, team = [uuid4(), uuid4()], uuid4()
    triage = triage_of(
        rule("off", PERSON, enabled=False),
        rule("worth", Effects(priority=20, label_ids=[labels[0]], skill="vip")),
        rule("late", Effects(level=4, label_ids=labels, team_id=team, skill="night")),
        rule("never", Effects(level=5), intents=["chat.human"]),
        rule("human", Effects(answerer=Answerer.PERSON, reason=HandOffReason.PRIORITY, level=2, priority=10)),
        FALLBACK,
    )
    decision = triage.decide(facts())
    assert [match.rule for match in decision.matched] == ["worth", "late", "human"]
    assert (decision.level, decision.priority, decision.skill, decision.team_id) == (4, 20, "vip", team)
    assert list(decision.label_ids) == labels


def test_working_hours_are_those_of_the_team_that_the_rule_names() -> None:
    night, day = uuid4(), uuid4()
    hours = WorkingHours(OFFICE, {night: Calendar(weekly=((Period(1080, 1440),),) * 7)})
    triage = triage_of(
        rule("night", Effects(team_id=night), working_hours=True),
        rule("day", Effects(team_id=day), working_hours=True),
        FALLBACK,
    )
    assert triage.needs(facts()) == {Need.HOURS}
    assert triage.decide(facts(hours=hours)).team_id == day
    assert triage.decide(facts(hours=hours, at=AT + timedelta(hours=6))).team_id == night


def test_an_urgent_person_comes_before_others() -> None:
    urgent = Effects(answerer=Answerer.URGENT, reason=HandOffReason.SAFETY, priority=30)
    assert triage_of(rule("now", urgent)).decide(facts()).priority == 100


def test_without_any_rule_the_assistant_answers() -> None:
    decision = triage_of().decide(facts())
    assert (decision.answerer, decision.level, decision.matched) == (Answerer.ASSISTANT, 1, ())


def test_only_what_a_reached_rule_asks_for_is_looked_up() -> None:
    triage = triage_of(
        rule("vip", Effects(priority=20), segments=[Segment.HIGH_VALUE], intents=["issue.*"]),
        rule("words", PERSON, keywords=["投诉"]),
        rule("often", PERSON, contacts=Contacts(days=7, min=3), urgency=Range(min=2)),
        rule("large", PERSON, order_yuan=Range(min=1000)),
        rule("again", PERSON, open_ticket=True, emotions=[Emotion.ANGRY]),
        FALLBACK,
    )
    assert triage.needs(facts(emotion=Emotion.ANGRY)) == {Need.ORDER, Need.TICKET}
    assert triage.needs(facts("我要投诉")) == frozenset()
    assert triage.needs(facts("我要投诉", intent="issue.damaged")) == {Need.SEGMENT}
    assert triage.needs(facts()) == {Need.ORDER}
    assert triage.needs(facts(urgency=2)) == {Need.ORDER, Need.CONTACTS}


@pytest.mark.parametrize(
    ("period", "hour", "weekday", "inside"),
    [
        (RulePeriod("22:00", "06:00"), 23, 3, True),
        (RulePeriod("22:00", "06:00"), 5, 3, True),
        (RulePeriod("22:00", "06:00"), 6, 3, False),
        (RulePeriod("22:00", "06:00", [3]), 5, 4, True),
        (RulePeriod("22:00", "06:00", [3]), 5, 3, False),
        (RulePeriod("22:00", "06:00", [7]), 5, 1, True),
        (RulePeriod("00:00", "24:00", [6, 7]), 23, 7, True),
        (RulePeriod("00:00", "24:00", [6, 7]), 0, 1, False),
        (RulePeriod("09:00", "12:00"), 12, 1, False),
    ],
)
def test_periods_are_hours_in_china(period: RulePeriod, hour: int, weekday: int, inside: bool) -> None:
    midnight = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)  # Monday, 0:00 in China
    assert during(period, midnight + timedelta(days=weekday - 1, hours=hour)) is inside


@pytest.mark.parametrize(
    ("keyword", "text", "found"),
    [
        ("sue", "I will SUE you", True),
        ("sue", "an issue", False),
        ("sue", "要sue你们", True),
        ("12315", "打１２３１５", True),
        ("12315", "单号1231599", False),
        ("want to die", "want  to\ndie", True),
        ("want to die", "want to diet", False),
        ("不想活", "不 想 活 了", True),
        ("过敏", "過敏", True),
        ("吃…药", "吃了一整瓶药", True),
        ("吃…药", "吃过饭以后才想起来要去买药", False),
        ("退", "退", True),
    ],
)
def test_keywords(keyword: str, text: str, found: bool) -> None:
    assert (Keywords({1: ([keyword], [])}).find(plain(text)) == {1: keyword}) is found


WORDS = st.text(st.sampled_from("死想活ab 1，"), min_size=1, max_size=4)


@given(st.lists(WORDS, min_size=1, max_size=5), st.text(st.sampled_from("死想活ab 1，"), max_size=30))
def test_many_keywords_find_what_each_finds_alone(words: list[str], text: str) -> None:
    said = plain(text)
    together = Keywords({number: ([word], []) for number, word in enumerate(words)}).find(said)
    alone = {number for number, word in enumerate(words) if Keywords({0: ([word], [])}).find(said)}
    assert set(together) == alone


CONDITIONS = st.fixed_dictionaries(
    {},
    optional={
        "intents": st.lists(st.sampled_from(["complaint.*", "chat.human", "order.status"]), min_size=1, max_size=2),
        "segments": st.lists(st.sampled_from(Segment), min_size=1, max_size=2),
        "urgency": st.builds(Range, min=st.sampled_from([None, 1, 2])),
        "contacts": st.builds(Contacts, days=st.just(7), min=st.integers(1, 2)),
        "keywords": st.just(["死"]),
    },
)
ANSWERED = st.sampled_from([Effects(level=4), Effects(answerer=Answerer.PERSON), Effects(answerer=Answerer.ASSISTANT)])
FACTS = st.builds(
    facts,
    st.sampled_from(["死", "好"]),
    intent=st.sampled_from(["complaint.service", "chat.human", "order.status"]),
    urgency=st.integers(0, 3),
    segment=st.sampled_from(Segment),
    contacts=st.sampled_from([(), (AT,), (AT, AT)]),
)


@given(st.lists(st.tuples(CONDITIONS, ANSWERED), max_size=6), FACTS)
def test_what_is_not_needed_changes_nothing(rules: list[tuple[dict[str, Any], Effects]], told: Facts) -> None:
    """Deciding on what `needs` asks for comes to the same as deciding on everything."""
    triage = Triage(RuleTable(rules=[rule(f"r{n}", then, **when) for n, (when, then) in enumerate(rules)]), 1)
    needed = triage.needs(told)
    bare = facts(
        told.text,
        intent=told.intent,
        urgency=told.urgency,
        segment=told.segment if Need.SEGMENT in needed else None,
        contacts=told.contacts if Need.CONTACTS in needed else None,
    )
    assert triage.decide(bare) == triage.decide(told)


def test_the_evidence_is_what_was_seen() -> None:
    when = {"intents": ["issue.*"], "order_yuan": Range(min=100), "keywords": ["碎", "裂"]}
    triage = triage_of(rule("one", PERSON, **when))
    seen = triage.decide(facts("瓶口裂了", intent="issue.damaged", order_cents=12_350)).matched[0].facts
    assert seen == (Evidence("intents", "issue.damaged"), Evidence("keywords", "裂"), Evidence("order_yuan", "123.50"))
