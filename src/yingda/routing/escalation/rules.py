"""Pure decisions about escalation: whether the chain holds together, and who is asked next."""

from collections.abc import Iterator, Sequence

from msgspec import structs

from yingda.conversations import Tone
from yingda.kit.errors import Conflict, Invalid, NotFound
from yingda.routing.escalation.schemas import (
    END,
    HEADS,
    Chain,
    ChainStep,
    Edge,
    Escalation,
    Facts,
    StepKind,
    Trigger,
    TriggerKind,
)

#: Of a message on a scale from -1 to 1: from here down it counts like an angry one.
VERY_NEGATIVE = -0.6

#: While somebody has confirmed that they have it in hand, only these go further.
_GOES_FURTHER = {TriggerKind.DEADLINE_BREACHED, TriggerKind.REQUESTED, TriggerKind.NO_RECEIPT}
#: While somebody has been asked and may still confirm, only these do.
_OVERTAKES = {TriggerKind.REQUESTED, TriggerKind.NO_RECEIPT}


class ChainBroken(Invalid):
    code = "escalation_chain"
    zh = "升级链路有问题：{zh}。"
    en = "The escalation chain does not hold: {en}."


class ChainChanged(Conflict):
    code = "escalation_chain_changed"
    zh = "{name}刚刚发布了新的升级链路，请刷新后再改。"
    en = "{name} has just published another chain: load it and change that."


class EscalationNotFound(NotFound):
    code = "escalation_not_found"
    zh = "没有找到这条升级记录。"
    en = "There is no such escalation."


class EscalationClosed(Conflict):
    code = "escalation_closed"
    zh = "这一步已经确认过，或已经转给下一级。"
    en = "This step has been confirmed already, or was passed on."


class TopReached(Conflict):
    code = "escalation_top"
    zh = "已经升级到主管，没有更高一级了。"
    en = "The supervisors have been asked already: nobody is above them."


def check(chain: Chain) -> None:
    """Raises `ChainBroken` with the first thing that is wrong, in words."""
    for zh, en in _problems(chain):
        raise ChainBroken(zh=zh, en=en)


def _problems(chain: Chain) -> Iterator[tuple[str, str]]:
    steps = {step.id: step for step in chain.steps}
    if len(steps) < len(chain.steps):
        yield "有两个步骤的编号相同", "two steps have the same id"
    for to in [chain.first, *(edge.to for step in chain.steps for edge in step.next)]:
        if to not in steps:
            yield f"步骤“{to}”不存在", f"there is no step “{to}”"
    for step in chain.steps:
        yield from _problems_of(step)
        if step.id in _reached(steps, step.id):
            yield f"从“{step.title}”出发会回到它自己", f"“{step.title}” leads back to itself"
    for lost in sorted(steps.keys() - _reached(steps, chain.first) - {chain.first}):
        yield f"没有路通向“{steps[lost].title}”", f"nothing leads to “{steps[lost].title}”"
    if any(trigger.on is TriggerKind.NO_RECEIPT for trigger in chain.triggers):
        yield "无人确认时总会转给下一级，不需要设置", "who does not confirm is always passed over"


def _problems_of(step: ChainStep) -> Iterator[tuple[str, str]]:
    if step.kind is StepKind.DEPARTMENT and not step.department:
        yield f"“{step.title}”要选部门", f"“{step.title}” needs a department"
    if step.kind is not StepKind.DEPARTMENT and step.department:
        yield f"“{step.title}”不能选部门", f"“{step.title}” cannot have a department"
    if step.kind is StepKind.SUPERVISORS or step.id == END.id:
        yield "主管总是最后一级，不需要设置", "the supervisors always come last: leave them out"
    if any(_always(edge) for edge in step.next[:-1]):
        yield (
            f"“{step.title}”有一条无条件的去向排在前面，后面的去向永远用不到",
            f"a way without conditions comes first at “{step.title}”: those behind it are never taken",
        )


def _always(edge: Edge) -> bool:
    return not edge.intents and edge.min_level == 1


def _reached(steps: dict[str, ChainStep], start: str) -> set[str]:
    """All steps that can follow `start`."""
    found: set[str] = set()
    ahead = [start]
    while ahead:
        step = steps.get(ahead.pop())
        for edge in step.next if step else ():
            if edge.to not in found:
                found.add(edge.to)
                ahead.append(edge.to)
    return found


def following(chain: Chain, after: str | None, facts: Facts) -> ChainStep | None:
    """The step after `after` (None: the first) for a conversation of this kind; None after the supervisors."""
    steps = {step.id: step for step in chain.steps}
    if after is None:
        return steps[chain.first]
    if after == END.id:
        return None
    current = steps.get(after)  # a newer version may no longer have it
    edge = next((edge for edge in current.next if _fits(edge, facts)), None) if current else None
    return steps[edge.to] if edge else END


def following_of_ticket(chain: Chain, after: str | None) -> ChainStep | None:
    """The same of a ticket, which has its department already: those who direct it, then the supervisors."""
    if after == END.id:
        return None
    return last_of_ticket(chain) if after else structs.replace(HEADS, receipt_minutes=chain.ticket_receipt_minutes)


def last_of_ticket(chain: Chain) -> ChainStep:
    return structs.replace(END, receipt_minutes=chain.ticket_receipt_minutes)


def suffices(current: Escalation | None, on: TriggerKind) -> bool:
    """Whether who was asked before is enough for now."""
    return current is not None and on not in (_GOES_FURTHER if current.receipted_at else _OVERTAKES)


def _fits(edge: Edge, facts: Facts) -> bool:
    return facts.level >= edge.min_level and (not edge.intents or any(_covers(one, facts) for one in edge.intents))


def _covers(pattern: str, facts: Facts) -> bool:
    intent = facts.intent or ""
    return intent.startswith(pattern[:-1]) if pattern.endswith(".*") else intent == pattern


def trigger_of(chain: Chain, on: TriggerKind, level: int) -> Trigger | None:
    """The first trigger of that kind that a conversation of this level sets off."""
    return next((one for one in chain.triggers if one.on is on and level >= one.min_level), None)


def is_bad(tone: Tone) -> bool:
    return tone.angry or tone.sentiment <= VERY_NEGATIVE


def has_soured(trigger: Trigger, tones: Sequence[Tone]) -> bool:
    """Whether as many of the customer's last messages as the trigger says are all bad ones; the latest comes last."""
    latest = tones[-trigger.count :]
    return len(latest) == trigger.count and all(map(is_bad, latest))
