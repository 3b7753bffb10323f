"""What the assistant says out of the shop's articles: the passage, with the title that it is from."""

from yingda.conversations import Citation
from yingda.dialogue.case import Answer, Case, Shelf
from yingda.dialogue.replies import text, with_human
from yingda.knowledge import ArticleHit, Fate, Query

#: From how sure on an article answers, and from how sure on it is offered with a person beside it.
SURE, MAYBE = 0.7, 0.45


async def from_articles(case: Case) -> Answer | None:
    """The best article's passage; with doubt, what was found and a person, but not twice in a row.

    None: nothing is near, which is noted.
    """
    if case.shelf is None or case.locale != "zh" or not case.text.strip():
        return None
    best = await _best(case, case.shelf)
    sure = best is not None and best.confidence >= SURE
    if best is None or best.confidence < MAYBE or (not sure and _doubted_before(case)):
        case.shelf.library.note(Fate(case.shelf.shop, case.text))
        return None
    return _told(case, case.shelf, best, sure=sure)


async def for_sure(case: Case) -> Answer | None:
    """The best article's passage if there is no doubt; else nothing, and nothing is noted: something else answers."""
    if case.shelf is None or case.locale != "zh" or not case.text.strip():
        return None
    best = await _best(case, case.shelf)
    return _told(case, case.shelf, best, sure=True) if best and best.confidence >= SURE else None


def _told(case: Case, shelf: Shelf, best: ArticleHit, *, sure: bool) -> Answer:
    shelf.library.note(Fate(shelf.shop, case.text, best.article_id, sure))
    words = case.say("article" if sure else "article_maybe", passage=best.passage, title=best.title)
    citation = Citation(article_id=best.article_id, title=best.title, version=best.version, passage=best.passage_number)
    return case.answer(
        text(words, citation) if sure else with_human(words, case.locale, citation),
        tried=f"知识库：{best.title}（{best.slug} 第 {best.version} 版）",
        offers_human=not sure,
        last_intent=case.understanding.intent,
        misunderstood=0 if sure else case.memory.misunderstood + 1,
    )


def _doubted_before(case: Case) -> bool:
    memory = case.memory
    return memory.offers_human and memory.last_intent == case.understanding.intent


async def _best(case: Case, shelf: Shelf) -> ArticleHit | None:
    product = case.memory.product_id
    query = Query(
        text=case.text,
        shop=shelf.shop,
        channel=shelf.channel,
        products=(product,) if product else (),
        at=case.now,
        limit=3,
    )
    hits = await shelf.library.find(query)
    return max(hits, key=lambda hit: hit.confidence, default=None)
