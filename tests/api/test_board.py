"""The supervisor's board shows the queue and the people as far as the reader's own matters go, and no further."""

import json
from typing import Any

import pytest

from tests.api.test_visibility import SECRET, in_hand, newcomer, teams, waiting
from tests.factories import Colleague, Visitor
from tests.server import RunningServer
from tests.shared import SHARED
from yingda.identity.demo import AFTERSALE, PRESALE
from yingda.kit.redaction import mask_name

pytestmark = SHARED


async def of_both_teams(system: RunningServer, staff: dict[str, Colleague]) -> dict[str, str]:
    """One conversation in the hands of each team, and one that waits."""
    ids = await teams(staff)
    _, presale = await waiting(system)
    await in_hand(system, staff["agent"], presale, ids[PRESALE])
    _, aftersale = await waiting(system)
    await in_hand(system, staff["other_agent"], aftersale, ids[AFTERSALE])
    _, queued = await waiting(system)
    return {"presale": str(presale), "aftersale": str(aftersale), "queued": str(queued)}


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("administrator", {"presale", "aftersale", "queued"}),
        ("supervisor", {"presale", "aftersale", "queued"}),
        ("analyst", {"presale", "aftersale", "queued"}),
        ("agent", {"presale", "queued"}),
        ("other_agent", {"aftersale", "queued"}),
    ],
)
async def test_who_sees_whose(system: RunningServer, staff: dict[str, Colleague], role: str, seen: set[str]) -> None:
    made = await of_both_teams(system, staff)
    board = json.dumps(await staff[role].get("/routing/board"))
    assert {name for name, conversation_id in made.items() if conversation_id in board} == seen


async def test_who_leads_one_team_sees_that_team(system: RunningServer, staff: dict[str, Colleague]) -> None:
    made = await of_both_teams(system, staff)
    team_id = (await teams(staff))[PRESALE]
    person = await newcomer(system, staff, {"role": "supervisor", "team_id": str(team_id)})
    board = await person.get("/routing/board")
    text = json.dumps(board)
    assert {name for name, conversation_id in made.items() if conversation_id in text} == {"presale", "queued"}
    assert {team["name"] for team in board["teams"]} == {PRESALE}
    assert {agent["name"] for agent in board["agents"]} == {"小雅"}
    await person.close()


async def test_it_tells_what_a_glance_needs(system: RunningServer, staff: dict[str, Colleague]) -> None:
    known = await Visitor.known(system.http, "派送中停滞")
    conversation_id = (await known.ask("你们这是骗子公司，我要投诉"))[0]["conversation_id"]
    supervisor = staff["supervisor"]
    board = await supervisor.get("/routing/board")
    line = next(one for one in board["waiting"] if one["conversation_id"] == conversation_id)
    async with system.runtime.db.reading() as conn:
        name = await conn.fetchval("SELECT display_name FROM customers WHERE id = $1", line["customer_id"])
    assert (line["customer_name"], line["level"]) == (mask_name(name), 3)
    assert line["intent"].startswith("complaint")
    assert line["waiting_since"]
    assert board["waiting"] == sorted(board["waiting"], key=lambda one: (-one["level"], one["waiting_since"]))
    assert sum(count["waiting"] for count in board["by_level"]) == len(board["waiting"])
    assert next(c for c in board["by_level"] if c["level"] == 3)["oldest"] <= line["waiting_since"]


def agent_of(board: dict[str, Any], staff_id: str) -> dict[str, Any]:
    found: dict[str, Any] = next(agent for agent in board["agents"] if agent["staff_id"] == staff_id)
    return found


async def test_reassigning_moves_it_on_the_board(system: RunningServer, staff: dict[str, Colleague]) -> None:
    _, conversation_id = await waiting(system, SECRET)
    supervisor, agent = staff["supervisor"], staff["agent"]
    me = (await agent.get("/auth/me"))["staff"]["id"]
    await agent.call("PUT", "/routing/presence", json={"status": "busy", "capacity": 3})
    before = agent_of(await supervisor.get("/routing/board"), me)
    path = f"/routing/conversations/{conversation_id}/assign"
    assert (await supervisor.call("POST", path, json={"staff_id": me})).status_code == 200
    board = await supervisor.get("/routing/board")
    after = agent_of(board, me)
    assert (after["status"], after["capacity"], after["load"]) == ("busy", 3, before["load"] + 1)
    assert SECRET in [line["preview"] for line in after["conversations"]]
    assert str(conversation_id) not in [line["conversation_id"] for line in board["waiting"]]
    await agent.call("PUT", "/routing/presence", json={"status": "offline"})
    assert agent_of(await supervisor.get("/routing/board"), me)["load"] == after["load"], "left with work in hand"
