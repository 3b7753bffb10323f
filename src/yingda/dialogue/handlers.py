"""What the assistant does when something happens below."""

from datetime import timedelta
from functools import partial

from yingda.commerce import DeedSettled
from yingda.conversations import (
    ConversationChanged,
    ConversationsMerging,
    MessageRated,
    MessageReceived,
    State,
    Verdict,
    asked_before,
    text_of,
)
from yingda.dialogue import repository
from yingda.dialogue.answerer import Answerer
from yingda.dialogue.keeping import leave_open
from yingda.dialogue.procedures.settling import tell_late
from yingda.dialogue.tasks import ANSWER, AnswerTurn
from yingda.infra.database import Tx
from yingda.infra.events import EventBus
from yingda.infra.jobs import Jobs
from yingda.kit.clock import SHANGHAI
from yingda.knowledge import Judged, judge

#: Over two hours, with the queue's pauses: no outage and no row of crashes leaves a customer without an answer.
ATTEMPTS = 20


def subscribe(bus: EventBus, jobs: Jobs, answerer: Answerer, *, grace_seconds: float) -> None:
    """`grace_seconds`: how long this process has to answer before any worker may."""
    grace = timedelta(seconds=grace_seconds)

    async def received(tx: Tx, event: MessageReceived) -> None:
        if event.place.state is not State.PENDING:
            return
        conversation_id = event.place.conversation_id
        job_id = await jobs.enqueue(
            tx.conn, ANSWER, AnswerTurn(conversation_id), run_at=event.message.created_at + grace
        )
        tx.after_commit(partial(answerer.kick, conversation_id, job_id))

    async def changed(tx: Tx, event: ConversationChanged) -> None:
        if event.place.state is State.RESOLVED:
            await leave_open(tx, event.place, await repository.memory_of(tx.conn, event.place.conversation_id))
            await repository.forget(tx.conn, event.place.conversation_id)

    async def merging(tx: Tx, event: ConversationsMerging) -> None:
        await repository.hand_down(tx.conn, event.source_id, event.place.conversation_id)

    async def settled(tx: Tx, event: DeedSettled) -> None:
        if event.late and event.deed.conversation_id:
            await tell_late(tx, event.deed)

    async def rated(tx: Tx, event: MessageRated) -> None:
        message, citation = event.message, event.citation
        question = await asked_before(tx.conn, message.conversation_id, message.seq)
        judged = Judged(
            article_id=citation.article_id,
            day=message.created_at.astimezone(SHANGHAI).date(),
            question=question or citation.title,
            answer=text_of(message.content),
            useful=event.verdict is Verdict.USEFUL,
            former=None if event.former is None else event.former is Verdict.USEFUL,
        )
        await judge(tx, judged)

    bus.subscribe(MessageRated, rated)
    bus.subscribe(DeedSettled, settled)
    bus.subscribe(MessageReceived, received)
    bus.subscribe(ConversationsMerging, merging)
    bus.subscribe(ConversationChanged, changed)
    jobs.handle(ANSWER, answerer.answer_job, attempts=ATTEMPTS)
