"""The articles that ship for the demo shop, and the questions that their search is measured with."""

import re
from collections import Counter
from itertools import combinations

import pytest

from bench.knowledge.questions import WRITTEN, Half, read_questions
from yingda.commerce import demo_products
from yingda.kit.clock import now
from yingda.knowledge import ArticleFile, Tier, Words, shipped
from yingda.knowledge.articles import rules

ARTICLES = shipped()
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SPOKEN = re.compile(r"[^\u4e00-\u9fffa-z0-9]")


def _spoken(text: str) -> str:
    """Without what is not said aloud."""
    return _SPOKEN.sub("", text.lower())


def test_there_are_enough_of_each_tier() -> None:
    tiers = Counter(one.content.tier for one in ARTICLES)
    assert tiers[Tier.GENERAL] >= 100
    assert tiers[Tier.PROFESSIONAL] >= 40
    assert tiers[Tier.RARE] >= 20


@pytest.mark.parametrize("article", ARTICLES, ids=lambda one: one.slug)
def test_each_can_be_kept_and_read(article: ArticleFile) -> None:
    content = article.content
    rules.check(content)
    assert rules.tidy(content) == content
    assert 80 <= len(_HAN.findall(content.body)) <= 400
    assert 3 <= len(content.questions) <= 8
    assert content.owner_role


def test_names_titles_and_questions_are_used_once() -> None:
    for names in (
        [one.slug for one in ARTICLES],
        [one.content.title for one in ARTICLES],
        [_spoken(question) for one in ARTICLES for question in one.content.questions],
    ):
        assert [name for name, times in Counter(names).items() if times > 1] == []


def test_no_two_say_nearly_the_same() -> None:
    words = Words()
    said = [(one.slug, set(words.of(one.content.body))) for one in ARTICLES]
    alike = [(a, b) for (a, one), (b, other) in combinations(said, 2) if len(one & other) > 0.5 * len(one | other)]
    assert alike == []


def test_products_exist() -> None:
    known = {product.product_id for product in demo_products(now())}
    assert {product for one in ARTICLES for product in one.content.scope.products} <= known


def test_questions_name_articles_and_are_not_taken_from_them() -> None:
    questions = read_questions()
    assert {slug for one in questions for slug in one.slugs} <= {one.slug for one in ARTICLES}
    own = {_spoken(text) for one in ARTICLES for text in (one.content.title, *one.content.questions)}
    assert [one.text for one in questions if _spoken(one.text) in own] == []


def test_most_questions_are_real_ones_and_both_halves_have_some_without_an_answer() -> None:
    questions = read_questions()
    assert len({one.text for one in questions}) == len(questions)
    assert sum(one.source != WRITTEN for one in questions) >= 400
    for half in Half:
        assert sum(one.half is half and not one.answerable for one in questions) >= 40
