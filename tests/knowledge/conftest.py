"""The expert that ships, with the demo shop's shelf; and one system for all tests of articles."""

import pytest

from tests.shared import log, quiet, staff, system
from yingda.app.shelves import shelf_of
from yingda.commerce import demo_products
from yingda.kit.clock import now
from yingda.knowledge import Expert
from yingda.language import Engine

__all__ = ["expert", "log", "quiet", "staff", "system"]


@pytest.fixture(scope="session")
def expert(engine: Engine) -> Expert:
    return Expert.from_files(engine.model.sounds, shelf_of(demo_products(now())))
