"""What the assistant knows of a customer for a card, and how much of one fits into a chat."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from yingda.commerce import demo_products
from yingda.customers import Skin, SkinType
from yingda.dialogue.photos import rules
from yingda.knowledge.labels import Assessment, ListedIngredient


@pytest.mark.parametrize(
    ("skin", "skins"),
    [
        (None, ()),
        (Skin(), ()),
        (Skin(type=SkinType.OILY), ("油性",)),
        (Skin(type=SkinType.DRY, sensitive=True), ("干性", "敏感性")),
        (Skin(sensitive=False, type=SkinType.COMBINATION), ("混合性",)),
        (Skin(sensitive=True), ("敏感性",)),
    ],
)
def test_skins_by_the_names_of_the_graph(skin: Skin | None, skins: tuple[str, ...]) -> None:
    assert rules.skins_of(skin) == skins


def test_every_type_of_skin_is_one_that_products_are_made_for() -> None:
    claimed = {skin for product in demo_products(datetime.now(UTC)) for skin in product.skin_types}
    assert set(rules.SKINS) == set(SkinType)
    assert {*rules.SKINS.values(), rules.SENSITIVE} <= claimed


def test_a_card_is_short_whatever_was_read() -> None:
    found = Assessment(
        summary="识别到 200 种",
        ingredients=[ListedIngredient(f"成分{i}", "", [], certain=True) for i in range(200)],
        cautions=[],
        conflicts=[],
        suits=[],
        unsuited=[],
        unclear=["字" * 500],
        unknown=["串" * 500] * 100,
        sources=[],
    )
    card = rules.card_of(found, found, uuid4())
    assert card.en
    assert (len(card.ingredients), len(card.en.ingredients), len(card.unknown)) == (60, 60, 20)
    assert all(len(word) == 60 for word in (*card.unknown, *card.unclear, *card.en.unclear))
