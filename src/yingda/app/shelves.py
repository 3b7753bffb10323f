"""What a shop sells, as the beauty graph wants to know it: the two features do not know each other."""

from collections.abc import Iterable, Mapping

from yingda.commerce import Product, Store
from yingda.knowledge import ShelfProduct

#: A shelf longer than this is not read to its end.
_MOST = 5000


async def shelves_of(stores: Mapping[str, Store]) -> dict[str, list[ShelfProduct]]:
    return {code: shelf_of(await store.products.browse(limit=_MOST)) for code, store in stores.items()}


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
