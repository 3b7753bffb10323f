"""What stands on a button is what is sent, shown in the thread, and read back to the value that was offered."""

from uuid import uuid4

import pytest

from tests.dialogue.procedures.makers import NOW, OWN
from yingda.conversations import QuickReplies, TextContent
from yingda.dialogue.case import Case
from yingda.dialogue.memory import Memory
from yingda.dialogue.procedures.answering import rendered
from yingda.dialogue.procedures.state import Choice, Flow, Line, State, Waiting
from yingda.dialogue.reading import chosen
from yingda.kit.errors import Locale
from yingda.language import Context, EntityKind, default_engine

REASONS = (Choice("not_authentic", "怀疑不是正品"), Choice("changed_mind", "I changed my mind"))
ORDERS = (Choice(OWN[0], "雪竹面霜 · 已签收"), Choice(OWN[1], "Lipstick · Delivered"))


def waits_for(slot: str | None, options: tuple[Choice, ...]) -> State:
    waiting = Waiting(slot=slot, question="哪个？", options=options, asked_at=NOW)
    flow = Flow(no=1, process="p", version=1, digest="d", at="ask", begun_at=NOW, waiting=waiting)
    return State((flow,), count=1)


@pytest.mark.parametrize("text", ["怀疑不是正品", " i changed my mind ", "not_authentic"])
@pytest.mark.parametrize("locale", ["zh", "en"])
def test_an_offered_answer_is_read_for_nothing_else(text: str, locale: Locale) -> None:
    read = chosen(text, waits_for("reason", REASONS), locale)
    assert read is not None
    assert (read.intent, read.language, read.entities) == ("chat.inform", locale, ())


@pytest.mark.parametrize("choice", ORDERS)
def test_the_label_of_an_order_names_that_order(choice: Choice) -> None:
    read = chosen(choice.label, waits_for("order_no", ORDERS), "zh")
    assert read is not None
    found = read.first(EntityKind.ORDER_NO)
    assert found is not None
    assert found.value == choice.value


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("这是假货，怀疑不是正品", waits_for("reason", REASONS)),
        ("确认", waits_for(None, (Choice("确认", "确认"),))),
        ("怀疑不是正品", State()),
    ],
)
def test_all_else_is_read_as_ever(text: str, state: State) -> None:
    assert chosen(text, state, "zh") is None


def a_case() -> Case:
    return Case(
        conversation_id=uuid4(),
        seq=1,
        text="",
        contents=[],
        understanding=default_engine().understand("你好", Context()),
        memory=Memory(),
        locale="zh",
        shop_name="琉璃",
        store=None,
        account=None,
        now=NOW,
    )


def test_a_button_says_its_label() -> None:
    [reply] = rendered(a_case(), [Line("哪个？", options=ORDERS)], {})
    assert isinstance(reply.content, QuickReplies)
    assert {option.text for option in reply.content.options} == {choice.label for choice in ORDERS}


def test_nothing_is_said_twice_in_a_turn_but_a_question() -> None:
    done, where = Line(f"订单 {OWN[0]} 已取消。已付款 ¥99.00 将原路退回。"), Line(f"订单 {OWN[0]} 已取消。")
    [reply] = rendered(a_case(), [done, where], {})
    assert reply.content == TextContent(done.text)
    asked = Line("哪个？", options=ORDERS)
    assert len(rendered(a_case(), [asked, asked], {})) == 2
