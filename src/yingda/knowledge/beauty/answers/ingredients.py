"""Answers about one ingredient, or one group of them."""

import re
from collections.abc import Callable

from yingda.knowledge.beauty.answers.draft import WORDS, Draft, listing, shown, unknown
from yingda.knowledge.beauty.graph import Graph
from yingda.knowledge.beauty.reading import Question
from yingda.knowledge.beauty.schemas import Answer, AnswerKind, Aspect, Fact, Link, Node, NodeKind

FUNCTIONS = {
    "HUMECTANT": "保湿",
    "SKIN CONDITIONING": "护肤",
    "SKIN CONDITIONING - HUMECTANT": "保湿",
    "SKIN CONDITIONING - EMOLLIENT": "润肤",
    "SKIN CONDITIONING - OCCLUSIVE": "封闭锁水",
    "SKIN CONDITIONING - MISCELLANEOUS": "护肤",
    "SKIN PROTECTING": "皮肤保护",
    "ANTIOXIDANT": "抗氧化",
    "PRESERVATIVE": "防腐",
    "ANTIMICROBIAL": "抑菌",
    "SOLVENT": "溶剂",
    "FRAGRANCE": "香料",
    "PERFUMING": "赋香",
    "COLORANT": "着色",
    "UV FILTER": "防晒",
    "UV ABSORBER": "吸收紫外线",
    "HAIR CONDITIONING": "护发",
    "HAIR DYEING": "染发",
    "CLEANSING": "清洁",
    "SURFACTANT - CLEANSING": "清洁",
    "SURFACTANT - EMULSIFYING": "乳化",
    "FOAMING": "发泡",
    "VISCOSITY CONTROLLING": "调节黏度",
    "FILM FORMING": "成膜",
    "EMULSION STABILISING": "稳定乳化体",
    "ANTISTATIC": "抗静电",
    "ABRASIVE": "摩擦",
    "ABSORBENT": "吸附",
    "BULKING": "填充",
    "BINDING": "黏合",
    "BUFFERING": "缓冲",
    "PH ADJUSTERS": "调节酸碱",
    "CHELATING": "螯合",
    "KERATOLYTIC": "软化角质",
    "EXFOLIATING": "去角质",
    "BLEACHING": "美白（提亮）",
    "SOOTHING": "舒缓",
    "ASTRINGENT": "收敛",
    "TONIC": "滋养",
    "OPACIFYING": "遮光",
    "MOISTURISING": "保湿",
    "ANTI-SEBUM": "控油",
    "DEODORANT": "除臭",
}
_RANGE = re.compile(r"(\d+(?:\.\d+)?)%")
_JURISDICTIONS = {"CN": "中国", "EU": "欧盟"}
_DOCTOR = "具体情况请以产检医生的意见为准。"


def effects(graph: Graph, node: Node) -> list[Fact]:
    return graph.facts(node, Aspect.EFFECT)


def what(graph: Graph, node: Node) -> Answer:
    """What it is, what it does, and what to watch."""
    draft = Draft(graph, node)
    inci = f"（{node.inci.title()}）" if node.inci and node.inci != node.name else ""
    if not node.what:
        return registered(graph, node)
    belongs = f"，属于{'、'.join(node.groups)}" if node.groups else ""
    draft.say(f"{shown(node)}{inci}：{node.what}{belongs}。").cite("iecic2021" if node.inci else "")
    if found := effects(graph, node):
        draft.say(f"主要作用是{'、'.join(fact.value for fact in found[:4])}：{found[0].text}。", *found[:4])
    if node.kind is NodeKind.GROUP:
        draft.say(f"常见的有{listing(graph.members(node))}。")
    _add_level(draft, graph, node, Aspect.IRRITATION)
    return draft.finish(AnswerKind.WHAT)


def effect(graph: Graph, node: Node) -> Answer:
    found = effects(graph, node)
    if not found:
        return registered(graph, node)
    draft = Draft(graph, node)
    said = "；".join(f"{fact.value}：{fact.text}" for fact in found[:4])
    draft.say(f"{shown(node)}的作用——{said}。", *found[:4])
    if usual := graph.fact(node, Aspect.CONCENTRATION):
        draft.say(f"常用浓度 {usual.value}。", usual)
    draft.say("护肤品的效果因人而异，一般要坚持使用 4–12 周再评估。")
    return draft.finish(AnswerKind.EFFECT)


def registered(graph: Graph, node: Node) -> Answer:
    """What the official lists say of an ingredient that nobody has curated, or that has no effect of its own."""
    line = graph.listed(node.name)
    functions = _listed_functions(graph, node)
    if node.what and not functions:
        return Draft(graph, node).say(f"{shown(node)}：{node.what}。").cite("iecic2021").finish(AnswerKind.WHAT)
    if line is None or not functions:
        return unknown(graph, f"“{shown(node)}”的作用没有可靠的资料", node)
    draft = Draft(graph, node).cite("iecic2021", "cosing")
    what_it_is = node.what or "已收录在中国《已使用化妆品原料目录》"
    draft.say(f"{shown(node)}（{line.inci.title()}）：{what_it_is}；CosIng 登记的用途是{'、'.join(functions[:4])}。")
    return draft.finish(AnswerKind.WHAT)


def purposes(graph: Graph, node: Node) -> list[str]:
    """What it is in a product for, in a word each: its curated effects, else what CosIng lists."""
    return [fact.value for fact in effects(graph, node)] or _listed_functions(graph, node)


def _listed_functions(graph: Graph, node: Node) -> list[str]:
    line = graph.listed(node.name)
    return list(dict.fromkeys(FUNCTIONS[one] for one in (line.functions if line else ()) if one in FUNCTIONS))


def concentration(graph: Graph, node: Node, question: Question) -> Answer:
    usual, limits = graph.fact(node, Aspect.CONCENTRATION), graph.facts(node, Aspect.LIMIT)
    if usual is None and not limits:
        return unknown(graph, f"没有查到{shown(node)}常用浓度的可靠资料", node)
    draft = Draft(graph, node)
    if usual:
        draft.say(f"{shown(node)}的常用浓度是 {usual.value}：{usual.text}。", usual)
    draft.say(_judged(usual, limits, question.amount))
    for fact in limits:
        draft.say(f"{_JURISDICTIONS[fact.value]}法规：{shown(node)}{fact.text}。", fact)
    return draft.finish(AnswerKind.CONCENTRATION)


def _judged(usual: Fact | None, limits: list[Fact], amount: float | None) -> str:
    """How a percentage that was named compares with what the law permits at most, and with the usual ones."""
    lawful = [float(one) for fact in limits if fact.value == "CN" for one in _RANGE.findall(fact.text)]
    if amount is not None and lawful and amount > max(lawful):
        return f"您问的 {amount:g}% 超过国内法规的上限，不要使用。"
    bounds = [float(one) for one in _RANGE.findall(usual.value)] if usual else []
    if amount is None or not bounds:
        return ""
    if amount > bounds[-1]:
        return f"您问的 {amount:g}% 高于常用范围，刺激可能增加，不建议自行提高浓度，首次使用请先局部试用。"
    if len(bounds) > 1 and amount < bounds[0]:
        return f"您问的 {amount:g}% 低于常用范围，更温和，效果也可能较弱。"
    return f"您问的 {amount:g}% 在常用范围内，首次使用请先局部试用。"


def limit(graph: Graph, node: Node) -> Answer:
    found = graph.facts(node, Aspect.LIMIT)
    if not found:
        return unknown(graph, f"没有查到{shown(node)}的法定限量，不代表可以任意添加", node)
    draft = Draft(graph, node)
    for fact in found:
        draft.say(f"{_JURISDICTIONS[fact.value]}：{shown(node)}{fact.text}。", fact)
    return draft.finish(AnswerKind.LIMIT)


def irritation(graph: Graph, node: Node) -> Answer:
    draft = Draft(graph, node)
    if not _add_level(draft, graph, node, Aspect.IRRITATION, name=True):
        return unknown(graph, f"没有查到{shown(node)}刺激性的可靠资料", node)
    for fact in graph.facts(node, Aspect.CAUTION):
        draft.say(f"注意：{fact.text}。", fact)
    draft.say("首次使用请先在耳后或手臂内侧试用几天；出现不适请停用。").cite("aad_patch")
    return draft.finish(AnswerKind.IRRITATION)


def photo(graph: Graph, node: Node) -> Answer:
    draft = Draft(graph, node)
    known = _add_level(draft, graph, node, Aspect.PHOTO, name=True)
    usage_ = graph.fact(node, Aspect.USAGE)
    if usage_:
        draft.say(f"建议{_when(usage_)}使用：{usage_.text}。", usage_)
    if not known and not usage_:
        return unknown(graph, f"没有查到{shown(node)}光敏性的可靠资料", node)
    return draft.say("白天出门都建议做好防晒。").finish(AnswerKind.PHOTO)


def comedogenic(graph: Graph, node: Node) -> Answer:
    draft = Draft(graph, node)
    if not _add_level(draft, graph, node, Aspect.COMEDOGENIC, name=True):
        return unknown(graph, f"没有查到{shown(node)}是否致痘的可靠资料", node)
    draft.say("单个成分的评分不等于成品的表现，要看整个配方。").cite("draelos2006")
    return draft.finish(AnswerKind.COMEDOGENIC)


def usage(graph: Graph, node: Node) -> Answer:
    found = graph.fact(node, Aspect.USAGE)
    if found is None:
        return unknown(graph, f"没有查到{shown(node)}用法的可靠资料，请按产品标签使用", node)
    draft = Draft(graph, node).say(f"{shown(node)}建议{_when(found)}使用：{found.text}。", found)
    _add_level(draft, graph, node, Aspect.PHOTO)
    apart = graph.related(node, Link.AVOID)
    if apart:
        draft.say(
            f"不要和{listing([other for other, _ in apart], 4)}同时用。", *(relation for _, relation in apart[:4])
        )
    return draft.finish(AnswerKind.USAGE)


def skin(graph: Graph, node: Node, kind: Node) -> Answer:
    """Whether a type of skin gets on with it."""
    draft = Draft(graph, node, kind)
    bad = next((f for f in graph.facts(node, Aspect.UNSUITED) if f.value == kind.name), None)
    good = next((f for f in graph.facts(node, Aspect.SUITS) if f.value == kind.name), None)
    gentle = graph.fact(node, Aspect.IRRITATION)
    if bad:
        draft.say(f"{kind.name}皮肤不太适合{shown(node)}：{bad.text}。", bad)
        _add_substitutes(draft, graph, node, gentle=True)
    elif good:
        draft.say(f"{kind.name}皮肤适合{shown(node)}：{good.text}。", good)
    elif gentle and (gentle.value == "low" or kind.name != "敏感性"):
        draft.say(f"没有{kind.name}皮肤要避开{shown(node)}的资料；它{_level(gentle)}，{gentle.text}。", gentle)
    elif gentle:
        draft.say(f"{kind.name}皮肤用{shown(node)}要谨慎：{_level(gentle)}，{gentle.text}。", gentle)
    else:
        return unknown(graph, f"没有查到{shown(node)}是否适合{kind.name}皮肤的可靠资料", node, kind)
    return draft.say("首次使用请先局部试用。").cite("aad_patch").finish(AnswerKind.SUITABILITY)


def advice(graph: Graph, nodes: list[Node], aspect: Aspect) -> Answer:
    """For pregnancy, breastfeeding or children: of several, each; what is not known is said to be unknown."""
    kind = AnswerKind(aspect.value)
    draft = Draft(graph, *nodes)
    known = 0
    for node in nodes:
        fact = graph.fact(node, aspect)
        if fact is None and node.kind is NodeKind.GROUP and _add_members(draft, graph, node, aspect):
            known += 1
            continue
        if fact is None:
            draft.say(f"{shown(node)}：资料不足，没有查到可靠依据，建议先问医生再用。")
            continue
        known += 1
        draft.say(f"{shown(node)}：{WORDS[aspect][fact.value]}。{fact.text}。", fact)
        if fact.value != "ok" and aspect is Aspect.PREGNANCY:
            _add_substitutes(draft, graph, node, safe=True)
    draft.say(_DOCTOR if aspect is Aspect.PREGNANCY else "不确定时请先问医生。")
    return draft.finish(kind if known else AnswerKind.UNKNOWN, handoff=not known)


def _add_members(draft: Draft, graph: Graph, group: Node, aspect: Aspect) -> bool:
    """Of a group of which nothing is said as a whole: what is said of each member."""
    said = False
    for value, words in WORDS[aspect].items():
        some = [
            (one, fact) for one in graph.members(group) if (fact := graph.fact(one, aspect)) and fact.value == value
        ]
        if some:
            said = True
            draft.say(f"{shown(group)}中，{words}的有{listing([one for one, _ in some])}。", *(f for _, f in some[:6]))
    return said


def substitute(graph: Graph, node: Node) -> Answer:
    found = graph.related(node, Link.SUBSTITUTE)
    if not found:
        return unknown(graph, f"没有查到{shown(node)}的可靠替代", node)
    draft = Draft(graph, node)
    for other, relation in found[:3]:
        draft.say(f"可以考虑用{shown(other)}代替{shown(node)}：{relation.reason}。", relation)
    return draft.say("换用前请先局部试用。").finish(AnswerKind.SUBSTITUTE)


def _add_substitutes(draft: Draft, graph: Graph, node: Node, *, safe: bool = False, gentle: bool = False) -> None:
    """What may stand in; `safe`: only what pregnancy permits, `gentle`: only what hardly irritates."""
    found = graph.related(node, Link.SUBSTITUTE)
    if gentle:
        found = [(other, why) for other, why in found if graph.level(other, Aspect.IRRITATION) == "low"]
    if safe:
        found = [(other, why) for other, why in found if graph.level(other, Aspect.PREGNANCY) == "ok"]
    if found:
        draft.say(f"可以换成{listing([other for other, _ in found], 3)}。", *(why for _, why in found[:3]))


def _add_level(draft: Draft, graph: Graph, node: Node, aspect: Aspect, *, name: bool = False) -> bool:
    fact = graph.fact(node, aspect)
    if fact is None:
        return False
    subject = shown(node) if name else ""
    draft.say(f"{subject}{_level(fact)}：{fact.text}。", fact)
    return True


def _level(fact: Fact) -> str:
    return WORDS[fact.aspect][fact.value]


def _when(fact: Fact) -> str:
    return {"早": "早晨", "晚": "晚上", "早晚": "早晚"}[fact.value]


#: Questions about one ingredient that need nothing but it.
ABOUT_ONE: dict[str, Callable[[Graph, Node], Answer]] = {
    "limit": limit,
    "photo": photo,
    "comedogenic": comedogenic,
    "irritation": irritation,
    "usage": usage,
    "substitute": substitute,
    "effect": effect,
    "what": what,
}
