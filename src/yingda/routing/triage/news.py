"""What a release brings to an organisation that has published rules of its own: shown, taken over, declined."""

from collections.abc import Collection, Sequence
from typing import Any

import msgspec

from yingda.identity import Principal
from yingda.infra.database import Connection, Tx
from yingda.releases import Brought, Change, Declined, compare, decline, declined, forget_declines, place_of
from yingda.routing.triage import repository, service
from yingda.routing.triage.errors import NotNews
from yingda.routing.triage.schemas import (
    DeclineNews,
    PublishDraft,
    RuleDraft,
    RuleNews,
    RuleVersionHead,
    SaveDraft,
    TakeNews,
    TriageNews,
)
from yingda.routing.triage.shipped import keeps_safe, shipped_table, why_now
from yingda.routing.triage.table import RuleTable, TriageRule

_SUBJECT = "triage"


async def news(conn: Connection) -> TriageNews:
    """What ships and is not in the draft (without one, in what serves)."""
    draft, base = await service.draft(conn), await repository.base(conn)
    told = await declined(conn, _SUBJECT, _by_id(shipped_table().rules))
    return TriageNews(draft.revision, found(base, draft.table.rules, shipped_table().rules, told))


def found(
    base: Sequence[TriageRule],
    own: Sequence[TriageRule],
    shipped: Sequence[TriageRule],
    told: dict[str, Declined],
) -> list[RuleNews]:
    """In the order of the shipped rules. A rule that was taken out long ago is told of where it kept people safe."""
    bases, owns = _by_id(base), _by_id(own)
    listed = [(rule, owns.get(rule.id), bases.get(rule.id)) for rule in shipped]
    return [
        _news(rule, mine, brought, told.get(rule.id))
        for rule, mine, former in listed
        if (brought := _brought(former, mine, rule)) and (brought.change is not Change.MISSING or keeps_safe(rule))
    ]


def taken_in(table: RuleTable, chosen: Sequence[RuleNews], shipped: Sequence[TriageRule]) -> RuleTable:
    """The table with these; a rule that it had not goes behind the one that it ships behind."""
    rules, order = list(table.rules), [rule.id for rule in shipped]
    for one in chosen:
        ids = [rule.id for rule in rules]
        if one.id in ids:
            rules[ids.index(one.id)] = one.offered
        else:
            rules.insert(place_of(one.id, ids, order), one.offered)
    return msgspec.structs.replace(table, rules=rules)


async def take(tx: Tx, principal: Principal, wanted: TakeNews) -> RuleDraft:
    """Into the draft. Raises `NotNews`, `DraftChanged`."""
    present, base = await service.draft(tx.conn), await repository.base(tx.conn)
    chosen = await _chosen(tx.conn, wanted.rules)
    shipped = shipped_table().rules
    taken = {one.id for one in chosen}
    from_now = [*(rule for rule in base if rule.id not in taken), *(rule for rule in shipped if rule.id in taken)]
    table = taken_in(present.table, chosen, shipped)
    return await service.keep_draft(tx, principal, SaveDraft(wanted.revision, table), from_now)


async def publish(tx: Tx, principal: Principal, wanted: PublishDraft, shops: Collection[str]) -> RuleVersionHead:
    """Let the draft serve; of what it has taken over nobody remembers any longer that it was declined.

    Raises as `service.publish`.
    """
    head = await service.publish(tx, principal, wanted, shops)
    open_still = {one.id for one in (await news(tx.conn)).rules}
    await forget_declines(tx, _SUBJECT, [rule.id for rule in shipped_table().rules if rule.id not in open_still])
    return head


async def refuse(tx: Tx, principal: Principal, wanted: DeclineNews) -> TriageNews:
    """Raises `NotNews`."""
    chosen = {one.id for one in await _chosen(tx.conn, wanted.rules)}
    parts = {rule.id: rule for rule in shipped_table().rules if rule.id in chosen}
    await decline(tx, principal, _SUBJECT, parts, wanted.why)
    return await news(tx.conn)


async def _chosen(conn: Connection, ids: Sequence[str]) -> list[RuleNews]:
    listed = {one.id: one for one in (await news(conn)).rules}
    if unknown := next((name for name in ids if name not in listed), None):
        raise NotNews(name=unknown)
    return [one for name, one in listed.items() if name in ids]


def _brought(base: TriageRule | None, own: TriageRule | None, shipped: TriageRule) -> Brought | None:
    brought = compare(_plain(base), _plain(own), msgspec.to_builtins(shipped), TriageRule)
    if brought or own is None or own.enabled or not keeps_safe(shipped):
        return brought
    return Brought(change=Change.MISSING, edited=True, offered=msgspec.to_builtins(_on(own)), clashes=[])


def _news(rule: TriageRule, own: TriageRule | None, brought: Brought, told: Declined | None) -> RuleNews:
    offered = msgspec.convert(brought.offered, TriageRule)
    unsafe = keeps_safe(rule) and (own is None or not own.enabled)
    return RuleNews(
        id=rule.id,
        change=brought.change,
        unsafe=unsafe,
        edited=brought.edited,
        clashes=brought.clashes,
        own=own,
        offered=_on(offered) if unsafe else offered,
        why_now=why_now().get(rule.id),
        declined=told,
    )


def _on(rule: TriageRule) -> TriageRule:
    return msgspec.structs.replace(rule, enabled=True)


def _plain(rule: TriageRule | None) -> dict[str, Any] | None:
    return None if rule is None else msgspec.to_builtins(rule)


def _by_id(rules: Sequence[TriageRule]) -> dict[str, TriageRule]:
    return {rule.id: rule for rule in rules}
