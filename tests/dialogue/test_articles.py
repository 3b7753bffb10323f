"""How the assistant answers from articles: sure, in doubt, and not at all."""

from typing import Any
from uuid import uuid4

import pytest
from msgspec.structs import replace

from yingda.conversations import QuickReplies, TextContent
from yingda.dialogue.articles import MAYBE, SURE, from_articles
from yingda.dialogue.case import Answer, Case, Shelf
from yingda.dialogue.memory import Memory
from yingda.kit.clock import now
from yingda.knowledge import ArticleHit, Fate, Query, Tier
from yingda.language import Context, Engine

ASKED = "这款产品的保质期是多久"


class Books:
    """A library with one article, as sure as it is told to be."""

    def __init__(self, *confidences: float) -> None:
        self.asked: list[Query] = []
        self.noted: list[Fate] = []
        self._hits = [
            ArticleHit(
                article_id=uuid4(),
                slug=f"shelf-life-{number}",
                version=3,
                tier=Tier.GENERAL,
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

    async def find(self, query: Query) -> list[ArticleHit]:
        self.asked.append(query)
        return self._hits

    def note(self, fate: Fate) -> None:
        self.noted.append(fate)


def case(engine: Engine, books: Books, memory: Memory | None = None, **more: Any) -> Case:
    made = Case(
        conversation_id=uuid4(),
        seq=1,
        store=None,
        text=ASKED,
        contents=[TextContent(ASKED)],
        understanding=engine.understand(ASKED, Context(now=now())),
        memory=memory or Memory(),
        locale="zh",
        shop_name="琉璃美妆",
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
    assert answer.replies[0].content == TextContent("未开封三年。\n\n（出自《保质期》）")
    assert answer.memory.tried == ["知识库：保质期（shelf-life-1 第 3 版）"]
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


async def test_no_library_no_words_no_chinese(engine: Engine) -> None:
    books = Books(1.0)
    for more in ({"shelf": None}, {"text": " "}, {"locale": "en"}):
        assert await from_articles(case(engine, books, **more)) is None
    assert not books.noted
