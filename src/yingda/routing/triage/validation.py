"""What is wrong with a table before anybody is served by it: pure, so that an editor can ask after every key."""

from collections.abc import Iterable, Iterator
from uuid import UUID

import msgspec

from yingda.routing.triage.keywords import GAP, words_of
from yingda.routing.triage.rules import covers
from yingda.routing.triage.table import Conditions, Finding, Range, RuleTable, Severity, TriageRule


class Known(msgspec.Struct, frozen=True):
    """What a table may name."""

    intents: frozenset[str]
    team_ids: frozenset[UUID]
    label_ids: frozenset[UUID]
    shops: frozenset[str]
    skills: frozenset[str] | None = None
    """None: nobody keeps a list of skills."""


_TEXTS = {
    "same_id": ("规则编号“{name}”重复。", "The id {name} is used twice."),
    "unreachable": (
        "永远轮不到：“{name}”在前面，命中的范围不小于它。",
        "Never reached: {name} comes first and applies wherever this one would.",
    ),
    "contradiction": ("条件互相矛盾，不可能同时成立：{name}。", "The conditions exclude each other: {name}."),
    "unknown_intent": ("没有这个意图或意图组：{name}。", "There is no such intent or group: {name}."),
    "unknown_team": ("所选团队已不存在。", "The team does not exist any more."),
    "unknown_label": ("所选标签不存在或已停用。", "A label does not exist or is archived."),
    "unknown_skill": ("没有人具备技能“{name}”。", "Nobody has the skill {name}."),
    "unknown_shop": ("没有这家店铺：{name}。", "There is no such shop: {name}."),
    "no_effect": ("没有任何效果。", "It has no effect."),
    "no_reason": ("转人工的规则需要选择转接原因。", "A rule that brings a person in needs a reason for it."),
    "idle_reason": ("只有转人工的规则才用得到转接原因。", "Only a rule that brings a person in uses a reason."),
    "idle_unless": ("填写了“不算”的词，却没有关键词。", "Words that do not count, but no keywords."),
    "no_fallback": (
        "缺少兜底规则：最后要有一条没有条件、指定由谁回答的规则。",
        "There is no fallback: the last rule must have no conditions and say who answers.",
    ),
}
_WARNINGS = frozenset({"no_effect", "idle_reason", "idle_unless", "unreachable", "unknown_skill", "unknown_shop"})


def findings(table: RuleTable, known: Known) -> list[Finding]:
    """In the order of the rules; what concerns the whole table comes last."""
    found: list[Finding] = []
    deciding: list[TriageRule] = []
    seen: set[str] = set()
    for rule in table.rules:
        problems = [*_named(rule, seen), *_unknown(rule, known), *_effects(rule), *_impossible(rule, table)]
        if rule.enabled:
            problems += [("unreachable", one.title) for one in deciding if _shadows(one, rule)][:1]
            if rule.effects.answerer:
                deciding.append(rule)
        found += [_finding(rule.id, code, name) for code, name in problems]
        seen.add(rule.id)
    if not any(rule.when == Conditions() for rule in deciding):
        found.append(_finding(None, "no_fallback", ""))
    return found


def blocking(found: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in found if finding.severity is Severity.ERROR]


def _finding(rule: str | None, code: str, name: str) -> Finding:
    zh, en = _TEXTS[code]
    severity = Severity.WARNING if code in _WARNINGS else Severity.ERROR
    return Finding(rule, code, severity, zh.format(name=name), en.format(name=name))


Problem = tuple[str, str]


def _named(rule: TriageRule, seen: set[str]) -> Iterator[Problem]:
    if rule.id in seen:
        yield "same_id", rule.id


def _unknown(rule: TriageRule, known: Known) -> Iterator[Problem]:
    when, then = rule.when, rule.effects
    for pattern in (*when.intents, *when.not_intents):
        if not any(covers(pattern, intent) for intent in known.intents):
            yield "unknown_intent", pattern
    for shop in when.shops:
        if shop not in known.shops:
            yield "unknown_shop", shop
    if then.team_id and then.team_id not in known.team_ids:
        yield "unknown_team", ""
    if not known.label_ids.issuperset(then.label_ids):
        yield "unknown_label", ""
    if then.skill and known.skills is not None and then.skill not in known.skills:
        yield "unknown_skill", then.skill


def _effects(rule: TriageRule) -> Iterator[Problem]:
    then = rule.effects
    human = then.answerer is not None and then.answerer.human
    if msgspec.structs.replace(then, reason=None) == type(then)():
        yield "no_effect", ""
    if human and then.reason is None:
        yield "no_reason", ""
    if then.reason and not human:
        yield "idle_reason", ""


def _impossible(rule: TriageRule, table: RuleTable) -> Iterator[Problem]:
    """Conditions that can never hold together."""
    when = rule.when
    for name in ("confidence", "sentiment", "urgency", "order_yuan", "misunderstood"):
        span: Range | None = getattr(when, name)
        if span and span.min is not None and span.max is not None and span.min > span.max:
            yield "contradiction", f"{name} {span.min:g} – {span.max:g}"
    both = [one for one in when.intents if any(_group_covers(other, one) for other in when.not_intents)]
    if when.intents and len(both) == len(when.intents):
        yield "contradiction", ", ".join(both)
    if when.understood and when.confidence and _above(table.unsure_below, when.confidence.max):
        yield "contradiction", f"understood, confidence ≤ {when.confidence.max:g}"
    if when.keywords and all(_cancelled(keyword, when.unless) for keyword in when.keywords):
        yield "contradiction", "、".join(when.keywords[:5])
    if when.unless and not when.keywords:
        yield "idle_unless", ""


def _above(limit: float, most: float | None) -> bool:
    return most is not None and most < limit


def _cancelled(keyword: str, unless: Iterable[str]) -> bool:
    """Whether the keyword itself has a phrase in it that does not count, or says nothing."""
    words = words_of(keyword)
    plain = GAP.join(words)
    return not words or any(phrase and GAP.join(phrase) in plain for phrase in map(words_of, unless))


def _shadows(wide: TriageRule, narrow: TriageRule) -> bool:
    """Whether `narrow`, which comes behind `wide`, is never reached. Working hours are those of the team it names."""
    same_hours = wide.when.working_hours is None or wide.effects.team_id == narrow.effects.team_id
    return same_hours and implies(narrow.when, wide.when)


def implies(narrow: Conditions, wide: Conditions) -> bool:
    """Whether `wide` holds whenever `narrow` does, as far as can be told from the conditions alone."""
    return (
        _intents_within(narrow, wide)
        and _keywords_within(narrow, wide)
        and _contacts_within(narrow, wide)
        and all(_span_within(getattr(narrow, name), getattr(wide, name)) for name in _SPANS)
        and all(_list_within(getattr(narrow, name), getattr(wide, name)) for name in _LISTS)
        and all(getattr(wide, name) in (None, getattr(narrow, name)) for name in _SWITCHES)
    )


_SPANS = ("confidence", "sentiment", "urgency", "order_yuan", "misunderstood")
_LISTS = ("emotions", "segments", "channels", "shops", "times")
_SWITCHES = ("understood", "reopened", "open_ticket", "child_swallowed", "working_hours")


def _group_covers(wide: str, narrow: str) -> bool:
    return wide == narrow or (wide.endswith(".*") and narrow.startswith(wide[:-1]))


def _intents_within(narrow: Conditions, wide: Conditions) -> bool:
    inside = not wide.intents or (
        bool(narrow.intents) and all(any(_group_covers(w, n) for w in wide.intents) for n in narrow.intents)
    )
    return inside and all(
        any(_group_covers(n, w) for n in narrow.not_intents)
        or (bool(narrow.intents) and not any(_overlap(w, n) for n in narrow.intents))
        for w in wide.not_intents
    )


def _overlap(one: str, other: str) -> bool:
    return _group_covers(one, other) or _group_covers(other, one)


def _keywords_within(narrow: Conditions, wide: Conditions) -> bool:
    """Every keyword of `narrow` has one of `wide` in it, and nothing cancels that which cancels not this."""
    if not wide.keywords:
        return True
    kept = [words[0] for keyword in wide.keywords if len(words := words_of(keyword)) == 1 and not words[0].isascii()]
    exact = set(wide.keywords)
    inside = bool(narrow.keywords) and all(
        keyword in exact or any(word in part for part in words_of(keyword) for word in kept)
        for keyword in narrow.keywords
    )
    return inside and set(wide.unless) <= set(narrow.unless)


def _contacts_within(narrow: Conditions, wide: Conditions) -> bool:
    if wide.contacts is None:
        return True
    mine = narrow.contacts
    return mine is not None and mine.days <= wide.contacts.days and mine.min >= wide.contacts.min


def _span_within(narrow: Range | None, wide: Range | None) -> bool:
    if wide is None or wide == Range():
        return True
    low = wide.min is None or (narrow is not None and narrow.min is not None and narrow.min >= wide.min)
    return low and (wide.max is None or (narrow is not None and narrow.max is not None and narrow.max <= wide.max))


def _list_within(narrow: list[object], wide: list[object]) -> bool:
    return not wide or (bool(narrow) and all(one in wide for one in narrow))
