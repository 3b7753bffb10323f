"""The demo, served, with somebody who may decide on proactive service."""

from collections.abc import AsyncIterator

import pytest

from tests.conftest import DemoTemplate
from tests.factories import Colleague
from tests.outreach.world import World
from tests.server import RunningServer


@pytest.fixture
async def world(server: RunningServer) -> World:
    made = World(server)
    await made.only_showcases()
    return made


@pytest.fixture
async def admin(server: RunningServer, demo_template: DemoTemplate) -> AsyncIterator[Colleague]:
    colleague = await Colleague.sign_in(server.url, demo_template.account("demo.admin"))
    yield colleague
    await colleague.close()


@pytest.fixture
async def agent(server: RunningServer, demo_template: DemoTemplate) -> AsyncIterator[Colleague]:
    colleague = await Colleague.sign_in(server.url, demo_template.account("demo.agent1"))
    yield colleague
    await colleague.close()
