"""From what a label means to the card that shows it. Pure."""

from collections.abc import Sequence
from uuid import UUID

from yingda.commerce import Order, OrderState
from yingda.conversations import CardIngredient, IngredientCard, IngredientWords
from yingda.customers import Skin, SkinType
from yingda.knowledge.labels import Assessment, Person

#: As the beauty graph calls types of skin.
SKINS = {
    SkinType.DRY: "干性",
    SkinType.NORMAL: "中性",
    SkinType.COMBINATION: "混合性",
    SkinType.OILY: "油性",
}
SENSITIVE = "敏感性"
#: What was bought this long ago is used up.
MOST_USED = 12
_NOT_HAD = frozenset({OrderState.UNPAID, OrderState.CANCELLED, OrderState.REFUNDED})
_MOST_INGREDIENTS = 60
_MOST_WORDS = 20
_WORD_CHARS = 60


def skins_of(skin: Skin | None) -> tuple[str, ...]:
    if skin is None:
        return ()
    named = (SKINS[skin.type],) if skin.type else ()
    return (*named, SENSITIVE) if skin.sensitive else named


def used(orders: Sequence[Order]) -> tuple[str, ...]:
    """The products of these orders that the customer has or is about to have, latest first."""
    kept = (line.product_id for order in orders if order.state not in _NOT_HAD for line in order.lines)
    return tuple(dict.fromkeys(kept))[:MOST_USED]


def person_of(skin: Skin | None, orders: Sequence[Order]) -> Person:
    return Person(skins=skins_of(skin), avoid=tuple(skin.avoid) if skin else (), using=used(orders))


def card_of(found: Assessment, english: Assessment, file_id: UUID) -> IngredientCard:
    """Short enough for a chat: what was read is somebody's text, and may be anything."""
    return IngredientCard(
        file_id=str(file_id),
        text=found.summary,
        ingredients=_listed(found),
        cautions=found.cautions,
        conflicts=found.conflicts,
        suits=found.suits,
        unsuited=found.unsuited,
        unclear=_short(found.unclear),
        unknown=_short(found.unknown),
        sources=found.sources,
        en=IngredientWords(
            text=english.summary,
            ingredients=_listed(english),
            cautions=english.cautions,
            conflicts=english.conflicts,
            suits=english.suits,
            unsuited=english.unsuited,
            unclear=_short(english.unclear),
        ),
    )


def _listed(found: Assessment) -> list[CardIngredient]:
    return [
        CardIngredient(name=one.name, inci=one.inci, purposes=one.purposes, certain=one.certain)
        for one in found.ingredients[:_MOST_INGREDIENTS]
    ]


def _short(words: Sequence[str]) -> list[str]:
    return [word if len(word) <= _WORD_CHARS else word[: _WORD_CHARS - 1] + "…" for word in words[:_MOST_WORDS]]
