"""Keeps the graph in PostgreSQL in step with the shipped files, and builds experts from it."""

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache

from yingda.infra.database import Database, Tx
from yingda.kit.errors import NotFound
from yingda.knowledge.beauty import repository
from yingda.knowledge.beauty.expert import Expert
from yingda.knowledge.beauty.files import FILES, folder, read_book
from yingda.knowledge.beauty.graph import Graph
from yingda.knowledge.beauty.schemas import Book, IngredientDetail, Ingredients, NodeKind, ShelfProduct
from yingda.knowledge.beauty.views import detail_of, item_of, search

#: Experts that are kept, and with which sounds each was made.
_KEPT = 4
_made: dict[tuple[Book, tuple[ShelfProduct, ...]], tuple[Mapping[int, str], Expert]] = {}


class IngredientNotFound(NotFound):
    code = "ingredient_not_found"
    zh = "没有找到这个成分。"
    en = "There is no such ingredient."


class Experts:
    """One expert a shop: the knowledge is the same, the shelf is not."""

    def __init__(self, book: Book, sounds: Mapping[int, str], shelves: Mapping[str, Sequence[ShelfProduct]]) -> None:
        self._experts = {shop: _expert(book, sounds, tuple(shelf)) for shop, shelf in shelves.items()}
        self._anybody = next(iter(self._experts.values()), None) or _expert(book, sounds, ())

    def of(self, shop: str | None) -> Expert:
        """The one of this shop; of no known shop, the first."""
        return self._experts.get(shop or "", self._anybody)


async def put_in(tx: Tx) -> bool:
    """Bring the tables to the shipped edition; False: they had it already."""
    current = edition()
    await repository.lock(tx.conn)
    if await repository.edition(tx.conn) == current:
        return False
    await repository.replace(tx.conn, read_book(), current)
    return True


async def open_experts(
    db: Database, sounds: Mapping[int, str], shelves: Mapping[str, Sequence[ShelfProduct]]
) -> Experts:
    """What a process needs to answer: the tables as they are now, in memory. `sounds`: see `Expert`."""
    async with db.transaction() as tx:
        await put_in(tx)
        book = await repository.load(tx.conn)
    return Experts(book, sounds, shelves)


@lru_cache
def edition() -> str:
    """A digest of the shipped files."""
    digest = hashlib.sha256()
    for name in FILES:
        digest.update((folder() / f"{name}.tsv").read_bytes())
    return digest.hexdigest()


def _expert(book: Book, sounds: Mapping[int, str], shelf: tuple[ShelfProduct, ...]) -> Expert:
    """The same knowledge and shelf give the same expert, which nobody changes, as long as words sound the same."""
    heard, made = _made.get((book, shelf), ({}, None))
    if made is None or heard != sounds:
        made = Expert(book, sounds, shelf)
        if (book, shelf) not in _made and len(_made) >= _KEPT:
            _made.pop(next(iter(_made)))
        _made[book, shelf] = (sounds, made)
    return made


def find_ingredients(graph: Graph, text: str, limit: int) -> Ingredients:
    return Ingredients([item_of(node) for node in search(graph, text)[:limit]])


def ingredient(graph: Graph, node_id: str) -> IngredientDetail:
    """Raises `IngredientNotFound`."""
    node = graph.node(node_id)
    if node is None or node.kind not in {NodeKind.INGREDIENT, NodeKind.GROUP, NodeKind.UNLISTED}:
        raise IngredientNotFound
    return detail_of(graph, node)
