"""What happens to personal data: so far the audit trail, which says who saw or changed what, and why."""

from yingda.privacy.endpoints import routers
from yingda.privacy.schemas import AuditEntry, AuditObject, Verdict
from yingda.privacy.service import audit, verify

__all__ = ["AuditEntry", "AuditObject", "Verdict", "audit", "routers", "verify"]
