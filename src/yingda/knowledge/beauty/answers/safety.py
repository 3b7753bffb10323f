"""Answers where somebody's health is at stake: never a diagnosis, never a remedy; what to do at once, and a person."""

from collections.abc import Collection
from functools import cache

import msgspec

from yingda.kit.errors import Locale
from yingda.kit.hyperbole import without_hyperbole
from yingda.knowledge.beauty.answers.draft import Draft, listing, shown
from yingda.knowledge.beauty.files import folder
from yingda.knowledge.beauty.graph import Graph
from yingda.knowledge.beauty.meals import said_in, swallowed
from yingda.knowledge.beauty.phrases import phrases
from yingda.knowledge.beauty.reading import Ask, Danger, For, Question
from yingda.knowledge.beauty.schemas import Answer, AnswerKind, Aspect, Fact, Node, NodeKind

_NAMED = (NodeKind.UNLISTED, NodeKind.INGREDIENT, NodeKind.GROUP, NodeKind.PRODUCT, NodeKind.CATEGORY)
#: What has happened to somebody just now; a wound, an illness or a medicine is asked about.
_CANNOT_WAIT = frozenset({Danger.BREATHING, Danger.EYE, Danger.SWALLOWED, Danger.ADVERSE})
_AT_ONCE = (Danger.BREATHING, Danger.EYE, Danger.SWALLOWED)
_STATUS = {
    "banned": "化妆品中禁止使用",
    "medicine": "是药品或医疗项目，不是化妆品成分",
    "unlisted": "不在官方原料目录中",
}


class Said(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text of `data/beauty/safety.toml`, in English where it is also said when a person is called in."""

    kind: AnswerKind
    sources: tuple[str, ...]
    words: tuple[str, ...]
    en: tuple[str, ...] = ()

    def of(self, locale: Locale) -> str:
        return "".join(self.words) if locale == "zh" else " ".join(self.en)


@cache
def texts() -> dict[str, Said]:
    """By danger, the gravest first; and what is said of children."""
    return msgspec.toml.decode((folder() / "safety.toml").read_bytes(), type=dict[str, Said])


def first_aid(text: str, locale: Locale) -> str | None:
    """What to do at once, for somebody who is known to be hurt: by what was hurt, the gravest first. None: it does not
    say what it was. Nothing but what stands in the file, with its sources."""
    return ("" if locale == "zh" else " ").join(one.of(locale) for one in _gravest(_told_in(text))) or None


def cannot_wait(text: str) -> bool:
    """Whether it tells of breath, of an eye, or of something swallowed, in either language."""
    return not _told_in(text).isdisjoint(_AT_ONCE)


def _told_in(text: str) -> set[Danger]:
    """Where somebody is hurt, the bare word for what skin does will do."""
    said = phrases()
    lines = [said.figures.sub("", without_hyperbole(line)) for line in said_in(text)]
    patterns = {**{one: said.dangers[one] for one in (Danger.BREATHING, Danger.EYE)}, Danger.ADVERSE: said.reaction}
    found = {danger for danger, pattern in patterns.items() if any(pattern.search(line) for line in lines)}
    return found | {Danger.SWALLOWED} if swallowed(text) else found


def _gravest(dangers: Collection[str]) -> list[Said]:
    """All that cannot wait for a doctor; failing that, the gravest of the rest."""
    found = [name for name in texts() if name in dangers]
    at_once = [name for name in found if name in _AT_ONCE]
    return [texts()[name] for name in at_once or found[:1]]


def danger(graph: Graph, question: Question) -> Answer | None:
    """The gravest of the dangers that the question speaks of; None if there is none."""
    gravest = _gravest(question.dangers)
    if not gravest:
        return None
    named = question.named(*_NAMED)
    draft = Draft(graph, *named)
    medicines = [node for node in named if node.kind is NodeKind.UNLISTED]
    for node in medicines[:2]:
        draft.say(f"{shown(node)}：{node.what}。").cite(node.source)
    if question.people & {For.PREGNANT, For.NURSING}:
        draft.say("您处于孕期或哺乳期，请务必先联系产检医生。").cite("acog_skin")
    for said in gravest:
        draft.say(said.of("zh")).cite(*said.sources)
    answer = draft.say("我马上为您转人工客服。").finish(gravest[0].kind, handoff=True)
    return msgspec.structs.replace(answer, immediate=not question.dangers.isdisjoint(_CANNOT_WAIT))


def unlisted(graph: Graph, question: Question) -> Answer | None:
    """What a forbidden or unlisted substance is. How to use one is never answered: that is `danger`'s."""
    named = question.named(NodeKind.UNLISTED)
    harmless = (
        question.asks <= {Ask.WHAT, Ask.STATUS, Ask.INGREDIENTS, Ask.EFFECT, Ask.IRRITATION} and not question.people
    )
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
    said = texts()["children"]
    draft.say(said.of("zh")).cite(*said.sources)
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


def unheard_of(graph: Graph) -> Answer:
    """Something that we know nothing of: for a pregnancy that is no permission."""
    draft = Draft(graph).cite("acog_skin")
    draft.say(
        "资料不足：没有查到您问的成分或产品，不能说孕期、哺乳期可以用。请先问产检医生，或把完整名称告诉客服核实。"
    )
    return draft.finish(AnswerKind.UNKNOWN, handoff=True)


def _names(told: list[tuple[Node, Fact]]) -> list[Node]:
    return [node for node, _ in told]
