"""Saved views through their public door: one's own, everybody's, and nobody else's."""

from typing import Any

import httpx
import pytest

from tests.factories import Colleague
from tests.workspace.conftest import Crew

URGENT: dict[str, Any] = {"name": "紧急待接入", "query": {"view": "waiting", "level": 4, "sort": "deadline"}}


async def save(who: Colleague, **changes: Any) -> httpx.Response:
    return await who.call("POST", "/saved-views", json={**URGENT, **changes})


async def names(who: Colleague) -> list[str]:
    return [view["name"] for view in await who.get("/saved-views")]


async def test_a_view_comes_back_as_it_was_saved(crew: Crew) -> None:
    saved = (await save(crew["agent1"])).json()
    (view,) = await crew["agent1"].get("/saved-views")
    assert view == saved
    assert view["shared"] is False
    assert {**view["query"], **URGENT["query"]} == view["query"]


async def test_ones_own_are_nobody_elses(crew: Crew) -> None:
    view = (await save(crew["agent1"])).json()
    assert await names(crew["agent2"]) == []
    for method in ("PUT", "DELETE"):
        answer = await crew["agent2"].call(method, f"/saved-views/{view['id']}", json=URGENT)
        assert (answer.status_code, answer.json()["code"]) == (404, "saved_view_not_found")
    assert await names(crew["agent1"]) == ["紧急待接入"]


async def test_everybodys_come_first_and_take_the_permission(crew: Crew) -> None:
    assert (await save(crew["agent1"], shared=True)).status_code == 403
    await save(crew["agent1"], name="我的")
    shared = (await save(crew["supervisor"], name="大家的", shared=True)).json()
    assert await names(crew["agent1"]) == ["大家的", "我的"]
    for method in ("PUT", "DELETE"):
        answer = await crew["agent1"].call(method, f"/saved-views/{shared['id']}", json=URGENT)
        assert answer.status_code == 403
    assert (await crew["supervisor"].call("DELETE", f"/saved-views/{shared['id']}")).status_code == 204
    assert await names(crew["agent2"]) == []


async def test_a_view_can_be_renamed_but_not_grow_to_everybodys(crew: Crew) -> None:
    path = f"/saved-views/{(await save(crew['agent1'])).json()['id']}"
    changed = await crew["agent1"].call("PUT", path, json={**URGENT, "name": "改名"})
    assert changed.json()["name"] == "改名"
    assert await names(crew["agent1"]) == ["改名"]
    assert (await crew["agent1"].call("PUT", path, json={**URGENT, "shared": True})).status_code == 403


async def test_a_list_of_views_has_an_end(crew: Crew) -> None:
    for number in range(50):
        assert (await save(crew["agent1"], name=f"视图{number}")).status_code == 201
    answer = await save(crew["agent1"])
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_saved_views")


@pytest.mark.parametrize("draft", [{"name": ""}, {"name": "长" * 31}, {"query": {"sort": "by_mood"}}, {"color": "red"}])
async def test_what_makes_no_view(crew: Crew, draft: dict[str, Any]) -> None:
    assert (await save(crew["agent1"], **draft)).status_code == 422
