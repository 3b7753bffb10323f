"""Agents at work, for all parts of the workspace."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest

from tests.conftest import DemoTemplate
from tests.factories import Colleague, Visitor
from tests.server import RunningServer


class Team:
    """Two agents who see each other's conversations, and one of another team; signed in, not present."""

    def __init__(self, one: Colleague, other: Colleague, stranger: Colleague) -> None:
        self.one, self.other, self.stranger = one, other, stranger


@pytest.fixture
async def team(server: RunningServer, demo_template: DemoTemplate) -> AsyncIterator[Team]:
    async with AsyncExitStack() as stack:
        people = []
        for login in ("demo.agent1", "demo.agent2", "demo.agent4"):
            person = await Colleague.sign_in(server.url, demo_template.account(login))
            stack.push_async_callback(person.close)
            people.append(person)
        yield Team(*people)


async def me(colleague: Colleague) -> str:
    card: dict[str, Any] = await colleague.get("/auth/me")
    return str(card["staff"]["id"])


async def begin(server: RunningServer, colleague: Colleague, *texts: str) -> tuple[Visitor, str]:
    """A customer who says this to the assistant and then wants a person: this colleague."""
    visitor = await Visitor.open(server.http)
    for text in texts:
        await visitor.ask(text)
    conversation_id = (await visitor.ask("转人工"))[0]["conversation_id"]
    await do(colleague, "POST", f"/conversations/{conversation_id}/take")
    return visitor, conversation_id


async def do(colleague: Colleague, method: str, path: str, **json: Any) -> Any:
    answer = await colleague.call(method, path, json=json)
    assert answer.is_success, answer.text
    return answer.json() if answer.content else None


Crew = dict[str, Colleague]


@pytest.fixture
async def crew(server: RunningServer, demo_template: DemoTemplate) -> AsyncIterator[Crew]:
    """agent1 and agent2 are in the team 售前组, agent4 is in 售后组; logistics serves no customers."""
    async with AsyncExitStack() as stack:
        people = {}
        for login in ("admin", "supervisor", "agent1", "agent2", "agent4", "logistics"):
            people[login] = await Colleague.sign_in(server.url, demo_template.account(f"demo.{login}"))
            stack.push_async_callback(people[login].close)
        yield people
