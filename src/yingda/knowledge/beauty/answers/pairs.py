"""Answers about two things or more: may they be used together, which is better, which comes first."""

from itertools import combinations

from yingda.knowledge.beauty.answers.draft import WORDS, Draft, listing, shown, unknown
from yingda.knowledge.beauty.graph import Graph
from yingda.knowledge.beauty.reading import Question
from yingda.knowledge.beauty.schemas import (
    Answer,
    AnswerKind,
    Aspect,
    Fact,
    Link,
    Node,
    NodeKind,
    Relation,
)

_SEVERITY = {Link.AVOID: 2, Link.APART: 1, Link.WORKS: 0}
_RANKS = {"low": 0, "medium": 1, "high": 2}
_ROUTINE_NOTE = "护肤一般从质地稀薄到厚重，白天最后一步是防晒。"
_PAIRS_TOLD = 4


def conflict(graph: Graph, nodes: list[Node]) -> Answer:
    """Whether all of them get on; of products, whether what is in them does."""
    found = [(a, b, _between(graph, a, b)) for a, b in combinations(nodes, 2)]
    draft = Draft(graph, *nodes)
    for first, second, relation in sorted(found, key=lambda one: -_SEVERITY.get(one[2].link, 0) if one[2] else 0)[
        :_PAIRS_TOLD
    ]:
        _tell(draft, graph, first, second, relation)
    draft.say("首次同用请先局部试用，出现刺痛泛红就分开用。").cite("aad_patch")
    return draft.finish(AnswerKind.CONFLICT)


def _between(graph: Graph, first: Node, second: Node) -> Relation | None:
    pairs = [
        graph.relation(one, other)
        for one in _actives(graph, first)
        for other in _actives(graph, second)
        if one.id != other.id
    ]
    return max((one for one in pairs if one), key=lambda one: _SEVERITY[one.link], default=None)


def _actives(graph: Graph, node: Node) -> list[Node]:
    return graph.contents(node) if node.kind is NodeKind.PRODUCT else [node]


def _tell(draft: Draft, graph: Graph, first: Node, second: Node, relation: Relation | None) -> None:
    pair = f"{shown(first)}和{shown(second)}"
    through = (
        ""
        if NodeKind.PRODUCT not in {first.kind, second.kind} or relation is None
        else f"（其中的{relation.first}与{relation.second}）"
    )
    shared = [group for group in first.groups if group in second.groups or group == second.name]
    if relation is None and shared:
        draft.say(
            f"{pair}同属{shared[0]}，作用相近，没有查到冲突的依据，但一般不必叠加。", *_whys(graph, first, second)
        )
        return
    if relation is None:
        draft.say(f"资料不足：没有查到{pair}必须避开的依据，也没有专门支持同用的研究。", *_whys(graph, first, second))
        return
    words = {
        Link.WORKS: f"{pair}可以一起用{through}：{relation.reason}。",
        Link.APART: f"{pair}不建议同时用，最好错开时间{through}：{relation.reason}。",
        Link.AVOID: f"{pair}不要一起用{through}：{relation.reason}。",
    }
    draft.say(words[relation.link], relation)


def _whys(graph: Graph, *nodes: Node) -> list[Fact]:
    facts = [graph.fact(node, Aspect.IRRITATION) for node in nodes]
    return [fact for fact in facts if fact]


def partners(graph: Graph, node: Node, *, apart: bool) -> Answer:
    """What goes with it, or what does not."""
    links = (Link.AVOID, Link.APART) if apart else (Link.WORKS,)
    found = graph.related(node, *links)
    if not found:
        return unknown(graph, f"没有查到{shown(node)}{'要避开的搭配' if apart else '搭配'}的可靠资料", node)
    draft = Draft(graph, node)
    lead = "不要或不宜和这些同时用" if apart else "可以搭配"
    draft.say(f"{shown(node)}{lead}：{listing([other for other, _ in found], 8)}。", *(why for _, why in found[:8]))
    draft.say(f"例如{shown(found[0][0])}：{found[0][1].reason}。")
    return draft.finish(AnswerKind.CONFLICT if apart else AnswerKind.PAIRING)


def identity(graph: Graph, first: Node, second: Node) -> Answer:
    """Whether the first is a kind of the second."""
    draft = Draft(graph, first, second).cite("iecic2021")
    if first.id == second.id or second.name in first.groups:
        draft.say(f"是的，{shown(first)}属于{shown(second)}。")
    else:
        draft.say(f"{shown(first)}和{shown(second)}不是一回事。")
    parts = [f"{shown(node)}：{node.what}。" for node in (first, second) if node.what]
    return draft.say("".join(parts), graph.fact(first, Aspect.CAUTION)).finish(AnswerKind.WHAT)


def replaceable(graph: Graph, nodes: list[Node], question: Question) -> Answer:
    """Whether one may stand in for the other; if nothing says so, how they differ."""
    for first, second in ((nodes[1], nodes[0]), (nodes[0], nodes[1])):
        for other, relation in graph.related(first, Link.SUBSTITUTE):
            if other.name in {second.name, *second.groups}:
                draft = Draft(graph, first, second)
                draft.say(f"可以考虑用{shown(second)}代替{shown(first)}：{relation.reason}。", relation)
                return draft.say("换用前请先局部试用。").finish(AnswerKind.SUBSTITUTE)
    return comparison(graph, nodes, question)


def comparison(graph: Graph, nodes: list[Node], question: Question) -> Answer:
    """Side by side; and a verdict where the question names what matters."""
    draft = Draft(graph, *nodes)
    for node in nodes[:3]:
        draft.say(_portrait(graph, node), *_portrait_facts(graph, node))
    draft.say(_verdict(graph, nodes, question))
    return draft.finish(AnswerKind.COMPARISON)


def _portrait_facts(graph: Graph, node: Node) -> list[Fact]:
    facts = [*graph.facts(node, Aspect.EFFECT)[:3], graph.fact(node, Aspect.IRRITATION)]
    return [fact for fact in facts if fact]


def _portrait(graph: Graph, node: Node) -> str:
    if node.kind is NodeKind.PRODUCT:
        product = graph.products[node.id.partition(":")[2]]
        price = min(cents for _, cents in product.sizes) // 100
        skins = f"，适合{'、'.join(product.skin_types)}皮肤" if product.skin_types else ""
        return f"{product.title}：{product.category}，主打{'、'.join(product.functions)}{skins}，{price} 元起。"
    does = "、".join(fact.value for fact in graph.facts(node, Aspect.EFFECT)[:3])
    gentle = graph.level(node, Aspect.IRRITATION)
    parts = [node.what, f"作用是{does}" if does else "", WORDS[Aspect.IRRITATION].get(gentle, "")]
    return f"{shown(node)}：{'，'.join(part for part in parts if part)}。"


def _verdict(graph: Graph, nodes: list[Node], question: Question) -> str:
    concerns = question.named(NodeKind.CONCERN)
    for concern in concerns:
        able = [node for node in nodes if any(f.value == concern.name for f in graph.facts(node, Aspect.EFFECT))]
        if able and len(able) < len(nodes):
            return f"只看{concern.name}，{listing(able)}更对症。"
    ranked = sorted(
        ((_RANKS[level], node) for node in nodes if (level := graph.level(node, Aspect.IRRITATION))),
        key=lambda one: one[0],
    )
    if len(ranked) > 1 and ranked[0][0] < ranked[-1][0]:
        return f"论温和，{shown(ranked[0][1])}更温和；新手和敏感肌可以从它开始。"
    return "两者没有绝对的好坏，按自己的肤质和需要选。"


def routine(graph: Graph, question: Question) -> Answer:
    """Which comes first; without names, the whole order."""
    named = [_shelf_of(graph, one) for one in question.named(NodeKind.CATEGORY, NodeKind.CONCERN, NodeKind.PRODUCT)]
    steps = {node.id: (node, step) for node in named if (step := _step(graph, node))}
    draft = Draft(graph, *named).cite("draelos_book")
    ordered = sorted(steps.values(), key=lambda one: one[1].step)
    if len(ordered) > 1 and ordered[0][1].step != ordered[-1][1].step:
        names = [shown(node) for node, _ in ordered]
        draft.say(f"先用{names[0]}，{'，'.join(f'再用{name}' for name in names[1:])}。{_ROUTINE_NOTE}")
    elif ordered:
        draft.say(f"{_place(graph, ordered[0][0], ordered[0][1])}{_ROUTINE_NOTE}")
    else:
        draft.say(_whole_order(graph))
    return draft.finish(AnswerKind.ROUTINE)


def _shelf_of(graph: Graph, node: Node) -> Node:
    """防晒 and 卸妆 are both what one wants and what stands on the shelf."""
    return graph.node(f"{NodeKind.CATEGORY.value}:{node.name}") or node


def _step(graph: Graph, node: Node) -> Node | None:
    if node.kind is NodeKind.CATEGORY:
        return node if node.step else None
    if node.kind is not NodeKind.PRODUCT:
        return None
    category = graph.node(f"{NodeKind.CATEGORY.value}:{graph.products[node.id.partition(':')[2]].category}")
    return category if category and category.step else None


def _place(graph: Graph, node: Node, step: Node) -> str:
    before = [
        one for one in graph.steps if one.step < step.step and one.step < 10 and one.name not in {"面膜", step.name}
    ]
    after = [one for one in graph.steps if step.step < one.step < 10 and one.name != "面膜"]
    parts = [f"在{shown(before[-1])}之后" if before else "", f"在{shown(after[0])}之前" if after else ""]
    return f"{shown(node)}用{'、'.join(part for part in parts if part)}。"


def _whole_order(graph: Graph) -> str:
    names = [step.name for step in graph.steps if step.step < 10 and step.name != "面膜"]
    morning = "→".join(name for name in names if name != "卸妆")
    evening = "→".join(name for name in names if name != "防晒")
    return f"早上：{morning}；晚上：{evening}。面膜在洁面之后、精华之前用。{_ROUTINE_NOTE}"


def morning_c_evening_a(graph: Graph) -> Answer:
    """早C晚A, the routine that has a name."""
    c, a = graph.by_name.get("维C类"), graph.by_name.get("维A类")
    if c is None or a is None:
        return unknown(graph, "没有查到“早C晚A”的资料")
    draft = Draft(graph, c, a)
    relation = graph.relation(c, a)
    morning, evening = graph.fact(c, Aspect.USAGE), graph.fact(a, Aspect.USAGE)
    draft.say("“早C晚A”是早上用维C类、晚上用维A类（A醇）：", relation)
    draft.say(f"{morning.text if morning else ''}；晚上{evening.text if evening else ''}。", morning, evening)
    draft.say(
        "白天一定要防晒；敏感肌、备孕、孕期不要跟做。", graph.fact(a, Aspect.PREGNANCY), graph.fact(a, Aspect.UNSUITED)
    )
    return draft.finish(AnswerKind.ROUTINE)
