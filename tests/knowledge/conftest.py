"""The expert that ships, with the demo shop's shelf."""

import pytest

from yingda.app.shelves import shelf_of
from yingda.commerce import demo_products
from yingda.kit.clock import now
from yingda.knowledge import Expert


@pytest.fixture(scope="session")
def expert() -> Expert:
    return Expert.from_files(shelf_of(demo_products(now())))
