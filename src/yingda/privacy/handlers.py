"""What is told from below that belongs into the audit trail."""

from yingda.identity import AccessChanged
from yingda.infra.database import Tx
from yingda.infra.events import EventBus
from yingda.privacy.schemas import AuditObject
from yingda.privacy.service import audit


def subscribe(bus: EventBus) -> None:
    """Keep on record who let whom in, and who gave whom which rights."""
    bus.subscribe(AccessChanged, _access_changed)


async def _access_changed(tx: Tx, event: AccessChanged) -> None:
    kind = event.change.value.partition(".")[0]
    target = AuditObject(kind, str(event.object_id))
    await audit(tx, event.by, event.change.value, target, before=event.before, after=event.after)
