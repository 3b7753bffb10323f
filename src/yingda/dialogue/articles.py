"""What the assistant says out of the shop's articles: the passage, with the title that it is from, or, where a language
model may write, an answer from several passages and facts with the number of its source behind each sentence."""

import re
from collections.abc import Sequence

import msgspec

from yingda.conversations import Citation
from yingda.dialogue.case import Answer, Case, Shelf
from yingda.dialogue.memory import Tried
from yingda.dialogue.replies import text, with_human
from yingda.knowledge import Answer as GraphAnswer
from yingda.knowledge import ArticleHit, Evidence, Fate, Query, Tier

#: From how sure on an article answers, and from how sure on it is offered with a person beside it.
SURE, MAYBE = 0.7, 0.45
#: Paragraphs of the best article, and facts, that an answer may be drafted from.
_GOES_ON = re.compile("那?.{1,3}呢[?？]?")
_PARAGRAPHS, _FACTS = 8, 6


async def from_articles(case: Case) -> Answer | None:
    """The best article's passage; with doubt, what was found and a person, but not twice in a row.

    None: nothing is near, which is noted.
    """
    if case.shelf is None or case.locale != "zh" or not case.text.strip() or _only_goes_on(case):
        return None
    hits = await _found(case, case.shelf)
    best = max(hits, key=lambda hit: hit.confidence, default=None)
    sure = best is not None and best.confidence >= SURE
    if best is None or best.confidence < MAYBE or (not sure and _doubted_before(case)):
        case.shelf.library.note(Fate(case.shelf.shop, case.text))
        return None
    return await _told(case, case.shelf, best, hits, sure=sure)


async def for_sure(case: Case) -> Answer | None:
    """The best article's passage if there is no doubt; else nothing, and nothing is noted: something else answers."""
    if case.shelf is None or case.locale != "zh" or not case.text.strip():
        return None
    hits = await _found(case, case.shelf)
    best = max(hits, key=lambda hit: hit.confidence, default=None)
    if best is None or best.confidence < SURE:
        return None
    return await _told(case, case.shelf, best, hits, sure=True)


async def on_a_rule(case: Case) -> Answer | None:
    """What the articles say to a turn that certainly asks for a rule, also with doubt: it was understood."""
    if case.shelf is None or case.locale != "zh":
        return None
    hits = await _found(case, case.shelf)
    best = max(hits, key=lambda hit: hit.confidence, default=None)
    if best is None or best.confidence < MAYBE:
        return None
    told = await _told(case, case.shelf, best, hits, sure=best.confidence >= SURE)
    return msgspec.structs.replace(told, memory=msgspec.structs.replace(told.memory, misunderstood=0))


async def _told(case: Case, shelf: Shelf, best: ArticleHit, hits: Sequence[ArticleHit], *, sure: bool) -> Answer:
    shelf.library.note(Fate(shelf.shop, case.text, best.article_id, sure))
    drafted = await _drafted(case, shelf, best, hits) if sure else None
    words = drafted or case.say("article" if sure else "article_maybe", passage=best.passage, title=best.title)
    citation = Citation(article_id=best.article_id, title=best.title, version=best.version, passage=best.passage_number)
    return case.answer(
        text(words, citation) if sure else with_human(words, case.locale, citation),
        tried=Tried(
            f"知识库：{best.title}（{best.slug} 第 {best.version} 版）",
            f"Knowledge: {best.title} ({best.slug}, version {best.version})",
        ),
        offers_human=not sure,
        last_intent=case.understanding.intent,
        misunderstood=0 if sure else case.memory.misunderstood + 1,
    )


def _only_goes_on(case: Case) -> bool:
    """晚上呢, after advice: by itself it is about anything."""
    return (case.memory.last_intent or "").startswith("product.") and _GOES_ON.fullmatch(case.text.strip()) is not None


def _doubted_before(case: Case) -> bool:
    memory = case.memory
    return memory.offers_human and memory.last_intent == case.understanding.intent


async def _found(case: Case, shelf: Shelf) -> list[ArticleHit]:
    query = Query(
        text=case.text,
        shop=shelf.shop,
        channel=shelf.channel,
        products=_about(case),
        at=case.now,
        limit=3,
    )
    return await shelf.library.find(query)


def _about(case: Case) -> tuple[str, ...]:
    return (case.memory.product_id,) if case.memory.product_id else ()


async def _drafted(case: Case, shelf: Shelf, best: ArticleHit, hits: Sequence[ArticleHit]) -> str | None:
    """An answer with its sources; None: a single paragraph needs no drafting, or no draft is supported.

    What experts approved word by word is told so, and so is what warns of something.
    """
    if shelf.drafter is None or best.tier is not Tier.GENERAL:
        return None
    graph = case.adviser.ask(case.text, _about(case)) if case.adviser else None
    if graph and graph.warns:
        return None
    paragraphs = [line for one in shelf.library.passages(best, shelf.shop) for line in one.splitlines()]
    others = [one for one in hits if one is not best and one.confidence >= MAYBE and one.tier is Tier.GENERAL]
    evidence = [
        *(Evidence(f"《{best.title}》", one) for one in paragraphs[:_PARAGRAPHS]),
        *(Evidence(f"《{one.title}》", one.passage) for one in others),
        *(_facts(graph) if graph else ()),
    ]
    if len(evidence) < 2:
        return None
    draft = await shelf.drafter.draft(case.text, evidence, shelf.shop)
    if draft is None:
        return None
    sources = "\n".join(f"[{number}] {title}" for number, title in enumerate(draft.sources, 1))
    return case.say("article_drafted", answer=draft.marked, sources=sources)


def _facts(answer: GraphAnswer) -> list[Evidence]:
    titles = {source.id: source.title for source in answer.sources}
    return [
        Evidence(titles[fact.source], f"{fact.subject}：{fact.text}")
        for fact in answer.facts[:_FACTS]
        if fact.source in titles
    ]
