"""The curated files are in order, and what is not in order is refused."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from typer.testing import CliRunner

from yingda.app.cli import app
from yingda.knowledge import problems, read_book, register
from yingda.knowledge.beauty.answers.safety import texts
from yingda.knowledge.beauty.phrases import phrases
from yingda.knowledge.beauty.reading import Ask, Danger, For
from yingda.knowledge.beauty.schemas import Aspect, Book, EvidenceGrade, Fact, Link, Node, NodeKind, Relation, Source

BOOK = read_book()
GOOD = Fact("烟酰胺", Aspect.CAUTION, "note", "首次局部试用", EvidenceGrade.CONSENSUS, "aad_patch")


def fact(**changes: object) -> Book:
    return replace(BOOK, facts=(*BOOK.facts, replace(GOOD, **changes)))


def relation(**changes: object) -> Book:
    plain = Relation("泛醇", Link.WORKS, "咖啡因", "温和", EvidenceGrade.CONSENSUS, "qiu")
    return replace(BOOK, relations=(*BOOK.relations, replace(plain, **changes)))


def node(**changes: object) -> Book:
    plain = Node(id="x", kind=NodeKind.INGREDIENT, name="蔗糖", inci="SUCROSE")
    return replace(BOOK, nodes=(*BOOK.nodes, replace(plain, **changes)))


def test_what_ships_is_in_order_and_deep_enough() -> None:
    assert problems(BOOK, register()) == []
    assert problems(fact(), register()) == []
    assert problems(relation(), register()) == []
    assert problems(node(), register()) == []
    curated = [one for one in BOOK.nodes if one.kind is NodeKind.INGREDIENT]
    assert len(curated) >= 300
    assert all(one.what and one.groups for one in curated)


@pytest.mark.parametrize(
    ("book", "complaint"),
    [
        (fact(source=""), "has no source"),
        (fact(source="hearsay"), "names the unknown source hearsay"),
        (fact(evidence=EvidenceGrade.REGULATION), "cannot lend"),
        (fact(subject="仙丹"), "about nothing that is known"),
        (fact(text=""), "says nothing"),
        (fact(aspect=Aspect.PREGNANCY, value="perhaps"), "not permitted"),
        (fact(aspect=Aspect.EFFECT, value="长生"), "not permitted"),
        (fact(aspect=Aspect.SUITS, value="鳞片"), "not permitted"),
        (fact(aspect=Aspect.PREGNANCY, value="avoid"), "2 facts of pregnancy"),
        (fact(aspect=Aspect.EFFECT, value="美白"), "says effect/美白 2 times"),
        (fact(aspect=Aspect.UNSUITED, value="油性"), "suits 油性 and does not"),
        (relation(second="仙丹"), "which is not known"),
        (relation(second="泛醇"), "is with itself"),
        (relation(reason=""), "has no reason"),
        (relation(source=""), "has no source"),
        (relation(first="维A类", second="果酸"), "is stated again, first as avoid"),
        (node(name="仙丹"), "not in the official list"),
        (node(inci="SUGAR"), "not in the official list"),
        (node(groups=("仙家",)), "unknown group 仙家"),
        (node(aliases=("A醇",)), "is also a name of 视黄醇"),
        (replace(BOOK, sources=(*BOOK.sources, BOOK.sources[0])), "declared 2 times"),
        (replace(BOOK, sources=(*BOOK.sources, Source("x", "rumour", "t", "p", 1))), "unknown kind rumour"),
        (replace(BOOK, sources=(*BOOK.sources, Source("x", "review", "", "p", 1))), "no title"),
    ],
)
def test_what_is_not_in_order_is_refused(book: Book, complaint: str) -> None:
    assert any(complaint in one for one in problems(book, register()))


def test_safety_words_and_phrases_cover_what_the_code_knows() -> None:
    assert set(texts()) == {*Danger, "children"}
    assert {source for said in texts().values() for source in said.sources} <= {one.id for one in BOOK.sources}
    said = phrases()
    assert set(said.asks) == set(Ask)
    assert set(said.people) == set(For)
    assert {*said.dangers, "adverse", "swallowed"} == set(Danger)


def test_check_reports_by_its_exit_code(tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["knowledge", "check"]).exit_code == 0
    assert CliRunner().invoke(app, ["knowledge", "check", str(tmp_path)]).exit_code == 1
