"""What a question leaves unsaid: which of the things that are being talked about it is about. Pure."""

import re
from collections.abc import Sequence

import msgspec

from yingda.knowledge.beauty.graph import Graph
from yingda.knowledge.beauty.names import Mention
from yingda.knowledge.beauty.reading import Ask, For, Question
from yingda.knowledge.beauty.schemas import Node, NodeKind

#: Among what is talked about: for whom, by the name of the stage.
PEOPLE = "people:"
_SUBSTANCES = (NodeKind.INGREDIENT, NodeKind.GROUP)
#: A word for what is being talked about.
_POINTS = re.compile("这|那[个款支瓶件]|[它他]|上面|刚才|怎么样|咋样|介绍|好不好|好用吗|适合")
#: Something else beside it: 和…比, 跟…哪个好.
_AGAINST = re.compile("^(?:那|它)?[和跟与比同]")
#: Only the name of another one, to be taken together with the first: 那烟酰胺呢, 再加上A醇.
_ANOTHER = re.compile("呢|加上?|再加|还有")
_WITH_IT = re.compile("有|含")
_TOGETHER = re.compile("分开|早晚|隔天|错开|一起|叠加|同时")


def in_context(question: Question, shown: Sequence[Node], people: frozenset[For], graph: Graph) -> Question:
    """The question with what it is about among `shown`, the first of which is what is talked about most. `people`: for
    whom was asked before; what is chosen now is for them too."""
    chooses = Ask.CHOICE in question.asks or bool(question.named(NodeKind.CATEGORY, NodeKind.CONCERN))
    if people and not question.people and not question.things and chooses:
        question = msgspec.structs.replace(question, people=people)
        meant = [] if question.mentions else _shelf_of(shown, graph)
    else:
        meant = _meant(question, shown, graph)
    return msgspec.structs.replace(question, mentions=(*(Mention(node, 0, 0) for node in meant), *question.mentions))


def _shelf_of(shown: Sequence[Node], graph: Graph) -> Sequence[Node]:
    """The kind of goods that was talked about: who may not use this wants another of it."""
    kinds = [_category(graph, one) for one in shown if one.kind is NodeKind.PRODUCT]
    shelf = graph.node(f"{NodeKind.CATEGORY.value}:{kinds[0]}") if kinds else None
    return [shelf] if shelf else []


def _meant(question: Question, shown: Sequence[Node], graph: Graph) -> Sequence[Node]:
    things, products = question.things, [node for node in shown if node.kind is NodeKind.PRODUCT]
    if question.named(NodeKind.PRODUCT):
        compares = Ask.COMPARISON in question.asks and _AGAINST.match(question.text) is not None
        return products[:1] if compares and len(things) == 1 else ()
    if _is_elsewhere(question, products, graph) or len(things) > 1:
        return ()
    if things:
        return _beside(question, things[0], shown, products, graph)
    if question.named(NodeKind.SKIN) or (Ask.COMPARISON in question.asks and len(products) > 1):
        return products or shown[:1]
    if len(shown) > 1 and (Ask.CONFLICT in question.asks or (not products and _TOGETHER.search(question.text))):
        return shown
    if not products and _is_of_a_shelf(question):
        return ()
    kind = question.named(NodeKind.CATEGORY)
    says_something = question.asks or question.people or question.dangers or question.excluded or kind
    return shown[:1] if says_something or _POINTS.search(question.text) else ()


def _is_elsewhere(question: Question, products: Sequence[Node], graph: Graph) -> bool:
    """Another kind of goods is named: 粉底液选色号, after a perfume was talked about."""
    named = {node.name for node in question.named(NodeKind.CATEGORY)}
    if not named or Ask.ROUTINE in question.asks:
        return False
    return Ask.CHOICE in question.asks or not any(_category(graph, one) in named for one in products[:1])


def _is_of_a_shelf(question: Question) -> bool:
    """What is wanted now is some product, or the order of steps: nothing of an ingredient, unless 哪款有."""
    wants = Ask.CHOICE in question.asks and (question.mentions or not _WITH_IT.search(question.text))
    return bool(wants) or Ask.ROUTINE in question.asks


def _category(graph: Graph, product: Node) -> str:
    return graph.products[product.id.partition(":")[2]].category


def _beside(
    question: Question, named: Node, shown: Sequence[Node], products: Sequence[Node], graph: Graph
) -> Sequence[Node]:
    """What a single ingredient is to be taken together with, if with anything."""
    if Ask.INGREDIENTS in question.asks or question.excluded:
        return products[:1]
    conflict = Ask.CONFLICT in question.asks
    if products:
        inside = {one.id for one in graph.contents(products[0])} & {one.id for one in graph.members(named)}
        return products[:1] if conflict and not inside else ()
    another = not question.asks and not question.people and _ANOTHER.search(question.text)
    return [one for one in shown if one.kind in _SUBSTANCES] if conflict or another else ()
