"""Answers about products, derived from what is in them."""

import msgspec

from yingda.knowledge.beauty.answers.draft import WORDS, Draft, listing, shown, unknown
from yingda.knowledge.beauty.graph import Graph
from yingda.knowledge.beauty.schemas import Answer, AnswerKind, Aspect, Fact, Node, NodeKind, ShelfProduct

#: Effects that a customer buys something for; the rest is cosmetic chemistry.
_TECHNICAL = frozenset({"防腐", "增稠", "乳化", "调节酸碱", "螯合", "溶剂", "着色", "香味", "清凉"})
#: So many sizes of a product are told.
_SIZES = 6
_LABEL = "使用前请看产品标签，并先局部试用。"


class Fit(msgspec.Struct, frozen=True):
    """How a product suits somebody: what speaks for it, what against."""

    good: tuple[tuple[Node, Fact], ...]
    bad: tuple[tuple[Node, Fact], ...]


def shelf(graph: Graph, node: Node) -> ShelfProduct:
    return graph.products[node.id.partition(":")[2]]


def fit(graph: Graph, product: Node, skin: str) -> Fit:
    """What in it suits this type of skin, and what does not."""
    return Fit(_with(graph, product, Aspect.SUITS, skin), _with(graph, product, Aspect.UNSUITED, skin))


def _with(graph: Graph, product: Node, aspect: Aspect, value: str) -> tuple[tuple[Node, Fact], ...]:
    return tuple(
        (node, fact)
        for node in graph.contents(product)
        if node.kind is NodeKind.INGREDIENT
        for fact in graph.facts(node, aspect)
        if fact.value == value
    )


def cautions(graph: Graph, product: Node, aspect: Aspect, value: str) -> list[tuple[Node, Fact]]:
    """What in it has this advice: "avoid" or "caution" for pregnancy, say."""
    return list(_with(graph, product, aspect, value))


def effects_of(graph: Graph, product: Node) -> list[tuple[str, Node, Fact]]:
    """What its ingredients do for skin or hair, by ingredient, most first."""
    return [
        (fact.value, node, fact)
        for node in graph.contents(product)
        for fact in graph.facts(node, Aspect.EFFECT)
        if fact.value not in _TECHNICAL
    ]


def advice(graph: Graph, product: Node, aspect: Aspect) -> Answer:
    """Pregnancy or breastfeeding: the most cautious of its ingredients decides."""
    draft = Draft(graph, product)
    period = "孕期" if aspect is Aspect.PREGNANCY else "哺乳期"
    contents = graph.contents(product)
    if not contents:
        return unknown(graph, f"{shown(product)}没有可查的成分表", product)
    avoid, careful = cautions(graph, product, aspect, "avoid"), cautions(graph, product, aspect, "caution")
    if avoid:
        facts = [fact for _, fact in avoid]
        draft.say(f"{period}不要使用{shown(product)}：含有{_nodes(avoid)}，{facts[0].text}。", *facts[:3])
    elif careful:
        facts = [fact for _, fact in careful]
        draft.say(f"{period}使用{shown(product)}请谨慎：含有{_nodes(careful)}，{facts[0].text}。", *facts[:3])
    else:
        unheard = [node for node in contents if graph.fact(node, aspect) is None]
        known = [fact for node in contents if (fact := graph.fact(node, aspect))]
        draft.say(f"{shown(product)}的成分表里没有查到{period}要避开的成分", *known[:3])
        draft.say(f"，其中 {len(unheard)} 种成分资料不足。" if unheard else "。")
    return draft.say("是否使用请以产检医生的意见为准。").finish(AnswerKind(aspect.value))


def suits(graph: Graph, product: Node, skin: Node) -> Answer:
    """What the shop says, and what its ingredients say; where they differ, both are told."""
    item, found = shelf(graph, product), fit(graph, product, skin.name)
    draft = Draft(graph, product, skin)
    if item.skin_types:
        claimed = skin.name in item.skin_types
        draft.say(
            f"{item.title}标注适合{'、'.join(item.skin_types)}皮肤，{'包含' if claimed else '没有包含'}{skin.name}。"
        )
    if found.good:
        draft.say(f"其中{_nodes(found.good)}对{skin.name}皮肤友好：{found.good[0][1].text}。", found.good[0][1])
    if found.bad:
        draft.say(f"要留意{_nodes(found.bad)}：{found.bad[0][1].text}。", *(fact for _, fact in found.bad[:3]))
    if not (item.skin_types or found.good or found.bad):
        return unknown(graph, f"没有查到{item.title}是否适合{skin.name}皮肤的资料", product, skin)
    return draft.say(_LABEL).cite("aad_patch").finish(AnswerKind.SUITABILITY)


def which_suits(graph: Graph, several: list[Node], skin: Node) -> Answer:
    """Of several, which the shop has for this type of skin, and what speaks for or against each."""
    draft = Draft(graph, *several, skin)
    named = [one for one in several if skin.name in shelf(graph, one).skin_types]
    others = [one for one in several if one not in named]
    if not named:
        draft.say(f"{listing(several)}都没有标注适合{skin.name}皮肤。")
    for one in named:
        found = fit(graph, one, skin.name)
        because = f"，其中{_nodes(found.good)}对{skin.name}皮肤友好" if found.good else ""
        draft.say(f"{shown(one)}标注适合{skin.name}皮肤{because}。", *(fact for _, fact in found.good[:1]))
    if named and others:
        draft.say(f"{listing(others)}没有标注适合{skin.name}皮肤。")
    for one in several:
        if bad := fit(graph, one, skin.name).bad:
            draft.say(f"{shown(one)}要留意{_nodes(bad)}：{bad[0][1].text}。", bad[0][1])
    return draft.say(_LABEL).cite("aad_patch").finish(AnswerKind.SUITABILITY)


def sizes(graph: Graph, product: Node) -> Answer:
    """In which sizes it is sold, and for how much."""
    item = shelf(graph, product)
    if not item.sizes:
        return unknown(graph, f"没有查到{item.title}的规格和价格", product)
    told = "，".join(f"{name} {cents // 100} 元" for name, cents in item.sizes[:_SIZES])
    more = f"等 {len(item.sizes)} 种" if len(item.sizes) > _SIZES else ""
    draft = Draft(graph, product).say(f"{item.title}：{told}{more}。活动价和能用的券以结算页为准。")
    return draft.finish(AnswerKind.WHAT)


def ingredients(graph: Graph, product: Node) -> Answer:
    item, contents = shelf(graph, product), graph.contents(product)
    if not contents:
        return unknown(graph, f"{item.title}没有可查的成分表", product)
    draft = Draft(graph, product).cite("iecic2021")
    draft.say(f"{item.title}的全成分（按含量从高到低）：{'、'.join(shown(node) for node in contents)}。")
    if active := _key(graph, product):
        draft.say(f"起主要作用的是{_nodes(active)}。")
    return draft.finish(AnswerKind.INGREDIENTS)


def contains(graph: Graph, product: Node, wanted: list[Node], excluded: tuple[Node, ...] = ()) -> Answer:
    """Whether it has them in it; of a group, which of its members. `excluded`: what somebody must not use."""
    contents = graph.contents(product)
    if not contents:
        return unknown(graph, f"{shown(product)}没有可查的成分表", product)
    draft = Draft(graph, product, *wanted).cite("iecic2021")
    for one in wanted:
        members = {member.id for member in graph.members(one)}
        found = [node for node in contents if node.id in members]
        if found:
            named = "" if one.kind is NodeKind.INGREDIENT else f"（{listing(found)}）"
            draft.say(f"{shown(product)}含有{shown(one)}{named}。")
            if one in excluded:
                draft.say("您要避开它，请不要用这款。")
        else:
            draft.say(f"{shown(product)}的成分表里没有{shown(one)}。")
    return draft.finish(AnswerKind.INGREDIENTS)


def usage(graph: Graph, product: Node) -> Answer:
    item = shelf(graph, product)
    if not item.usage:
        return unknown(graph, f"{item.title}没有可查的使用方法", product)
    draft = Draft(graph, product).say(f"{item.title}的用法：{item.usage}")
    sun = [pair for value in ("sensitises", "unstable") for pair in cautions(graph, product, Aspect.PHOTO, value)]
    if sun and item.category != "防晒":
        draft.say(f"含有{_nodes(sun)}，使用期间白天请认真防晒。", sun[0][1])
    return draft.finish(AnswerKind.USAGE)


def effect(graph: Graph, product: Node) -> Answer:
    item = shelf(graph, product)
    draft = Draft(graph, product).say(f"{item.title}主打{'、'.join(item.functions)}。")
    for function in item.functions[:3]:
        doers = [(node, fact) for value, node, fact in effects_of(graph, product) if value == function]
        if doers:
            draft.say(f"{function}来自{_nodes(doers)}。", *(fact for _, fact in doers[:2]))
    return draft.say("效果因人而异，一般要坚持使用 4–12 周再评估。").finish(AnswerKind.EFFECT)


def irritation(graph: Graph, product: Node) -> Answer:
    if not graph.contents(product):
        return unknown(graph, f"{shown(product)}没有可查的成分表", product)
    draft = Draft(graph, product).cite("aad_patch")
    strong = [pair for value in ("high", "medium") for pair in cautions(graph, product, Aspect.IRRITATION, value)]
    if strong:
        draft.say(
            f"{shown(product)}里较可能引起刺激的是{_nodes(strong)}：{strong[0][1].text}。", *(f for _, f in strong[:3])
        )
    else:
        draft.say(
            f"{shown(product)}的成分表里没有查到{WORDS[Aspect.IRRITATION]['medium']}以上的成分，个体仍可能不耐受。"
        )
    return draft.say(_LABEL).finish(AnswerKind.IRRITATION)


def photo(graph: Graph, product: Node) -> Answer:
    draft = Draft(graph, product)
    sun = [pair for value in ("sensitises", "unstable") for pair in cautions(graph, product, Aspect.PHOTO, value)]
    if sun and shelf(graph, product).category != "防晒":
        draft.say(
            f"{shown(product)}含有{_nodes(sun)}：{sun[0][1].text}。建议晚上用，白天认真防晒。", *(f for _, f in sun[:2])
        )
    else:
        draft.say(f"{shown(product)}的成分表里没有查到增加日晒敏感的成分，白天出门仍建议防晒。").cite("aad_sun")
    return draft.finish(AnswerKind.PHOTO)


def what(graph: Graph, product: Node) -> Answer:
    """In general: what it is for, whom it suits, what it costs."""
    item = shelf(graph, product)
    price = min((cents for _, cents in item.sizes), default=0) // 100
    draft = Draft(graph, product).say(
        f"{item.title}（{item.category}），主打{'、'.join(item.functions)}，{price} 元起。"
    )
    if item.skin_types:
        draft.say(f"标注适合{'、'.join(item.skin_types)}皮肤。")
    if active := _key(graph, product):
        draft.say(f"关键成分有{_nodes(active)}。", *(fact for _, fact in active[:3]))
    return draft.finish(AnswerKind.WHAT)


def _key(graph: Graph, product: Node) -> list[tuple[Node, Fact]]:
    """What in it does what the product is sold for."""
    functions = shelf(graph, product).functions
    return [(node, fact) for value, node, fact in effects_of(graph, product) if value in functions]


def _nodes(pairs: list[tuple[Node, Fact]] | tuple[tuple[Node, Fact], ...]) -> str:
    return listing(list({node.id: node for node, _ in pairs}.values()), 4)
