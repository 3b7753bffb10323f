"""What stands in records and titles, in Chinese; with each text go its details, so that it can be worded otherwise."""

from yingda.conversations import DueClock
from yingda.routing.escalation.schemas import Details, Escalation, TriggerKind
from yingda.routing.levels import CLOCK_NAMES


def reason_of(on: TriggerKind, details: Details, said: str = "") -> str:
    match on:
        case TriggerKind.DEADLINE_NEAR:
            return f"{_clock(details)}即将超时"
        case TriggerKind.DEADLINE_BREACHED:
            return f"{_clock(details)}已超时"
        case TriggerKind.LEVEL:
            return "级别达到升级标准"
        case TriggerKind.REPEAT:
            return f"{details.get('days')} 天内第 {details.get('contacts')} 次联系"
        case TriggerKind.EMOTION:
            return f"客户最近 {details.get('count')} 条消息情绪都很差"
        case TriggerKind.NO_RECEIPT:
            return f"{details.get('title')}（{details.get('owner')}）没有在时限内确认"
        case TriggerKind.REQUESTED:
            return said


def _clock(details: Details) -> str:
    return CLOCK_NAMES[DueClock(str(details["clock"]))]


def escalated(step: Escalation) -> tuple[str, Details]:
    reason = reason_of(step.trigger, step.details, step.reason)
    return f"升级到{step.title}：{step.owner_name}。{reason}", about(step)


def about(step: Escalation) -> Details:
    """All that has to be known of a step to word it."""
    known: Details = {"step": step.step, "to": step.title, "asked": step.owner_name, "trigger": step.trigger.value}
    said: Details = {"reason": step.reason} if step.reason else {}
    return known | said | step.details


def confirmed(name: str) -> tuple[str, Details]:
    return f"{name}已确认接手", {"name": name}


def crisis(ticket_number: str | None) -> tuple[str, Details]:
    if ticket_number is None:
        return "危机事件：已通知全部主管", {}
    return f"危机事件：已通知全部主管，作战工单 {ticket_number}", {"ticket": ticket_number}
