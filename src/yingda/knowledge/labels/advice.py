"""What the names on a label mean for one person: the beauty graph walked for each of them. Pure."""

from collections.abc import Iterable, Sequence

import msgspec

from yingda.knowledge.beauty.answers.draft import WORDS, listing, shown
from yingda.knowledge.beauty.answers.ingredients import purposes
from yingda.knowledge.beauty.graph import Graph
from yingda.knowledge.beauty.names import plain
from yingda.knowledge.beauty.schemas import Aspect, Fact, Link, Node, NodeKind, Relation
from yingda.knowledge.labels.schemas import Certainty, PackageLabel

_MOST_LINES = 8
_MOST_SOURCES = 6
_PURPOSES = 3
#: What anybody should know before they put it on, the gravest first, and the values of its facts that say so.
_CAUTIONS: tuple[tuple[Aspect, tuple[str, ...]], ...] = (
    (Aspect.PREGNANCY, ("avoid", "caution")),
    (Aspect.BREASTFEEDING, ("avoid",)),
    (Aspect.CHILDREN, ("avoid",)),
    (Aspect.PHOTO, ("sensitises",)),
    (Aspect.IRRITATION, ("high", "medium")),
    (Aspect.COMEDOGENIC, ("high", "medium")),
)
_CLASH = {Link.AVOID: "不要同时用", Link.APART: "要错开时间用"}


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """`skins` as the graph calls them; `avoid` in the customer's words; `using`: ids of products they have bought."""

    skins: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    using: tuple[str, ...] = ()


class ListedIngredient(msgspec.Struct, frozen=True):
    """`certain`: read to the letter; otherwise a letter or two were put right."""

    name: str
    inci: str
    purposes: list[str]
    certain: bool


class Assessment(msgspec.Struct, frozen=True, kw_only=True):
    """Sentences in Chinese, and the titles of the sources that they stand on."""

    summary: str
    ingredients: list[ListedIngredient]
    cautions: list[str]
    conflicts: list[str]
    suits: list[str]
    unsuited: list[str]
    unclear: list[str]
    unknown: list[str]
    sources: list[str]


class _Said:
    """Sentences, and what they stand on."""

    def __init__(self) -> None:
        self.facts: list[Fact | Relation] = []

    def lean(self, facts: Iterable[Fact | Relation]) -> None:
        self.facts.extend(facts)


def assess(graph: Graph, label: PackageLabel, person: Person = Person()) -> Assessment:  # noqa: B008 (frozen)
    nodes = [graph.ingredient(match.name) for match in label.known]
    said = _Said()
    return Assessment(
        summary=_summary(label),
        cautions=[*_avoided(graph, nodes, person.avoid), *_cautions(graph, nodes, said)][:_MOST_LINES],
        conflicts=_conflicts(graph, nodes, person.using, said)[:_MOST_LINES],
        suits=_skin(graph, nodes, person.skins, Aspect.SUITS, said),
        unsuited=_skin(graph, nodes, person.skins, Aspect.UNSUITED, said),
        ingredients=[
            ListedIngredient(
                shown(node), node.inci, purposes(graph, node)[:_PURPOSES], match.certainty is Certainty.EXACT
            )
            for node, match in zip(nodes, label.known, strict=True)
        ],
        unclear=[
            _unclear(match.read, match.candidates) for match in label.matches if match.certainty is Certainty.UNCLEAR
        ],
        unknown=[match.read for match in label.matches if match.certainty is Certainty.UNKNOWN],
        sources=_titles(graph, said.facts),
    )


def _summary(label: PackageLabel) -> str:
    known, others = len(label.known), len(label.matches) - len(label.known)
    rest = f"，另有 {others} 处没有认出，请以包装为准" if others else ""
    return f"识别到 {known} 种官方目录中的成分{rest}。"


def _unclear(read: str, candidates: Sequence[str]) -> str:
    return f"{read}（可能是{'、'.join(candidates[:2])}）"


def _cautions(graph: Graph, nodes: list[Node], said: _Said) -> list[str]:
    lines = []
    for aspect, values in _CAUTIONS:
        for value in values:
            found = [(node, fact) for node in nodes if (fact := graph.fact(node, aspect)) and fact.value == value]
            if found:
                said.lean(fact for _, fact in found)
                lines.append(f"{WORDS[aspect][value]}：{listing([node for node, _ in found], 5)}")
    return lines


def _avoided(graph: Graph, nodes: list[Node], avoid: Sequence[str]) -> list[str]:
    """What the customer has said that they do not bear, by any of its names or its group."""
    lines = []
    for word in avoid:
        wanted = plain(word)
        hit = [node for node in nodes if wanted in {plain(name) for name in _names(graph, node)}]
        if hit:
            lines.append(f"含有您要避开的{word}：{listing(hit, 5)}")
    return lines


def _names(graph: Graph, node: Node) -> Iterable[str]:
    for one in (node, *graph.groups(node)):
        yield from (one.name, one.inci, *one.aliases)


def _conflicts(graph: Graph, nodes: list[Node], using: Sequence[str], said: _Said) -> list[str]:
    lines: dict[str, None] = {}
    for product_id in dict.fromkeys(using):
        product = graph.node(f"product:{product_id}")
        if product is None or not _stays_on_skin(graph, product_id):
            continue
        contents = [one for one in graph.contents(product) if one.what]
        for first in (node for node in nodes if node.what):
            for second in contents:
                relation = graph.relation(first, second) if first.id != second.id else None
                if relation and relation.link in _CLASH:
                    said.lean([relation])
                    words = f"{shown(first)}与{shown(second)}{_CLASH[relation.link]}，{relation.reason}"
                    lines.setdefault(f"您买过的{product.name}：{words}")
    return list(lines)


def _stays_on_skin(graph: Graph, product_id: str) -> bool:
    """A step of a routine: what is rinsed out of hair meets nothing."""
    category = graph.node(f"category:{graph.products[product_id].category}")
    return category is not None and category.step > 0


def _skin(graph: Graph, nodes: list[Node], skins: Sequence[str], aspect: Aspect, said: _Said) -> list[str]:
    lines = []
    for skin in skins:
        found = [
            (node, fact)
            for node in nodes
            if node.kind is NodeKind.INGREDIENT
            for fact in graph.facts(node, aspect)
            if fact.value == skin
        ]
        if found:
            said.lean(fact for _, fact in found)
            names = listing(list({node.id: node for node, _ in found}.values()), 4)
            lines.append(f"{skin}皮肤：{names}，{found[0][1].text}")
    return lines


def _titles(graph: Graph, facts: Iterable[Fact | Relation]) -> list[str]:
    ids = dict.fromkeys(["iecic2021", "cosing", *(fact.source for fact in facts)])
    return [graph.sources[one].title for one in ids if one in graph.sources][:_MOST_SOURCES]
