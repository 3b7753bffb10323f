import re
from datetime import UTC, datetime

import pytest

from yingda.commerce import Product
from yingda.commerce.demo.catalogue import shelf, world

NOW = datetime(2026, 11, 22, tzinfo=UTC)
SHELF = [spec.product(NOW) for spec in shelf()]
NO_FORMULA = {"工具", "套装"}


def test_the_shelf_is_wide() -> None:
    assert len(SHELF) >= 60
    assert len({product.product_id for product in SHELF}) == len(SHELF)
    assert len({product.title for product in SHELF}) == len(SHELF)
    expected = "洁面 卸妆 化妆水 精华 面霜 眼霜 防晒 面膜 底妆 口红 眼妆 腮红 香水 身体护理 洗发护发 工具 套装"
    assert set(expected.split()) <= {product.category for product in SHELF}


@pytest.mark.parametrize("product", SHELF, ids=lambda product: product.product_id)
def test_each_product_is_fully_described(product: Product) -> None:
    assert product.subtitle
    assert len(product.usage) > 10
    assert product.functions
    assert re.fullmatch("#[0-9a-f]{6}", product.color)
    assert all(variant.price_cents >= 1000 for variant in product.variants)
    assert len({variant.sku for variant in product.variants}) == len(product.variants)
    if product.category in NO_FORMULA:
        assert product.material or len(product.bundle) >= 2
    else:
        assert len(product.ingredients) >= 7
        assert product.filing_no
        assert product.filing_no.startswith("演示"), "nobody may take it for a real filing number"
        assert product.shelf_months


def test_what_the_law_calls_special_is_registered_not_filed() -> None:
    for product in SHELF:
        if product.filing_no and {"防晒", "美白", "染发"} & set(product.functions):
            assert "特字" in product.filing_no, product.title


def test_sets_contain_what_the_shelf_has() -> None:
    ids = {product.product_id for product in SHELF}
    for product in SHELF:
        assert set(product.bundle) <= ids


def test_every_city_has_districts_and_one_name() -> None:
    assert all(city.districts and city.weight > 0 for city in world().cities)
    assert len({city.city for city in world().cities}) == len(world().cities)
