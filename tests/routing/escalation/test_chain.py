"""The chain holds together, and says who is asked next."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yingda.conversations import Tone
from yingda.routing.escalation import rules
from yingda.routing.escalation.chain import shipped
from yingda.routing.escalation.schemas import END, Chain, ChainStep, Edge, Facts, StepKind, Trigger, TriggerKind

SHIPPED = shipped().chain


def step(id_: str, *next_: Edge | str, kind: StepKind = StepKind.TEAM, department: str | None = None) -> ChainStep:
    edges = [Edge(one) if isinstance(one, str) else one for one in next_]
    return ChainStep(id=id_, title=id_, kind=kind, department=department, receipt_minutes=5, next=edges)


def chain(*steps: ChainStep, triggers: list[Trigger] | None = None) -> Chain:
    return Chain(first=steps[0].id, steps=list(steps), triggers=triggers or [])


def test_the_shipped_chain_holds() -> None:
    rules.check(SHIPPED)
    assert [one.title for one in SHIPPED.steps] == ["专员", "专员团队", "技术", "物流"]


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (chain(step("a", "b")), "步骤“b”不存在"),
        (chain(step("a"), step("a")), "两个步骤的编号相同"),
        (chain(step("a", "b"), step("b", "a")), "会回到它自己"),
        (chain(step("a"), step("b")), "没有路通向“b”"),
        (chain(step("a", "b", Edge("c", ["order.*"])), step("b"), step("c")), "永远用不到"),
        (chain(step("a", kind=StepKind.DEPARTMENT)), "要选部门"),
        (chain(step("a", department="logistics")), "不能选部门"),
        (chain(step("a", kind=StepKind.SUPERVISORS)), "主管总是最后一级"),
        (chain(step("supervisors")), "主管总是最后一级"),
        (chain(step("a"), triggers=[Trigger(on=TriggerKind.NO_RECEIPT)]), "不需要设置"),
    ],
)
def test_what_does_not_hold_is_named(broken: Chain, words: str) -> None:
    with pytest.raises(rules.ChainBroken) as refused:
        rules.check(broken)
    assert words in refused.value.detail("zh")
    assert words not in refused.value.detail("en")


@pytest.mark.parametrize(
    ("level", "intent", "way"),
    [
        (3, "complaint.service", ["specialist", "specialists", "supervisors"]),
        (2, "logistics.stalled", ["specialist", "specialists", "logistics", "supervisors"]),
        (2, "issue.damaged", ["specialist", "specialists", "logistics", "supervisors"]),
        (2, "account.problem", ["specialist", "specialists", "technology", "logistics", "supervisors"]),
        (5, None, ["specialist", "specialists", "supervisors"]),
    ],
)
def test_the_way_up_depends_on_what_it_is_about(level: int, intent: str | None, way: list[str]) -> None:
    asked: list[str] = []
    while following := rules.following(SHIPPED, asked[-1] if asked else None, Facts(level, intent)):
        asked.append(following.id)
    assert asked == way


def test_an_edge_may_ask_for_a_level() -> None:
    graph = chain(step("a", Edge("b", min_level=4)), step("b"))
    assert rules.following(graph, "a", Facts(3)) == END
    assert rules.following(graph, "a", Facts(4)) == graph.steps[1]


def test_a_step_that_a_newer_chain_no_longer_has_leads_to_the_supervisors() -> None:
    assert rules.following(SHIPPED, "gone", Facts(3)) == END


@pytest.mark.parametrize(
    ("on", "level", "fires"),
    [
        (TriggerKind.DEADLINE_BREACHED, 1, False),
        (TriggerKind.DEADLINE_BREACHED, 2, True),
        (TriggerKind.DEADLINE_NEAR, 3, False),
        (TriggerKind.DEADLINE_NEAR, 4, True),
        (TriggerKind.LEVEL, 3, False),
        (TriggerKind.LEVEL, 5, True),
        (TriggerKind.REQUESTED, 1, True),
        (TriggerKind.NO_RECEIPT, 5, False),
    ],
)
def test_triggers_have_a_level(on: TriggerKind, level: int, fires: bool) -> None:
    assert (rules.trigger_of(SHIPPED, on, level) is not None) is fires


@pytest.mark.parametrize(
    ("moods", "soured"),
    [
        ([("angry", -0.9), ("angry", -0.8), ("disappointed", -0.7)], True),
        ([("calm", 0.2), ("angry", -0.9), ("angry", -0.8), ("angry", -0.2)], True),
        ([("angry", -0.9), ("calm", 0.1), ("angry", -0.9)], False),
        ([("disappointed", -0.5)] * 3, False),
        ([("angry", -0.9)] * 2, False),
        ([], False),
    ],
)
def test_a_mood_has_soured_after_several_bad_messages(moods: list[tuple[str, float]], soured: bool) -> None:
    tones = [Tone(*mood) for mood in moods]
    assert rules.has_soured(Trigger(on=TriggerKind.EMOTION, count=3), tones) is soured


NAMES = ["a", "b", "c", "d"]
GRAPHS = st.builds(
    lambda steps, first: Chain(first=first, steps=steps, triggers=[]),
    st.lists(
        st.builds(
            step,
            st.sampled_from(NAMES),
            st.builds(Edge, st.sampled_from(NAMES), st.sampled_from([[], ["order.*"], ["chat.human"]])),
        ),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from(NAMES),
)


@given(GRAPHS, st.integers(1, 5), st.sampled_from([None, "order.cancel", "chat.human", "chat.thanks"]))
def test_every_chain_that_holds_ends_with_the_supervisors(graph: Chain, level: int, intent: str | None) -> None:
    try:
        rules.check(graph)
    except rules.ChainBroken:
        return
    seen: list[str] = []
    while following := rules.following(graph, seen[-1] if seen else None, Facts(level, intent)):
        seen.append(following.id)
    assert seen[-1] == END.id
    assert len(seen) == len(set(seen)) <= len(graph.steps) + 1


def test_a_chain_survives_the_wire() -> None:
    assert msgspec.json.decode(msgspec.json.encode(SHIPPED), type=Chain) == SHIPPED
