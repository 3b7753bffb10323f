"""Finding what an agent may answer, and keeping what they made of it."""

from datetime import timedelta
from uuid import UUID

import msgspec

from yingda.conversations import Conversation, asked
from yingda.infra.database import Database, Tx
from yingda.kit.clock import now
from yingda.knowledge import Answer, AnswerKind, ArticleHit, Drafter, Experts, Library, NewProposal, Query, correct
from yingda.workspace.suggestions import repository, rules
from yingda.workspace.suggestions.schemas import (
    Suggestion,
    SuggestionList,
    SuggestionOutcome,
    SuggestionSource,
)

#: Older verdicts are about articles as they were then.
_COUNTED = timedelta(days=90)
#: Articles that are looked at; fewer are shown.
_ARTICLES = 4
#: The graph answers or does not: it has no degrees.
_GRAPH_SURE = 0.9
#: Characters of the question where the answer names nothing.
_TITLE = 30


class Sources(msgspec.Struct, frozen=True):
    """Where suggestions come from. Without `drafter`, or where it writes nothing, drafts follow a template."""

    library: Library
    experts: Experts
    drafter: Drafter | None = None


async def suggest(db: Database, sources: Sources, head: Conversation, seq: int, staff_id: UUID) -> SuggestionList:
    """For the customer's words up to this message. Holds no connection while it searches."""
    async with db.reading() as conn:
        question = await asked(conn, head.id, seq)
        aside = await repository.rejected(conn, head.id, seq, staff_id)
    if not question:
        return SuggestionList(seq, [])
    found = await _articles(sources.library, head, question)
    answer = sources.experts.of(head.shop).ask(question)
    if told := _graph(answer, question):
        found.append(told)
    async with db.reading() as conn:
        records = await repository.records(conn, [one.key for one in found], now() - _COUNTED)
    shown = rules.ranked(found, records)
    drafter = None if answer.warns else sources.drafter
    if draft := await _draft(drafter, head, question, shown):
        shown = [draft, *shown]
    return SuggestionList(seq, [one for one in shown if one.key not in aside])


async def keep(tx: Tx, head: Conversation, staff_id: UUID, outcome: SuggestionOutcome) -> None:
    """Raises `ArticleNotFound` where the correction is of none."""
    await repository.keep(tx.conn, head.id, staff_id, outcome, now())
    if better := outcome.correction:
        question = await asked(tx.conn, head.id, outcome.seq)
        await correct(
            tx, NewProposal(question=question or better.text, detail=better.text, article_id=better.article_id)
        )


async def _articles(library: Library, head: Conversation, question: str) -> list[Suggestion]:
    query = Query(text=question, shop=head.shop, channel=head.channel, limit=_ARTICLES)
    return [_of_article(hit) for hit in await library.find(query)]


def _of_article(hit: ArticleHit) -> Suggestion:
    return Suggestion(
        key=f"article:{hit.slug}",
        source=SuggestionSource.ARTICLE,
        title=hit.title,
        text=hit.passage,
        confidence=hit.confidence,
        sources=[f"{hit.title} · v{hit.version}"],
        article_id=hit.article_id,
    )


def _graph(answer: Answer, question: str) -> Suggestion | None:
    if answer.kind is AnswerKind.UNKNOWN or not answer.about:
        return None
    return Suggestion(
        key=f"graph:{answer.kind.value}:{'|'.join(answer.about)}"[:200],
        source=SuggestionSource.GRAPH,
        title="、".join(dict.fromkeys(fact.subject for fact in answer.facts)) or question[:_TITLE],
        text=answer.answer,
        confidence=_GRAPH_SURE,
        sources=[source.title for source in answer.sources],
    )


async def _draft(
    drafter: Drafter | None, head: Conversation, question: str, shown: list[Suggestion]
) -> Suggestion | None:
    if not shown:
        return None
    evidence = rules.evidence(shown)
    if drafter and evidence and (written := await drafter.draft(question, evidence, head.shop)):
        return rules.written(written, shown[0])
    return rules.drafted(shown[0], head.emotion)
