"""The decision: pure, and compiled once for each version of the table.

Rules are tried in order. One that names who answers ends the search; the others add to what is decided below them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from enum import Enum

import msgspec

from yingda.kit.clock import SHANGHAI
from yingda.kit.hyperbole import without_hyperbole
from yingda.knowledge import child_swallowed
from yingda.routing.triage.keywords import Keywords, plain
from yingda.routing.triage.table import (
    URGENT,
    Answerer,
    Conditions,
    Contacts,
    Decision,
    Evidence,
    Facts,
    Range,
    RuleMatch,
    RulePeriod,
    RuleTable,
    TriageRule,
)


class Need(Enum):
    """What has to be looked up before a rule can be tried."""

    SEGMENT = "segment"
    CONTACTS = "contacts"
    ORDER = "order"
    TICKET = "ticket"
    HOURS = "hours"


_LATE = {
    "segments": Need.SEGMENT,
    "contacts": Need.CONTACTS,
    "order_yuan": Need.ORDER,
    "open_ticket": Need.TICKET,
    "working_hours": Need.HOURS,
}

Check = Callable[[Facts], bool]


class _Compiled(msgspec.Struct, frozen=True):
    """`early` checks need what the turn itself tells, `late` ones what is in `needs`."""

    number: int
    rule: TriageRule
    by_keyword: bool
    early: tuple[Check, ...]
    late: tuple[Check, ...]
    needs: frozenset[Need]

    def begins(self, facts: Facts, found: dict[int, str]) -> bool:
        if self.by_keyword and self.number not in found:
            return False
        for check in self.early:  # noqa: SIM110  a generator takes twice as long, and this is asked 200 times a turn
            if not check(facts):
                return False
        return True


class Triage:
    """A table that decides. `version` is told in every decision."""

    def __init__(self, table: RuleTable, version: int) -> None:
        self.table = table
        self.version = version
        live = [(number, rule) for number, rule in enumerate(table.rules) if rule.enabled]
        self._rules = [_compiled(number, rule, table) for number, rule in live]
        self._keywords = Keywords(
            {number: (rule.when.keywords, rule.when.unless) for number, rule in live if rule.when.keywords}
        )
        self._by_intent: dict[str, list[_Compiled]] = {}
        self._last: tuple[str, dict[int, str]] = ("", {})

    def needs(self, facts: Facts) -> frozenset[Need]:
        """What must be looked up to decide this turn: nothing, unless a rule that is reached asks for it."""
        needed: set[Need] = set()
        found = self._found(facts.text)
        for one in self._of(facts.intent):
            if one.needs <= needed and one.needs:
                continue
            if one.begins(facts, found):
                needed |= one.needs
                if not one.needs and one.rule.effects.answerer:
                    break
        return frozenset(needed)

    def decide(self, facts: Facts) -> Decision:
        """What no rule decides the assistant answers."""
        found = self._found(facts.text)
        matched: list[_Compiled] = []
        for one in self._of(facts.intent):
            if one.begins(facts, found) and all(check(facts) for check in one.late):
                matched.append(one)
                if one.rule.effects.answerer:
                    break
        return _decision(self.version, [one.rule for one in matched], [_match(one, facts, found) for one in matched])

    def _found(self, text: str) -> dict[int, str]:
        """The keywords in it; kept for the next question, which is mostly about the same turn."""
        last, found = self._last
        if text != last:
            found = self._keywords.find(without_hyperbole(plain(text)))
            self._last = text, found
        return found

    def _of(self, intent: str) -> list[_Compiled]:
        """The rules that this intent does not rule out."""
        known = self._by_intent.get(intent)
        if known is None:
            known = [one for one in self._rules if _allows(one.rule.when, intent)]
            self._by_intent[intent] = known
        return known


def unasked(answerer: Answerer, rule: str, title: str, title_en: str) -> Decision:
    """A decision that no table was asked for."""
    return Decision(version=0, answerer=answerer, label_ids=(), matched=(RuleMatch(rule, title, title_en, ()),))


def covers(pattern: str, intent: str) -> bool:
    """Whether `complaint.*`, or the intent's own code, means this intent."""
    return intent.startswith(pattern[:-1]) if pattern.endswith(".*") else pattern == intent


def within(span: Range, value: float) -> bool:
    return (span.min is None or value >= span.min) and (span.max is None or value <= span.max)


def during(period: RulePeriod, at: datetime) -> bool:
    """Whether a moment lies in a period; the hours after midnight belong to the day on which it began."""
    local = at.astimezone(SHANGHAI)
    clock, day = f"{local:%H:%M}", local.isoweekday()
    if period.start < period.end:
        return _on(period, day) and period.start <= clock < period.end
    yesterday = (day + 5) % 7 + 1
    return (clock >= period.start and _on(period, day)) or (clock < period.end and _on(period, yesterday))


def _on(period: RulePeriod, day: int) -> bool:
    return not period.weekdays or day in period.weekdays


def _allows(when: Conditions, intent: str) -> bool:
    wanted = not when.intents or any(covers(pattern, intent) for pattern in when.intents)
    return wanted and not any(covers(pattern, intent) for pattern in when.not_intents)


def _compiled(number: int, rule: TriageRule, table: RuleTable) -> _Compiled:
    when = rule.when
    needs = {need for name, need in _LATE.items() if getattr(when, name) not in (None, [])}
    early = (*_turn_checks(when, table), *_place_checks(when))
    return _Compiled(number, rule, bool(when.keywords), early, tuple(_late_checks(rule)), frozenset(needs))


def _turn_checks(when: Conditions, table: RuleTable) -> Iterator[Check]:
    """What the message itself says."""
    if (understood := when.understood) is not None:
        yield lambda facts: is_understood(facts, table) is understood
    if confidence := when.confidence:
        yield lambda facts: within(confidence, facts.confidence)
    if emotions := frozenset(when.emotions):
        yield lambda facts: facts.emotion in emotions
    if sentiment := when.sentiment:
        yield lambda facts: within(sentiment, facts.sentiment)
    if urgency := when.urgency:
        yield lambda facts: within(urgency, facts.urgency)
    if (swallowed := when.child_swallowed) is not None:
        yield lambda facts: child_swallowed(facts.text) is swallowed


def _place_checks(when: Conditions) -> Iterator[Check]:
    """Where and when it was said, and what went before it in this conversation."""
    if misunderstood := when.misunderstood:
        yield lambda facts: within(misunderstood, facts.misunderstood)
    if (reopened := when.reopened) is not None:
        yield lambda facts: facts.reopened is reopened
    if channels := frozenset(when.channels):
        yield lambda facts: facts.channel in channels
    if shops := frozenset(when.shops):
        yield lambda facts: facts.shop in shops
    if times := when.times:
        yield lambda facts: any(during(period, facts.at) for period in times)


def _late_checks(rule: TriageRule) -> Iterator[Check]:
    when, team_id = rule.when, rule.effects.team_id
    if (pending := when.open_ticket) is not None:
        yield lambda facts: facts.open_ticket is pending
    if (working := when.working_hours) is not None:
        yield lambda facts: facts.hours is not None and facts.hours.include(facts.at, team_id) is working
    if segments := frozenset(when.segments):
        yield lambda facts: facts.segment in segments
    if contacts := when.contacts:
        yield lambda facts: _contacts(contacts, facts) >= contacts.min
    if order_yuan := when.order_yuan:
        yield lambda facts: facts.order_cents is not None and within(order_yuan, facts.order_cents / 100)


def is_understood(facts: Facts, table: RuleTable) -> bool:
    return facts.confidence >= table.unsure_below and facts.out_of_scope <= table.foreign_above


def _contacts(wanted: Contacts, facts: Facts) -> int:
    since = facts.at - timedelta(days=wanted.days)
    return sum(at >= since for at in facts.contacts or ())


def _decision(version: int, rules: Sequence[TriageRule], matched: Iterable[RuleMatch]) -> Decision:
    effects = [rule.effects for rule in rules]
    last = effects[-1] if effects else None
    answerer = (last.answerer if last else None) or Answerer.ASSISTANT
    least = URGENT if answerer is Answerer.URGENT else 0
    return Decision(
        version=version,
        answerer=answerer,
        level=max((one.level or 1 for one in effects), default=1),
        reason=last.reason if last and answerer.human else None,
        team_id=next((one.team_id for one in effects if one.team_id), None),
        skill=next((one.skill for one in effects if one.skill), None),
        priority=max((least, *(one.priority for one in effects))),
        label_ids=tuple(dict.fromkeys(label for one in effects for label in one.label_ids)),
        matched=tuple(matched),
    )


def _match(one: _Compiled, facts: Facts, found: dict[int, str]) -> RuleMatch:
    rule = one.rule
    return RuleMatch(rule.id, rule.title, rule.title_en, tuple(_evidence(rule.when, facts, found.get(one.number))))


def _evidence(when: Conditions, facts: Facts, keyword: str | None) -> Iterator[Evidence]:
    """For each condition the fact that met it."""
    for name, seen in _SEEN.items():
        if getattr(when, name) not in (None, []):
            yield Evidence(name, keyword or "" if name == "keywords" else seen(when, facts))


def _yes(holds: bool | None) -> str:
    return "yes" if holds else "no"


_SEEN: dict[str, Callable[[Conditions, Facts], str]] = {
    "intents": lambda _, facts: facts.intent,
    "understood": lambda when, _: _yes(when.understood),
    "confidence": lambda _, facts: f"{facts.confidence:.2f}",
    "emotions": lambda _, facts: facts.emotion.value,
    "sentiment": lambda _, facts: f"{facts.sentiment:.2f}",
    "urgency": lambda _, facts: str(facts.urgency),
    "keywords": lambda _, _facts: "",
    "child_swallowed": lambda when, _: _yes(when.child_swallowed),
    "segments": lambda _, facts: facts.segment or "",
    "order_yuan": lambda _, facts: f"{(facts.order_cents or 0) / 100:.2f}",
    "contacts": lambda when, facts: str(_contacts(when.contacts, facts)) if when.contacts else "",
    "open_ticket": lambda when, _: _yes(when.open_ticket),
    "misunderstood": lambda _, facts: str(facts.misunderstood),
    "reopened": lambda _, facts: _yes(facts.reopened),
    "channels": lambda _, facts: facts.channel,
    "shops": lambda _, facts: facts.shop,
    "times": lambda _, facts: f"{facts.at.astimezone(SHANGHAI):%H:%M}",
    "working_hours": lambda when, _: _yes(when.working_hours),
}
