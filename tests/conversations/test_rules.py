"""Which state may follow which; what joined threads add up to; who sees what; how long messages can be changed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yingda.conversations import (
    Author,
    AuthorKind,
    Content,
    Conversation,
    FileContent,
    ImageContent,
    Kind,
    Message,
    Move,
    MoveRefused,
    OrderCard,
    OrderItem,
    ProductCard,
    State,
    SystemNotice,
    TextContent,
    Visibility,
)
from yingda.conversations.rules import (
    Marks,
    after,
    check_edit,
    check_recall,
    joined,
    leading,
    place_of,
    preview,
    query_terms,
    search_terms,
    sees,
)
from yingda.kit.errors import YingdaError

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
        (Marks(2, 1, 1, 2, 2), Marks(2, 1, 1, 2, 2), Marks(4, 3, 3, 4, 4)),
        (Marks(2, 1, 1, 2, 2), Marks(1, 1, 0, 1, 0), Marks(3, 3, 2, 3, 2)),
        (Marks(3, 3, 1, 3, 1), Marks(2, 1, 1, 1, 2), Marks(5, 4, 1, 4, 1)),
        (Marks(2, 1, 1, 2, 1), Marks(4, 3, 1, 3, 2), Marks(6, 5, 3, 5, 4)),
        (Marks(2, 1, 1, 1, 2), Marks(0, 0, 0, 0, 0), Marks(2, 1, 1, 1, 2)),
    ],
)
def test_threads_that_are_joined_lose_no_question(first: Marks, second: Marks, whole: Marks) -> None:
    assert joined(first, second) == whole


@st.composite
def threads(draw: st.DrawFn) -> Marks:
    """Marks as a thread may have them: what the customer has written, they have read."""
    last = draw(st.integers(0, 9))
    customer, staff = draw(st.integers(0, last)), draw(st.integers(0, last))
    return Marks(last, customer, draw(st.integers(0, customer)), draw(st.integers(customer, last)), staff)


@given(threads(), threads())
def test_what_waits_in_a_part_waits_in_the_whole(first: Marks, second: Marks) -> None:
    whole = joined(first, second)
    assert whole.last_seq == first.last_seq + second.last_seq
    assert whole.customer_seq <= whole.customer_read_seq or whole.customer_seq == first.customer_seq
    for mark in ("answered_seq", "staff_read_seq"):
        done = getattr(whole, mark)
        for part, offset in ((first, 0), (second, first.last_seq)):
            waits = part.customer_seq > getattr(part, mark)
            assert not waits or done < offset + part.customer_seq
        if all(part.customer_seq <= getattr(part, mark) for part in (first, second)):
            assert done >= whole.customer_seq


def head(state: State, **fields: object) -> Conversation:
    moment = datetime(2026, 11, 25, 8, tzinfo=UTC)
    empty = dict.fromkeys(Conversation.__struct_fields__)
    numbers = dict.fromkeys(("last_seq", "customer_seq", "answered_seq", "customer_read_seq", "staff_read_seq"), 0)
    given = {"id": uuid4(), "customer_id": uuid4(), "shop": "liuli", "channel": "web", "preview": "", "level": 1}
    times = {"created_at": moment, "last_message_at": moment}
    return Conversation(**{**empty, **numbers, **given, **times, "state": state, "spam": False, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first", "second", "leads"),
    [
        ("resolved", "open", "second"),
        ("open", "resolved", "first"),
        ("resolved", "pending", "second"),
        ("pending", "open", "second"),
        ("snoozed", "pending", "first"),
        ("snoozed", "open", "second"),
        ("resolved", "resolved", "first"),
    ],
)
def test_what_is_merged_goes_on_with_whoever_is_busy_with_it(first: str, second: str, leads: str) -> None:
    both = {"first": head(State(first)), "second": head(State(second))}
    assert leading(both["first"], both["second"]) is both[leads]


MINE, OURS, THEIRS = uuid4(), uuid4(), uuid4()
EVERYTHING = Visibility(MINE, frozenset(), everything=True)
TEAM = Visibility(MINE, frozenset({OURS}))
OWN = Visibility(MINE, frozenset({OURS}), own_only=True)


@pytest.mark.parametrize(
    ("state", "assignee", "team", "seen_by"),
    [
        ("open", None, None, (EVERYTHING, TEAM, OWN)),
        ("open", None, OURS, (EVERYTHING, TEAM, OWN)),
        ("open", None, THEIRS, (EVERYTHING,)),
        ("open", MINE, THEIRS, (EVERYTHING, TEAM, OWN)),
        ("open", uuid4(), OURS, (EVERYTHING, TEAM)),
        ("pending", None, None, (EVERYTHING, TEAM)),
        ("resolved", uuid4(), THEIRS, (EVERYTHING,)),
    ],
)
def test_who_sees_a_conversation(
    state: str, assignee: UUID | None, team: UUID | None, seen_by: tuple[Visibility, ...]
) -> None:
    place = place_of(head(State(state), assignee_id=assignee, team_id=team))
    assert [one for one in (EVERYTHING, TEAM, OWN) if sees(one, place)] == list(seen_by)


SENT = datetime(2026, 11, 25, 8, tzinfo=UTC)
PICTURE = ImageContent(file_id="1", name="a.png", media_type="image/png", size=1)


def written(kind: Kind = Kind.TEXT, content: Content | None = None, *, recalled: bool = False) -> Message:
    author = Author(AuthorKind.STAFF, MINE, "小雅")
    return Message(
        id=uuid4(),
        conversation_id=uuid4(),
        seq=1,
        kind=kind,
        author=author,
        content=content or TextContent("您好"),
        created_at=SENT,
        recalled=recalled,
    )


@pytest.mark.parametrize(
    ("message", "minutes", "edit", "recall"),
    [
        (written(), 0, None, None),
        (written(), 2, None, None),
        (written(), 2.1, None, "recall_too_late"),
        (written(), 5, None, "recall_too_late"),
        (written(), 5.1, "edit_too_late", "recall_too_late"),
        (written(Kind.NOTE), 9999, None, None),
        (written(Kind.IMAGE, PICTURE), 1, "message_not_editable", None),
        (written(Kind.NOTE, SystemNotice("merged", "合并")), 1, "message_not_editable", "message_not_editable"),
        (written(recalled=True), 1, "message_recalled", "message_recalled"),
    ],
)
def test_how_long_what_can_be_changed(message: Message, minutes: float, edit: str | None, recall: str | None) -> None:
    def refused(check: Callable[[Message, datetime], None]) -> str | None:
        try:
            check(message, SENT + timedelta(minutes=minutes))
        except YingdaError as error:
            return error.code
        return None

    assert (refused(check_edit), refused(check_recall)) == (edit, recall)
