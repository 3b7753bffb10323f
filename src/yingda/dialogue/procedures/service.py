"""Brings about what the engine asks for: look-ups, deeds, tickets.

Deeds and tickets are written down before they are begun, and have one key each: a process that dies anywhere in between
is followed by one that finishes them, once.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
import structlog
from msgspec.structs import replace

from yingda.commerce import Change, Deed, Deeds, Done, Outcome, Refused
from yingda.conversations import Author, AuthorKind, HandOffReason, ImageContent
from yingda.dialogue import repository
from yingda.dialogue.case import Case
from yingda.dialogue.memory import Tried
from yingda.dialogue.procedures.changes import UNDO
from yingda.dialogue.procedures.choosing import option_of
from yingda.dialogue.procedures.engine import Engine
from yingda.dialogue.procedures.library import Library, shipped
from yingda.dialogue.procedures.reading import Source
from yingda.dialogue.procedures.schemas import Slot, SlotType
from yingda.dialogue.procedures.slots import fill
from yingda.dialogue.procedures.state import (
    Effect,
    Heard,
    Line,
    Logged,
    LookingUp,
    Move,
    Opening,
    Performing,
    Request,
    State,
    Told,
)
from yingda.dialogue.procedures.tools import TOOLS, Desk
from yingda.dialogue.replies import Reply
from yingda.dialogue.wording import template
from yingda.infra.database import Database
from yingda.kit.clock import now
from yingda.kit.errors import NotFound, Unavailable, YingdaError
from yingda.language import EntityKind, Part, Understanding
from yingda.tickets import NewTicket, OrderRef, open_ticket

logger = structlog.get_logger(__name__)

ASSISTANT = Author(AuthorKind.ASSISTANT)
#: Effects of one turn; more than this is a process that runs in circles.
_MOST_EFFECTS = 24
#: What invoices of persons are made out to; alone it sounds like a wish for a person.
_PERSONAL = frozenset({"个人", "personal"})
#: Slots whose values are proper names, in which any word may stand.
_ANY_WORDS = frozenset({SlotType.TEXT, SlotType.TITLE, SlotType.NAME, SlotType.PHOTO})
_NAMES = frozenset({SlotType.ADDRESS, SlotType.TITLE, SlotType.NAME, SlotType.EMAIL, SlotType.TAX_NO})


#: From how sure on, and up to how foreign, an intent is beyond doubt: names are foreign words to the language model.
_SURE, _FOREIGN = 0.85, 0.3


class Went(msgspec.Struct, frozen=True, kw_only=True):
    """How a turn went through the processes: what was learnt and tried; `cards` belong to lines that show one.

    `signs_in`: it came to nothing because the shop does not know the customer; `without_orders`: because they have no
    orders.
    """

    state: State
    lines: tuple[Line, ...]
    log: tuple[Logged, ...]
    cards: dict[str, Reply]
    facts: dict[str, Any]
    tried: tuple[Tried, ...]
    reason: HandOffReason | None = None
    aside: bool = False
    signs_in: bool = False
    without_orders: bool = False


class Procedures:
    """One a process."""

    def __init__(self, db: Database, deeds: Deeds, library: Library | None = None) -> None:
        self._db = db
        self._deeds = deeds
        self.library = library or shipped()
        self.engine = Engine(self.library, template)

    @classmethod
    async def open(cls, db: Database, deeds: Deeds, library: Library | None = None) -> "Procedures":
        """With processes that are put on record for the conversations that will begin with them."""
        procedures = cls(db, deeds, library)
        async with db.transaction() as tx:
            await repository.keep_versions(tx.conn, procedures.library.sources, now())
        return procedures

    async def know(self, state: State) -> None:
        """Bring in the former versions with which a conversation began."""
        unknown = [flow.digest for flow in state.flows if not self.library.knows(flow.digest)]
        if unknown:
            async with self._db.reading() as conn:
                for digest, body in await repository.versions(conn, unknown):
                    self.library.add(digest, body)

    async def hear(self, case: Case, *, understood: bool) -> Went | None:
        """None: no process is concerned."""
        heard = _heard(case, understood=understood)
        move = self.engine.hear(case.memory.state, heard)
        return await self._bring_about(case, heard, move) if move else None

    async def begin(self, case: Case, source: Source) -> Went:
        """Begin this one, whatever was understood."""
        heard = _heard(case, understood=True)
        return await self._bring_about(case, heard, self.engine.begin(case.memory.state, heard, source))

    async def finish(self, case: Case) -> Went:
        """What a process that died had begun to do."""
        top = case.memory.state.top
        move = Move(state=case.memory.state, effect=top.acting if top else None, lines=case.memory.unsaid)
        return await self._bring_about(case, _heard(case, understood=False), move)

    def is_answer(self, case: Case) -> bool:
        """Whether the turn is, word for word, one of the answers that a process has just offered."""
        waiting = case.memory.state.waiting
        if waiting is None:
            return False
        slot = self._awaited(case)
        titled = slot is not None and slot.type is SlotType.TITLE and case.text.strip().casefold() in _PERSONAL
        return titled or option_of(case.text, waiting.options) is not None

    def is_name(self, case: Case) -> bool:
        """Whether the turn is the address, the title or the like that was asked for."""
        slot = self._awaited(case)
        if slot is None or slot.type not in _NAMES:
            return False
        return fill(slot, _heard(case, understood=True), asked=True) is not None

    def answers(self, case: Case) -> bool:
        """Whether the turn says what was asked for, where not any words would."""
        slot, waiting = self._awaited(case), case.memory.state.waiting
        if slot is None or waiting is None or slot.type in _ANY_WORDS:
            return False
        return fill(slot, _heard(case, understood=True), waiting.options, asked=True) is not None

    def _awaited(self, case: Case) -> Slot | None:
        """What the open question is for."""
        waiting, top = case.memory.state.waiting, case.memory.state.top
        return self.library.process(top.digest).slots.get(waiting.slot or "") if waiting and top else None

    def remind(self, case: Case, state: State) -> Move:
        return self.engine.remind(state, _heard(case, understood=True))

    async def _bring_about(self, case: Case, heard: Heard, move: Move) -> Went:
        desk = Desk(case, self._deeds)
        moves, facts, tried, outcome = [move], dict[str, Any](), list[Tried](), ""
        for _ in range(_MOST_EFFECTS):
            if move.effect is None:
                break
            tried.append(self._title(move))
            told = await self._do(desk, move.state, move.effect, _lines(moves))
            facts |= told.facts
            outcome = told.outcome
            move = self.engine.told(move.state, heard, told)
            moves.append(move)
        return Went(
            state=move.state,
            lines=_lines(moves),
            log=tuple(logged for one in moves for logged in one.log),
            cards=desk.cards,
            facts=facts,
            tried=tuple(tried),
            reason=move.reason if move.effect is None else HandOffReason.FAILED,
            aside=any(one.aside for one in moves),
            signs_in=outcome == "sign_in",
            without_orders=outcome == "no_orders",
        )

    def _title(self, move: Move) -> Tried:
        top = move.state.top
        title = self.library.process(top.digest).step(top.at).title if top else None
        return Tried(title.zh, title.en) if title else Tried("", "")

    async def _do(self, desk: Desk, state: State, effect: Effect, unsaid: tuple[Line, ...]) -> Told:
        match effect:
            case LookingUp():
                return await _look_up(desk, effect)
            case Performing():
                await self._write_ahead(desk.case, state, unsaid)
                return await self._perform(desk.case, effect)
            case Opening():
                await self._write_ahead(desk.case, state, unsaid)
                return await self._open(desk.case, state, effect)

    async def _write_ahead(self, case: Case, state: State, unsaid: tuple[Line, ...]) -> None:
        memory = replace(case.memory, state=state, acted_seq=case.seq, unsaid=unsaid)
        async with self._db.transaction() as tx:
            await repository.remember(tx.conn, case.conversation_id, memory, now())

    async def _perform(self, case: Case, effect: Performing) -> Told:
        account = case.account
        if account is None:
            return Told(outcome="not_verified", text=case.say("sign_in_needed"))
        key = f"{case.conversation_id}:{effect.key}"
        if effect.change["type"] == UNDO:
            deed_id, owner = UUID(str(effect.change["deed_id"])), account.owner
            undone = await self._deeds.undo(
                account.store.code, owner, deed_id, verified=True, key=key, reason=effect.reason
            )
            return _told(case, undone)
        try:
            change = msgspec.convert(effect.change, Change)
        except msgspec.ValidationError as error:
            logger.warning("a deed was put together wrongly", change=effect.change.get("type"), problem=str(error))
            return Told(outcome="refused", text=case.say("deed_malformed"), person=True)
        deed = Deed(
            shop=account.store.code,
            owner=account.owner,
            verified=True,
            change=change,
            key=key,
            reason=effect.reason,
            conversation_id=case.conversation_id,
        )
        return _told(case, await self._deeds.perform(deed))

    async def _open(self, case: Case, state: State, effect: Opening) -> Told:
        order_no = state.top.facts.get("order_no") if state.top else None
        ticket = NewTicket(
            kind=effect.kind,
            title=effect.subject,
            author=ASSISTANT,
            source="assistant",
            level=effect.level,
            conversation_id=case.conversation_id,
            seq=case.seq,
            order=OrderRef(case.account.store.code, str(order_no)) if case.account and order_no else None,
            description=effect.detail,
            fields=dict(effect.fields),
            idempotency_key=f"{case.conversation_id}:{effect.key}",
            announce=False,
        )
        try:
            async with self._db.transaction() as tx:
                opened = await open_ticket(tx, ticket)
        except YingdaError as error:
            logger.warning("a ticket could not be opened", kind=effect.kind, problem=error.code)
            return Told(outcome="failed")
        return Told(outcome="found", facts={"ticket_no": opened.number})


def _lines(moves: Sequence[Move]) -> tuple[Line, ...]:
    return tuple(line for move in moves for line in move.lines)


async def _look_up(desk: Desk, effect: LookingUp) -> Told:
    try:
        return await TOOLS[effect.tool].ask(desk, effect.given)
    except (Unavailable, NotFound, OSError, TimeoutError):
        return Told(outcome="down")


def _told(case: Case, outcome: Outcome) -> Told:
    text = outcome.zh if case.locale == "zh" else outcome.en
    match outcome:
        case Done():
            facts = {"reference": outcome.receipt.reference or ""}
            return Told(outcome="done", text=text, facts=facts)
        case Refused():
            return Told(outcome=outcome.refusal.value, text=text, person=outcome.person)
        case _:
            return Told(outcome="underway", text=text)


def _heard(case: Case, *, understood: bool) -> Heard:
    read = case.understanding
    shown = tuple(content.file_id for content in case.contents if isinstance(content, ImageContent))
    return Heard(
        text=case.text,
        locale=case.locale,
        now=case.now,
        intent=read.intent,
        understood=understood,
        sure=read.confidence >= _SURE and read.out_of_scope <= _FOREIGN,
        entities=read.entities,
        parts=tuple(Request(part.intent.name, _order_in(part, read)) for part in read.parts),
        photos=case.memory.photos,
        shown=shown,
        offered=case.offered,
        shop=case.shop_name,
    )


def _order_in(part: Part, read: Understanding) -> str | None:
    named = (one for one in read.entities if one.kind is EntityKind.ORDER_NO and part.start <= one.start < part.end)
    return next((one.value for one in named), None)
