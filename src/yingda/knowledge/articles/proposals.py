"""The queue of what articles should say: put in, accepted as a draft, or dismissed."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TypeAlias
from uuid import UUID

from yingda.identity import Principal
from yingda.infra.database import Connection, Database, Tx
from yingda.kit.clock import SHANGHAI, now
from yingda.kit.redaction import redact
from yingda.knowledge.articles.errors import ProposalClosed, ProposalNotFound
from yingda.knowledge.articles.repository import figures
from yingda.knowledge.articles.repository import proposals as repository
from yingda.knowledge.articles.schemas import (
    Article,
    Judged,
    MissedTopic,
    NewArticle,
    NewProposal,
    Proposal,
    ProposalKind,
    ProposalState,
    Rating,
)
from yingda.knowledge.articles.service import create, find

#: How far back misses are gathered, how many of them, and how much one that is asked all the time weighs.
_GATHERED_DAYS, _MOST_GATHERED, _MOST_TIMES = 7, 2_000, 20

#: How long a question is kept that was missed once, and a decision.
_ONCE_DAYS, _DECIDED_DAYS = 60, 365

#: Groups texts that are about the same.
Discover: TypeAlias = Callable[[Sequence[str]], Sequence[MissedTopic]]


async def propose(
    tx: Tx, kind: ProposalKind, question: str, detail: str = "", article_id: UUID | None = None
) -> Proposal:
    """Put it into the queue without personal data; what is there already counts once more."""
    return await repository.add(tx.conn, kind, redact(question)[:500], redact(detail)[:4000], article_id, now())


async def correct(tx: Tx, wanted: NewProposal) -> Proposal:
    """A colleague knows better. Raises `ArticleNotFound`."""
    if wanted.article_id:
        await find(tx.conn, wanted.article_id)
    return await propose(tx, ProposalKind.CORRECTION, wanted.question, wanted.detail, wanted.article_id)


async def rate(tx: Tx, article_id: UUID, rating: Rating) -> None:
    """Raises `ArticleNotFound`."""
    article = await find(tx.conn, article_id)
    useful = rating.verdict == "useful"
    day = now().astimezone(SHANGHAI).date()
    await figures.rate(tx.conn, article_id, day, useful=int(useful), useless=int(not useful))
    if not useful:
        await propose(tx, ProposalKind.LOW_RATING, rating.question or article.title, rating.detail, article_id)


async def judge(tx: Tx, judged: Judged) -> None:
    """Count a customer's verdict in place of their former one. While it is that the answer did not help, the question
    stands in the queue; of an article that is gone nothing is kept."""
    change = {verdict: int(judged.useful is verdict) - int(judged.former is verdict) for verdict in (True, False)}
    counted = await figures.rate(tx.conn, judged.article_id, judged.day, useful=change[True], useless=change[False])
    if not counted:
        return
    if change[False] > 0:
        await propose(tx, ProposalKind.LOW_RATING, judged.question, judged.answer, judged.article_id)
    elif change[False] < 0:
        question = redact(judged.question)[:500]
        await repository.take_back(tx.conn, ProposalKind.LOW_RATING, question, judged.article_id)


async def gather(db: Database, discover: Discover) -> None:
    """Propose what many have asked in vain in different words since a week ago."""
    since = now() - timedelta(days=_GATHERED_DAYS)
    async with db.reading() as conn:
        missed = await repository.missed_since(conn, since, _MOST_GATHERED)
    texts = [question for question, times in missed for _ in range(min(times, _MOST_TIMES))]
    topics = await asyncio.to_thread(discover, texts)
    async with db.transaction() as tx:
        for topic in topics:
            examples = "\n".join(topic.examples)
            await repository.add(tx.conn, ProposalKind.TOPIC, topic.name, examples, None, now(), topic.messages)


async def purge_proposals(tx: Tx) -> None:
    """What was asked in vain once and never again, and what was decided on long ago."""
    moment = now()
    await repository.purge(tx.conn, moment - timedelta(days=_ONCE_DAYS), moment - timedelta(days=_DECIDED_DAYS))


async def accept(tx: Tx, principal: Principal, proposal_id: UUID, wanted: NewArticle) -> Article:
    """A new draft out of it. Raises `ProposalNotFound`, `ProposalClosed`, and as `create` does."""
    await _open(tx.conn, proposal_id)
    article = await create(tx, principal, wanted)
    await _decide(tx.conn, proposal_id, ProposalState.ACCEPTED, principal, article.id)
    return article


async def settle(tx: Tx, principal: Principal, proposal_id: UUID, state: ProposalState) -> None:
    """Dismissed, or accepted by an edit of the article that it is about."""
    proposal = await _open(tx.conn, proposal_id)
    draft = proposal.article_id if state is ProposalState.ACCEPTED else None
    await _decide(tx.conn, proposal_id, state, principal, draft)


async def _open(conn: Connection, proposal_id: UUID) -> Proposal:
    proposal = await repository.find(conn, proposal_id, lock=True)
    if proposal is None:
        raise ProposalNotFound
    if proposal.state is not ProposalState.OPEN:
        raise ProposalClosed
    return proposal


async def _decide(
    conn: Connection, proposal_id: UUID, state: ProposalState, principal: Principal, draft_id: UUID | None
) -> None:
    await repository.decide(conn, proposal_id, state, principal.display_name, draft_id, now())
