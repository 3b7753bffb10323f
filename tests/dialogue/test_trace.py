"""What the assistant did, as staff see it: rules, and the whole way through HTTP."""

from datetime import UTC, datetime, timedelta

from tests.conftest import DemoTemplate
from tests.dialogue.procedures.test_service import PAID, conversation_of, first_order
from tests.factories import Colleague, Visitor
from tests.server import RunningServer
from yingda.dialogue.trace.rules import told
from yingda.dialogue.trace.schemas import Taken

NOON = datetime(2026, 11, 25, 4, tzinfo=UTC)


def taken(*steps: tuple[int, str, str]) -> list[Taken]:
    return [
        Taken(seq=i, flow=flow, process=process, version=1, step=step, reason="", at=NOON + timedelta(minutes=i))
        for i, (flow, process, step) in enumerate(steps)
    ]


def test_steps_of_processes_within_each_other_are_kept_apart() -> None:
    within = taken((1, "cancel", "find"), (2, "track", "find"), (2, "track", "told"), (1, "cancel", "done"))
    assert [(one.process, one.outcome, len(one.steps)) for one in told(within, [], {})] == [
        ("cancel", "done", 2),
        ("track", "told", 2),
    ]


def test_numbers_that_begin_anew_are_another_process() -> None:
    again = taken((1, "cancel", "find"), (1, "cancel", "done"), (1, "cancel", "find"), (1, "track", "find"))
    assert [(one.process, one.outcome) for one in told(again, [], {})] == [
        ("cancel", "done"),
        ("cancel", None),
        ("track", None),
    ]


async def test_staff_see_the_process_its_steps_and_what_came_of_the_deed(
    server: RunningServer, demo_template: DemoTemplate
) -> None:
    customer = await Visitor.known(server.http, PAID)
    order = await first_order(server, customer)
    await customer.ask("我要取消订单")
    await customer.ask("确认")
    conversation = await conversation_of(customer)
    supervisor = await Colleague.sign_in(server.url, demo_template.account("demo.supervisor"))
    [process] = await supervisor.get(f"/conversations/{conversation}/trace")
    await supervisor.close()
    assert (process["process"], process["title"]["zh"], process["outcome"]) == ("cancel_order", "取消订单", "done")
    whys = [(step["why"], step["about"]) for step in process["steps"]]
    assert (whys[0], ("agreed", "") in whys, ("outcome", "done") in whys) == (("requested", ""), True, True)
    assert [step["words"] for step in process["steps"] if step["why"] == "ended"][-1]["en"]
    assert process["steps"][0]["title"]["zh"] == "查询订单"
    [deed] = process["deeds"]
    assert (deed["kind"], deed["order_no"], deed["state"]) == ("cancel_order", order.order_no, "done")
    assert "owner" not in deed
