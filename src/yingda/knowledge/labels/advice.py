"""What the names on a label mean for one person: the beauty graph walked for each of them. Pure."""

from collections.abc import Iterable, Sequence

import msgspec

from yingda.kit.errors import Locale
from yingda.knowledge.beauty.answers.ingredients import purposes
from yingda.knowledge.beauty.graph import Graph
from yingda.knowledge.beauty.names import plain
from yingda.knowledge.beauty.schemas import Aspect, Fact, Node, NodeKind, Relation
from yingda.knowledge.labels.schemas import Certainty, PackageLabel
from yingda.knowledge.labels.wording import CLASHES, PHRASES, Phrases

_MOST_LINES = 8
_MOST_SOURCES = 6
_PURPOSES = 3
#: What anybody should know before they put it on, the gravest first, and the values of its facts that say so.
CAUTIONS: tuple[tuple[Aspect, tuple[str, ...]], ...] = (
    (Aspect.PREGNANCY, ("avoid", "caution")),
    (Aspect.BREASTFEEDING, ("avoid",)),
    (Aspect.CHILDREN, ("avoid",)),
    (Aspect.PHOTO, ("sensitises",)),
    (Aspect.IRRITATION, ("high", "medium")),
    (Aspect.COMEDOGENIC, ("high", "medium")),
)


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
    """Sentences in one language, and the titles of the sources that they stand on."""

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
    """Sentences of one language, and what they stand on."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.facts: list[Fact | Relation] = []

    def lean(self, facts: Iterable[Fact | Relation]) -> None:
        self.facts.extend(facts)

    def listing(self, nodes: Sequence[Node], most: int) -> str:
        return self.phrases.listing([self.phrases.name(node) for node in nodes], most)


def assess(graph: Graph, label: PackageLabel, person: Person = Person(), locale: Locale = "zh") -> Assessment:  # noqa: B008 (frozen)
    nodes = [graph.ingredient(match.name) for match in label.known]
    phrases = PHRASES[locale]
    said = _Said(phrases)
    return Assessment(
        summary=phrases.summary(len(label.known), len(label.matches) - len(label.known)),
        cautions=[*_avoided(graph, nodes, person.avoid, said), *_cautions(graph, nodes, said)][:_MOST_LINES],
        conflicts=_conflicts(graph, nodes, person.using, said)[:_MOST_LINES],
        suits=_skin(graph, nodes, person.skins, Aspect.SUITS, said),
        unsuited=_skin(graph, nodes, person.skins, Aspect.UNSUITED, said),
        ingredients=[
            ListedIngredient(
                phrases.name(node),
                node.inci,
                list(dict.fromkeys(phrases.purpose(one) for one in purposes(graph, node)))[:_PURPOSES],
                match.certainty is Certainty.EXACT,
            )
            for node, match in zip(nodes, label.known, strict=True)
        ],
        unclear=[
            phrases.unclear(match.read, match.candidates[:2])
            for match in label.matches
            if match.certainty is Certainty.UNCLEAR
        ],
        unknown=[match.read for match in label.matches if match.certainty is Certainty.UNKNOWN],
        sources=_titles(graph, said.facts),
    )


def _cautions(graph: Graph, nodes: list[Node], said: _Said) -> list[str]:
    lines = []
    for aspect, values in CAUTIONS:
        for value in values:
            found = [(node, fact) for node in nodes if (fact := graph.fact(node, aspect)) and fact.value == value]
            if found:
                said.lean(fact for _, fact in found)
                lines.append(said.phrases.caution(aspect, value, said.listing([node for node, _ in found], 5)))
    return lines


def _avoided(graph: Graph, nodes: list[Node], avoid: Sequence[str], said: _Said) -> list[str]:
    """What the customer has said that they do not bear, by any of its names or its group."""
    lines = []
    for word in avoid:
        wanted = plain(word)
        hit = [node for node in nodes if wanted in {plain(name) for name in _names(graph, node)}]
        if hit:
            lines.append(said.phrases.avoided(word, said.listing(hit, 5)))
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
                if relation and relation.link in CLASHES:
                    said.lean([relation])
                    names = said.phrases.name(first), said.phrases.name(second)
                    lines.setdefault(said.phrases.conflict(product.name, *names, relation.link, relation.reason))
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
            names = said.listing(list({node.id: node for node, _ in found}.values()), 4)
            lines.append(said.phrases.skin(skin, names, found[0][1].text))
    return lines


def _titles(graph: Graph, facts: Iterable[Fact | Relation]) -> list[str]:
    ids = dict.fromkeys(["iecic2021", "cosing", *(fact.source for fact in facts)])
    return [graph.sources[one].title for one in ids if one in graph.sources][:_MOST_SOURCES]
