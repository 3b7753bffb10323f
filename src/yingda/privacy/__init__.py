"""What happens to personal data: so far the audit trail, which says who saw or changed what, and why."""

from yingda.privacy.endpoints import routers
from yingda.privacy.errors import ReasonMissing
from yingda.privacy.rules import reason_text
from yingda.privacy.schemas import AuditEntry, AuditObject, Purpose, Reason, Verdict
from yingda.privacy.service import audit, verify

__all__ = [
    "AuditEntry",
    "AuditObject",
    "Purpose",
    "Reason",
    "ReasonMissing",
    "Verdict",
    "audit",
    "reason_text",
    "routers",
    "verify",
]
