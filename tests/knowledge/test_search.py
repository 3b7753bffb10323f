"""The search alone: words, meanings, filters, changes."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from uuid import UUID, uuid5

import numpy as np
import pytest
from msgspec.structs import replace
from structlog.testing import capture_logs

from yingda.app.library import words
from yingda.dialogue.articles import MAYBE
from yingda.knowledge import Document, Mode, Query, SearchIndex, Tier, texts_of
from yingda.knowledge.search import ArticleScope, Vectors
from yingda.knowledge.search.rules import fused
from yingda.language import readable

NOON = datetime(2026, 11, 25, 4, tzinfo=UTC)


def document(slug: str, title: str, *questions: str, body: str = "", **more: object) -> Document:
    made = Document(
        id=uuid5(UUID(int=0), slug),
        slug=slug,
        version=1,
        tier=Tier.GENERAL,
        topic="",
        title=title,
        questions=questions,
        passages=(body or title,),
    )
    return replace(made, **more)


RETURNS = document(
    "returns", "无理由退货", "不喜欢可以退货吗", "退货运费谁出", body="签收后七天内可以退，运费由您承担。"
)
INVOICE = document("invoice", "电子发票", "怎么开发票", "发票抬头能改吗", body="在订单详情里申请。")
NIACINAMIDE = document("niacinamide", "烟酰胺第一次怎么用", "烟酰胺刺痛正常吗", body="先从低浓度开始。")
ALL = (RETURNS, INVOICE, NIACINAMIDE)


class Axes:
    """Understands three things, however they are worded."""

    name = "axes"
    _ABOUT = (("退", "寄回去"), ("发票", "报销"), ("烟酰胺", "变白"))

    def encode(self, texts: Sequence[str]) -> Vectors:
        rows = [[float(any(word in text for word in group)) for group in self._ABOUT] + [0.1] for text in texts]
        made = np.array(rows, np.float32)
        return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), np.float32)


@pytest.fixture
def index() -> SearchIndex:
    made = SearchIndex(words(), Axes())
    made.put(ALL, {one.id: Axes().encode(texts_of(one)) for one in ALL})
    return made


def found(index: SearchIndex, text: str, mode: Mode = Mode.LEXICAL, **more: object) -> list[str]:
    return [hit.slug for hit in index.search(replace(Query(text=text, mode=mode), **more))]


@pytest.mark.parametrize(
    ("asked", "slug"),
    [
        ("退货的运费是谁付", "returns"),
        ("怎样开票", "invoice"),
        ("VB3 用了刺痛", "niacinamide"),
        ("尼克酰胺怎么用", "niacinamide"),
        ("開發票", "invoice"),
    ],
)
def test_by_words_with_synonyms_and_nicknames(index: SearchIndex, asked: str, slug: str) -> None:
    assert found(index, asked)[0] == slug


def test_by_meaning_what_words_do_not_find(index: SearchIndex) -> None:
    assert found(index, "能报销吗") == []
    assert found(index, "能报销吗", Mode.VECTOR)[0] == "invoice"
    assert found(index, "能报销吗", Mode.FUSED)[0] == "invoice"


class Failing(Axes):
    """Fails while it is `down`, with the question in its words, as a service's client may."""

    down = True

    def encode(self, texts: Sequence[str]) -> Vectors:
        if self.down:
            raise ConnectionError(f"could not encode {texts}")
        return super().encode(texts)


def failing(encoder: Failing, on_failure: Callable[[], None], clock: Callable[[], float]) -> SearchIndex:
    made = SearchIndex(words(), encoder, on_failure, clock)
    made.put(ALL, {one.id: Axes().encode(texts_of(one)) for one in ALL})
    return made


def test_an_encoder_that_fails_leaves_the_words() -> None:
    encoder = Failing()
    index = failing(encoder, lambda: None, lambda: 0.0)
    assert not index.failing
    assert found(index, "怎么开发票", Mode.FUSED) == found(index, "怎么开发票")
    assert index.failing
    encoder.down = False
    assert found(index, "能报销吗", Mode.FUSED)[0] == "invoice"
    assert not index.failing


def test_failures_are_counted_and_told_once_a_minute_without_the_question() -> None:
    counted: list[None] = []
    moments = [0.0, 1.0, 59.9, 60.0, 119.0, 180.0]
    index = failing(Failing(), lambda: counted.append(None), iter(moments).__next__)
    with capture_logs() as lines:
        for _ in moments:
            found(index, "怎么开发票", Mode.FUSED)
    assert len(counted) == len(moments)
    assert [(line["log_level"], line["failures"], line["error"]) for line in lines] == [
        ("warning", 1, "ConnectionError"),
        ("warning", 3, "ConnectionError"),
        ("warning", 2, "ConnectionError"),
    ]
    assert "发票" not in str(lines)


def test_of_a_letter_only_the_beginning_is_read() -> None:
    """To encode thousands of characters takes seconds, for each of the customer's messages."""
    read: list[str] = []
    letter = "怎么开发票，" + "还有一件事要说，" * 300

    class Counting(Axes):
        def encode(self, texts: Sequence[str]) -> Vectors:
            read.extend(texts)
            return super().encode(texts)

    index = SearchIndex(words(), Counting())
    index.put(ALL, {one.id: Axes().encode(texts_of(one)) for one in ALL})
    assert found(index, letter, Mode.FUSED)[0] == "invoice"
    assert read == [readable(letter)]
    assert len(read[0]) < 100


def test_the_passage_that_supports(index: SearchIndex) -> None:
    two = replace(RETURNS, passages=("退货要在七天内申请。", "寄回的运费由您出。"))
    index.put([two])
    hit = index.search(Query(text="退货运费谁出", mode=Mode.LEXICAL))[0]
    assert (hit.passage, hit.passage_number, hit.version) == ("寄回的运费由您出。", 1, 1)
    assert hit.confidence > 0.9


@pytest.mark.parametrize("asked", ["", "？？？", "\x00", "的了吗", "*" * 3000, "a" * 5000, "(退货 AND NOT"])
def test_odd_questions_are_no_failure(index: SearchIndex, asked: str) -> None:
    for mode in Mode:
        index.search(Query(text=asked, mode=mode))


SCOPED = [
    ({"scope": ArticleScope(shops=["liuli"])}, {"shop": "liuli"}, True),
    ({"scope": ArticleScope(shops=["liuli"])}, {"shop": "other"}, False),
    ({"scope": ArticleScope(shops=["liuli"])}, {}, True),
    ({"scope": ArticleScope(channels=["web"])}, {"channel": "wechat"}, False),
    ({"scope": ArticleScope(products=["P1"])}, {"products": ("P1", "P2")}, True),
    ({"scope": ArticleScope(products=["P1"])}, {"products": ("P2",)}, False),
    ({"scope": ArticleScope(products=["P1"])}, {"products": ()}, True),
    ({"tier": Tier.RARE}, {"tiers": frozenset({Tier.GENERAL})}, False),
    ({"valid_until": NOON}, {"at": NOON}, False),
    ({"valid_from": NOON}, {"at": NOON}, True),
    ({"valid_from": NOON}, {"at": NOON.replace(hour=3)}, False),
    ({"valid_until": NOON}, {}, True),
]


@pytest.mark.parametrize(("has", "asks", "applies"), SCOPED)
def test_filters(index: SearchIndex, has: dict[str, object], asks: dict[str, object], applies: bool) -> None:
    index.put([replace(INVOICE, **has)])
    assert ("invoice" in found(index, "怎么开发票", **asks)) is applies


def test_filters_reach_beyond_the_best(index: SearchIndex) -> None:
    index.put([document(f"other-{i}", "怎么开发票", scope=ArticleScope(shops=["other"])) for i in range(100)])
    assert found(index, "怎么开发票", shop="liuli")[0] == "invoice"


def test_changes_are_seen_at_once(index: SearchIndex) -> None:
    index.put([replace(INVOICE, title="纸质收据", questions=("有收据吗",), version=2)])
    assert "invoice" not in found(index, "发票抬头")
    assert found(index, "收据")[0] == "invoice"
    index.remove([INVOICE.id])
    assert found(index, "收据") == []
    assert "invoice" not in found(index, "报销", Mode.VECTOR)
    assert len(index.documents) == 2


def test_two_orders_become_one() -> None:
    both = fused([(1, 9.0), (2, 8.0), (3, 7.0)], {3: 0.95, 1: 0.6, 4: 0.1})
    assert [number for number, _ in both] == [3, 2, 1, 4]
    assert fused([(1, 9.0)], {}) == [(1, 9.0)]


def test_what_has_no_vectors_yet_is_found_among_many_that_have() -> None:
    others = [document(f"other-{n}", f"第 {n} 件{about}的事") for n in range(10) for about in ("退货", "发票")]
    others = [replace(one, id=uuid5(UUID(int=1), one.title)) for one in others]
    late = document("late", "陶笛怎么保养", "陶笛脏了怎么洗", body="用软布擦。")
    made = SearchIndex(words(), Axes())
    made.put([*others, late], {one.id: Axes().encode(texts_of(one)) for one in others})
    hits = made.search(Query(text="陶笛退色了怎么保养", limit=3))
    assert hits[0].slug == "late"
    assert hits[0].closeness is None
    assert hits[0].confidence > MAYBE


def test_what_is_not_meant_is_doubted(index: SearchIndex) -> None:
    assert all(hit.confidence < MAYBE for hit in index.search(Query(text="今天天气怎么样", mode=Mode.LEXICAL)))
