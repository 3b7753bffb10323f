"""The graph as people look at it: a list of names, and one ingredient with everything around it. Pure."""

from collections.abc import Iterator

from yingda.knowledge.beauty.graph import Graph
from yingda.knowledge.beauty.names import plain
from yingda.knowledge.beauty.schemas import (
    Aspect,
    HeldFact,
    IngredientDetail,
    IngredientItem,
    Link,
    Neighbour,
    Node,
    NodeKind,
)

_LISTED = (NodeKind.INGREDIENT, NodeKind.GROUP, NodeKind.UNLISTED)


def search(graph: Graph, text: str) -> list[Node]:
    """Whose name or nickname is this, begins with it, or has it in it; without a text, all that is curated."""
    wanted = plain(text)
    nodes = [node for node in graph.nodes(*_LISTED) if node.what]
    ranked = [(rank, i, node) for i, node in enumerate(nodes) if (rank := _rank(node, wanted)) is not None]
    return [node for _, _, node in sorted(ranked, key=lambda one: one[:2])]


def _rank(node: Node, wanted: str) -> int | None:
    names = [plain(name) for name in (node.name, node.inci, *node.aliases)]
    if wanted in names:
        return 0
    if any(name.startswith(wanted) for name in names):
        return 1
    return 2 if any(wanted in name for name in names) else None


def item_of(node: Node) -> IngredientItem:
    return IngredientItem(node.id, node.kind, node.name, node.inci, node.aliases, node.groups, node.what, node.status)


def detail_of(graph: Graph, node: Node) -> IngredientDetail:
    facts = [
        HeldFact(fact.aspect, fact.value, fact.text, fact.evidence, fact.source, fact.subject)
        for aspect in Aspect
        for fact in graph.facts(node, aspect)
    ]
    neighbours = list(_neighbours(graph, node))
    named = dict.fromkeys([*(fact.source for fact in facts), *(one.source for one in neighbours), node.source])
    return IngredientDetail(
        item_of(node), facts, neighbours, [graph.sources[one] for one in named if one in graph.sources]
    )


def _neighbours(graph: Graph, node: Node) -> Iterator[Neighbour]:
    for group in graph.groups(node):
        yield _neighbour(group, "member_of")
    if node.kind is NodeKind.GROUP:
        for member in graph.members(node):
            yield _neighbour(member, "has_member")
    for link in Link:
        for other, relation in graph.related(node, link):
            yield _neighbour(other, link.value, relation.reason, relation.source)
    for product in graph.containing(node):
        yield _neighbour(product, "contained_in")


def _neighbour(node: Node, link: str, reason: str = "", source: str = "") -> Neighbour:
    return Neighbour(id=node.id, kind=node.kind, name=node.name, link=link, reason=reason, source=source)
