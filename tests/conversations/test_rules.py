"""Which state may follow which; previews; search terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yingda.conversations import (
    FileContent,
    ImageContent,
    Move,
    MoveRefused,
    OrderCard,
    OrderItem,
    ProductCard,
    State,
    TextContent,
)
from yingda.conversations.rules import Marks, after, joined, preview, query_terms, search_terms

ALLOWED = {
    (Move.HAND_OFF, State.PENDING): State.OPEN,
    (Move.TAKE, State.PENDING): State.OPEN,
    (Move.TAKE, State.OPEN): State.OPEN,
    (Move.TAKE, State.SNOOZED): State.OPEN,
    (Move.SNOOZE, State.OPEN): State.SNOOZED,
    (Move.SNOOZE, State.SNOOZED): State.SNOOZED,
    (Move.WAKE, State.SNOOZED): State.OPEN,
    (Move.RESOLVE, State.PENDING): State.RESOLVED,
    (Move.RESOLVE, State.OPEN): State.RESOLVED,
    (Move.RESOLVE, State.SNOOZED): State.RESOLVED,
    (Move.REOPEN, State.RESOLVED): State.OPEN,
    (Move.CUSTOMER_RETURNS, State.RESOLVED): State.PENDING,
}


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("state", State)
def test_every_move_in_every_state(move: Move, state: State) -> None:
    if expected := ALLOWED.get((move, state)):
        assert after(move, state) is expected
    else:
        with pytest.raises(MoveRefused):
            after(move, state)


@given(st.lists(st.sampled_from(list(Move))))
def test_a_persons_conversation_never_falls_back_to_the_assistant_by_itself(moves: list[Move]) -> None:
    state, resolved = State.OPEN, False
    for move in moves:
        try:
            state = after(move, state)
        except MoveRefused:
            continue
        resolved = resolved or state is State.RESOLVED
        assert state is not State.PENDING or resolved


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (TextContent("你好\n  在吗"), "你好 在吗"),
        (TextContent("长" * 200), "长" * 80),
        (ImageContent(file_id="1", name="a.png", media_type="image/png", size=1), "[图片]"),
        (FileContent(file_id="1", name="账单.pdf", media_type="application/pdf", size=1), "[文件] 账单.pdf"),
        (ProductCard(product_id="P1", title="晨露洁面乳", price="¥89.00"), "[商品] 晨露洁面乳"),
        (
            OrderCard(order_no="LM1", status="已发货", amount="¥1.00", items=[OrderItem(title="x", quantity=1)]),
            "[订单] LM1",
        ),
    ],
)
def test_previews(content: TextContent, line: str) -> None:
    assert preview(content) == line


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("我想退货可以吗", "退货", True),
        ("我想退货可以吗", "货可", True),
        ("我想退货可以吗", "退", True),
        ("我想退货可以吗", "退款", False),
        ("订单 LM202611220123 到哪了", "lm202611220123", True),
        ("Where is my ORDER", "order", True),
        ("Where is my ORDER", "ord", False),
        ("100% 烟酰胺", "烟酰胺", True),
    ],
)
def test_what_is_found_under_which_words(text: str, query: str, found: bool) -> None:
    assert (set(query_terms(query)) <= set(search_terms(text))) is found


@given(st.text(max_size=60), st.data())
def test_any_stretch_of_chinese_is_found(text: str, data: st.DataObject) -> None:
    chinese = "退换货物流" + "".join(char for char in text if "一" <= char <= "鿿")
    start = data.draw(st.integers(0, len(chinese) - 1))
    end = data.draw(st.integers(start + 1, len(chinese)))
    assert set(query_terms(chinese[start:end])) <= set(search_terms(chinese))


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        (Marks(2, 1, 1, 2), Marks(2, 1, 1, 2), Marks(4, 3, 3, 4)),
        (Marks(2, 1, 1, 2), Marks(1, 1, 0, 1), Marks(3, 3, 2, 3)),
        (Marks(3, 3, 1, 3), Marks(2, 1, 1, 1), Marks(5, 4, 1, 4)),
        (Marks(2, 1, 1, 2), Marks(4, 3, 1, 3), Marks(6, 5, 3, 5)),
        (Marks(2, 1, 1, 2), Marks(0, 0, 0, 0), Marks(2, 1, 1, 2)),
    ],
)
def test_threads_that_are_joined_lose_no_question(first: Marks, second: Marks, whole: Marks) -> None:
    assert joined(first, second) == whole
