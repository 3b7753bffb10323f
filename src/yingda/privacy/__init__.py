"""What happens to personal data: the audit trail, what customers allow, and where all that is kept of them is."""

from yingda.privacy.consent import consents_of, record_consent, take_over_consents, withdraw_consents
from yingda.privacy.endpoints import routers
from yingda.privacy.errors import ReasonMissing
from yingda.privacy.handlers import subscribe
from yingda.privacy.personal import CONSENTS, Holding, PersonalData
from yingda.privacy.rules import reason_text
from yingda.privacy.schemas import (
    AuditEntry,
    AuditObject,
    ConsentPurpose,
    Consents,
    ConsentState,
    Purpose,
    Reason,
    Subject,
    Verdict,
)
from yingda.privacy.service import audit, verify

__all__ = [
    "CONSENTS",
    "AuditEntry",
    "AuditObject",
    "ConsentPurpose",
    "ConsentState",
    "Consents",
    "Holding",
    "PersonalData",
    "Purpose",
    "Reason",
    "ReasonMissing",
    "Subject",
    "Verdict",
    "audit",
    "consents_of",
    "reason_text",
    "record_consent",
    "routers",
    "subscribe",
    "take_over_consents",
    "verify",
    "withdraw_consents",
]
