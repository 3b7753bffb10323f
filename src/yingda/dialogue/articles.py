"""What the assistant says out of the shop's articles: the passage, with the title that it is from."""

from yingda.dialogue.case import Answer, Case, Shelf
from yingda.dialogue.replies import text, with_human
from yingda.knowledge import Fate, Hit, Query

#: From how sure on an article answers, and from how sure on it is offered with a person beside it.
SURE, MAYBE = 0.7, 0.45


async def from_articles(case: Case) -> Answer | None:
    """The best article's passage; with doubt, what was found and a person. None: nothing is near, which is noted."""
    if case.shelf is None or case.locale != "zh" or not case.text.strip():
        return None
    best = await _best(case, case.shelf)
    if best is None or best.confidence < MAYBE:
        _note(case, case.shelf, None)
        return None
    _note(case, case.shelf, best)
    sure = best.confidence >= SURE
    words = case.say("article" if sure else "article_maybe", passage=best.passage, title=best.title)
    return case.answer(
        text(words) if sure else with_human(words, case.locale),
        tried=f"知识库：{best.title}（{best.slug} 第 {best.version} 版）",
        expected_slot=None if sure else "confirm_human",
        last_intent=case.understanding.intent,
    )


async def _best(case: Case, shelf: Shelf) -> Hit | None:
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


def _note(case: Case, shelf: Shelf, hit: Hit | None) -> None:
    answered = hit is not None and hit.confidence >= SURE
    shelf.library.note(Fate(shelf.shop, case.text, hit.article_id if hit else None, answered))
