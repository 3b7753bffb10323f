"""What is known of who asks, brought into their question and into the answer."""

import msgspec

from yingda.knowledge.beauty.answers.draft import listing, shown
from yingda.knowledge.beauty.graph import Graph
from yingda.knowledge.beauty.names import Mention, Recogniser, plain
from yingda.knowledge.beauty.reading import Ask, For, Question
from yingda.knowledge.beauty.schemas import Answer, AnswerKind, Aspect, Node, NodeKind, Wearer

_FOR_EXPECTING = (AnswerKind.PREGNANCY, AnswerKind.BREASTFEEDING, AnswerKind.ADVERSE, AnswerKind.MEDICAL)
_LEVELS = {"avoid": "不要用", "caution": "要先问过医生再用"}
_INGREDIENTS = (NodeKind.INGREDIENT, NodeKind.GROUP)


def fitted(question: Question, wearer: Wearer, graph: Graph, recogniser: Recogniser) -> Question:
    """The question as who wears it means it: only where something is chosen, or is to suit them."""
    product = bool(question.named(NodeKind.PRODUCT))
    suits = Ask.SUITABILITY in question.asks
    if product and suits:
        return _with_people(_with_skins(question, wearer, graph), wearer)
    if product or not _chooses(question):
        return question
    careful = _with_people(_with_skins(question, wearer, graph), wearer)
    left_out = [node for node in avoided(wearer, recogniser) if node not in question.things]
    return msgspec.structs.replace(careful, excluded=tuple(dict.fromkeys((*question.excluded, *left_out))))


def _chooses(question: Question) -> bool:
    shelf = question.named(NodeKind.CATEGORY, NodeKind.CONCERN, NodeKind.SKIN)
    return Ask.CHOICE in question.asks or (bool(shelf) and not question.things)


def _with_skins(question: Question, wearer: Wearer, graph: Graph) -> Question:
    known = [node for skin in wearer.skins if (node := graph.node(f"{NodeKind.SKIN.value}:{skin}"))]
    if question.named(NodeKind.SKIN) or not known:
        return question
    return msgspec.structs.replace(question, mentions=(*question.mentions, *(Mention(node, 0, 0) for node in known)))


def _with_people(question: Question, wearer: Wearer) -> Question:
    if question.people:
        return question
    careful = {For.PREGNANT: wearer.pregnant, For.NURSING: wearer.nursing}
    return msgspec.structs.replace(question, people=frozenset(who for who, is_so in careful.items() if is_so))


def avoided(wearer: Wearer, recogniser: Recogniser) -> list[Node]:
    """The ingredients, and groups of them, that their words name."""
    found = [mention.node for words in wearer.avoid for mention in recogniser.find(plain(words))]
    return [node for node in dict.fromkeys(found) if node.kind in _INGREDIENTS]


def minding(
    answer: Answer, question: Question, asked: Question, wearer: Wearer, graph: Graph, recogniser: Recogniser
) -> Answer:
    """The answer, with a word on what of it stands on what they told; and no product that has in it what they do not
    bear without a warning."""
    if answer.kind is AnswerKind.CHOICE and question != asked:
        return msgspec.structs.replace(answer, answer=f"结合您告诉过我的情况，{answer.answer}")
    out = avoided(wearer, recogniser)
    warnings = [words for product in question.named(NodeKind.PRODUCT) if (words := _warning(graph, product, out))]
    if answer.kind not in _FOR_EXPECTING:
        warnings += [words for thing in question.things if (words := _forbidden(graph, thing, wearer))]
    return msgspec.structs.replace(answer, answer="\n".join([*warnings, answer.answer])) if warnings else answer


def _warning(graph: Graph, product: Node, out: list[Node]) -> str:
    members = {member.id for one in out for member in graph.members(one)}
    found = [node for node in graph.contents(product) if node.id in members]
    return f"提醒您：{shown(product)}含有{listing(found)}，您说过要避开，请不要用这款。" if found else ""


def _forbidden(graph: Graph, thing: Node, wearer: Wearer) -> str:
    """That they must not use this just now, or not without asking."""
    periods = ((wearer.pregnant, Aspect.PREGNANCY, "孕期"), (wearer.nursing, Aspect.BREASTFEEDING, "哺乳期"))
    for is_so, aspect, period in periods:
        inside = graph.contents(thing) if thing.kind is NodeKind.PRODUCT else [thing]
        for level, words in _LEVELS.items():
            found = [node for node in inside if is_so and graph.level(node, aspect) == level]
            if found:
                return f"提醒您：您说过在{period}，{listing(found)}在{period}{words}。"
    return ""
