"""The estimate, what is learnt from history, and how good it was."""

import random
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import msgspec
import pytest

from yingda.conversations import Signals
from yingda.routing.levels import ItemKind
from yingda.routing.warning import rules
from yingda.routing.warning.learning import teach
from yingda.routing.warning.schemas import NAMES as ALL_NAMES
from yingda.routing.warning.schemas import Features, Sample
from yingda.tickets import Category, TicketSignals

NAMES = ALL_NAMES[ItemKind.CONVERSATION]
SCORECARD = rules.SCORECARDS[ItemKind.CONVERSATION]
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def signals(**known: object) -> Signals:
    calm: dict[str, object] = {
        "conversation_id": uuid4(),
        "customer_id": uuid4(),
        "shop": "liuli",
        "state": "open",
        "assignee_id": None,
        "assignee_name": None,
        "team_id": None,
        "spam": False,
        "level": 1,
        "intent": "order.status",
        "waiting_since": NOW,
        "due_at": NOW + timedelta(minutes=10),
        "created_at": NOW,
        "sentiment": 0.0,
        "angry": 0,
        "messages": 2,
        "passed_on": 0,
        "reopened": False,
        "contacts": 0,
    }
    return Signals(**{**calm, **known})  # type: ignore[arg-type]


def probability(**known: object) -> float:
    values = rules.values_of(rules.features_of(signals(**known), 0, NOW))
    return rules.probability(SCORECARD, values)


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        ({"level": 4}, {"level": 1}),
        ({"waiting_since": NOW - timedelta(minutes=9), "due_at": NOW + timedelta(minutes=1)}, {}),
        ({"sentiment": -0.9}, {"sentiment": 0.5}),
        ({"angry": 2}, {"angry": 0}),
        ({"contacts": 3}, {"contacts": 0}),
        ({"passed_on": 2}, {"passed_on": 0}),
        ({"intent": "complaint.service"}, {"intent": "order.status"}),
        ({"reopened": True}, {}),
        ({}, {"assignee_id": UUID(int=1)}),
    ],
)
def test_what_makes_it_worse_raises_the_estimate(worse: dict[str, object], better: dict[str, object]) -> None:
    assert probability(**worse) > probability(**better)


def test_a_calm_question_is_not_flagged_and_a_late_complaint_is() -> None:
    assert probability() < SCORECARD.threshold / 3
    late = {"waiting_since": NOW - timedelta(minutes=9), "due_at": NOW + timedelta(minutes=1)}
    assert probability(level=3, intent="complaint.service", sentiment=-0.8, angry=1, **late) > SCORECARD.threshold


def test_reasons_name_what_weighs_most() -> None:
    features = rules.features_of(signals(angry=3, sentiment=-1.0), 30, NOW)
    reasons = rules.estimate(SCORECARD, rules.values_of(features), NAMES).reasons
    assert [reason.feature for reason in reasons] == ["angry", "ahead", "sentiment"]
    assert all(reason.weight > 0 for reason in reasons)


@pytest.mark.parametrize(
    ("since", "due", "share"),
    [(None, None, 0.0), (0, 10, 0.0), (-5, 5, 0.5), (-60, -30, 2.0), (5, 10, 0.0), (-1, -1, 2.0)],
)
def test_the_share_of_the_time_that_is_gone(since: int | None, due: int | None, share: float) -> None:
    waiting_since = None if since is None else NOW + timedelta(minutes=since)
    due_at = None if due is None else NOW + timedelta(minutes=due)
    features = rules.features_of(signals(waiting_since=waiting_since, due_at=due_at), 0, NOW)
    assert features.elapsed == pytest.approx(share, abs=0.01)


def history(count: int, *, seed: int = 7) -> list[Sample]:
    """Conversations that go wrong when they wait long and are passed on, whatever the scorecard says of the rest."""
    dice = random.Random(seed)
    found = []
    for _ in range(count):
        item_id = uuid4()
        for _ in range(dice.randint(1, 3)):
            values = [dice.random() * 2 for _ in NAMES]
            elapsed, passed_on = values[NAMES.index("elapsed")], values[NAMES.index("passed_on")]
            chance = 1 / (1 + 2.718 ** -(4 * elapsed + 3 * passed_on - 8))
            estimate = rules.probability(SCORECARD, values)
            found.append(
                Sample(
                    item_id=item_id,
                    features=values,
                    probability=estimate,
                    flagged=estimate >= SCORECARD.threshold,
                    bad=dice.random() < chance,
                )
            )
    return found


def test_enough_history_teaches_a_better_model() -> None:
    samples, unseen = history(500), history(400, seed=8)
    taught = teach(samples, SCORECARD, version=3)
    assert taught is not None
    assert (taught.version, taught.trained_on) == (3, 500)
    before = rules.brier((one.probability, one.bad) for one in unseen)
    after = rules.brier((rules.probability(taught, one.features), one.bad) for one in unseen)
    assert before is not None
    assert after is not None
    assert after < before
    strongest = sorted(zip(NAMES, taught.weights, strict=True), key=lambda pair: -pair[1])[:2]
    assert {name for name, _ in strongest} == {"elapsed", "passed_on"}


def test_little_history_and_history_without_trouble_teach_nothing() -> None:
    assert teach(history(200), SCORECARD, version=1) is None
    calm = [msgspec.structs.replace(one, bad=False) for one in history(400)]
    assert teach(calm, SCORECARD, version=1) is None


def test_quality_counts_conversations_and_only_warnings_in_time() -> None:
    first, second, third, fourth = (uuid4() for _ in range(4))
    zeros = [0.0] * len(NAMES)

    def sample(of: UUID, estimate: float, *, bad: bool) -> Sample:
        return Sample(item_id=of, features=zeros, probability=estimate, flagged=estimate >= 0.35, bad=bad)

    samples = [
        sample(first, 0.1, bad=True),
        sample(first, 0.6, bad=True),
        sample(second, 0.1, bad=True),
        sample(second, 0.9, bad=False),  # flagged only after it had gone wrong
        sample(third, 0.5, bad=False),
        sample(fourth, 0.0, bad=False),
    ]
    quality = rules.quality(samples, 30, SCORECARD)
    assert (quality.ended, quality.flagged, quality.went_wrong) == (4, 3, 2)
    assert quality.precision == pytest.approx(1 / 3)
    assert quality.recall == pytest.approx(1 / 2)
    assert [(one.happened, one.count) for one in quality.bins] == [(0.667, 3), (0.0, 1), (1.0, 1), (0.0, 1)]


def test_nothing_to_divide_by_is_no_quality() -> None:
    quality = rules.quality([], 30, SCORECARD)
    assert (quality.precision, quality.recall, quality.brier, quality.bins) == (None, None, None, [])


def test_features_have_a_weight_each() -> None:
    assert len(SCORECARD.weights) == len(NAMES) == len(Features.__struct_fields__)


def of_ticket(**known: object) -> float:
    """How likely a ticket goes wrong: somebody's, opened a while ago, due in as long, unless `known` says otherwise."""
    calm: dict[str, object] = {
        "ticket_id": uuid4(),
        "department_id": uuid4(),
        "owner_id": UUID(int=1),
        "customer_id": None,
        "parent_id": None,
        "category": Category.OPEN,
        "level": 1,
        "due_at": NOW + timedelta(hours=4),
        "created_at": NOW - timedelta(hours=4),
        "updated_at": NOW,
        "comments": 1,
        "reopened": 0,
    }
    counted: dict[str, object] = {"ahead": 0, "load": 0, "away": False, "parts": 0, "contacts": 0}
    stretch = known.pop("stretch", (NOW - timedelta(hours=4), NOW + timedelta(hours=4)))
    counts = {name: known.pop(name, value) for name, value in counted.items()}
    signals = TicketSignals(**{**calm, **known})  # type: ignore[arg-type]
    features = rules.ticket_features_of(signals, NOW, stretch=stretch, **counts)  # type: ignore[arg-type]
    return rules.probability(rules.SCORECARDS[ItemKind.TICKET], rules.values_of(features))


@pytest.mark.parametrize(
    "worse",
    [
        {"level": 4},
        {"stretch": (NOW - timedelta(hours=7), NOW + timedelta(hours=1))},
        {"owner_id": None},
        {"away": True},
        {"ahead": 30},
        {"load": 20},
        {"updated_at": NOW - timedelta(days=3)},
        {"comments": 25},
        {"reopened": 2},
        {"parts": 2},
        {"contacts": 3},
    ],
)
def test_what_makes_it_worse_for_a_ticket(worse: dict[str, object]) -> None:
    assert of_ticket(**worse) > of_ticket()


def test_a_fresh_ticket_is_not_flagged_and_nobodys_near_its_deadline_is() -> None:
    threshold = rules.SCORECARDS[ItemKind.TICKET].threshold
    assert of_ticket(stretch=(NOW, NOW + timedelta(hours=8))) < threshold / 3
    assert of_ticket(owner_id=None, stretch=(NOW - timedelta(hours=8), NOW + timedelta(minutes=5))) > threshold
    assert of_ticket(category=Category.WAITING, stretch=None) < of_ticket()
