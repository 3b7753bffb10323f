"""What follows which state, what fits a kind, who sees what."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from yingda.conversations import SYSTEM, query_terms
from yingda.kit.errors import Locale, YingdaError
from yingda.tickets import rules
from yingda.tickets.bulk import AddLabel, Assign, BulkAction, Pass, RemoveLabel, SetLevel, SetState, edit_for
from yingda.tickets.errors import StateRefused
from yingda.tickets.kinds import Category, CheckItem, FieldType, KindDraft, KindField, Template, TicketKind, TicketState
from yingda.tickets.schemas import NewTicket, Ticket, TicketEdit, TicketVisibility
from yingda.tickets.shipped import read_kinds

DEPARTMENT, OTHER, ME, SOMEBODY = uuid4(), uuid4(), uuid4(), uuid4()
LABEL, LABEL_2 = uuid4(), uuid4()
STATES = [
    TicketState(code="new", name="新", category=Category.OPEN, next=["doing", "done"]),
    TicketState(code="doing", name="处理中", category=Category.OPEN, next=["waiting", "done"]),
    TicketState(code="waiting", name="等待", category=Category.WAITING, next=["doing"]),
    TicketState(code="done", name="完成", category=Category.RESOLVED, next=["doing", "closed"]),
    TicketState(code="closed", name="关闭", category=Category.CLOSED),
]
FIELDS = [
    KindField(code="note", name="备注"),
    KindField(code="amount", name="金额", type=FieldType.NUMBER),
    KindField(code="on", name="日期", type=FieldType.DATE),
    KindField(code="how", name="方式", type=FieldType.CHOICE, options=["补发", "退款"], required=True),
    KindField(code="ok", name="已核", type=FieldType.CHECKBOX),
]
DRAFT = KindDraft(name="物流", department_id=DEPARTMENT, states=STATES, fields=FIELDS)


def kind(**changes: Any) -> TicketKind:
    plain: dict[str, Any] = {
        "id": uuid4(),
        "code": "logistics",
        "name": "物流问题",
        "position": 0,
        "department_id": DEPARTMENT,
        "level": 2,
        "states": STATES,
        "fields": FIELDS,
        "checklist": [],
        "templates": [],
        "archived": False,
        "version": 1,
    }
    return TicketKind(**plain | changes)


def ticket(**changes: Any) -> Ticket:
    moment = datetime(2026, 11, 25, 8, tzinfo=UTC)
    plain: dict[str, Any] = dict.fromkeys(Ticket.__struct_fields__)
    plain |= {
        "id": uuid4(),
        "number": "YD-2026-000123",
        "state": "new",
        "category": Category.OPEN,
        "level": 2,
        "title": "包裹停滞",
        "description": "",
        "department_id": DEPARTMENT,
        "fields": {},
        "checklist": [],
        "watcher_ids": [],
        "label_ids": [],
        "created_at": moment,
        "updated_at": moment,
        "version": 1,
    }
    return Ticket(**plain | changes)


# States


@given(st.lists(st.sampled_from([state.code for state in STATES] + ["nowhere"]), max_size=30))
def test_a_ticket_only_goes_where_its_kind_leads(ways: list[str]) -> None:
    of_kind, here = kind(), "new"
    for code in ways:
        allowed = rules.state_of(of_kind, here)
        assert allowed is not None
        known = code in {state.code for state in STATES}
        if not (known and code != here and (not allowed.next or code in allowed.next)):
            with pytest.raises(StateRefused):
                rules.next_state(of_kind, here, code)
        else:
            here = rules.next_state(of_kind, here, code).code


def test_from_a_state_that_is_gone_everything_may_follow() -> None:
    assert rules.next_state(kind(), "former", "waiting").code == "waiting"


@pytest.mark.parametrize(
    ("states", "ending"), [(STATES, "closed"), (STATES[:4], "done")], ids=["closed", "no closed state"]
)
def test_where_a_merged_ticket_ends(states: list[TicketState], ending: str) -> None:
    assert rules.closing_state(kind(states=states)).code == ending


@pytest.mark.parametrize(
    ("fields", "checklist", "code"),
    [
        ({}, [], "ticket_field_missing"),
        ({"how": ""}, [], "ticket_field_missing"),
        ({"how": "补发"}, [CheckItem(text="告知客户", required=True)], "ticket_checklist_undone"),
        ({"how": "补发"}, [CheckItem(text="告知客户", required=True, done=True), CheckItem(text="拍照")], None),
    ],
)
def test_when_it_may_be_called_resolved(fields: dict[str, Any], checklist: list[CheckItem], code: str | None) -> None:
    assert code_of(lambda: rules.check_done(kind(), fields, checklist)) == code


def code_of(do: Any) -> str | None:
    try:
        do()
    except YingdaError as refused:
        return refused.code
    return None


# Kinds


BAD_KINDS: dict[str, dict[str, Any]] = {
    "begins with what is done": {"states": [STATES[4], STATES[0]]},
    "never ends": {"states": [replace(STATES[0], next=[])]},
    "two of one code": {"states": [*STATES, STATES[1]]},
    "leads nowhere": {"states": [replace(STATES[0], next=["moon"]), *STATES[1:]]},
    "leads to itself": {"states": [replace(STATES[0], next=["new"]), *STATES[1:]]},
    "is never reached": {"states": [replace(STATES[0], next=["done"]), STATES[2], replace(STATES[3], next=["new"])]},
    "choice without options": {"fields": [KindField(code="how", name="方式", type=FieldType.CHOICE)]},
    "options of a text": {"fields": [KindField(code="how", name="方式", options=["一"])]},
    "two fields of one code": {"fields": [FIELDS[0], FIELDS[0]]},
}


@pytest.mark.parametrize("changes", BAD_KINDS.values(), ids=BAD_KINDS.keys())
def test_kinds_that_cannot_work(changes: dict[str, Any]) -> None:
    assert code_of(lambda: rules.check_kind(replace(DRAFT, **changes))) == "ticket_kind_invalid"


def test_a_template_must_fit_its_kind() -> None:
    rules.check_kind(replace(DRAFT, templates=[Template(name="停滞", title="停滞", fields={"how": "退款"})]))
    bad = replace(DRAFT, templates=[Template(name="停滞", title="停滞", fields={"how": "赠品"})])
    assert code_of(lambda: rules.check_kind(bad)) == "ticket_field_invalid"


def test_which_states_a_changed_kind_loses() -> None:
    after = replace(DRAFT, states=[*STATES[:2], replace(STATES[2], category=Category.OPEN), STATES[3]])
    assert [state.code for state in rules.lost_states(kind(), after)] == ["waiting", "closed"]


FITTING: dict[str, list[Any]] = {
    "note": ["文字", "", None],
    "amount": [12, 12.5, -1, None],
    "on": ["2026-11-25", ""],
    "how": ["补发", ""],
    "ok": [True, False],
}
UNFIT: dict[str, list[Any]] = {
    "note": [1, True],
    "amount": ["12", True, float("nan"), float("inf")],
    "on": ["2026-02-30", "20261125", "明天", 3],
    "how": ["赠品", 1],
    "ok": ["是", 1.0],
    "unknown": ["x", None],
}


@pytest.mark.parametrize(("code", "value"), [(code, value) for code, values in FITTING.items() for value in values])
def test_values_that_fit(code: str, value: Any) -> None:
    assert rules.checked_fields(FIELDS, {code: value}) == ({} if value in (None, "") else {code: value})


@pytest.mark.parametrize(("code", "value"), [(code, value) for code, values in UNFIT.items() for value in values])
def test_values_that_do_not_fit(code: str, value: Any) -> None:
    assert code_of(lambda: rules.checked_fields(FIELDS, {code: value})) == "ticket_field_invalid"


# Beginning, search


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("", "物流问题"),
        ("快递\n没动", "物流问题：快递 没动"),
        ("打我13812345678", "物流问题：打我〔电话〕"),
        ("长" * 60, "物流问题：" + "长" * 39 + "…"),
    ],
)
def test_a_title_from_what_the_customer_said(said: str, title: str) -> None:
    assert rules.proposed_title(kind(), said) == title


def test_a_template_fills_what_was_left_out() -> None:
    template = Template(
        name="停滞", title="包裹停滞", description="请查件", level=3, fields={"how": "补发", "note": "急"}
    )
    new = NewTicket(kind="logistics", title="", author=SYSTEM, source="rule", fields={"how": "退款"})
    filled = rules.with_template(new, template)
    assert (filled.title, filled.description, filled.level) == ("包裹停滞", "请查件", 3)
    assert filled.fields == {"how": "退款", "note": "急"}
    assert rules.with_template(replace(new, title="丢件", level=1), template).title == "丢件"


@given(st.text("退货丢件顺丰ab1 ", max_size=2400), st.integers(0, 2400), st.integers(2, 6))
def test_every_piece_of_a_long_text_is_found(text: str, start: int, length: int) -> None:
    wanted = query_terms(text[start : start + length])
    if not any(term.isascii() for term in wanted):
        assert set(wanted) <= set(rules.text_terms(text))


def test_what_a_ticket_is_found_by() -> None:
    terms = set(rules.terms_of("YD-2026-000123", "丢件", "顺丰", {"note": "急件", "amount": 3}))
    for query in ("YD-2026-000123", "000123", "丢件", "顺丰", "急件"):
        assert set(query_terms(query)) <= terms, query


# Who sees what


@pytest.mark.parametrize(
    ("changes", "everything", "seen", "theirs"),
    [
        ({"department_id": OTHER}, False, False, False),
        ({}, False, True, True),
        ({"department_id": OTHER, "owner_id": ME}, False, True, True),
        ({"department_id": OTHER, "opened_by": ME}, False, True, True),
        ({"department_id": OTHER, "watcher_ids": [ME]}, False, True, False),
        ({"department_id": OTHER, "watcher_ids": [SOMEBODY]}, False, False, False),
        ({"department_id": OTHER}, True, True, True),
    ],
)
def test_who_sees_and_who_may_change(changes: dict[str, Any], everything: bool, seen: bool, theirs: bool) -> None:
    visibility = TicketVisibility(ME, frozenset({DEPARTMENT}), everything)
    assert rules.sees(visibility, ticket(**changes)) is seen
    assert rules.belongs(visibility, ticket(**changes)) is theirs


def test_related_tickets_tell_their_title_only_to_who_may_see_them() -> None:
    other = ticket(title="客户电话13812345678", department_id=OTHER, owner_id=SOMEBODY)
    stranger = TicketVisibility(ME, frozenset({DEPARTMENT}))
    assert rules.related(other, stranger, {SOMEBODY: "江远"}).title is None
    told = rules.related(other, stranger, {SOMEBODY: "江远"}, titled=True)
    assert (told.title, told.owner_name, told.readable) == ("客户电话〔电话〕", "江远", False)
    assert rules.related(other, TicketVisibility(SOMEBODY, frozenset()), {}).readable


def test_masked_texts() -> None:
    private = "打13812345678"
    shown = rules.masked(
        ticket(title=private, description=private, fields={"note": private}, checklist=[CheckItem(text=private)])
    )
    assert {shown.title, shown.description, shown.fields["note"], shown.checklist[0].text} == {"打〔电话〕"}


# What changed


def test_the_difference_names_values_but_no_words() -> None:
    before = ticket(fields={"note": "打13812345678"})
    after = replace(before, level=4, title="新标题", owner_id=ME, fields={}, watcher_ids=[ME], version=2)
    told = rules.difference(before, after)
    assert told.before == {
        "level": 2, "title": None, "owner_id": None, "fields": {"note": "打〔电话〕"}, "watcher_ids": [],
    }  # fmt: skip
    assert told.after == {"level": 4, "title": None, "owner_id": str(ME), "fields": {}, "watcher_ids": [str(ME)]}


ACTIONS: list[tuple[BulkAction, TicketEdit]] = [
    (Assign(ME), TicketEdit(owner_id=ME)),
    (Assign(None), TicketEdit(owner_id=None)),
    (Pass(OTHER), TicketEdit(department_id=OTHER)),
    (SetState("done"), TicketEdit(state="done")),
    (SetLevel(5), TicketEdit(level=5)),
    (AddLabel(LABEL), TicketEdit(label_ids=[LABEL])),
    (AddLabel(LABEL_2), TicketEdit(label_ids=[LABEL, LABEL_2])),
    (RemoveLabel(LABEL), TicketEdit(label_ids=[])),
]


@pytest.mark.parametrize(("action", "edit"), ACTIONS)
def test_what_a_bulk_action_does_to_one(action: BulkAction, edit: TicketEdit) -> None:
    assert edit_for(action, ticket(label_ids=[LABEL])) == edit


@pytest.mark.parametrize(
    ("zh", "en", "locale", "told"),
    [
        ("{kind}已登记，{number}", "Your {kind} is registered: {number}", "zh", "物流问题已登记，T1"),
        ("{kind}已登记，{number}", "Your {kind} is registered: {number}", "en", "Your request is registered: T1"),
        (
            "{kind}已登记，{number}",
            "",
            "en",
            "Ticket T1 (物流问题) is being dealt with. We tell you here as soon as there is news.",
        ),
    ],
)
def test_who_writes_english_is_told_so_in_english(zh: str, en: str, locale: Locale, told: str) -> None:
    state = replace(STATES[0], customer_text=zh, customer_text_en=en)
    assert rules.told(state, ticket(number="T1"), kind(), locale) == told


@pytest.mark.parametrize("category", list(Category))
def test_every_state_can_be_told_in_english(category: Category) -> None:
    state = replace(STATES[0], category=category, customer_text="已登记", customer_text_en="")
    words = rules.told(state, ticket(number="T1"), kind(), "en")
    assert words.startswith("Ticket T1 (物流问题)")


def test_a_field_that_no_kind_has_is_refused() -> None:
    kind = 'code = "a"\nname = "a"\ndepartment = "d"\nstates = []\n'
    assert read_kinds(f"[[kind]]\n{kind}")["a"].needed is False
    with pytest.raises(msgspec.ValidationError, match="levle"):
        read_kinds(f"[[kind]]\n{kind}levle = 3\n")
