"""What a customer is promised who comes when nobody is at work. Pure."""

from datetime import datetime

from yingda.kit.clock import SHANGHAI
from yingda.kit.errors import Locale


def promise_words(by: datetime, now: datetime, number: str | None, locale: Locale) -> str:
    """What happens next, by when, and under which number. `number`: of the ticket, if one was opened."""
    when = moment_words(by, now, locale)
    if locale == "en":
        noted = f" Your request is registered under ticket {number}." if number else ""
        return (
            f"Our colleagues are off work now.{noted} A person will answer you here by {when} (Beijing time) at the "
            "latest; you need not wait in front of this window."
        )
    noted = f"，您的问题已登记，工单号 {number}" if number else ""
    return f"现在是非工作时间{noted}。人工客服最晚 {when} 前在这里回复您，您不用一直守着，也不用重复说明。"


def moment_words(at: datetime, now: datetime, locale: Locale) -> str:
    """A point in time as people say it who look at the clock now: 明天 09:15."""
    local, today = at.astimezone(SHANGHAI), now.astimezone(SHANGHAI).date()
    days = (local.date() - today).days
    if locale == "en":
        day = {0: "today", 1: "tomorrow"}.get(days, f"{local:%b} {local.day}")
        return f"{local:%H:%M} {day}" if days < 2 else f"{day}, {local:%H:%M}"
    return f"{ {0: '今天', 1: '明天'}.get(days, f'{local.month}月{local.day}日') } {local:%H:%M}"
