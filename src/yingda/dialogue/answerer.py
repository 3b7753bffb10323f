"""Answers turns: at once in the process that received them, or later in any worker if that process died.

The job row written with the message is the guarantee. The process that stored the message answers right after the
commit and takes the job row away in the transaction that stores the answer. Whoever answers, `conversations.answer`
lets exactly one answer per turn through.
"""

import asyncio
from functools import partial
from time import perf_counter
from typing import Protocol
from uuid import UUID

import msgspec
import structlog

from yingda.commerce import OrderNotFound, Store
from yingda.conversations import (
    Conversation,
    ConversationNotFound,
    ImageContent,
    Message,
    State,
    Turn,
    add_labels,
    answer,
    say,
    text_of,
    unanswered,
)
from yingda.customers import external_id_of, hold, speaks
from yingda.dialogue import repository
from yingda.dialogue.case import Account, Adviser, Case, Library, Shelf
from yingda.dialogue.introducing import Apart, Introducing, apart, whole
from yingda.dialogue.keeping import keep
from yingda.dialogue.memory import Memory
from yingda.dialogue.procedures.model import Chooser, choose
from yingda.dialogue.procedures.service import ASSISTANT, Procedures
from yingda.dialogue.reading import Reader, certain, chosen, pieces_of, read_turn, record_of
from yingda.dialogue.remembering import Remembering
from yingda.dialogue.step import FILES, Step, answer_to_what_is_shown, step_aside, take_step
from yingda.dialogue.tasks import AnswerTurn
from yingda.dialogue.tongue import LOCALES, locale_of, tells
from yingda.infra.database import DATABASE_DOWN, Database
from yingda.infra.jobs import Jobs
from yingda.infra.metrics import Metrics
from yingda.kit.clock import now
from yingda.kit.errors import Locale, Unavailable
from yingda.knowledge import Drafter
from yingda.language import Context, EntityKind, Understanding, language_of
from yingda.routing import Facts, Kept, Subject, hand_over

logger = structlog.get_logger(__name__)

#: More than this many customer characters in one turn are not read by the engine.
TURN_CHARS = 2000
#: So many photographs of a conversation are remembered as evidence, the latest ones.
MOST_PHOTOS = 20


class Triage(Protocol):
    """What decides who answers."""

    async def decide(self, facts: Facts, subject: Subject) -> Kept: ...


class Advisers(Protocol):
    """Who knows about a shop's products."""

    def of(self, shop: str | None) -> Adviser: ...


class Answerer:
    """One a process. `stores` by shop code."""

    def __init__(
        self,
        db: Database,
        jobs: Jobs,
        engine: Reader,
        triage: Triage,
        stores: dict[str, Store],
        metrics: Metrics,
        procedures: Procedures,
        advisers: Advisers | None = None,
        library: Library | None = None,
        chooser: Chooser | None = None,
        drafter: Drafter | None = None,
    ) -> None:
        self._db = db
        self._triage = triage
        self._jobs = jobs
        self._engine = engine
        self._stores = stores
        self._metrics = metrics
        self._procedures = procedures
        self._advisers = advisers
        self._library = library
        self._chooser = chooser
        self._drafter = drafter
        self._introducing = Introducing(db, procedures)
        self._remembering = Remembering(db)
        self._waiting: dict[UUID, list[int]] = {}
        self._busy: dict[UUID, asyncio.Task[None]] = {}

    def kick(self, conversation_id: UUID, job_id: int) -> None:
        """A turn was committed: answer it now, one turn of a conversation at a time."""
        self._waiting.setdefault(conversation_id, []).append(job_id)
        if conversation_id not in self._busy:
            self._busy[conversation_id] = asyncio.create_task(self._work_off(conversation_id))

    async def drain(self) -> None:
        """Wait for the turns under way. What could not be answered stays with its job row."""
        await asyncio.gather(*self._busy.values(), return_exceptions=True)

    async def answer_job(self, job: AnswerTurn) -> None:
        """What a worker does with a job row that outlived its process, or that the process was too slow for."""
        await self._answer(job.conversation_id, [])

    async def _work_off(self, conversation_id: UUID) -> None:
        try:
            while job_ids := self._waiting.pop(conversation_id, None):
                await self._answer(conversation_id, job_ids)
        except Exception as error:
            if not isinstance(error, DATABASE_DOWN):
                logger.exception("answering failed; the job row will bring the turn back")
        finally:
            self._waiting.pop(conversation_id, None)
            del self._busy[conversation_id]

    async def _answer(self, conversation_id: UUID, job_ids: list[int]) -> None:
        """Answer what is unanswered; again from the start when another writer came in between."""
        started = perf_counter()
        while True:
            async with self._db.reading() as conn:
                try:
                    head, messages = await unanswered(conn, conversation_id)
                except ConversationNotFound:
                    return
                memory = await repository.memory_of(conn, conversation_id)
                owner = await external_id_of(conn, head.customer_id, f"shop:{head.shop}")
            if not messages or head.state is not State.PENDING:
                await self._discard(job_ids)
                return
            turn, step = await self._decide(head, messages, memory, owner)
            writes = step.answer.memory.writes
            shown = writes if writes != memory.writes else None
            if await self._store(head.customer_id, turn, step, job_ids, shown):
                self._metrics.answers.labels("assistant").observe(perf_counter() - started)
                return

    async def _decide(
        self, head: Conversation, messages: list[Message], memory: Memory, owner: str | None
    ) -> tuple[Turn, Step]:
        """What to do. When the assistant itself breaks, a person takes over: silence would be no answer."""
        last = messages[-1]
        turn = Turn(conversation_id=head.id, answered_seq=head.answered_seq, seq=last.seq)
        try:
            case = await self._case(head, messages, memory, owner)
            remembering = partial(self._remembering.around, head, take=partial(self._step, head))
            step, kept = await self._introducing.around(case, remembering)
        except DATABASE_DOWN:
            raise
        except Exception:
            logger.exception("the assistant failed; a person takes over", conversation_id=str(head.id))
            return turn, step_aside(text_of(last.content), memory)
        record = record_of(case.understanding, case.places, case.pieces, kept, step.answer.log)
        understood = msgspec.structs.replace(
            turn,
            intent=case.understanding.intent,
            emotion=case.understanding.emotion.value,
            understandings={last.seq: record},
        )
        return understood, step

    async def _step(self, head: Conversation, case: Case) -> tuple[Step, Kept]:
        """What to do, and what is kept of why."""
        await self._procedures.know(case.memory.state)
        if shown := await answer_to_what_is_shown(case, self._procedures):
            return shown, Kept(decision=shown.decision)
        subject = Subject(head.customer_id, head.created_at, partial(_order_cents, case))
        kept = await self._triage.decide(_facts(head, case), subject)
        return await take_step(case, kept.decision, self._procedures), kept

    async def _case(self, head: Conversation, messages: list[Message], memory: Memory, owner: str | None) -> Case:
        heard = memory.acted_seq if memory.state.acting else 0
        new = [message for message in messages if message.seq > heard]
        contents = [message.content for message in new]
        photos = [content.file_id for content in contents if isinstance(content, ImageContent)]
        memory = msgspec.structs.replace(memory, photos=(*memory.photos, *photos)[-MOST_PHOTOS:])
        spoken = [(one.seq, text_of(one.content)) for one in new if not isinstance(one.content, FILES)]
        words = "\n".join(said for _, said in spoken)[:TURN_CHARS]
        moment = now()
        context = Context(
            now=moment,
            last_question=memory.last_question,
            expected_slot=expected_slot(memory),
            last_intent=memory.last_intent,
        )
        taken = chosen(words, memory.state, memory.locale)
        said = whole(words) if taken else apart(words)
        rest = said.rest
        if said.asked and not rest:
            contents = [content for content in contents if isinstance(content, FILES)]
            taken = None if contents else _introduced(said)
        understanding, offered = taken or await read_turn(self._engine, rest, context), dict[str, str]()
        if self._chooser and not taken:
            library = self._procedures.library
            understanding, offered = await choose(self._chooser, rest, understanding, library, memory.state)
        store = self._stores.get(head.shop)
        memory = _with_language(memory, said, understanding)
        return Case(
            conversation_id=head.id,
            seq=messages[-1].seq,
            text=rest,
            contents=contents,
            understanding=understanding,
            memory=memory,
            locale=memory.locale,
            shop_name=store.name if store else "",
            store=store,
            account=Account(store, owner) if store and owner else None,
            now=moment,
            adviser=self._advisers.of(head.shop) if self._advisers else None,
            shelf=Shelf(self._library, head.shop, head.channel, self._drafter) if self._library else None,
            offered=offered,
            asks_who=bool(said.asked),
            places=said.places,
            pieces=pieces_of(spoken),
        )

    async def _store(self, customer_id: UUID, turn: Turn, step: Step, job_ids: list[int], shown: Locale | None) -> bool:
        """Store replies, memory and hand-off together with the mark that the turn is answered; False: start again.
        `shown`: the customer turns out to write this language."""
        async with self._db.transaction() as tx:
            if shown or step.answer.memory.personal.keeping:
                await hold(tx, customer_id)
            if not await answer(tx, turn):
                return False
            if shown:
                await speaks(tx, customer_id, shown)
            for reply in step.answer.replies:
                await say(tx, turn.conversation_id, ASSISTANT, reply.kind, reply.content)
            memory = await keep(tx, turn.conversation_id, turn.seq, step.answer.memory)
            await repository.remember(tx.conn, turn.conversation_id, memory, now())
            if step.answer.log:
                await repository.log_steps(tx.conn, turn.conversation_id, turn.seq, step.answer.log, now())
            decision = step.decision
            if decision.label_ids:
                await add_labels(tx, turn.conversation_id, decision.label_ids)
            if step.story:
                await hand_over(tx, turn.conversation_id, step.story, step.level, team_id=decision.team_id)
            for job_id in job_ids:
                await self._jobs.discard(tx.conn, job_id)
            return True

    async def _discard(self, job_ids: list[int]) -> None:
        async with self._db.transaction() as tx:
            for job_id in job_ids:
                await self._jobs.discard(tx.conn, job_id)


def _introduced(said: Apart) -> Understanding:
    """Who only asks with whom they talk begins a conversation."""
    return certain("chat.greeting", language_of(said.asked))


def _with_language(memory: Memory, said: Apart, read: Understanding) -> Memory:
    """In which language the turn is answered, by the question with whom they talk where the rest shows none; and which
    one they write, if that has shown."""
    words = said.rest
    if said.asked and not any(tells(words, read, locale) for locale in LOCALES):
        words, read = said.asked, _introduced(said)
    locale = locale_of(words, read, memory)
    return msgspec.structs.replace(
        memory, locale=locale, writes=locale if tells(words, read, locale) else memory.writes
    )


def expected_slot(memory: Memory) -> str | None:
    """What the language engine is told to expect."""
    waiting = memory.state.waiting
    if waiting is None:
        return "confirm" if memory.offers_human else None
    return waiting.slot or "confirm"


def _facts(head: Conversation, case: Case) -> Facts:
    """What the turn itself tells the rules."""
    read = case.understanding
    return Facts(
        text=case.text,
        intent=read.intent,
        confidence=read.confidence,
        out_of_scope=read.out_of_scope,
        emotion=read.emotion,
        sentiment=read.sentiment,
        urgency=read.urgency,
        channel=head.channel,
        shop=head.shop,
        at=case.now,
        misunderstood=case.memory.misunderstood,
        reopened=head.first_response_at is not None,
    )


async def _order_cents(case: Case) -> int | None:
    """What the order that is talked about cost, else the latest one; None where no shop can tell."""
    if case.account is None:
        return None
    named = case.understanding.first(EntityKind.ORDER_NO)
    order_no = named.value if named else case.memory.order_no
    orders = case.account.store.orders
    try:
        if order_no:
            return (await orders.get(case.account.owner, order_no)).total_cents
        latest = await case.account.recent(1)
    except (OrderNotFound, Unavailable, OSError, TimeoutError):
        return None
    return latest[0].total_cents if latest else None
