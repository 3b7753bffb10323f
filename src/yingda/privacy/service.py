"""Writing to the audit trail, and finding out whether somebody has been at it."""

from typing import Any
from uuid import UUID

import msgspec

from yingda.identity import Principal, names_of
from yingda.infra.database import Connection, Tx
from yingda.kit.clock import now
from yingda.kit.ids import new_id
from yingda.privacy import repository, rules
from yingda.privacy.schemas import AuditEntry, AuditFilter, AuditLine, AuditObject, Verdict

_CHECKED_AT_ONCE = 5_000
#: The kind of objects that are colleagues.
_STAFF = "staff"


async def audit(
    tx: Tx,
    principal: Principal,
    action: str,
    target: AuditObject,
    *,
    reason: str | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Write down that `principal` did `action`, in the transaction in which they did it.

    To be called last: until the commit nobody else can add to the trail. For what people do by hand, therefore, not
    for what happens with every message.
    """
    head = await repository.lock_head(tx.conn)
    entry = AuditEntry(
        number=head.entries + 1,
        id=new_id(),
        at=now(),
        actor_id=principal.staff_id,
        actor_name=principal.display_name,
        via=principal.via,
        action=action,
        object=target,
        reason=reason,
        before=before,
        after=after,
        hash="",
    )
    await repository.add(tx.conn, rules.seal(entry, head.head))


async def latest(conn: Connection, wanted: AuditFilter, before: int | None, limit: int) -> list[AuditLine]:
    """Latest first, those before a number."""
    entries = await repository.latest(conn, wanted, before, limit)
    mentioned = [set(rules.ids_in([entry.before, entry.after])) for entry in entries]
    about = [UUID(entry.object.id) if entry.object.kind == _STAFF else None for entry in entries]
    names = await names_of(conn, list({*filter(None, about)}.union(*mentioned)))
    return [
        AuditLine(
            **msgspec.structs.asdict(entry),
            object_name=names.get(whom) if whom else None,
            names={one: names[one] for one in ids if one in names},
        )
        for entry, whom, ids in zip(entries, about, mentioned, strict=True)
    ]


async def verify(conn: Connection, kept_head: str | None = None) -> Verdict:
    """Go through the whole trail. `kept_head`: a hash noted earlier outside this database, which must still occur.

    Who can write to the database can also calculate hashes; only a head kept elsewhere shows that the trail was made
    anew or cut off.
    """
    verdict = Verdict(0, rules.GENESIS)
    kept = kept_head in (None, verdict.head)
    while entries := await repository.following(conn, verdict.entries or None, _CHECKED_AT_ONCE):
        verdict = rules.check(entries, verdict)
        if verdict.broken_at:
            return verdict
        kept = kept or any(entry.hash == kept_head for entry in entries)
    return verdict if kept else Verdict(verdict.entries, verdict.head, verdict.entries + 1)
