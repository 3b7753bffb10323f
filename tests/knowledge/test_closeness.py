"""Closeness by what is usual: one set of constants, whatever the scale of the encoder's cosines."""

from collections.abc import Sequence
from itertools import combinations
from uuid import UUID, uuid5

import numpy as np
import pytest

from yingda.app.library import words
from yingda.dialogue.articles import MAYBE, SURE
from yingda.knowledge import Document, Mode, Query, SearchIndex, Tier, texts_of
from yingda.knowledge.search import Vectors
from yingda.knowledge.search.confidence import confidence
from yingda.knowledge.search.rules import relative
from yingda.knowledge.search.vectors import Meanings

#: What articles are about, and a word for it that none of them has.
ABOUT = {
    "退货": "寄回去",
    "发票": "报销",
    "烟酰胺": "变白",
    "优惠券": "便宜点",
    "快递": "送到哪",
    "会员": "等级",
    "色号": "偏黄",
    "保质期": "过期",
    "赠品": "送的",
    "客服": "真人",
}


class Bent:
    """Understands these things; `offset` squeezes all cosines towards 1, as some encoders do."""

    def __init__(self, offset: float) -> None:
        self.name = f"bent-{offset}"
        self._offset = offset

    def encode(self, texts: Sequence[str]) -> Vectors:
        rows = np.array([[float(a in text or b in text) for a, b in ABOUT.items()] + [0.1] for text in texts])
        unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        bent = np.hstack([unit, np.full((len(texts), 1), self._offset)])
        return np.asarray(bent / np.linalg.norm(bent, axis=1, keepdims=True), np.float32)


def shelf(count: int = len(ABOUT)) -> list[Document]:
    return [
        Document(
            id=uuid5(UUID(int=0), thing),
            slug=thing,
            version=1,
            tier=Tier.GENERAL,
            topic="",
            title=f"关于{thing}的规定",
            questions=(f"{thing}怎么办",),
            passages=(f"{thing}请在页面上办理。",),
        )
        for thing in list(ABOUT)[:count]
    ]


def filled(encoder: Bent, documents: Sequence[Document]) -> SearchIndex:
    index = SearchIndex(words(), encoder)
    index.put(documents, {one.id: encoder.encode(texts_of(one)) for one in documents})
    return index


@pytest.mark.parametrize(
    ("cosine", "usual", "close"),
    [
        (1.0, 0.85, 1.0),
        (0.85, 0.85, 0.0),
        (0.94, 0.85, 0.6),
        (0.82, 0.85, -0.2),
        (0.6, 0.0, 0.6),
        (0.68, 0.2, 0.6),
        (1.0, 1.0, 1.0),
        (0.999, 1.0, 0.0),
    ],
)
def test_how_much_of_the_usual_distance_is_gone(cosine: float, usual: float, close: float) -> None:
    assert relative(cosine, usual) == pytest.approx(close)


@pytest.mark.parametrize(
    ("like", "close", "lead", "least", "most"),
    [
        (1.0, 0.0, 0.0, 0.98, 1.0),  # word for word: whatever is meant
        (0.5, 0.7, 0.3, SURE, 1.0),
        (0.0, 0.8, 0.4, SURE, 1.0),  # in other words
        (0.6, 0.6, 0.02, MAYBE, SURE),  # two that are equally good
        (0.2, 0.3, 0.05, 0.0, MAYBE),
        (0.0, 0.0, 0.0, 0.0, 0.2),  # a stranger
        (0.3, 0.6, -0.2, 0.0, 0.2),  # another is better
        (0.35, 0.06, 0.6, 0.0, MAYBE),  # a word in common, and all others farther still
        (0.73, 0.14, 0.6, SURE, 1.0),  # most words in common
    ],
)
def test_how_sure(like: float, close: float, lead: float, least: float, most: float) -> None:
    assert least <= confidence(like, close, lead) <= most


@pytest.mark.parametrize("offset", [0.0, 0.5, 2.0, 5.0])
def test_confidence_is_the_same_however_cosines_are_squeezed(offset: float) -> None:
    plain, bent = filled(Bent(0), shelf()), filled(Bent(offset), shelf())
    for asked in (*ABOUT.values(), *ABOUT, "我要退货，发票怎么办", "今天天气怎么样"):
        query = Query(text=asked)
        expected = {hit.slug: hit.confidence for hit in plain.search(query)}
        assert {hit.slug: hit.confidence for hit in bent.search(query)} == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize("offset", [0.0, 2.0])
def test_what_is_meant_is_sure_and_what_is_not_is_doubted(offset: float) -> None:
    index = filled(Bent(offset), shelf())
    for thing, otherwise in ABOUT.items():
        first, *others = index.search(Query(text=otherwise))
        assert (first.slug, first.confidence >= SURE) == (thing, True)
        assert all(one.confidence < MAYBE for one in others)
    assert all(hit.confidence < MAYBE for hit in index.search(Query(text="今天天气怎么样")))


@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_few_articles_tell_by_words_alone_how_sure_one_may_be(count: int) -> None:
    index = filled(Bent(2), shelf(count))
    for asked in ("退货怎么办", "发票", "今天天气怎么样"):
        by_words = {hit.slug: hit.confidence for hit in index.search(Query(text=asked, mode=Mode.LEXICAL))}
        found = {hit.slug: hit.confidence for hit in index.search(Query(text=asked))}
        assert by_words == {slug: found[slug] for slug in by_words}
        assert all(sure < MAYBE for slug, sure in found.items() if slug not in by_words)


def test_what_is_usual_follows_the_articles() -> None:
    """Whether they came at once, one by one, or with others that have left; only texts of different articles count."""
    made = np.random.default_rng(7).normal(size=(40, 8)).astype(np.float32) + 1
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    rows = {1: made[:5], 2: made[5:6], 3: made[6:10], 4: made[10:20]}
    asked = made[39]
    pairs = [(rows[a] @ rows[b].T).mean() for a, b in combinations(rows, 2)]
    expected = relative(float((rows[2] @ asked).max()), float(np.mean(pairs)))
    at_once, one_by_one = Meanings(rows), Meanings({})
    for number, given in [(9, made[20:39]), (3, made[:9]), *rows.items()]:
        one_by_one = one_by_one.changed({number: given}, ())
    for meanings in (at_once, one_by_one.changed({}, [9])):
        assert meanings.closeness(2, asked) == pytest.approx(expected, abs=1e-5)
        assert dict(meanings.search(asked, 4))[2] == pytest.approx(expected, abs=1e-5)


def test_an_encoder_that_tells_nothing_apart_is_no_failure() -> None:
    class Flat(Bent):
        def encode(self, texts: Sequence[str]) -> Vectors:
            return np.tile(np.float32([0.6, 0.8]), (len(texts), 1))

    index = filled(Flat(0), shelf())
    assert index.search(Query(text="退货怎么办"))[0].slug == "退货"
    assert all(hit.confidence < SURE for hit in index.search(Query(text="今天天气怎么样")))
