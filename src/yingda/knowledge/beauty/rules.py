"""What the curated files must obey before anybody is answered from them."""

from collections import Counter
from collections.abc import Iterable, Iterator

from yingda.knowledge.beauty.schemas import Aspect, Book, EvidenceGrade, Fact, Link, Node, NodeKind, Registered

LEVELS = ("low", "medium", "high")
ADVICE = ("ok", "caution", "avoid")
#: What a fact's `value` may say, for the aspects where a rule decides by it.
VALUES: dict[Aspect, tuple[str, ...]] = {
    Aspect.IRRITATION: LEVELS,
    Aspect.COMEDOGENIC: LEVELS,
    Aspect.PREGNANCY: ADVICE,
    Aspect.BREASTFEEDING: ADVICE,
    Aspect.CHILDREN: ADVICE,
    Aspect.PHOTO: ("none", "unstable", "sensitises"),
    Aspect.LIMIT: ("CN", "EU"),
    Aspect.USAGE: ("早", "晚", "早晚"),
    Aspect.CAUTION: ("note",),
}
#: Of these a subject has one at most: two would contradict each other.
SINGLE = frozenset(
    {
        Aspect.IRRITATION,
        Aspect.COMEDOGENIC,
        Aspect.PREGNANCY,
        Aspect.BREASTFEEDING,
        Aspect.CHILDREN,
        Aspect.PHOTO,
        Aspect.USAGE,
        Aspect.CONCENTRATION,
    }
)
#: A source of one kind cannot lend more strength than it has.
STRENGTH: dict[str, frozenset[EvidenceGrade]] = {
    "regulation": frozenset({EvidenceGrade.REGULATION}),
    "opinion": frozenset({EvidenceGrade.REVIEW}),
    "review": frozenset({EvidenceGrade.REVIEW}),
    "trial": frozenset({EvidenceGrade.TRIAL}),
    "guideline": frozenset({EvidenceGrade.CONSENSUS}),
    "textbook": frozenset({EvidenceGrade.CONSENSUS}),
    "register": frozenset({EvidenceGrade.LABEL}),
}


def problems(book: Book, official: Iterable[Registered]) -> list[str]:
    """Everything that is wrong, one sentence each; empty: the book may be used."""
    return [
        *_sources(book),
        *_names(book, official),
        *_facts(book),
        *_contradictions(book),
        *_relations(book),
    ]


def _sources(book: Book) -> Iterator[str]:
    known = {source.id: source for source in book.sources}
    for again, times in Counter(source.id for source in book.sources).items():
        if times > 1:
            yield f"source {again} is declared {times} times"
    for source in book.sources:
        if not (source.title and source.publisher):
            yield f"source {source.id} has no title or publisher"
        if source.kind not in STRENGTH:
            yield f"source {source.id} is of the unknown kind {source.kind}"
    for what, source_id, evidence in _claims(book):
        if not source_id:
            yield f"{what} has no source"
        elif source_id not in known:
            yield f"{what} names the unknown source {source_id}"
        elif evidence not in STRENGTH.get(known[source_id].kind, frozenset()):
            yield f"{what} claims the evidence {evidence.value}, which {source_id} cannot lend"


def _claims(book: Book) -> Iterator[tuple[str, str, EvidenceGrade]]:
    for fact in book.facts:
        yield f"fact {fact.subject}/{fact.aspect.value}/{fact.value}", fact.source, fact.evidence
    for relation in book.relations:
        what = f"relation {relation.first}/{relation.link.value}/{relation.second}"
        yield what, relation.source, relation.evidence


def _names(book: Book, official: Iterable[Registered]) -> Iterator[str]:
    listed = {(one.name, one.inci) for one in official}
    groups = {node.name for node in book.nodes if node.kind is NodeKind.GROUP}
    taken: dict[str, str] = {}
    for node in book.nodes:
        if node.kind is NodeKind.INGREDIENT and (node.name, node.inci) not in listed:
            yield f"{node.name} / {node.inci} is not in the official list"
        for group in node.groups:
            if group not in groups:
                yield f"{node.name} belongs to the unknown group {group}"
        for name in (node.name, *node.aliases):
            other = taken.setdefault(name.casefold(), node.name)
            if other != node.name or not name:
                yield f"the name {name or '(empty)'} of {node.name} is also a name of {other}"


def _facts(book: Book) -> Iterator[str]:
    subjects = _subjects(book.nodes)
    effects = {node.name for node in book.nodes if node.kind in {NodeKind.CONCERN, NodeKind.FUNCTION}}
    skins = {node.name for node in book.nodes if node.kind is NodeKind.SKIN}
    for fact in book.facts:
        what = f"fact {fact.subject}/{fact.aspect.value}/{fact.value}"
        if fact.subject not in subjects:
            yield f"{what} is about nothing that is known"
        if not fact.text:
            yield f"{what} says nothing"
        if not _permitted(fact, effects, skins):
            yield f"{what} has a value that is not permitted"


def _permitted(fact: Fact, effects: set[str], skins: set[str]) -> bool:
    match fact.aspect:
        case Aspect.EFFECT:
            return fact.value in effects
        case Aspect.SUITS | Aspect.UNSUITED:
            return fact.value in skins
        case Aspect.CONCENTRATION:
            return bool(fact.value)
        case aspect:
            return fact.value in VALUES[aspect]


def _contradictions(book: Book) -> Iterator[str]:
    counted = Counter((fact.subject, fact.aspect) for fact in book.facts if fact.aspect in SINGLE)
    for (subject, aspect), times in counted.items():
        if times > 1:
            yield f"{subject} has {times} facts of {aspect.value}"
    for (subject, aspect_, value), times in Counter((f.subject, f.aspect, f.value) for f in book.facts).items():
        if times > 1 and aspect_ is not Aspect.CAUTION:
            yield f"{subject} says {aspect_.value}/{value} {times} times"
    unsuited = {(fact.subject, fact.value) for fact in book.facts if fact.aspect is Aspect.UNSUITED}
    for fact in book.facts:
        if fact.aspect is Aspect.SUITS and (fact.subject, fact.value) in unsuited:
            yield f"{fact.subject} suits {fact.value} and does not"


def _relations(book: Book) -> Iterator[str]:
    subjects = _subjects(book.nodes) | {n.name for n in book.nodes if n.kind is NodeKind.UNLISTED}
    seen: dict[frozenset[str], Link] = {}
    for relation in book.relations:
        what = f"relation {relation.first}/{relation.link.value}/{relation.second}"
        for name in (relation.first, relation.second):
            if name not in subjects:
                yield f"{what} names {name}, which is not known"
        if relation.first == relation.second:
            yield f"{what} is with itself"
        if not relation.reason:
            yield f"{what} has no reason"
        if relation.link is Link.SUBSTITUTE:
            continue
        pair = frozenset({relation.first, relation.second})
        if pair in seen:
            yield f"{what} is stated again, first as {seen[pair].value}"
        seen.setdefault(pair, relation.link)


def _subjects(nodes: Iterable[Node]) -> set[str]:
    return {node.name for node in nodes if node.kind in {NodeKind.INGREDIENT, NodeKind.GROUP}}
