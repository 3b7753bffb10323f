"""The knowledge as a graph in memory: what holds for an ingredient, also by way of the groups it belongs to."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

import msgspec
import rustworkx

from yingda.knowledge.beauty.rules import ADVICE, LEVELS
from yingda.knowledge.beauty.schemas import (
    Aspect,
    Book,
    Fact,
    Link,
    Node,
    NodeKind,
    Registered,
    Relation,
    ShelfProduct,
    Source,
)

#: Of several groups' facts the most cautious one counts.
_CAUTION = {
    value: rank for levels in (LEVELS, ADVICE, ("none", "unstable", "sensitises")) for rank, value in enumerate(levels)
}
#: Here a member's own fact stands beside those of its groups; elsewhere it takes their place.
_ADDED = frozenset({Aspect.EFFECT, Aspect.SUITS, Aspect.UNSUITED, Aspect.LIMIT, Aspect.CAUTION})
_SEVERITY = {Link.AVOID: 2, Link.APART: 1, Link.WORKS: 0}
_NOISE = re.compile(r"[\s（）()]")


class Member(msgspec.Struct, frozen=True):
    """An edge from an ingredient to its group."""


class Contains(msgspec.Struct, frozen=True):
    """An edge from a product to what is in it. `position` counts from 1, most first."""

    position: int


class On(msgspec.Struct, frozen=True):
    """An edge from a product to the category it stands in."""


Edge = Member | Contains | On | Fact | Relation


class Graph:
    """Built once from a book, the official list and a shop's shelf; read by everybody, changed by nobody."""

    def __init__(self, book: Book, register: Iterable[Registered], shelf: Iterable[ShelfProduct] = ()) -> None:
        self._graph: rustworkx.PyDiGraph[Node, Edge] = rustworkx.PyDiGraph()
        self._index: dict[str, int] = {}
        self.by_name: dict[str, Node] = {}
        self.sources = {source.id: source for source in book.sources}
        self.products = {product.id: product for product in shelf}
        self._facts: dict[str, list[Fact]] = {}
        for node in book.nodes:
            self._add(node)
        self.register = {_bare(one.name): one for one in register}
        self._connect(book)
        for product in self.products.values():
            self._shelve(product)

    def node(self, node_id: str) -> Node | None:
        index = self._index.get(node_id)
        return None if index is None else self._graph[index]

    def nodes(self, *kinds: NodeKind) -> list[Node]:
        return [node for node in self._graph.nodes() if node.kind in kinds]

    def listed(self, name: str) -> Registered | None:
        """The line of the official list under this name, however its blanks and brackets are written."""
        return self.register.get(_bare(name))

    def groups(self, node: Node) -> list[Node]:
        return [self.by_name[name] for name in node.groups]

    def members(self, group: Node) -> list[Node]:
        """Ingredients of a group, in the order of the files; of an ingredient, itself."""
        if group.kind is not NodeKind.GROUP:
            return [group]
        found = [self._graph[i] for i, _, edge in self._in(group) if isinstance(edge, Member)]
        return sorted(found, key=lambda node: self._index[node.id])

    def facts(self, node: Node, aspect: Aspect) -> list[Fact]:
        """What holds for it: its own facts first, then those of its groups."""
        own = self._own(node, aspect)
        if own and aspect not in _ADDED:
            return own
        inherited = [fact for group in self.groups(node) for fact in self._own(group, aspect)]
        if aspect not in _ADDED:
            return sorted(inherited, key=lambda fact: -_CAUTION.get(fact.value, 0))[:1]
        said = {fact.value for fact in own}
        opposite = {Aspect.SUITS: Aspect.UNSUITED, Aspect.UNSUITED: Aspect.SUITS}.get(aspect)
        said |= {fact.value for fact in self._own(node, opposite)} if opposite else set()
        return [*own, *_first_each([fact for fact in inherited if fact.value not in said])]

    def fact(self, node: Node, aspect: Aspect) -> Fact | None:
        return next(iter(self.facts(node, aspect)), None)

    def level(self, node: Node, aspect: Aspect) -> str:
        """The value of the one fact of this aspect; empty where nothing is known."""
        found = self.fact(node, aspect)
        return found.value if found else ""

    def relation(self, first: Node, second: Node) -> Relation | None:
        """How two get on: what is said of the pair itself, else of their groups; of equals, the most cautious."""
        best: tuple[int, int, Relation] | None = None
        for distance, relation in self._relations(first, second):
            key = (distance, -_SEVERITY[relation.link])
            if best is None or key < best[:2]:
                best = (*key, relation)
        return best[2] if best else None

    def related(self, node: Node, *links: Link) -> list[tuple[Node, Relation]]:
        """All with which it is linked so, own relations before those of its groups."""
        found: dict[str, tuple[Node, Relation]] = {}
        for one in (node, *self.groups(node)):
            for _, other, edge in self._out(one):
                if isinstance(edge, Relation) and edge.link in links:
                    found.setdefault(self._graph[other].id, (self._graph[other], edge))
            for other, _, edge in self._in(one):
                if isinstance(edge, Relation) and edge.link in links and edge.link is not Link.SUBSTITUTE:
                    found.setdefault(self._graph[other].id, (self._graph[other], edge))
        found.pop(node.id, None)
        return list(found.values())

    def with_effect(self, concern: Node) -> list[Node]:
        """Ingredients that do this, those with a fact of their own before those of a group that does."""
        doers = [
            self._graph[i]
            for i, _, edge in self._in(concern)
            if isinstance(edge, Fact) and edge.aspect is Aspect.EFFECT
        ]
        own = [node for node in doers if node.kind is NodeKind.INGREDIENT]
        own.sort(key=lambda node: self._index[node.id])
        grouped = [member for node in doers if node.kind is NodeKind.GROUP for member in self.members(node)]
        return list({node.id: node for node in [*own, *grouped]}.values())

    def contents(self, product: Node) -> list[Node]:
        """The known ingredients of a product, most first."""
        edges = [(edge.position, i) for _, i, edge in self._out(product) if isinstance(edge, Contains)]
        return [self._graph[i] for _, i in sorted(edges)]

    def shelf(self, category: Node) -> list[Node]:
        """The products of a category."""
        return [self._graph[i] for i, _, edge in self._in(category) if isinstance(edge, On)]

    def containing(self, ingredient: Node) -> list[Node]:
        """Products with this ingredient, or with a member of this group."""
        found = {
            self._graph[i].id: self._graph[i]
            for member in self.members(ingredient)
            for i, _, edge in self._in(member)
            if isinstance(edge, Contains)
        }
        return sorted(found.values(), key=lambda node: node.id)

    @cached_property
    def steps(self) -> list[Node]:
        """Categories that have a place in a routine, first step first."""
        return sorted((n for n in self.nodes(NodeKind.CATEGORY) if n.step), key=lambda n: n.step)

    def _add(self, node: Node) -> None:
        self._index[node.id] = self._graph.add_node(node)
        self.by_name[node.name] = node

    def _connect(self, book: Book) -> None:
        targets = {node.name: node for node in self.nodes(NodeKind.SKIN, NodeKind.CONCERN, NodeKind.FUNCTION)}
        for node in book.nodes:
            for group in node.groups:
                self._link(node, self.by_name[group], Member())
        for fact in book.facts:
            self._facts.setdefault(fact.subject, []).append(fact)
            if fact.aspect in {Aspect.EFFECT, Aspect.SUITS, Aspect.UNSUITED}:
                self._link(self.by_name[fact.subject], targets[fact.value], fact)
        for relation in book.relations:
            self._link(self.by_name[relation.first], self.by_name[relation.second], relation)

    def _shelve(self, product: ShelfProduct) -> None:
        node = Node(
            id=f"product:{product.id}",
            kind=NodeKind.PRODUCT,
            name=product.title,
            aliases=(product.id, *product.aliases),
        )
        self._add(node)
        category = self.node(f"category:{product.category}")
        if category:
            self._link(node, category, On())
        for position, name in enumerate(product.ingredients, start=1):
            content = self.ingredient(name.rpartition("：")[2])
            if content.id not in self._index:
                self._add(content)
            self._link(node, content, Contains(position))

    def ingredient(self, name: str) -> Node:
        """The ingredient under this official name; one that nobody has curated is a bare node."""
        registered = self.listed(name)
        official = registered.name if registered else name
        if official in self.by_name:
            return self.by_name[official]
        return Node(
            id=registered.serial if registered else f"ingredient:{name}",
            kind=NodeKind.INGREDIENT,
            name=official,
            inci=registered.inci if registered else "",
        )

    def _in(self, node: Node) -> Iterable[tuple[int, int, Edge]]:
        index = self._index.get(node.id)
        return () if index is None else self._graph.in_edges(index)

    def _out(self, node: Node) -> Iterable[tuple[int, int, Edge]]:
        index = self._index.get(node.id)
        return () if index is None else self._graph.out_edges(index)

    def _between(self, first: Node, second: Node) -> Iterable[Edge]:
        one, other = self._index.get(first.id), self._index.get(second.id)
        if one is None or other is None or not self._graph.has_edge(one, other):
            return ()
        return self._graph.get_all_edge_data(one, other)

    def _link(self, first: Node, second: Node, edge: Edge) -> None:
        self._graph.add_edge(self._index[first.id], self._index[second.id], edge)

    def _own(self, node: Node, aspect: Aspect) -> list[Fact]:
        return [fact for fact in self._facts.get(node.name, ()) if fact.aspect is aspect]

    def _relations(self, first: Node, second: Node) -> Iterator[tuple[int, Relation]]:
        """With the number of steps up to groups that it takes."""
        for i, one in enumerate((first, *self.groups(first))):
            for j, other in enumerate((second, *self.groups(second))):
                for a, b in ((one, other), (other, one)):
                    for edge in self._between(a, b):
                        if isinstance(edge, Relation) and edge.link is not Link.SUBSTITUTE:
                            yield bool(i) + bool(j), edge


def _first_each(facts: list[Fact]) -> list[Fact]:
    """Of facts with the same value, the first; but all limits and cautions."""
    return list(
        {(fact.value if fact.aspect is not Aspect.CAUTION else fact.text): fact for fact in reversed(facts)}.values()
    )[::-1]


def _bare(name: str) -> str:
    return _NOISE.sub("", name).casefold()


def sources_of(graph: Graph, facts: Iterable[Fact | Relation]) -> tuple[Source, ...]:
    return tuple({fact.source: graph.sources[fact.source] for fact in facts}.values())
