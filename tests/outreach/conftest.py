"""The demo, served, with somebody who may decide on proactive service."""

from collections.abc import AsyncIterator

import pytest

from tests.conftest import DemoTemplate
from tests.factories import Colleague
from tests.outreach.world import World
from tests.server import RunningServer


@pytest.fixture
async def world(server: RunningServer) -> World:
    """Only the parcels of customers whom a test may be: a sweep concerns nobody else."""
    await server.runtime.db.pool.execute(
        "DELETE FROM demo_shipments WHERE owner NOT IN (SELECT user_id FROM demo_shoppers WHERE note IS NOT NULL)"
    )
    return World(server)


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
