"""Memory across conversations: what customers tell of themselves is kept if they allow it, used, shown and forgotten.

It stands around a turn's own step: before it, what is known goes into the case; after it, the customer may be asked.
"""

from collections.abc import Awaitable, Callable, Collection, Sequence
from uuid import UUID

import msgspec

from yingda.conversations import Conversation, QuickReply
from yingda.customers import (
    Expecting,
    Matter,
    Skin,
    SkinType,
    merged,
)
from yingda.dialogue import telling
from yingda.dialogue.case import Adviser, Answer, Case
from yingda.dialogue.keeping import Known, known_of
from yingda.dialogue.personal import Keeping, Personal, allowed, given, needed_for
from yingda.dialogue.reading import certain
from yingda.dialogue.replies import Reply, choices, text
from yingda.dialogue.step import Step, topic_of
from yingda.dialogue.telling import Wish, described
from yingda.infra.database import Database
from yingda.knowledge import Answer as GraphAnswer
from yingda.knowledge import Called, Wearer
from yingda.privacy import ConsentPurpose, ConsentState
from yingda.routing import Answerer, Kept, unasked
from yingda.tickets import Ticket, undone_of

ABOUT_MEMORY = unasked(Answerer.ASSISTANT, "memory", "客户问起或决定记住什么", "What is remembered of the customer")

#: Intents of which what is known of the customer may change the answer.
_PERSONAL = ("product.", "chat.inform", "other")
_GREETING, _INFORM = "chat.greeting", "chat.inform"
_HURT = "product.adverse"
#: A reading that is surer than this stands; of somebody who is hurt, a likely one.
_SURE, _LIKELY = 0.6, 0.4

_SKINS = {
    SkinType.DRY: "干性",
    SkinType.NORMAL: "中性",
    SkinType.COMBINATION: "混合性",
    SkinType.OILY: "油性",
}

TakeStep = Callable[[Case], Awaitable[tuple[Step, Kept]]]


class Advising(msgspec.Struct, frozen=True):
    """An adviser who knows whom the advice is for."""

    adviser: Adviser
    wearer: Wearer

    def ask(self, text: str, about: Sequence[str] = (), wearer: Wearer | None = None) -> GraphAnswer:
        return self.adviser.ask(text, about, wearer or self.wearer)

    def goods(self, text: str, *, sounding: bool = False) -> list[Called]:
        return self.adviser.goods(text, sounding=sounding)


class Remembering:
    """One a process."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def around(self, head: Conversation, case: Case, take: TakeStep) -> tuple[Step, Kept]:
        """The turn's step, taken with what is known of the customer."""
        before = case.memory.personal
        case = _with_personal(case, before.next())
        if not case.text or case.memory.state.acting:
            return await take(case)
        if own := await self._about_memory(head, case, before):
            return own, Kept(decision=own.decision)
        said = telling.told(case.text)
        invited = before.invited and said != Skin()
        case = _with_told(_as_told(case) if invited else case, said)
        if not _matters_here(case, said):
            step, kept = await take(case)
            return _with_profile(case, step), kept
        known = await self._known(head.customer_id)
        step, kept = await take(_advised(case, known))
        return _follow(case, _with_profile(case, step), known, said, invited=invited), kept

    async def _known(self, customer_id: UUID) -> Known:
        async with self._db.reading() as conn:
            return await known_of(conn, customer_id)

    async def _about_memory(self, head: Conversation, case: Case, before: Personal) -> Step | None:
        """The customer speaks of the memory itself: answers our question, or has a wish."""
        if before.invited and telling.consents(case.text) is False:
            return await self._answered(head, case, before, yes=False)
        if before.asking and (yes := telling.consents(case.text)) is not None:
            return await self._answered(head, case, before, yes=yes)
        match telling.wish_of(case.text):
            case Wish.FORGET:
                return _step(case, Personal(keeping=Keeping(forget=True)), text(case.say("memory_forgotten")))
            case Wish.KEEP:
                return await self._keep_all(head, case)
            case Wish.SHOW:
                return await self._show(head, case)
        return None

    async def _answered(self, head: Conversation, case: Case, before: Personal, *, yes: bool) -> Step:
        state = ConsentState.GIVEN if yes else ConsentState.REFUSED
        consents = dict.fromkeys(before.asking or (ConsentPurpose.MEMORY,), state)
        if not yes:
            personal = msgspec.structs.replace(before.next(), keeping=Keeping(consents=consents))
            return _step(case, personal, text(case.say("memory_refused")))
        known = await self._known(head.customer_id)
        kept = allowed(before.told, given(known.consents | consents))
        personal = msgspec.structs.replace(before.next(), keeping=Keeping(consents=consents, told=kept))
        return _step(case, personal, text(case.say("memory_kept", what=_listed(kept, case))))

    async def _keep_all(self, head: Conversation, case: Case) -> Step:
        """They ask for it themselves: that allows what is no matter of health, for which they are asked."""
        known = await self._known(head.customer_id)
        told = merged(merged(known.skin, case.memory.personal.told), telling.told(case.text))
        consents = known.consents | {ConsentPurpose.MEMORY: ConsentState.GIVEN}
        kept = allowed(told, given(consents))
        keeping = Keeping(consents={ConsentPurpose.MEMORY: ConsentState.GIVEN}, told=kept)
        personal = Personal(told=told, keeping=keeping, invited=told == Skin())
        if personal.invited:
            return _step(case, personal, _invitation(case))
        words = [text(case.say("memory_kept", what=_listed(kept, case)))] if kept != Skin() else []
        step = _step(case, personal, *words)
        unheard = needed_for(told) - given(consents)
        return _asking(case, step, told, unheard, keeping) if unheard else step

    async def _show(self, head: Conversation, case: Case) -> Step:
        async with self._db.reading() as conn:
            known, tickets = await known_of(conn, head.customer_id), await undone_of(conn, head.customer_id)
        asking = tuple(sorted(needed_for(case.memory.personal.told) - given(known.consents)))
        personal = msgspec.structs.replace(case.memory.personal, asking=asking)
        return _step(case, personal, *_recollection(case, known, tickets, offers=bool(asking)))


def _with_profile(case: Case, step: Step) -> Step:
    """Whoever takes over reads what the customer has told of themselves here."""
    told = described(case.memory.personal.told, "zh")
    if step.story is None or not told:
        return step
    story = msgspec.structs.replace(step.story, slots=step.story.slots | {"profile": "、".join(told)})
    return msgspec.structs.replace(step, story=story)


def _follow(case: Case, step: Step, known: Known, said: Skin, *, invited: bool) -> Step:
    """After the answer: remind of what was left open, note what was told, or ask whether it may be kept. Where it was
    asked for, that is the answer."""
    memory = step.answer.memory
    if step.story or memory.offers_human or (memory.state.waiting and not invited):
        return step
    if case.understanding.intent == _GREETING and known.remembered.matters:
        return _reminded(case, step, known.remembered.matters)
    told = case.memory.personal.told
    kept = allowed(said, given(known.consents))
    keeping = Keeping(told=kept)
    if kept != Skin() and merged(known.remembered.skin, kept) != known.remembered.skin:
        step = _noted(case, step, kept, keeping, invited=invited)
    unheard = needed_for(told) - known.consents.keys()
    return _asking(case, step, told, unheard, keeping) if unheard and not memory.state.waiting else step


def _noted(case: Case, step: Step, kept: Skin, keeping: Keeping, *, invited: bool) -> Step:
    """Of what they were asked for it is the answer, or stands before a question that is open besides."""
    what = _listed(kept, case)
    if not (invited and case.understanding.intent == _INFORM):
        return _with(step, keeping, text(case.say("memory_noted", what=what)))
    open_question = step.answer.replies if step.answer.memory.state.waiting else []
    replies = [text(case.say("memory_kept", what=what)), *open_question]
    return _with(msgspec.structs.replace(step, answer=msgspec.structs.replace(step.answer, replies=replies)), keeping)


def _as_told(case: Case) -> Case:
    """What was just asked for and is told is information, however few words it takes, unless it asks for something; in
    what temper it is told stays as it was heard."""
    read = case.understanding
    hurt = read.intent == _HURT and read.confidence >= _LIKELY
    stands = hurt or (read.confidence >= _SURE and not read.intent.startswith("product."))
    if stands or telling.wants_advice(case.text):
        return case
    informs = certain(_INFORM, read.language)
    heard = msgspec.structs.replace(read, intents=informs.intents, out_of_scope=informs.out_of_scope)
    return msgspec.structs.replace(case, understanding=heard)


def _matters_here(case: Case, said: Skin) -> bool:
    """Whether anything that is kept could change this turn: else nothing is looked up."""
    intent = case.understanding.intent
    fresh = case.memory.last_intent is None and not case.memory.tried
    return said != Skin() or intent.startswith(_PERSONAL) or (intent == _GREETING and fresh)


def _with_personal(case: Case, personal: Personal) -> Case:
    return msgspec.structs.replace(case, memory=msgspec.structs.replace(case.memory, personal=personal))


def _with_told(case: Case, said: Skin) -> Case:
    personal = case.memory.personal
    return _with_personal(case, msgspec.structs.replace(personal, told=merged(personal.told, said)))


def _advised(case: Case, known: Known) -> Case:
    """With an adviser who minds what is known; not for what somebody buys for somebody else."""
    if case.adviser is None or telling.about_others(case.text):
        return case
    wearer = wearer_of(merged(known.skin, case.memory.personal.told))
    return msgspec.structs.replace(case, adviser=Advising(case.adviser, wearer))


def wearer_of(skin: Skin) -> Wearer:
    """A profile as the beauty graph understands it."""
    skins = [_SKINS[skin.type]] if skin.type else []
    return Wearer(
        skins=(*skins, *(["敏感性"] if skin.sensitive else [])),
        avoid=tuple(skin.avoid),
        pregnant=skin.expecting in (Expecting.PLANNING, Expecting.PREGNANT),
        nursing=skin.expecting is Expecting.NURSING,
    )


def _listed(skin: Skin, case: Case) -> str:
    return ("、" if case.locale == "zh" else ", ").join(described(skin, case.locale))


def _step(case: Case, personal: Personal, *replies: Reply) -> Step:
    """A turn that was about the memory and nothing else: what was being talked about stays as it was."""
    memory = msgspec.structs.replace(case.memory, personal=personal)
    return Step(answer=Answer(replies=list(replies), memory=memory), decision=ABOUT_MEMORY)


def _with(step: Step, keeping: Keeping, *replies: Reply, **personal: object) -> Step:
    """The step, with more said and something to be kept."""
    memory = step.answer.memory
    changed = msgspec.structs.replace(memory.personal, keeping=keeping, **personal)
    answer = msgspec.structs.replace(
        step.answer,
        replies=[*step.answer.replies, *replies],
        memory=msgspec.structs.replace(memory, personal=changed),
    )
    return msgspec.structs.replace(step, answer=answer)


def _asking(case: Case, step: Step, told: Skin, unheard: Collection[ConsentPurpose], keeping: Keeping) -> Step:
    """Ask once, in natural words; unanswered, it counts as no for the time being. `keeping`: what else is kept."""
    purposes = tuple(sorted(unheard))
    question = case.say("memory_ask", what=_listed(allowed(told, purposes), case))
    buttons = [
        QuickReply(case.say("label_remember"), case.say("label_remember")),
        QuickReply(case.say("label_forget"), case.say("label_forget")),
    ]
    consents = {**keeping.consents, **dict.fromkeys(purposes, ConsentState.ASKED)}
    asked = msgspec.structs.replace(keeping, consents=consents)
    return _with(step, asked, choices(question, buttons), asking=purposes)


def _invitation(case: Case) -> Reply:
    """Nothing has been told yet: what could be kept, with the types of skin to choose from."""
    kinds = [described(Skin(type=kind), case.locale)[0] for kind in SkinType]
    return choices(case.say("memory_ready"), [QuickReply(kind, kind) for kind in kinds])


def _reminded(case: Case, step: Step, matters: Sequence[Matter]) -> Step:
    matter = matters[0]
    topic = topic_of(matter.intent, case.locale)
    about = f"{topic} {matter.order_no}" if matter.order_no else topic
    offer = choices(case.say("matter_open", topic=about), [QuickReply(case.say("label_go_on"), about)])
    return _with(step, Keeping(told_of_matters=True), offer)


def _recollection(case: Case, known: Known, tickets: Sequence[Ticket], *, offers: bool) -> list[Reply]:
    """Everything that is remembered, here and across conversations, and how to have it forgotten; `offers`: or kept."""
    lines = []
    if kept := _listed(known.remembered.skin, case):
        lines.append(case.say("memory_shown", what=kept))
    told = case.memory.personal.told
    if merged(known.remembered.skin, told) != known.remembered.skin:
        lines.append(case.say("memory_here", what=_listed(told, case)))
    if known.remembered.matters:
        topics = ("、" if case.locale == "zh" else ", ").join(
            topic_of(matter.intent, case.locale) for matter in known.remembered.matters
        )
        lines.append(case.say("matters_shown", topics=topics))
    if tickets:
        numbers = ("、" if case.locale == "zh" else ", ").join(ticket.number for ticket in tickets)
        lines.append(case.say("tickets_shown", numbers=numbers))
    if not lines:
        return [text(case.say("memory_empty"))]
    labels = ["label_remember", "label_erase"] if offers else ["label_erase"]
    return [choices("\n".join(lines), [QuickReply(case.say(label), case.say(label)) for label in labels])]
