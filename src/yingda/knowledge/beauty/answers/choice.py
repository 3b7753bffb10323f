"""Which product: by category, concern, skin, pregnancy, budget, and what must or must not be in it."""

import msgspec

from yingda.knowledge.beauty.answers.draft import Draft, listing, shown
from yingda.knowledge.beauty.answers.products import cautions, effects_of, fit, shelf
from yingda.knowledge.beauty.graph import Graph
from yingda.knowledge.beauty.reading import For, Question
from yingda.knowledge.beauty.schemas import Answer, AnswerKind, Aspect, Fact, Node, NodeKind

_OFFERED = 3
#: Buying a tool or a bundle is no matter of ingredients.
_NOT_CHOSEN = frozenset({"工具", "套装"})


class Wish(msgspec.Struct, frozen=True):
    """What was asked for, and how it is called in an answer."""

    question: Question
    categories: tuple[str, ...]
    concerns: tuple[str, ...]
    skins: tuple[str, ...]
    wanted: tuple[Node, ...]

    @property
    def words(self) -> str:
        parts = [
            *("孕期" if one is For.PREGNANT else "哺乳期" for one in sorted(self.question.people)),
            *(f"{skin}皮肤" for skin in self.skins),
            *self.concerns,
            *(f"含{shown(node)}" for node in self.wanted),
            *(f"不含{shown(node)}" for node in self.question.excluded),
            f"{self.question.budget // 100} 元以内" if self.question.budget else "",
            "或".join(self.categories),
        ]
        return "、".join(part for part in parts if part)


class Candidate(msgspec.Struct, frozen=True):
    """`why`: what speaks for it, `score`: how much."""

    node: Node
    size: tuple[str, int]
    score: int
    why: tuple[tuple[Node, Fact], ...]


def wish_of(question: Question) -> Wish:
    return Wish(
        question,
        tuple(node.name for node in question.named(NodeKind.CATEGORY)),
        tuple(node.name for node in question.named(NodeKind.CONCERN) if node.name not in _categories(question)),
        tuple(node.name for node in question.named(NodeKind.SKIN)),
        tuple(question.named(NodeKind.INGREDIENT, NodeKind.GROUP)),
    )


def _categories(question: Question) -> set[str]:
    """A word that is both, such as 防晒, means the shelf when somebody chooses."""
    return {node.name for node in question.named(NodeKind.CATEGORY)}


def choose(graph: Graph, question: Question) -> Answer:
    wish = wish_of(question)
    found = [one for node in graph.nodes(NodeKind.PRODUCT) if (one := _candidate(graph, node, wish))]
    best = sorted(found, key=lambda one: (-one.score, one.size[1]))[:_OFFERED]
    draft = Draft(graph, *(one.node for one in best))
    if not best:
        return _none(draft, graph, wish)
    draft.say(f"按“{wish.words}”，可以看看：")
    for number, one in enumerate(best, start=1):
        reasons = list({node.id: node for node, _ in one.why}.values())
        because = f"，含{listing(reasons, 3)}" if reasons else ""
        draft.say(
            f"\n{number}. {one.node.name}（{one.size[0]} {one.size[1] // 100} 元）{because}。",
            *(f for _, f in one.why[:2]),
        )
    _warn(draft, question)
    return draft.finish(AnswerKind.CHOICE)


def _none(draft: Draft, graph: Graph, wish: Wish) -> Answer:
    """Nothing fits: say so, and what to look for; for who is pregnant also why the nearest ones were left out."""
    draft.say(f"资料不足：按“{wish.words}”在本店没有找到完全符合的产品，不想勉强推荐。")
    if wish.question.people:
        _add_permitted(draft, graph, wish)
        _add_nearest(draft, graph, wish)
    return draft.say("可以放宽其中一个条件，或转人工客服帮您看。").finish(AnswerKind.CHOICE, handoff=True)


def _add_permitted(draft: Draft, graph: Graph, wish: Wish) -> None:
    """Ingredients that do what is wanted and may be used in pregnancy."""
    for concern in wish.concerns:
        able = [one for one in _doing(graph, concern) if graph.level(one, Aspect.PREGNANCY) == "ok"]
        if able:
            facts = [graph.fact(one, Aspect.PREGNANCY) for one in able[:3]]
            draft.say(f"{concern}可以找含{listing(able, 3)}的产品，孕期外用一般认为可以。", *facts)


def _doing(graph: Graph, concern: str) -> list[Node]:
    node = graph.node(f"{NodeKind.CONCERN.value}:{concern}")
    return graph.with_effect(node) if node else []


def _add_nearest(draft: Draft, graph: Graph, wish: Wish) -> None:
    """What fits but for the doubt about pregnancy, and the ingredient that it is about."""
    anybody = msgspec.structs.replace(wish.question, people=frozenset())
    relaxed = msgspec.structs.replace(wish, question=anybody)
    near = [one for node in graph.nodes(NodeKind.PRODUCT) if (one := _candidate(graph, node, relaxed))]
    for one in sorted(near, key=lambda one: -one.score)[:2]:
        for value, words in (("avoid", "孕期不要用"), ("caution", "要先问产检医生")):
            doubtful = cautions(graph, one.node, Aspect.PREGNANCY, value)
            if doubtful:
                named = listing(list({node.id: node for node, _ in doubtful}.values()), 3)
                draft.say(f"{one.node.name}含{named}，{words}。", doubtful[0][1])
                break


def _warn(draft: Draft, question: Question) -> None:
    if question.people:
        draft.say(
            "\n已排除查到孕期、哺乳期要避开或谨慎的成分；部分成分没有孕期资料，请先给产检医生看过成分表再用。"
        ).cite("acog_skin", "bozzo2011")
    else:
        draft.say("\n首次使用请先局部试用。").cite("aad_patch")


def _candidate(graph: Graph, node: Node, wish: Wish) -> Candidate | None:
    item = shelf(graph, node)
    question = wish.question
    if item.category in _NOT_CHOSEN or (wish.categories and item.category not in wish.categories):
        return None
    if not _permitted(graph, node, question) or not _has_all(graph, node, wish.wanted):
        return None
    size = _affordable(item.sizes, question.budget)
    why = _reasons(graph, node, wish)
    if size is None or why is None:
        return None
    claims = sum(concern in item.functions for concern in wish.concerns)
    suited = sum(skin in item.skin_types for skin in wish.skins)
    return Candidate(node, size, 10 * claims + 5 * suited + min(len(why), 6), tuple(why))


def _permitted(graph: Graph, node: Node, question: Question) -> bool:
    """Nothing in it that is to be left out. Who is pregnant is offered nothing forbidden and nothing doubtful."""
    contents = {one.id for one in graph.contents(node)}
    if question.people and not contents:
        return False
    out = {member.id for one in question.excluded for member in graph.members(one)}
    if contents & out:
        return False
    aspects = {For.PREGNANT: (Aspect.PREGNANCY,), For.NURSING: (Aspect.PREGNANCY, Aspect.BREASTFEEDING)}
    return not any(
        cautions(graph, node, aspect, value)
        for who in question.people
        for aspect in aspects.get(who, ())
        for value in ("avoid", "caution")
    )


def _has_all(graph: Graph, node: Node, wanted: tuple[Node, ...]) -> bool:
    contents = {one.id for one in graph.contents(node)}
    return all(contents & {member.id for member in graph.members(one)} for one in wanted)


def _affordable(sizes: tuple[tuple[str, int], ...], budget: int | None) -> tuple[str, int] | None:
    """The first size, which the shop shows; if that is too dear, the dearest that the budget buys."""
    if budget is None or not sizes or sizes[0][1] <= budget:
        return sizes[0] if sizes else None
    return max((size for size in sizes if size[1] <= budget), key=lambda size: size[1], default=None)


def _reasons(graph: Graph, node: Node, wish: Wish) -> list[tuple[Node, Fact]] | None:
    """What in it answers the wish; None if it does not do what is wanted, or is not for this skin."""
    item = shelf(graph, node)
    why: list[tuple[Node, Fact]] = []
    for concern in wish.concerns:
        doers = [(one, fact) for value, one, fact in effects_of(graph, node) if value == concern]
        if concern not in item.functions and not _cares(item.category, doers):
            return None
        why += doers
    for skin in wish.skins:
        found = fit(graph, node, skin)
        if (item.skin_types and skin not in item.skin_types) or (skin == "敏感性" and found.bad):
            return None
        why += found.good
    return why


def _cares(category: str, doers: list[tuple[Node, Fact]]) -> bool:
    """A product that does not claim an effect is offered for it only if several of its ingredients have it."""
    return category in {"化妆水", "精华", "乳液", "面霜", "面膜", "眼霜"} and len({one.id for one, _ in doers}) > 1
