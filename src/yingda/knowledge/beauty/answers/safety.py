"""Answers where somebody's health is at stake: never a diagnosis, never a remedy; what to do at once, and a person."""

from yingda.knowledge.beauty.answers.draft import Draft, listing, shown
from yingda.knowledge.beauty.graph import Graph
from yingda.knowledge.beauty.reading import Ask, Danger, For, Question
from yingda.knowledge.beauty.schemas import Answer, AnswerKind, Aspect, Node, NodeKind

_NEEDED = "麻烦告诉客服：用的是哪款产品、用了多久、什么时候开始、现在哪里不舒服、有没有同时用药或处于孕期哺乳期。"
_URGENT = "如果出现呼吸困难、面部或喉咙肿胀、大面积红肿、水疱，请立即就医或拨打 120。"

#: What is said, whether it is a reaction or a matter for a doctor, and from where the advice is. The first that fits.
_SAID: dict[Danger, tuple[str, AnswerKind, tuple[str, ...]]] = {
    Danger.EYE: (
        "请立即用大量流动的清水或生理盐水冲洗眼睛至少 15 分钟，冲洗时转动眼球，戴隐形眼镜的先取下；不要揉眼，不要自行滴眼药水。"
        "冲洗后仍疼痛、红肿、怕光或看不清，请尽快去眼科就诊，并带上产品包装。护肤品和彩妆都不能用在眼球或发炎的眼睛上。",
        AnswerKind.MEDICAL,
        ("ml_eye",),
    ),
    Danger.SWALLOWED: (
        "化妆品只能外用，不能吃、喝或口服。如果已经误食：不要催吐，吐出口中残留并用清水漱口，留好产品包装，"
        "尽快就医；儿童误食，或出现呕吐、腹痛、嗜睡、呼吸困难，请立即拨打 120。",
        AnswerKind.MEDICAL,
        ("csar2020", "ml_poison"),
    ),
    Danger.ADVERSE: (
        "请先停用这款产品和其他新用的产品，用清水轻轻洗净，不要抓挠，暂时只用温和的保湿产品，也不要自行涂药膏。"
        + _URGENT
        + "这里不能判断是不是过敏，持续不缓解请去皮肤科就诊。",
        AnswerKind.ADVERSE,
        ("cnadr2022", "ml_anaphylaxis"),
    ),
    Danger.WOUND: (
        "有伤口、破皮、水疱，或做过手术、激光等项目，皮肤还没有愈合时，不要使用护肤品或彩妆。"
        "化妆品只能用于完整的皮肤。伤口处理和术后什么时候恢复护肤，请听医生的安排。",
        AnswerKind.MEDICAL,
        ("csar2020",),
    ),
    Danger.DISEASE: (
        "您提到的情况属于需要医生判断的疾病，化妆品不能治病，也不能代替药物。发病期间能用什么、不能用什么，请先问主治医生；"
        "在此之前不要添加新的功效产品。",
        AnswerKind.MEDICAL,
        ("csar2020",),
    ),
    Danger.MEDICINE: (
        "这涉及药品或治疗，化妆品客服不能给用药建议，也不能判断药品和护肤品能否同用，请先问医生或药师，不要自行停药、加药或叠加使用。",
        AnswerKind.MEDICAL,
        ("cndrug",),
    ),
}
_NAMED = (NodeKind.UNLISTED, NodeKind.INGREDIENT, NodeKind.GROUP, NodeKind.PRODUCT, NodeKind.CATEGORY)
_ORDER = (Danger.EYE, Danger.SWALLOWED, Danger.ADVERSE, Danger.WOUND, Danger.DISEASE, Danger.MEDICINE)
_STATUS = {"banned": "化妆品中禁止使用", "medicine": "是药品或医疗项目，不是化妆品成分", "unlisted": "不在官方原料目录中"}


def danger(graph: Graph, question: Question) -> Answer | None:
    """The gravest of the dangers that the question speaks of; None if there is none."""
    gravest = next((one for one in _ORDER if one in question.dangers), None)
    if gravest is None:
        return None
    words, kind, sources = _SAID[gravest]
    named = question.named(*_NAMED)
    draft = Draft(graph, *named)
    medicines = [node for node in named if node.kind is NodeKind.UNLISTED]
    for node in medicines[:2]:
        draft.say(f"{shown(node)}：{node.what}。").cite(node.source)
    if question.people & {For.PREGNANT, For.NURSING}:
        draft.say("您处于孕期或哺乳期，请务必先联系产检医生。").cite("acog_skin")
    draft.say(words).cite(*sources)
    if gravest is Danger.ADVERSE:
        draft.say(_NEEDED)
    return draft.say("我马上为您转人工客服。").finish(kind, handoff=True)


def unlisted(graph: Graph, question: Question) -> Answer | None:
    """What a forbidden or unlisted substance is. How to use one is never answered: that is `danger`'s."""
    named = question.named(NodeKind.UNLISTED)
    harmless = question.asks <= {Ask.WHAT, Ask.STATUS, Ask.INGREDIENTS, Ask.EFFECT, Ask.IRRITATION} and not question.people
    asks_status = Ask.STATUS in question.asks or (Ask.WHAT in question.asks and harmless)
    advertised = all(node.status == "unlisted" for node in named)
    if not named or not (asks_status or advertised) or question.dangers - {Danger.MEDICINE}:
        return None
    draft = Draft(graph, *named)
    for node in named:
        draft.say(f"{shown(node)}{_STATUS[node.status]}：{node.what}。").cite(node.source)
    if advertised:
        draft.say("官方资料不足，是否适合您请以产品标签和医生意见为准。").cite("iecic2021")
    else:
        draft.say("如果是医生开的药，请遵医嘱，不要和护肤品自行混用。")
    if question.people:
        return draft.say("孕期、哺乳期和儿童的使用资料不足，请先问医生。").finish(AnswerKind.UNKNOWN, handoff=True)
    return draft.finish(AnswerKind.STATUS)


def children(graph: Graph, question: Question) -> Answer:
    """A child is not a small adult: only what the law calls a children's cosmetic, and a doctor before that."""
    named = question.things
    draft = Draft(graph, *named)
    for node in named:
        fact = graph.fact(node, Aspect.CHILDREN)
        if fact is None:
            draft.say(f"{shown(node)}没有查到可给儿童使用的依据，不建议给儿童用。")
        elif fact.value == "ok":
            draft.say(f"{shown(node)}：{fact.text}。", fact)
        else:
            draft.say(f"{shown(node)}不建议给儿童用：{fact.text}。", fact)
    draft.say(
        "12 岁及以下请只用标有“小金盾”的儿童化妆品，本店这些产品不是儿童化妆品；三岁以下、皮肤有问题或拿不准时，请先问儿科或皮肤科医生。"
    ).cite("cnchild2021")
    return draft.finish(AnswerKind.CHILDREN, handoff=True)


def pregnancy_in_general(graph: Graph, question: Question) -> Answer:
    """What to leave out and what may be used, when no name was named."""
    aspect = Aspect.PREGNANCY if For.PREGNANT in question.people else Aspect.BREASTFEEDING
    groups = [*graph.nodes(NodeKind.GROUP), *graph.nodes(NodeKind.INGREDIENT)]
    told = [(node, fact) for node in groups if (fact := graph.fact(node, aspect)) and fact.subject == node.name]
    draft = Draft(graph)
    period = "孕期" if aspect is Aspect.PREGNANCY else "哺乳期"
    for value, words in (("avoid", "不要用"), ("caution", "谨慎使用、先问医生"), ("ok", "一般可以外用")):
        some = [(node, fact) for node, fact in told if fact.value == value]
        if some:
            draft.say(f"{period}{words}：{listing(_names(some), 8)}。", *(fact for _, fact in some[:8]))
    draft.say("用品越简单越好，具体请以产检医生的意见为准。")
    return draft.finish(AnswerKind(aspect.value))


def _names(told: list[tuple[Node, object]]) -> list[Node]:
    return [node for node, _ in told]
