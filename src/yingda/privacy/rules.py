"""The chain that makes tampering show (each entry's hash covers its words and the hash before it), and reasons."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import UTC
from itertools import chain
from uuid import UUID

import msgspec

from yingda.kit.redaction import redact
from yingda.privacy.errors import ReasonMissing
from yingda.privacy.schemas import AuditEntry, Purpose, Reason, Verdict

#: Fewer characters than this say nothing.
_LEAST_DETAIL = 2

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

#: What the first entry stands on.
GENESIS = hashlib.sha256(b"yingda audit trail").hexdigest()


def ids_in(value: object) -> Iterator[UUID]:
    """All ids that stand anywhere in what was kept of a change."""
    match value:
        case str() if _ID.fullmatch(value):
            yield UUID(value)
        case dict():
            yield from chain.from_iterable(map(ids_in, value.values()))
        case list():
            yield from chain.from_iterable(map(ids_in, value))


def seal(entry: AuditEntry, previous: str) -> AuditEntry:
    """The entry with its hash, standing on `previous`."""
    words = (
        previous,
        entry.number,
        entry.id,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor_id,
        entry.actor_name,
        entry.via,
        entry.action,
        entry.object.kind,
        entry.object.id,
        entry.reason,
        entry.before,
        entry.after,
    )
    digest = hashlib.sha256(msgspec.json.encode(words, order="sorted")).hexdigest()
    return msgspec.structs.replace(entry, hash=digest)


def reason_text(reason: Reason) -> str:
    """The reason as the trail keeps it, without the personal data that somebody may have typed."""
    detail = " ".join(reason.detail.split())
    if reason.purpose is Purpose.OTHER and len(detail) < _LEAST_DETAIL:
        raise ReasonMissing
    return f"{reason.purpose}: {redact(detail)}" if detail else reason.purpose.value


def check(entries: Iterable[AuditEntry], start: Verdict) -> Verdict:
    """The verdict after `entries`, which follow those of `start`. A gap breaks the chain like a changed word does."""
    verdict = start
    for entry in entries:
        number = verdict.entries + 1
        if entry.number != number or seal(entry, verdict.head).hash != entry.hash:
            return Verdict(verdict.entries, verdict.head, number)
        verdict = Verdict(number, entry.hash)
    return verdict
