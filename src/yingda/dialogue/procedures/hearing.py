"""What a turn means to the process that waits for it: an answer, a refusal, a correction, or another request."""

from datetime import timedelta
from typing import Final

from msgspec.structs import replace

from yingda.conversations import HandOffReason
from yingda.dialogue.procedures import assent, slots
from yingda.dialogue.procedures.choosing import option_of
from yingda.dialogue.procedures.course import (
    CLOSING,
    MOST_REMINDERS,
    begin,
    begin_all,
    close,
    fill,
    give_up,
    go_on,
    go_to,
    restart,
    return_to_open,
)
from yingda.dialogue.procedures.reading import Source
from yingda.dialogue.procedures.run import Run
from yingda.dialogue.procedures.schemas import Confirm, LookUp, SlotType, instead_of
from yingda.dialogue.procedures.state import Waiting, Why
from yingda.language import EntityKind

_CANCEL: Final = "order.cancel"
#: A question is put again so often; then a person helps.
MOST_TRIES: Final = 2
#: Who comes back later than this is told where things stood.
PAUSE: Final = timedelta(minutes=30)
#: Questions within questions, and turns in one process: more than this is no dialogue any more.
MOST_DEPTH: Final = 3
MOST_TURNS: Final = 30
#: Small talk in the middle of something is answered in a word.
_IN_BETWEEN: Final = {"chat.thanks": "thanks_between", "chat.urge": "urge_between"}


def hear(run: Run) -> None:
    flow = run.top
    waiting = flow.waiting
    if waiting is None:
        return
    if run.heard.now - waiting.asked_at > timedelta(hours=run.process.expires_hours):
        _expire(run)
    elif (assent.stops(run.heard) or _cancels(run, waiting)) and not _is_offered(run, waiting):
        _call_off(run)
    elif assent.turns_away(run.heard) and _is_other_request(run):
        run.note("declined", Why.CALLED_OFF)
        run.flows.pop()
        _turn_to_other(run)
    elif waiting.optional:
        _hear_option(run, waiting)
    elif flow.turns >= MOST_TURNS:
        give_up(run, Why.TOO_MANY_TURNS)
    else:
        run.put(replace(flow, turns=flow.turns + 1))
        _hear_answer(run, waiting)


def _cancels(run: Run, waiting: Waiting) -> bool:
    """Of what is being asked for or agreed to; where a choice is offered, an order may be meant."""
    chooses = waiting.slot is not None and bool(waiting.options)
    return assent.cancels(run.heard) and not chooses and _CANCEL not in run.process.intents


def _is_offered(run: Run, waiting: Waiting) -> bool:
    """Of a confirmation, 先不办 calls it off like any other refusal."""
    return waiting.slot is not None and option_of(run.heard.text, waiting.options) is not None


def _expire(run: Run) -> None:
    run.note("expired", Why.EXPIRED)
    run.flows, run.queue, run.orders = [], [], {}


def _call_off(run: Run) -> None:
    run.answered = True
    run.say("called_off", title=run.process.title.of(run.heard.locale))
    close(run, "declined", Why.CALLED_OFF)


def _hear_option(run: Run, waiting: Waiting) -> None:
    filled = _filled(run, waiting)
    if filled and waiting.slot:
        _take(run, waiting.slot, filled)
    else:
        close(run, "told", Why.LEFT)


def _hear_answer(run: Run, waiting: Waiting) -> None:
    late = run.heard.now - waiting.asked_at > PAUSE
    if not late and assent.pauses(run.heard):
        _give_time(run, waiting)
        return
    if late and (waiting.slot is None or not _is_other_request(run)):
        _resume(run, waiting)
    elif waiting.reminded > MOST_REMINDERS and _has_heard_enough(run, waiting):
        run.answered = True
        return_to_open(run, comes_back=True)
    elif waiting.slot is None:
        _hear_yes_or_no(run, waiting)
    elif filled := _filled(run, waiting):
        _take(run, waiting.slot, filled)
    else:
        _hear_other(run, waiting)


def _give_time(run: Run, waiting: Waiting) -> None:
    run.answered = True
    run.say("take_your_time")
    run.put(replace(run.top, waiting=replace(waiting, asked_at=run.heard.now, reminded=0)))


def _has_heard_enough(run: Run, waiting: Waiting) -> bool:
    """Of what they asked in between. A yes is then none to a question put long before."""
    through = run.heard.intent in CLOSING or (waiting.slot is None and assent.agrees(run.heard))
    return through and not _is_offered(run, waiting)


def _hear_yes_or_no(run: Run, waiting: Waiting) -> None:
    if _corrects(run) or (_volunteer(run) and restart(run, Why.CORRECTED)):
        return
    step = run.step
    if isinstance(step, Confirm) and assent.declines(run.heard):
        go_to(run, step.no, Why.NOT_AGREED)
    elif assent.agrees(run.heard) or assent.wishes_again(run.heard, run.process.wish):
        flow = run.top
        run.put(replace(flow, agreed=flow.asked, waiting=None))
        go_on(run, Why.AGREED)
    else:
        _hear_other(run, waiting)


def _hear_other(run: Run, waiting: Waiting) -> None:
    """Neither an answer nor a refusal: a correction, another request, or not understood."""
    if _corrects(run):
        return
    if waiting.slot and not slots.asks(run.heard) and _volunteer(run):
        if name := instead_of(run.step, run.top.slots):
            run.put(replace(run.top, waiting=None))
            go_on(run, Why.ANSWERED, name)
        else:
            run.wait(replace(waiting, asked_at=run.heard.now))
        return
    shows = _asks_for(run, waiting) is SlotType.PHOTO
    if _is_other_request(run) and not (shows and assent.asks_how_to_show(run.heard)):
        _turn_to_other(run)
        return
    if shows and assent.has_nothing_to_show(run.heard):
        run.answered = True
        run.note(run.top.at, Why.NO_ANSWER)
        run.reason = HandOffReason.APPROVAL
        return
    if waiting.tries >= MOST_TRIES:
        give_up(run, Why.NO_ANSWER)
        return
    run.wait(replace(waiting, tries=waiting.tries + 1, asked_at=run.heard.now, reminded=0), again=True)


def _asks_for(run: Run, waiting: Waiting) -> SlotType | None:
    slot = run.process.slots.get(waiting.slot or "")
    return slot.type if slot else None


def _turn_to_other(run: Run) -> None:
    source = run.known.for_intent(run.heard.intent)
    if run.flows and (words := _IN_BETWEEN.get(run.heard.intent)):
        run.answered = True
        run.say(words)
        return_to_open(run)
    elif run.flows and source and _is_change_of_mind(run, source):
        _change_over(run, source)
    elif source is None:
        run.aside = run.answered = True
    elif len(run.flows) >= MOST_DEPTH:
        give_up(run, Why.TOO_MUCH_AT_ONCE)
    else:
        begin_all(run, source)


def _is_change_of_mind(run: Run, source: Source) -> bool:
    """To something else of the same family with the same order."""
    named = run.heard.first(EntityKind.ORDER_NO)
    same = named is None or named == run.top.facts.get("order_no")
    own = run.process.family
    return own is not None and own == source.process.family and same and len(run.heard.parts) <= 1


def _change_over(run: Run, source: Source) -> None:
    """What was said for the one is good for the other."""
    run.note(run.top.at, Why.SWITCHED)
    former, known = run.flows.pop(), run.known
    said = known.process(former.digest).slots
    begin(run, source, Why.REQUESTED)
    for name, slot in source.process.slots.items():
        value, label = former.slots.get(name), former.labels.get(name, "")
        fits = name in said and said[name].type is slot.type and name not in run.top.slots
        if value is not None and fits and (not slot.options or value in {one.value for one in slot.options}):
            fill(run, name, slots.Filled(value, label))


def _is_other_request(run: Run) -> bool:
    heard = run.heard
    if not heard.understood or heard.intent in ("chat.inform", "chat.affirm", "chat.deny", "other"):
        return False
    return heard.intent not in run.process.intents


def _is_question(run: Run) -> bool:
    """Something else is clearly asked."""
    return _is_other_request(run) and slots.asks(run.heard)


def _filled(run: Run, waiting: Waiting) -> slots.Filled | None:
    slot = run.process.slots.get(waiting.slot or "")
    if slot is None:
        return None
    heard = run.heard
    if slot.type is SlotType.PHOTO and not heard.shown:
        return None
    if slot.type in (SlotType.TEXT, SlotType.TITLE) and _is_question(run):
        return None
    filled = slots.fill(slot, heard, waiting.options, asked=True)
    return filled or slots.fill_offered(slot, heard.offered.get(waiting.slot or ""), heard, waiting.options)


def _take(run: Run, name: str, filled: slots.Filled) -> None:
    run.answered = True
    fill(run, name, filled)
    _volunteer_others(run, name)
    flow, step = run.top, run.step
    run.put(replace(flow, waiting=None))
    if isinstance(step, LookUp):
        if to := step.on.get("chosen"):
            run.put(replace(run.top, facts={}))
            go_to(run, to, Why.CHOSEN, name)
    else:
        go_on(run, Why.ANSWERED, name)


def _volunteer_others(run: Run, name: str) -> None:
    kept = run.top.slots[name], run.top.labels[name]
    _volunteer(run)
    flow = run.top
    run.put(replace(flow, slots={**flow.slots, name: kept[0]}, labels={**flow.labels, name: kept[1]}))


def _volunteer(run: Run) -> bool:
    """Take what answers other slots in the same breath; whether anything became different."""
    before = run.top.slots
    for name, slot in run.process.slots.items():
        if slot.volunteered and slot.type is not SlotType.ORDER_NO:
            filled = slots.fill(slot, run.heard, asked=False)
            if filled and not (slot.type is SlotType.PHOTO and not run.heard.shown):
                fill(run, name, filled)
    return run.top.slots != before


def _corrects(run: Run) -> bool:
    """Another order is meant: begin again with it, and with all else that was said. Not by a question about it."""
    if _is_question(run):
        return False
    flow = run.top
    named = [name for name, slot in run.process.slots.items() if slot.type is SlotType.ORDER_NO]
    current = flow.facts.get("order_no")
    found = slots.corrects_order(run.heard, str(current) if current else None) if named and current else None
    if found is None:
        return False
    fill(run, named[0], found)
    return restart(run, Why.OTHER_ORDER)


def _resume(run: Run, waiting: Waiting) -> None:
    """After a long pause nothing is taken for agreed: say where things stood, begin again with what is known."""
    if waiting.slot and (filled := _filled(run, waiting)):
        fill(run, waiting.slot, filled)
    elif waiting.slot is None:
        _corrects(run)
    run.say("resumed", title=run.process.title.of(run.heard.locale))
    restart(run, Why.RESUMED)
