"""The questions that the graph answers, made from the graph: what it holds is asked in the words of customers."""

from collections.abc import Iterator
from itertools import combinations

import msgspec

from yingda.knowledge.beauty.answers.draft import shown
from yingda.knowledge.beauty.answers.products import shelf
from yingda.knowledge.beauty.graph import Graph
from yingda.knowledge.beauty.schemas import AnswerKind, Aspect, Link, Node, NodeKind

_BY_ASPECT: tuple[tuple[Aspect, AnswerKind, tuple[str, ...]], ...] = (
    (Aspect.EFFECT, AnswerKind.EFFECT, ("{}有什么作用", "{}的功效是什么")),
    (Aspect.CONCENTRATION, AnswerKind.CONCENTRATION, ("{}的浓度多少合适", "{}添加量一般多少")),
    (Aspect.LIMIT, AnswerKind.LIMIT, ("{}的法规限量是多少", "化妆品里{}最高能加多少")),
    (Aspect.IRRITATION, AnswerKind.IRRITATION, ("{}刺激吗", "{}温和吗")),
    (Aspect.PREGNANCY, AnswerKind.PREGNANCY, ("孕妇能用{}吗", "怀孕可以用含{}的护肤品吗")),
    (Aspect.BREASTFEEDING, AnswerKind.BREASTFEEDING, ("哺乳期能用{}吗",)),
    (Aspect.PHOTO, AnswerKind.PHOTO, ("{}白天能用吗",)),
    (Aspect.COMEDOGENIC, AnswerKind.COMEDOGENIC, ("{}会致痘吗",)),
    (Aspect.USAGE, AnswerKind.USAGE, ("{}怎么用", "{}什么时候用")),
)
_ABOUT_PRODUCTS: tuple[tuple[AnswerKind, str], ...] = (
    (AnswerKind.INGREDIENTS, "{}的成分表"),
    (AnswerKind.PREGNANCY, "孕妇能用{}吗"),
    (AnswerKind.IRRITATION, "{}刺激吗"),
    (AnswerKind.USAGE, "{}怎么用"),
    (AnswerKind.EFFECT, "{}有什么效果"),
)
_CARE = ("洁面", "化妆水", "精华", "乳液", "面霜", "面膜", "眼霜", "防晒")
_PAIRS = 500


class Asked(msgspec.Struct, frozen=True):
    """A question, what kind of answer it must get, and the ids of what the answer must be about."""

    question: str
    kind: AnswerKind
    about: tuple[str, ...]


def catalogue(graph: Graph) -> list[Asked]:
    """Each question once."""
    asked = [*_ingredients(graph), *_pairs(graph), *_products(graph), *_choices(graph), *_routines(graph)]
    return list({one.question: one for one in asked}.values())


def _ingredients(graph: Graph) -> Iterator[Asked]:
    skins = graph.nodes(NodeKind.SKIN)
    for node in graph.nodes(NodeKind.INGREDIENT, NodeKind.GROUP):
        name = _asked_for(node)
        if not node.what or len(name) < 2:
            continue
        yield Asked(f"{name}是什么", AnswerKind.WHAT, (node.id,))
        for aspect, kind, forms in _BY_ASPECT:
            if graph.facts(node, aspect):
                yield from (Asked(form.format(name), kind, (node.id,)) for form in forms)
        for skin in skins:
            if any(f.value == skin.name for a in (Aspect.SUITS, Aspect.UNSUITED) for f in graph.facts(node, a)):
                yield Asked(f"{skin.aliases[0]}能用{name}吗", AnswerKind.SUITABILITY, (node.id, skin.id))
        if graph.related(node, Link.SUBSTITUTE):
            yield Asked(f"什么可以代替{name}", AnswerKind.SUBSTITUTE, (node.id,))


def _asked_for(node: Node) -> str:
    """As customers say it: by the name before the brackets, or a nickname where that says the plant's part."""
    short = len(node.name) < 2 or "（" in node.name
    return node.aliases[0] if short and node.aliases else shown(node)


def _pairs(graph: Graph) -> Iterator[Asked]:
    told = [node for node in graph.nodes(NodeKind.INGREDIENT) if node.what and len(node.groups) < 3]
    made = 0
    for first, second in combinations(told, 2):
        if made >= _PAIRS:
            return
        if graph.relation(first, second):
            made += 1
            one, other = _asked_for(first), _asked_for(second)
            yield Asked(f"{one}和{other}能一起用吗", AnswerKind.CONFLICT, (first.id, second.id))
            if first.groups[:1] != second.groups[:1]:
                yield Asked(f"{one}和{other}有什么区别", AnswerKind.COMPARISON, (first.id, second.id))


def _products(graph: Graph) -> Iterator[Asked]:
    for node in graph.nodes(NodeKind.PRODUCT):
        if not graph.contents(node):
            continue
        for kind, form in _ABOUT_PRODUCTS:
            yield Asked(form.format(node.name), kind, (node.id,))
        for skin in graph.nodes(NodeKind.SKIN):
            if shelf(graph, node).skin_types:
                yield Asked(f"{node.name}适合{skin.aliases[0]}吗", AnswerKind.SUITABILITY, (node.id, skin.id))
        for name in ("酒精", "香精", "烟酰胺"):
            yield Asked(f"{node.name}含{name}吗", AnswerKind.INGREDIENTS, (node.id,))


def _choices(graph: Graph) -> Iterator[Asked]:
    for skin in graph.nodes(NodeKind.SKIN):
        for category in _CARE:
            yield Asked(f"{skin.aliases[0]}推荐什么{category}", AnswerKind.CHOICE, ())
            yield Asked(f"{skin.aliases[0]}用的{category}，200 以内，不含酒精", AnswerKind.CHOICE, ())
    for concern in graph.nodes(NodeKind.CONCERN):
        yield Asked(f"推荐{concern.name}的产品", AnswerKind.CHOICE, ())
        if graph.with_effect(concern):
            yield Asked(f"哪些成分有{concern.name}作用", AnswerKind.EFFECT, (concern.id,))
    for category in _CARE:
        yield Asked(f"孕期能用哪款{category}", AnswerKind.CHOICE, ())


def _routines(graph: Graph) -> Iterator[Asked]:
    for first, second in combinations(graph.steps, 2):
        if first.step < second.step and second.step < 10:
            yield Asked(f"{first.name}和{second.name}先用哪个，顺序是什么", AnswerKind.ROUTINE, (first.id, second.id))
    yield Asked("护肤步骤是什么", AnswerKind.ROUTINE, ())
    yield Asked("早C晚A怎么用", AnswerKind.ROUTINE, ())
