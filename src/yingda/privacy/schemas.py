"""What the audit trail holds and tells."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

import msgspec

_SHOP = "shop:"


class AuditObject(msgspec.Struct, frozen=True):
    """What was seen or changed: a kind such as `customer`, and its id in the system that owns it."""

    kind: str
    id: str


class AuditEntry(msgspec.Struct, frozen=True, kw_only=True):
    """Who did what to which object, when and why. `before` and `after` name what changed, without personal data.

    `number` counts from 1 without a gap; `hash` covers this entry and, through the one before it, all earlier ones.
    """

    number: int
    id: UUID
    at: datetime
    actor_id: UUID
    actor_name: str
    via: str
    action: str
    object: AuditObject
    reason: str | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    hash: str


class AuditLine(AuditEntry, frozen=True, kw_only=True):
    """An entry as it is read: with what the colleagues in it are called today, which the trail does not keep.
    `object_name`: whom it is about. `names`: of those whose ids stand among its values."""

    object_name: str | None = None
    names: dict[UUID, str] = {}


class Purpose(StrEnum):
    """What somebody may need personal data for."""

    VERIFY_IDENTITY = "verify_identity"
    CALL_BACK = "call_back"
    DELIVERY = "delivery"
    AFTER_SALE = "after_sale"
    COMPLAINT = "complaint"
    OTHER = "other"


class Reason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why personal data is opened. `detail` in one's own words; a must where the purpose says nothing."""

    purpose: Purpose
    detail: Annotated[str, msgspec.Meta(max_length=200)] = ""


class AuditFilter(msgspec.Struct, frozen=True, kw_only=True):
    actor_id: UUID | None = None
    action: str | None = None
    object_kind: str | None = None
    object_id: str | None = None
    since: date | None = None
    until: date | None = None


class Verdict(msgspec.Struct, frozen=True):
    """What became of the trail: how long it is, its last hash, and the number at which it first does not hold."""

    entries: int
    head: str
    broken_at: int | None = None


class ConsentPurpose(StrEnum):
    """What a customer may allow. The value is kept: it is never renamed."""

    MEMORY = "memory"
    """That what they like and what their skin is like is remembered from one conversation to the next."""
    HEALTH = "health"
    """The same of what concerns their health: what they do not bear, and pregnancy."""


class ConsentState(StrEnum):
    ASKED = "asked"
    """They were asked, and went on to something else."""
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


Consents = dict[ConsentPurpose, ConsentState]


class Consent(msgspec.Struct, frozen=True, kw_only=True):
    """One answer of a customer, and the message that it stands in."""

    purpose: ConsentPurpose
    state: ConsentState
    at: datetime
    conversation_id: UUID | None
    seq: int | None


class Subject(msgspec.Struct, frozen=True):
    """A person as the features know them: the customer, the visitors who turned out to be them, and who they are in
    each channel (`shop:liuli` and their number there, for instance)."""

    customer_id: UUID
    customer_ids: tuple[UUID, ...]
    identities: tuple[tuple[str, str], ...] = ()

    @property
    def accounts(self) -> tuple[list[str], list[str]]:
        """Shops, and the customer's number in each."""
        found = [(kind.removeprefix(_SHOP), number) for kind, number in self.identities if kind.startswith(_SHOP)]
        return [shop for shop, _ in found], [number for _, number in found]
