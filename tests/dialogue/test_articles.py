"""How the assistant answers from articles: sure, in doubt, and not at all."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import pytest
from msgspec.structs import replace

from yingda.conversations import QuickReplies, TextContent
from yingda.dialogue.articles import MAYBE, SURE, for_sure, from_articles
from yingda.dialogue.case import Adviser, Answer, Case, Shelf
from yingda.dialogue.memory import Memory
from yingda.kit.clock import now
from yingda.knowledge import Answer as GraphAnswer
from yingda.knowledge import AnswerKind, ArticleHit, Called, Drafted, Evidence, Fate, Query, Tier, Wearer
from yingda.knowledge.beauty.schemas import ShownFact, Source
from yingda.knowledge.drafting.schemas import Sentence
from yingda.language import Context, Engine

ASKED = "这款产品的保质期是多久"


class Books:
    """A library of articles, as sure as it is told to be."""

    def __init__(self, *confidences: float, tier: Tier = Tier.GENERAL) -> None:
        self.asked: list[Query] = []
        self.noted: list[Fate] = []
        self._hits = [
            ArticleHit(
                article_id=uuid4(),
                slug=f"shelf-life-{number}",
                version=3,
                tier=tier,
                topic="保质期",
                title="保质期",
                passage="未开封三年。",
                passage_number=0,
                score=1.0,
                confidence=confidence,
                likeness=confidence,
            )
            for number, confidence in enumerate(confidences)
        ]

    @property
    def best(self) -> ArticleHit:
        return self._hits[-1]

    async def find(self, query: Query) -> list[ArticleHit]:
        self.asked.append(query)
        return self._hits

    def passages(self, hit: ArticleHit, shop: str | None) -> list[str]:
        return [hit.passage, "批号在瓶底。\n看不清可以问客服。"]

    def note(self, fate: Fate) -> None:
        self.noted.append(fate)


def case(engine: Engine, books: Books, memory: Memory | None = None, **more: Any) -> Case:
    made = Case(
        conversation_id=uuid4(),
        seq=1,
        text=ASKED,
        contents=[TextContent(ASKED)],
        understanding=engine.understand(ASKED, Context(now=now())),
        memory=memory or Memory(),
        locale="zh",
        shop_name="琉璃美妆",
        store=None,
        account=None,
        now=now(),
        shelf=Shelf(books, "liuli", "web"),
    )
    return replace(made, **more)


async def answered(engine: Engine, books: Books, memory: Memory | None = None, **more: Any) -> Answer:
    answer = await from_articles(case(engine, books, memory, **more))
    assert answer
    return answer


async def test_sure(engine: Engine) -> None:
    books = Books(MAYBE, SURE)
    answer = await answered(engine, books, Memory(product_id="P1402", misunderstood=1))
    [reply] = answer.replies
    assert isinstance(reply.content, TextContent)
    assert reply.content.text == "未开封三年。\n\n（出自《保质期》）"
    cited = reply.content.citation
    assert cited
    assert (cited.article_id, cited.title, cited.version, cited.passage) == (books.best.article_id, "保质期", 3, 0)
    assert answer.memory.tried == ["知识库：保质期（shelf-life-1 第 3 版）"]
    assert answer.memory.tried_en == ["Knowledge: 保质期 (shelf-life-1, version 3)"]
    assert answer.memory.misunderstood == 0
    [asked] = books.asked
    assert (asked.shop, asked.channel, asked.products) == ("liuli", "web", ("P1402",))
    assert [(fate.article_id is not None, fate.answered) for fate in books.noted] == [(True, True)]


async def test_doubt_is_told_with_a_person_but_not_twice(engine: Engine) -> None:
    books = Books(MAYBE)
    answer = await answered(engine, books)
    content = answer.replies[0].content
    assert isinstance(content, QuickReplies)
    assert content.text.startswith("我查到一篇可能相关的说明")
    assert [option.text for option in content.options] == ["转人工"]
    assert answer.memory.misunderstood == 1
    assert await from_articles(case(engine, books, answer.memory)) is None
    assert [(fate.article_id is not None, fate.answered) for fate in books.noted] == [(True, False), (False, False)]


@pytest.mark.parametrize("confidences", [(), (MAYBE - 0.01,)])
async def test_what_is_not_near_is_missed(engine: Engine, confidences: tuple[float, ...]) -> None:
    books = Books(*confidences)
    assert await from_articles(case(engine, books)) is None
    assert books.noted == [Fate("liuli", ASKED)]


@pytest.mark.parametrize(("confidence", "told"), [(SURE, True), (SURE - 0.01, False)])
async def test_beside_something_else_only_what_is_sure_is_told(engine: Engine, confidence: float, told: bool) -> None:
    books = Books(confidence)
    answer = await for_sure(case(engine, books))
    assert (answer is not None) is told
    assert len(books.noted) == int(told), "what something else answers is not missed"


async def test_no_library_no_words_no_chinese(engine: Engine) -> None:
    books = Books(1.0)
    for more in ({"shelf": None}, {"text": " "}, {"locale": "en"}):
        assert await from_articles(case(engine, books, **more)) is None
    assert not books.noted


class Writer:
    """Repeats the first and the last of what it is given."""

    def __init__(self) -> None:
        self.given: list[Evidence] = []

    async def draft(self, question: str, evidence: Sequence[Evidence], shop: str | None) -> Drafted | None:
        self.given = list(evidence)
        return Drafted((Sentence(evidence[0].text, (1,)), Sentence(evidence[-1].text, (2,))), ("《保质期》", "另一处"))


def adviser(kind: AnswerKind) -> Adviser:
    source = Source("s", "law", "安全技术规范", "药监局", 2015)
    facts = (
        ShownFact("水杨酸", "limit", "不超过 2%。", "law", "s"),
        ShownFact("水杨酸", "usage", "常识。", "none", ""),
    )
    return Told(GraphAnswer(answer="", kind=kind, facts=facts, sources=(source,), about=()))


class Told:
    def __init__(self, answer: GraphAnswer) -> None:
        self._answer = answer

    def ask(self, text: str, about: Sequence[str] = (), wearer: Wearer | None = None) -> GraphAnswer:
        return self._answer

    def goods(self, text: str, *, sounding: bool = False) -> list[Called]:
        return []


async def test_drafted_from_paragraphs_other_articles_and_facts_with_sources(engine: Engine) -> None:
    writer, books = Writer(), Books(SURE, MAYBE, MAYBE - 0.01)
    shelf = Shelf(books, "liuli", "web", writer)
    answer = await answered(engine, books, shelf=shelf, adviser=adviser(AnswerKind.LIMIT))
    assert answer.replies[0].content.text == (
        "未开封三年。[1]水杨酸：不超过 2%。[2]\n\n依据：\n[1] 《保质期》\n[2] 另一处"
    )
    told = [(one.title, one.text) for one in writer.given]
    assert told[1:] == [
        ("《保质期》", "批号在瓶底。"),
        ("《保质期》", "看不清可以问客服。"),
        ("《保质期》", "未开封三年。"),
        ("安全技术规范", "水杨酸：不超过 2%。"),
    ]


@pytest.mark.parametrize(
    ("sure", "tier", "kind"),
    [
        (MAYBE, Tier.GENERAL, AnswerKind.LIMIT),
        (SURE, Tier.PROFESSIONAL, AnswerKind.LIMIT),
        (SURE, Tier.RARE, AnswerKind.LIMIT),
        (SURE, Tier.GENERAL, AnswerKind.PREGNANCY),
        (SURE, Tier.GENERAL, AnswerKind.MEDICAL),
        (SURE, Tier.GENERAL, AnswerKind.ADVERSE),
    ],
)
async def test_doubt_experts_words_and_warnings_are_not_reworded(
    engine: Engine, sure: float, tier: Tier, kind: AnswerKind
) -> None:
    writer, books = Writer(), Books(sure, tier=tier)
    await answered(engine, books, shelf=Shelf(books, "liuli", "web", writer), adviser=adviser(kind))
    assert writer.given == []
