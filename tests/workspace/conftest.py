"""Colleagues of several roles and teams in front of a system of their own."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from tests.conftest import DemoTemplate
from tests.factories import Colleague
from tests.server import RunningServer

Team = dict[str, Colleague]


@pytest.fixture
async def team(server: RunningServer, demo_template: DemoTemplate) -> AsyncIterator[Team]:
    """agent1 and agent2 are in the team 售前组, agent4 is in 售后组; logistics serves no customers."""
    async with AsyncExitStack() as stack:
        people = {}
        for login in ("admin", "supervisor", "agent1", "agent2", "agent4", "logistics"):
            people[login] = await Colleague.sign_in(server.url, demo_template.account(f"demo.{login}"))
            stack.push_async_callback(people[login].close)
        yield people
