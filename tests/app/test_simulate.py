"""Simulated customers: what is read, what they answer, how they are judged, and that a small run goes through."""

from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from tests.conftest import DemoTemplate
from tests.server import RunningServer
from yingda.app.cli import app
from yingda.app.demo import ACCOUNTS
from yingda.app.replay.tally import Heard
from yingda.app.simulate import Stage, open_theatre
from yingda.app.simulate.acting import act
from yingda.app.simulate.answering import answer_to
from yingda.app.simulate.outcome import Action, Outcome, Uttered
from yingda.app.simulate.personas import Goal, Persona, Role, cast_roles, goals, habits, put
from yingda.app.simulate.score import Act, faults_of, report_on, wrong_actions
from yingda.app.simulate.script import Line, Photo, Unusable, read_lines, texts_of
from yingda.commerce.demo.situations import unknown_conditions
from yingda.kit.clock import now


def test_lines_are_read_and_what_is_no_use_is_told_in_its_place() -> None:
    lines = read_lines(
        b'\xef\xbb\xbf{"id": 1, "turns": ["a", ["b", "c"], {"photo": "d"}], "given": ["has_order"], "note": 1}\n\n'
        b'{"id": "x", "turns": []}\n{"turns": ["a"]}\nnonsense\n\xff\n{"id": "y", "turns": ["a"]}'
    )
    assert lines[0] == Line(1, ["a", ["b", "c"], Photo("d")], ["has_order"])
    assert [type(line) for line in lines] == [Line, Unusable, Unusable, Unusable, Unusable, Line]
    assert [line.id for line in lines] == [1, "x", "line 4", "line 5", "line 6", "y"]
    assert [list(texts_of(turn)) for turn in lines[0].turns] == [["a"], ["b", "c"], []]


@given(st.binary(max_size=200))
def test_no_line_whatsoever_breaks_the_reading(noise: bytes) -> None:
    lines = read_lines(noise.replace(b"\n", b"") + b'\n{"id": 1, "turns": ["hi"]}')
    assert lines[-1] == Line(1, ["hi"])


KNOWS = {"order": "LM1", "reason": "碎了", "confirm": "确认", "address": "杭州", "photo": "碎片", "choice": "退款"}


def asked(text: str, *buttons: str) -> list[Heard]:
    return [Heard(2, "assistant", text=text, choices=tuple((words, words) for words in buttons))]


@pytest.mark.parametrize(
    ("heard", "answer"),
    [
        (asked("请问您要取消哪个订单？"), "LM1"),
        (asked("为什么想退呢？"), "碎了"),
        (asked("取消订单 LM1，原因：碎了。确认吗？"), "确认"),
        (asked("要为您取消订单 LM1，请核对。", "确认取消", "先不取消"), "确认"),
        (asked("请发一张照片，让我看看破损的地方"), Photo("碎片")),
        (asked("新的收货地址是什么？"), "杭州"),
        (asked("您希望退款还是补发？", "退款", "补发"), "退款"),
        (asked("哪件商品有问题？", "洁面乳", "面霜", "转人工"), "洁面乳"),
        (asked("Which order do you mean?"), "LM1"),
        (asked("已为您取消。"), None),
        (asked("需要为您转人工客服吗？", "转人工"), None),
        (asked("如果不是这个订单，可以选择其他订单：", "LM202611250001"), None),
        ([Heard(2, "system", text="确认吗？")], None),
        ([], None),
    ],
)
def test_customers_answer_what_they_are_asked(heard: list[Heard], answer: Any) -> None:
    assert answer_to(heard, KNOWS) == answer


def test_what_they_do_not_know_they_leave() -> None:
    assert answer_to(asked("请问税号是多少？"), KNOWS) is None


def test_the_shipped_goals_are_such_as_the_shop_can_play() -> None:
    names = [goal.name for goal in goals().goals]
    assert len(set(names)) == len(names)
    assert [goal.name for goal in goals().goals if unknown_conditions(goal.given)] == []


def test_the_same_seed_gives_the_same_customers_and_all_goals_their_turn() -> None:
    roles = cast_roles(46, seed=3)
    assert roles == cast_roles(46, seed=3)
    assert roles != cast_roles(46, seed=4)
    assert {role.goal.name for role in roles} == {goal.name for goal in goals().goals}


@pytest.mark.parametrize(
    ("habit", "typed"),
    [
        ({}, "取消订单，谢谢。"),
        ({"burst": 1}, ["取消订单，", "谢谢。"]),
        ({"typo": 1}, "取肖订单，谢谢。"),
    ],
)
def test_habits_change_the_words_and_not_the_meaning(habit: dict[str, Any], typed: Any) -> None:
    assert put("取消订单，谢谢。", Persona(name="p", **habit), Random(1)) == typed


def test_fillers_endings_and_anger_come_from_the_shipped_ones() -> None:
    said = put("我的快递呢？", Persona(name="p", filler=1, ending=1, anger=1), Random(1))
    assert isinstance(said, str)
    assert said.startswith(habits().fillers)
    assert said.endswith(habits().anger)
    assert "我的快递呢" in said


def an_act(goal: Goal, *actions: tuple[str, str], handoff: bool = False, said: str = "好的", **more: Any) -> Act:
    outcome = Outcome(
        id="1",
        transcript=[Uttered("customer", "取消"), Uttered("assistant", said)],
        actions=[Action(name, order, {}) for name, order in actions],
        handoff=handoff,
        **more,
    )
    return Act(role=Role(1, goal, Persona(name="p"), "s"), outcome=outcome, order_no="LM1", messages=2, waits_ms=[5.0])


CANCEL = Goal(name="cancel", given=("latest_unshipped",), says=("取消",), deeds=("cancel_order",), person=False)
PERSON = Goal(name="person", given=(), says=("人工",), person=True)
TRACK = Goal(name="track", given=(), says=("物流",), heard="最新")


@pytest.mark.parametrize(
    ("played", "faults"),
    [
        (an_act(CANCEL, ("cancel_order", "LM1")), []),
        (an_act(CANCEL), ["not done: cancel_order"]),
        (an_act(CANCEL, ("cancel_order", "LM2")), ["wrong: cancel_order on LM2"]),
        (an_act(CANCEL, ("cancel_order", "LM1"), ("cancel_order", "LM1")), ["wrong: cancel_order on LM1"]),
        (an_act(CANCEL, ("cancel_order", "LM1"), handoff=True), ["a person had to take over: None"]),
        (an_act(CANCEL, ("cancel_order", "LM1"), errors=["message 1 was refused: x"]), ["message 1 was refused: x"]),
        (an_act(PERSON, handoff=True), []),
        (an_act(PERSON), ["no person took over"]),
        (an_act(TRACK, said="最新动态"), []),
        (an_act(TRACK, said="不知道", handoff=True), ["not said: 最新"]),
        (an_act(TRACK, ("ask_carrier", "LM1"), said="最新"), ["wrong: ask_carrier on LM1"]),
    ],
)
def test_customers_are_judged_by_what_came_of_what_they_wanted(played: Act, faults: list[str]) -> None:
    assert faults_of(played) == faults


def test_the_report_counts_everybody() -> None:
    acts = [an_act(CANCEL, ("cancel_order", "LM1")), an_act(CANCEL, ("reship", "LM1"), handoff=True), an_act(PERSON)]
    report = report_on(acts, 7, 1.25)
    assert (report.customers, report.succeeded, report.wrong_actions, report.containment) == (3, 1, 1, 0.5)
    assert (report.goals["cancel"].played, report.goals["cancel"].handed_over, report.wait_ms_p50) == (2, 1, 5.0)
    assert [failure.why[0] for failure in report.failures] == ["wrong: reship on LM1", "no person took over"]


async def test_a_few_generated_customers_of_each_goal_are_served_without_harm(
    server: RunningServer, demo_template: DemoTemplate
) -> None:
    accounts = server.runtime.settings.data_dir / ACCOUNTS
    accounts.write_bytes(msgspec.json.encode(demo_template.accounts))
    async with open_theatre(Stage(url=server.url, accounts=accounts), patience=30) as theatre:
        acts = [await act(theatre, role) for role in cast_roles(len(goals().goals), seed=1)]
    assert [wrong for one in acts for wrong in wrong_actions(one)] == []
    assert [one.outcome.errors for one in acts if one.outcome.errors] == []
    unserved = [f"{one.role.id}: {faults_of(one)}" for one in acts if faults_of(one)]
    assert len(unserved) <= 2, unserved


def test_a_script_is_played_on_a_server_of_its_own_and_told_line_by_line(tmp_path: Path) -> None:
    script = tmp_path / "script.jsonl"
    lines = [
        {"id": "track", "turns": ["你好", "我的快递到哪了"], "given": ["latest_in_transit", "has_two_orders"]},
        {"id": "person", "turns": ["转人工", "在吗"], "given": ["has_order"]},
        {"id": "unknown", "turns": ["你好"], "given": ["has_order", "is_rich"]},
        {"id": "visitor", "turns": ["我的订单到哪了"], "given": ["not_signed_in"]},
        {"turns": ["你好"]},
    ]
    script.write_text("\n".join(msgspec.json.encode(line).decode() for line in lines), encoding="utf-8")
    result = CliRunner().invoke(app, ["simulate", "--script", str(script), "--json"])
    assert result.exit_code == 1, result.output  # two lines could not be played
    track, person, unknown, visitor, nameless = [msgspec.json.decode(line) for line in result.stdout.splitlines()]
    assert set(track) == {*Outcome.__struct_fields__}
    assert track["final_intent"] == "logistics.track"
    assert [said["from"] for said in track["transcript"][:3]] == ["customer", "assistant", "customer"]
    assert (track["actions"], track["handoff"], track["tickets"], track["errors"]) == ([], False, [], [])
    assert (person["handoff"], person["reason"]) == (True, "requested")
    assert "is_rich" in unknown["errors"][0]
    assert unknown["transcript"] == []
    assert "登录" in visitor["transcript"][1]["text"]
    assert nameless["id"] == "line 5"


async def test_only_who_proves_to_be_a_fresh_customer_sees_what_the_shop_has_of_them(server: RunningServer) -> None:
    path = "/api/v1/demo/customers"
    who = (await server.http.post(path, json={"given": ["latest_delivered"]})).json()
    mine = await server.http.get(f"{path}/{who['user_id']}", params={"signature": who["signature"]})
    [order] = mine.json()["records"]["orders"]
    assert order["state"] == "delivered"
    assert order["placed_at"] < now().isoformat()
    assert mine.json()["deeds"] == []
    assert (await server.http.get(f"{path}/{who['user_id']}", params={"signature": "0" * 64})).status_code == 404
    assert (await server.http.get(f"{path}/C10001", params={"signature": who["signature"]})).status_code == 404
    assert (await server.http.post(path, json={"given": ["is_rich"]})).json()["code"] == "condition_unknown"
