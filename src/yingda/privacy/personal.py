"""Who keeps what of a customer: each feature registers how its part is copied out and how it is erased."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import msgspec

from yingda.identity import Permission, Principal
from yingda.infra.database import Connection, Tx
from yingda.privacy import repository
from yingda.privacy.rules import reason_text
from yingda.privacy.schemas import AuditObject, Reason, Subject
from yingda.privacy.service import audit

#: What a feature keeps of a customer, as plain values for JSON.
Export = Callable[[Connection, Subject], Awaitable[Any]]
#: Takes it away, or whatever in it tells of a person where the record itself must stay; how many rows it touched.
Erase = Callable[[Tx, Subject], Awaitable[int]]


class Holding(msgspec.Struct, frozen=True):
    """A feature's part. `feature` is what the part is called in a copy."""

    feature: str
    export: Export
    erase: Erase


class PersonalData:
    """All parts, in the order in which they are erased: who refers to others goes before them."""

    def __init__(self) -> None:
        self._holdings: list[Holding] = []

    def register(self, holding: Holding) -> None:
        self._holdings.append(holding)

    async def export(self, tx: Tx, principal: Principal, subject: Subject, reason: Reason) -> dict[str, Any]:
        """Everything that is kept of a customer. That it was copied out, by whom and why, is in the audit trail."""
        principal.require(Permission.PRIVACY_MANAGE)
        why = reason_text(reason)
        found = {one.feature: await one.export(tx.conn, subject) for one in self._holdings}
        await audit(tx, principal, "customer.export", _object(subject.customer_id), reason=why)
        return found

    async def erase(self, tx: Tx, principal: Principal, subject: Subject, reason: Reason) -> dict[str, int]:
        """Take away everything that tells who a customer was; how many rows of each feature it touched."""
        principal.require(Permission.PRIVACY_MANAGE)
        why = reason_text(reason)
        touched = {one.feature: await one.erase(tx, subject) for one in self._holdings}
        await audit(tx, principal, "customer.erase", _object(subject.customer_id), reason=why, after=touched)
        return touched


async def _consents(conn: Connection, subject: Subject) -> Any:
    return await repository.all_consents(conn, subject.customer_ids)


async def _forget_consents(tx: Tx, subject: Subject) -> int:
    return await repository.drop_consents(tx.conn, subject.customer_ids)


#: The answers of a customer who is gone are nobody's.
CONSENTS = Holding("consents", _consents, _forget_consents)


def _object(customer_id: UUID) -> AuditObject:
    return AuditObject("customer", str(customer_id))
