"""Whatever a customer says and whatever the shop answers: no deed without agreement, none for others' orders, none
twice, and nobody is kept for ever."""

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.dialogue.procedures.makers import ENGINE, FOREIGN, NOW, OWN, heard
from yingda.dialogue.procedures.assent import agrees
from yingda.dialogue.procedures.hearing import MOST_DEPTH, MOST_TURNS
from yingda.dialogue.procedures.library import shipped
from yingda.dialogue.procedures.state import Choice, Heard, LookingUp, Move, Opening, Performing, Request, State, Told
from yingda.dialogue.procedures.tools import TOOLS

REQUESTS = sorted(intent for source in shipped().sources for intent in source.process.intents)
SAID = [
    ("确认", "chat.affirm"), ("好的，但是", "chat.affirm"), ("不要", "chat.deny"), ("算了", "chat.deny"),
    ("咕噜", "other"),
    ("不是这个订单，是上一个", "chat.deny"), ("第二个", "chat.inform"), ("个人", "chat.human"), ("公司", "chat.inform"),
    ("质量问题", "issue.quality"), ("补发", "other"), ("退款", "refund.request"), ("都没有", "chat.deny"),
    ("张三", "chat.inform"), ("a@example.com", "chat.inform"), ("保质期多久", "product.shelf_life"),
]  # fmt: skip
VALUES = {
    "order_state": ["unpaid", "paid", "packed", "shipped", "delivered", "after_sale", "refunded", "cancelled"],
    "parcel_state": ["in_transit", "stalled", "delivered", "misdelivered"],
    "invoice_state": ["requested", "issued"],
    "delivered": [True, False],
    "guessed": [True, False],
    "stuck": [True, False],
}
REFUSALS = ["too_late", "already_done", "over_limit", "evidence_needed", "under_way", "shop_down", "too_soon"]


class AnyDialogue(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.state = State()
        self.keys: set[str] = set()
        self.handed_over = False

    @rule(data=st.data(), turn=st.one_of(st.sampled_from(SAID), st.sampled_from([(i, i) for i in REQUESTS])))
    def says(self, data: st.DataObject, turn: tuple[str, str]) -> None:
        """A turn, perhaps with a number, a photograph, or another request in it."""
        if self.handed_over:
            return
        text, intent = turn
        more: dict[str, Any] = {"number": data.draw(st.sampled_from([None, None, None, *OWN, FOREIGN]))}
        if data.draw(st.booleans()):
            more |= {"photos": ("F1",), "shown": ("F1",)}
        if data.draw(st.integers(0, 4)) == 0:
            named = st.sampled_from([None, *OWN, FOREIGN])
            other = Request(data.draw(st.sampled_from(REQUESTS)), data.draw(named))
            more["parts"] = (Request(intent, data.draw(named)), other)
        said = heard(text, intent, at=NOW, **more)
        before = self.state
        move = ENGINE.hear(before, said)
        self.bring_about(data, before, said, move)

    def bring_about(self, data: st.DataObject, before: State, said: Heard, move: Move | None) -> None:
        deeds = 0
        while move:
            self.state = move.state
            self.handed_over = move.reason is not None
            if move.effect is None:
                return
            if isinstance(move.effect, Performing):
                deeds += 1
                self.check(move.effect, before, said)
            move = ENGINE.told(move.state, said, data.draw(answers(move.effect)))
        assert deeds <= 1

    def check(self, deed: Performing, before: State, said: Heard) -> None:
        assert before.waiting is not None
        assert before.waiting.slot is None, "a confirmation had been asked for"
        assert agrees(said)
        assert str(deed.change["order_no"]) in OWN
        assert str(deed.change["order_no"]) in str(before.top and before.top.facts["order_no"]), "the one it was about"
        assert deed.key not in self.keys
        self.keys.add(deed.key)

    @invariant()
    def it_is_bounded(self) -> None:
        assert len(self.state.flows) <= MOST_DEPTH
        assert all(flow.turns <= MOST_TURNS for flow in self.state.flows)
        assert all(flow.waiting or self.handed_over for flow in self.state.flows), "it never just falls silent"


def answers(effect: object) -> st.SearchStrategy[Told]:
    if isinstance(effect, Opening):
        return st.just(Told(outcome="found", facts={"ticket_no": "YD-1"}))
    if isinstance(effect, Performing):
        refused = st.builds(
            lambda name, person: Told(outcome=name, text="不行", person=person),
            st.sampled_from(REFUSALS),
            st.booleans(),
        )
        return st.one_of(
            st.just(Told(outcome="done", text="好了")), st.just(Told(outcome="underway", text="在办")), refused
        )
    assert isinstance(effect, LookingUp)
    tool = TOOLS[effect.tool]
    facts = st.fixed_dictionaries(
        {
            name: st.sampled_from(VALUES.get(name, list(OWN) if name == "order_no" else ["x"]))
            for name in sorted(tool.facts)
        }
    )
    outcomes = [st.builds(lambda found: Told(outcome="found", facts=found), facts)] * 3
    outcomes += [st.just(Told(outcome=name, text="没有")) for name in sorted(tool.outcomes - {"found", "chosen"})]
    if tool.slot:
        options = (Choice(OWN[0], "一"), Choice(OWN[1], "二"))
        outcomes.append(st.just(Told(outcome="choose", slot=tool.slot, text="哪个？", options=options)))
    return st.one_of(outcomes)


AnyDialogue.TestCase.settings = settings(max_examples=120, stateful_step_count=25, deadline=None)
TestAnyDialogue = AnyDialogue.TestCase
