"""An answer being put together: sentences, and the facts that they stand on."""

import re

from yingda.knowledge.beauty.graph import Graph
from yingda.knowledge.beauty.schemas import Answer, AnswerKind, Aspect, Fact, Node, Relation, ShownFact, Source

_LATIN_NAME = re.compile(r"（[A-Z][A-Z .\-/]*）")
#: As many sources are named in the words of an answer; all are listed beside it.
_NAMED_SOURCES = 3

WORDS: dict[Aspect, dict[str, str]] = {
    Aspect.IRRITATION: {"low": "刺激性低", "medium": "有一定刺激性", "high": "刺激或致敏的风险高"},
    Aspect.PREGNANCY: {"ok": "孕期一般可以外用", "caution": "孕期建议谨慎", "avoid": "孕期不要使用"},
    Aspect.BREASTFEEDING: {"ok": "哺乳期一般可以外用", "caution": "哺乳期建议谨慎", "avoid": "哺乳期不要使用"},
    Aspect.CHILDREN: {"ok": "在儿童化妆品中可以使用", "caution": "儿童慎用", "avoid": "不建议给儿童使用"},
    Aspect.PHOTO: {"none": "没有光敏性", "unstable": "怕光", "sensitises": "会使皮肤对日晒更敏感"},
    Aspect.COMEDOGENIC: {"low": "致痘可能低", "medium": "有一定致痘可能", "high": "致痘可能较高"},
}


def shown(node: Node) -> str:
    """The name as people read it: without the Latin name of a plant."""
    return _LATIN_NAME.sub("", node.name)


def listing(nodes: list[Node], most: int = 6) -> str:
    names = "、".join(shown(node) for node in nodes[:most])
    return f"{names}等" if len(nodes) > most else names


class Draft:
    def __init__(self, graph: Graph, *about: Node) -> None:
        self._graph = graph
        self._about = about
        self._lines: list[str] = []
        self._facts: list[Fact | Relation] = []
        self._sources: list[str] = []

    def say(self, text: str, *facts: Fact | Relation | None) -> "Draft":
        """A sentence, and what it stands on."""
        self._lines.append(text)
        self.lean(*facts)
        return self

    def lean(self, *facts: Fact | Relation | None) -> "Draft":
        self._facts.extend(fact for fact in facts if fact is not None and fact not in self._facts)
        return self

    def cite(self, *source_ids: str) -> "Draft":
        self._sources.extend(source_ids)
        return self

    def finish(self, kind: AnswerKind, *, handoff: bool = False) -> Answer:
        sources = self._cited()
        words = "".join(self._lines)
        if sources:
            named = "；".join(source.title for source in sources[:_NAMED_SOURCES])
            words += f"\n依据：{named}{'等' if len(sources) > _NAMED_SOURCES else ''}。"
        return Answer(
            answer=words,
            kind=kind,
            facts=tuple(_shown_fact(fact) for fact in self._facts),
            sources=sources,
            handoff=handoff,
            about=tuple(node.id for node in self._about),
        )

    def _cited(self) -> tuple[Source, ...]:
        ids = [*(fact.source for fact in self._facts), *self._sources]
        return tuple(self._graph.sources[one] for one in dict.fromkeys(ids) if one in self._graph.sources)


def _shown_fact(fact: Fact | Relation) -> ShownFact:
    if isinstance(fact, Fact):
        text = f"{fact.value}：{fact.text}" if fact.aspect is Aspect.CONCENTRATION else fact.text
        return ShownFact(fact.subject, fact.aspect.value, text, fact.evidence.value, fact.source)
    pair = f"{fact.first} + {fact.second}"
    return ShownFact(pair, fact.link.value, fact.reason, fact.evidence.value, fact.source)


def unknown(graph: Graph, what: str, *about: Node) -> Answer:
    """What is not there is said not to be there."""
    return (
        Draft(graph, *about)
        .say(f"资料不足：{what}，不想随便答复您，可以为您转人工客服核实。")
        .finish(AnswerKind.UNKNOWN, handoff=True)
    )
