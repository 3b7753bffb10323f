"""What a demo begins with: switched on, awake at all hours, and a little slower to worry than a real shop."""

from yingda.infra.database import Tx
from yingda.outreach.repository import settings as kept_settings
from yingda.outreach.schemas import OutreachSettings, TroubleSetting
from yingda.outreach.service import keep

_DEMO = OutreachSettings(
    enabled=True,
    stuck_hours=30,
    no_scan_hours=72,
    quiet_from="00:00",
    quiet_until="00:00",
    no_scan=TroubleSetting(ticket=False),
)


async def seed_demo(tx: Tx) -> None:
    """Unless somebody has decided."""
    if (await kept_settings.kept(tx.conn)).version == 0:
        await keep(tx, _DEMO, 1, "demo")
