"""What a shop sells, as the beauty graph wants to know it: the two features do not know each other."""

from collections.abc import Iterable, Mapping

import structlog

from yingda.commerce import Product, ShopDown, Store
from yingda.knowledge import ShelfProduct

logger = structlog.get_logger(__name__)

#: A shelf longer than this is not read to its end.
_MOST = 5000


async def shelves_of(stores: Mapping[str, Store]) -> dict[str, list[ShelfProduct]]:
    """Of a shop that does not answer now nothing is known until the next start: it must not keep us from starting."""
    shelves: dict[str, list[ShelfProduct]] = {}
    for code, store in stores.items():
        try:
            shelves[code] = shelf_of(await store.products.browse(limit=_MOST))
        except ShopDown:
            logger.warning("a shop does not say what it sells", shop=code)
    return shelves


def shelf_of(products: Iterable[Product]) -> list[ShelfProduct]:
    return [
        ShelfProduct(
            id=product.product_id,
            title=product.title,
            category=product.category,
            aliases=product.aliases,
            functions=product.functions,
            skin_types=product.skin_types,
            ingredients=product.ingredients,
            usage=product.usage,
            sizes=tuple((variant.name, variant.price_cents) for variant in product.variants),
        )
        for product in products
    ]
