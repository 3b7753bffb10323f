"""Resolving with a wrap-up: drafted from what was said, confirmed in one go, corrected later."""

from typing import Any

from tests.factories import Colleague, Visitor, eventually
from tests.server import RunningServer
from tests.workspace.conftest import Team, begin, do
from yingda.infra.database import Tx
from yingda.workspace.wrapup import WrapUpConfirmed

TOMORROW = "2099-01-01T04:00:00Z"


async def drafted(colleague: Colleague, conversation_id: str, **query: str) -> dict[str, Any]:
    draft: dict[str, Any] = await colleague.get(f"/conversations/{conversation_id}/wrap-up/draft", **query)
    return draft


def confirmation(draft: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The draft as the console sends it."""
    names = ("seq", "predicted", "category", "cause", "result", "summary")
    return {name: draft[name] for name in names} | changes


async def state_of(colleague: Colleague, conversation_id: str) -> str:
    return str((await colleague.get(f"/conversations/{conversation_id}"))["conversation"]["state"])


async def test_the_draft_quotes_what_was_said(server: RunningServer, team: Team) -> None:
    visitor, conversation_id = await begin(server, team.one)
    await visitor.post("面霜收到就漏了一半，我要退款")
    path = f"/conversations/{conversation_id}"
    await do(team.one, "POST", f"{path}/messages", text="已为您提交退款99元，3天内会短信通知您结果")
    await do(team.one, "POST", f"{path}/messages", text="先给她退，别声张", kind="note")
    draft = await drafted(team.one, conversation_id)
    assert draft["category"] == draft["predicted"]
    assert draft["category"] in ("issue.damaged", "refund.request")
    assert draft["cause"] in ("logistics", "product")
    assert draft["result"] == "partly"
    assert draft["summary"].splitlines() == [
        "客户诉求：面霜收到就漏了一半，我要退款",
        "处理结果：已为您提交退款99元",
        "承诺：3天内会短信通知您结果",
    ]
    (promise,) = draft["promises"]
    assert promise["text"] == "3天内会短信通知您结果"
    assert promise["due_at"]
    thread = {m["seq"]: m["content"]["text"] for m in (await team.one.get(f"{path}/messages", limit=50))["messages"]}
    assert all(point["text"] in thread[point["seq"]] for point in draft["points"])
    english = await drafted(team.one, conversation_id, locale="en")
    assert english["summary"].startswith("Asked: 面霜收到就漏了一半")


async def test_one_call_resolves_and_keeps_everything(server: RunningServer, team: Team) -> None:
    confirmed: list[WrapUpConfirmed] = []

    async def heard(_: Tx, event: WrapUpConfirmed) -> None:
        confirmed.append(event)

    server.runtime.db.bus.subscribe(WrapUpConfirmed, heard)
    visitor, conversation_id = await begin(server, team.one, "我想开发票")
    draft = await drafted(team.one, conversation_id)
    assert draft["category"] == "invoice.request"
    promise = {"text": "明天上午回电", "due_at": TOMORROW}
    body = confirmation(draft, category="invoice.progress", promises=[promise])
    path = f"/conversations/{conversation_id}/wrap-up"
    made = await do(team.one, "POST", path, **body)
    assert (made["predicted"], made["category"]) == ("invoice.request", "invoice.progress")
    assert await state_of(team.one, conversation_id) == "resolved"
    assert (await visitor.thread())[-1]["content"]["code"] == "resolved"
    (kept,) = (await team.one.get("/promises", conversation_id=conversation_id))["items"]
    assert kept["text"] == "明天上午回电"
    assert [(event.wrap_up.category, event.corrects) for event in confirmed] == [("invoice.progress", None)]

    corrected = {"category": "invoice.request", "cause": "system", "result": "partly", "summary": "改抬头"}
    await do(team.other, "PUT", path, **corrected)
    latest, first = (await team.one.get(path))["items"]
    assert (latest["category"], latest["predicted"], latest["summary"]) == (
        "invoice.request",
        "invoice.request",
        "改抬头",
    )
    assert latest["staff_name"] != first["staff_name"] == made["staff_name"]
    assert confirmed[-1].corrects
    assert confirmed[-1].corrects.category == "invoice.progress"


async def test_what_the_customer_wrote_meanwhile_is_not_resolved_away(server: RunningServer, team: Team) -> None:
    visitor, conversation_id = await begin(server, team.one, "我想开发票")
    draft = await drafted(team.one, conversation_id)
    await visitor.post("等等，抬头写错了怎么办？")
    promise = {"text": "明天上午回电", "due_at": TOMORROW}
    path = f"/conversations/{conversation_id}/wrap-up"
    answer = await team.one.call("POST", path, json=confirmation(draft, promises=[promise]))
    assert (answer.status_code, answer.json()["code"]) == (409, "customer_wrote")
    assert await state_of(team.one, conversation_id) == "open"
    assert (await team.one.get(path))["items"] == (await team.one.get("/promises", mine=True))["items"] == []
    again = await drafted(team.one, conversation_id)
    assert again["result"] == "unresolved"
    await do(team.one, "POST", path, **confirmation(again))
    await visitor.post("还在吗？抬头呢")  # after it: the assistant takes the conversation up again
    assert await state_of(team.one, conversation_id) == "pending"


async def test_the_next_round_has_a_wrap_up_of_its_own(server: RunningServer, team: Team) -> None:
    visitor, conversation_id = await begin(server, team.one, "我想开发票")
    path = f"/conversations/{conversation_id}/wrap-up"
    await do(team.one, "POST", path, **confirmation(await drafted(team.one, conversation_id)))
    twice = await team.one.call("POST", path, json=confirmation(await drafted(team.one, conversation_id)))
    assert (twice.status_code, twice.json()["code"]) == (409, "conversation_state")
    await visitor.ask("你们发什么快递")
    await visitor.ask("转人工")
    draft = await drafted(team.one, conversation_id)
    assert "发票" not in draft["summary"]
    assert draft["category"] == "logistics.carrier"
    await do(team.one, "POST", path, **confirmation(draft))
    assert [one["category"] for one in (await team.one.get(path))["items"]] == ["logistics.carrier", "invoice.request"]


async def test_nothing_said_is_nothing_written(server: RunningServer, team: Team) -> None:
    _, conversation_id = await begin(server, team.one)
    draft = await drafted(team.one, conversation_id)
    assert (draft["summary"], draft["points"], draft["promises"], draft["result"]) == ("", [], [], "none")


async def test_what_cannot_be_chosen_is_refused(server: RunningServer, team: Team) -> None:
    _, conversation_id = await begin(server, team.one)
    draft = await drafted(team.one, conversation_id)
    path = f"/conversations/{conversation_id}/wrap-up"
    past = [{"text": "回电", "due_at": "2020-01-01T00:00:00Z"}]
    refused = ({"category": "nonsense"}, {"cause": "nonsense"}, {"result": "nonsense"}, {"promises": past})
    for changes in refused:
        answer = await team.one.call("POST", path, json=confirmation(draft, **changes))
        assert answer.status_code == 422, changes
    assert (await team.one.call("PUT", path, json=confirmation(draft))).status_code == 422  # no seq to correct
    body = {"category": "other", "cause": "other", "result": "none", "summary": ""}
    assert (await team.one.call("PUT", path, json=body)).json()["code"] == "wrap_up_not_found"
    assert await state_of(team.one, conversation_id) == "open"


async def test_a_visitor_who_signs_in_brings_wrap_ups_and_promises_along(server: RunningServer, team: Team) -> None:
    known = await Visitor.known(server.http)
    await known.ask("我的快递到哪了")
    visitor, conversation_id = await begin(server, team.one, "我想开发票")
    draft = await drafted(team.one, conversation_id)
    promise = {"text": "明天上午回电", "due_at": TOMORROW, "seq": 1}
    path = f"/conversations/{conversation_id}"
    await do(team.one, "POST", f"{path}/wrap-up", **confirmation(draft, promises=[promise]))
    await visitor.ask("还有一件事")  # goes on with the same conversation
    shown = (await server.http.get("/api/v1/demo/customers")).json()["customers"]
    who = {name: shown[0][name] for name in ("user_id", "signature", "name")}
    assert known.session["customer"]["name"] == who["name"]
    await Visitor.open(server.http, identity=who, token=visitor.session["token"])
    items = (await team.one.get("/conversations", view="all"))["items"]
    (item,) = [one for one in items if one["customer"]["name"]]
    joined, customer = item["conversation"]["id"], item["customer"]["id"]
    assert joined != conversation_id
    (moved,) = (await team.one.get("/promises", customer_id=customer, state="open"))["items"]
    assert (moved["conversation_id"], moved["text"]) == (joined, "明天上午回电")
    assert len((await team.one.get(f"/conversations/{joined}/wrap-up"))["items"]) == 1


async def test_resolving_without_a_wrap_up_stays_possible(server: RunningServer, team: Team) -> None:
    _, conversation_id = await begin(server, team.one)
    await do(team.one, "POST", f"/conversations/{conversation_id}/resolve")
    assert await eventually(lambda: state_of(team.one, conversation_id)) == "resolved"
    assert (await team.one.get(f"/conversations/{conversation_id}/wrap-up"))["items"] == []
