"""Passing conversations on: to a colleague, a team, a department, with a word that only staff read."""

import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.conftest import DemoTemplate
from tests.factories import Colleague, Visitor, eventually
from tests.server import RunningServer
from yingda.identity.demo import AFTERSALE, PRESALE
from yingda.routing.dispatch.rules import choose_team
from yingda.routing.dispatch.schemas import TeamRoom

NOTE = "客户要求今天内给答复，订单已核对"
ONE, TWO = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize(
    ("rooms", "chosen"),
    [
        ([], None),
        ([TeamRoom(ONE, 0, 0)], ONE),
        ([TeamRoom(ONE, 1, 0), TeamRoom(TWO, 3, 9)], TWO),
        ([TeamRoom(ONE, 0, 4), TeamRoom(TWO, 0, 2)], TWO),
        ([TeamRoom(ONE, 2, 1), TeamRoom(TWO, 2, 1)], ONE),
    ],
)
def test_which_team_of_a_department(rooms: list[TeamRoom], chosen: UUID | None) -> None:
    assert choose_team(rooms) == chosen


class People:
    """Colleagues of the demo, signed in as they are needed, and its teams and departments."""

    def __init__(self, server: RunningServer, template: DemoTemplate) -> None:
        self._server, self._template = server, template
        self._known: dict[str, Colleague] = {}

    async def sign_in(self, login: str) -> Colleague:
        if login not in self._known:
            account = self._template.account(f"demo.{login}")
            self._known[login] = await Colleague.sign_in(self._server.url, account)
        return self._known[login]

    async def departments(self) -> dict[str, Any]:
        return {one["code"]: one for one in await (await self.sign_in("supervisor")).get("/departments")}

    async def team(self, name: str) -> str:
        teams = [team for one in (await self.departments()).values() for team in one["teams"]]
        return next(str(team["id"]) for team in teams if team["name"] == name)

    async def close(self) -> None:
        for colleague in self._known.values():
            await colleague.close()


@pytest.fixture
async def people(server: RunningServer, demo_template: DemoTemplate) -> AsyncIterator[People]:
    people = People(server, demo_template)
    yield people
    await people.close()


async def in_hand(server: RunningServer, colleague: Colleague) -> tuple[Visitor, str]:
    """A customer, and the conversation that the colleague has with them."""
    visitor = await Visitor.open(server.http)
    await visitor.ask("转人工")
    [line] = (await colleague.get("/conversations", view="waiting"))["items"]
    conversation_id = line["conversation"]["id"]
    await colleague.call("POST", f"/conversations/{conversation_id}/take")
    return visitor, conversation_id


async def mine(colleague: Colleague) -> Any:
    return (await colleague.get("/conversations", view="mine"))["items"]


async def transfer(colleague: Colleague, conversation_id: str, **to: Any) -> Any:
    return await colleague.call("POST", f"/routing/conversations/{conversation_id}/assign", json=to)


async def come(colleague: Colleague) -> None:
    await colleague.call("PUT", "/routing/presence", json={"status": "online", "capacity": 5})


async def test_a_teams_member_gets_it_with_the_note_and_the_customer_hears_only_who_answers(
    server: RunningServer, people: People
) -> None:
    presale, aftersale = await people.sign_in("agent1"), await people.sign_in("agent4")
    visitor, conversation_id = await in_hand(server, presale)
    for one in (await people.sign_in("agent2"), aftersale):
        await come(one)
    given = await transfer(presale, conversation_id, team_id=await people.team(AFTERSALE), note=NOTE)
    assert given.status_code == 200, given.text
    [line] = await eventually(lambda: mine(aftersale))
    assert line["conversation"]["id"] == conversation_id
    seen = json.dumps(await aftersale.get(f"/conversations/{conversation_id}/messages"), ensure_ascii=False)
    assert NOTE in seen
    assert "小雅转接到：售后组" in seen
    told = json.dumps(await visitor.thread(), ensure_ascii=False)
    assert "正在为您转接其他客服" in told
    assert "客服语桐为您服务" in told
    assert NOTE not in told
    assert AFTERSALE not in told
    assert (await presale.call("GET", f"/conversations/{conversation_id}")).status_code == 404
    assert (await presale.get("/routing/presence"))["load"] == 0


async def test_where_nobody_of_the_team_is_there_it_waits_and_holds_up_nobody(
    server: RunningServer, people: People
) -> None:
    presale, other, aftersale = [await people.sign_in(one) for one in ("agent1", "agent2", "agent5")]
    _, conversation_id = await in_hand(server, presale)
    await transfer(presale, conversation_id, team_id=await people.team(AFTERSALE))
    await come(other)
    await (await Visitor.open(server.http)).ask("转人工")
    [line] = await eventually(lambda: mine(other))  # came later, but needs no member of that team
    assert line["conversation"]["id"] != conversation_id
    waiting = (await (await people.sign_in("supervisor")).get("/routing/board"))["waiting"]
    assert [one["conversation_id"] for one in waiting] == [conversation_id]
    await come(aftersale)
    [line] = await eventually(lambda: mine(aftersale))
    assert line["conversation"]["id"] == conversation_id


async def test_who_joins_a_team_gets_what_waits_for_it(server: RunningServer, people: People) -> None:
    presale, newcomer = await people.sign_in("agent1"), await people.sign_in("agent2")
    _, conversation_id = await in_hand(server, presale)
    await come(newcomer)
    team_id = await people.team(AFTERSALE)
    await transfer(presale, conversation_id, team_id=team_id)
    assert await mine(newcomer) == []
    service = (await people.departments())["service"]["id"]
    person = (await newcomer.get("/auth/me"))["staff"]["id"]
    memberships = {"memberships": [{"department_id": service, "team_id": team_id}]}
    changed = await (await people.sign_in("admin")).call("PATCH", f"/staff/{person}", json=memberships)
    assert changed.status_code == 200
    await eventually(lambda: mine(newcomer))


async def test_a_department_means_the_team_of_it_that_has_room(server: RunningServer, people: People) -> None:
    agent, colleague = await people.sign_in("agent1"), await people.sign_in("agent6")
    _, conversation_id = await in_hand(server, agent)
    await come(colleague)
    service = (await people.departments())["service"]["id"]
    given = await transfer(agent, conversation_id, department_id=service, note=NOTE)
    assert given.json()["team_id"] == await people.team(AFTERSALE)
    await eventually(lambda: mine(colleague))


async def test_what_cannot_be_done_is_refused_and_leaves_no_note(server: RunningServer, people: People) -> None:
    agent = await people.sign_in("agent1")
    _, conversation_id = await in_hand(server, agent)
    logistics = (await people.departments())["logistics"]["id"]
    refusals: list[tuple[dict[str, str], int, str]] = [
        ({"department_id": logistics}, 409, "department_without_team"),
        ({"team_id": str(uuid4())}, 404, "not_found"),
        ({"department_id": str(uuid4())}, 404, "not_found"),
        ({"staff_id": str(uuid4())}, 404, "not_found"),
        ({"staff_id": str(uuid4()), "team_id": await people.team(PRESALE)}, 422, "transfer_target_unclear"),
        ({"note": "字" * 2001}, 422, "validation_failed"),
    ]
    for to, status, code in refusals:
        refused = await transfer(agent, conversation_id, **{"note": NOTE, **to})
        assert (refused.status_code, refused.json()["code"]) == (status, code)
    thread = await agent.get(f"/conversations/{conversation_id}/messages")
    assert NOTE not in json.dumps(thread, ensure_ascii=False)
