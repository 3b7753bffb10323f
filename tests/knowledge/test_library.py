"""What one process knows of the articles: vectors made once, misses gathered, a remote engine."""

from collections.abc import Sequence
from datetime import timedelta

import numpy as np

from yingda.app.library import gather_topics, words
from yingda.infra.database import Database
from yingda.infra.realtime import Hub
from yingda.kit.clock import now
from yingda.knowledge import (
    ArticleHit,
    ArticleVariable,
    Fate,
    Library,
    Mode,
    Query,
    Searcher,
    Values,
    purge_proposals,
    seed_demo,
)
from yingda.knowledge.search import Vectors

VALUES: Values = dict.fromkeys(ArticleVariable, "7")


class Letters:
    """A vector of which letters are there; counts what it is asked for."""

    name = "letters"

    def __init__(self) -> None:
        self.texts = 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.texts += len(texts)
        rows = np.zeros((len(texts), 64), np.float32)
        for row, text in zip(rows, texts, strict=True):
            row[0] = 0.01
            for letter in text:
                row[ord(letter) % 64] += 1
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


async def opened(
    db: Database, encoder: Letters | None = None, searcher: Searcher | None = None, values: Values = VALUES
) -> Library:
    return await Library.open(db, Hub(), words(), lambda _shop: values, encoder, searcher)


async def seeded(db: Database) -> None:
    async with db.transaction() as tx:
        await seed_demo(tx)


async def test_a_worker_encodes_once_for_everybody(db: Database) -> None:
    await seeded(db)
    worker, web = Letters(), Letters()
    library = await opened(db, worker)
    assert (await library.find(Query(text="七天无理由", mode=Mode.VECTOR)))[0].closeness is None
    while not await library.encode():
        pass
    made = worker.texts
    assert await library.encode()
    assert worker.texts == made
    await library.refresh()
    other = await opened(db, web)
    for one in (library, other):
        hits = await one.find(Query(text="七天无理由是从哪天开始算", mode=Mode.VECTOR))
        assert hits[0].slug == "return-7-days"
        assert hits[0].closeness
    assert web.texts == 1


async def test_what_the_shop_does_not_say_is_not_told(db: Database) -> None:
    await seeded(db)
    query = Query(text="七天无理由是从哪天开始算", mode=Mode.LEXICAL)
    assert (await (await opened(db)).find(query))[0].slug == "return-7-days"
    silent = await opened(db, values={ArticleVariable.SHOP_NAME: "某店"})
    assert "return-7-days" not in [hit.slug for hit in await silent.find(query)]


async def test_a_remote_engine_is_asked_instead(db: Database) -> None:
    class Remote:
        def search(self, query: Query) -> list[ArticleHit]:
            assert query.at
            return []

    await seeded(db)
    assert await (await opened(db, searcher=Remote())).find(Query(text="七天无理由")) == []


async def test_what_many_ask_in_vain_becomes_a_topic(db: Database) -> None:
    library = await opened(db)
    carved = [
        f"{how}星座图案吗" for how in ("可以刻", "能刻", "帮我刻", "礼盒上刻", "明天能刻好", "想刻", "多少钱刻", "会刻")
    ]
    taxed = [f"{how}专用发票啊" for how in ("开", "怎么开", "能开", "申请", "补开", "要", "什么时候开")]
    for question in [*carved, *taxed, "？？"]:
        library.note(Fate("liuli", question))
    await library.write_down()
    await gather_topics(db)
    async with db.reading() as conn:
        rows = await conn.fetch("SELECT question, detail, count FROM article_proposals WHERE kind = 'topic'")
        misses = await conn.fetchval("SELECT count(*) FROM article_proposals WHERE kind = 'miss'")
        days = await conn.fetch("SELECT shop, answered, offered, missed FROM article_days")
    assert {row["count"] for row in rows} == {8, 7}
    assert "能刻星座图案吗" in next(row["detail"] for row in rows if row["count"] == 8)
    assert misses == 15
    assert [tuple(row) for row in days] == [("liuli", 0, 0, 16)]


async def test_what_was_missed_once_long_ago_is_forgotten(db: Database) -> None:
    library = await opened(db)
    for question in ("一次", "两次", "两次", "刚才"):
        library.note(Fate("liuli", question))
    await library.write_down()
    async with db.transaction() as tx:
        await tx.conn.execute(
            "UPDATE article_proposals SET last_at = $1 WHERE question <> '刚才'", now() - timedelta(days=90)
        )
        await purge_proposals(tx)
        left = await tx.conn.fetch("SELECT question FROM article_proposals ORDER BY question")
    assert {row["question"] for row in left} == {"两次", "刚才"}


async def test_validity_ends_by_itself(db: Database) -> None:
    await seeded(db)
    async with db.transaction() as tx:
        await tx.conn.execute(
            "UPDATE article_versions SET content = content || jsonb_build_object('valid_until', $1::text) WHERE "
            "article_id = (SELECT id FROM articles WHERE slug = 'return-7-days')",
            (now() - timedelta(days=2)).date().isoformat(),
        )
    hits = await (await opened(db)).find(Query(text="七天无理由是从哪天开始算"))
    assert "return-7-days" not in [hit.slug for hit in hits]
