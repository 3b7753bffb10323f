"""What was declined of a release: remembered, and forgotten when it is taken over after all."""

from collections.abc import Mapping, Sequence

import msgspec

from yingda.identity import Principal
from yingda.infra.database import Connection, Tx
from yingda.kit.clock import now
from yingda.kit.redaction import redact
from yingda.privacy import AuditObject, audit
from yingda.releases import repository
from yingda.releases.schemas import Declined


async def declined(conn: Connection, subject: str, shipped: Mapping[str, msgspec.Struct]) -> dict[str, Declined]:
    """By part, those that were declined just as they are shipped now."""
    found = await repository.declined(conn, subject)
    return {
        part: told
        for part, (content, told) in found.items()
        if part in shipped and msgspec.convert(content, type(shipped[part])) == shipped[part]
    }


async def decline(tx: Tx, principal: Principal, subject: str, parts: Mapping[str, msgspec.Struct], why: str) -> None:
    """Remember that these parts, as they are shipped, are not wanted."""
    told = Declined(why=redact(why.strip()), author_name=principal.display_name, at=now())
    await repository.decline(tx.conn, subject, parts, told, principal.staff_id)
    after = {"parts": sorted(parts)}
    await audit(tx, principal, "release.decline", AuditObject("release", subject), reason=told.why, after=after)


async def forget_declines(tx: Tx, subject: str, parts: Sequence[str]) -> None:
    await repository.forget(tx.conn, subject, parts)
