"""What webhooks do when something happens below."""

from yingda.infra.database import Tx
from yingda.infra.events import Event, EventBus
from yingda.infra.jobs import Jobs
from yingda.webhooks.catalogue import SOURCES
from yingda.webhooks.service import Webhooks
from yingda.webhooks.tasks import ANNOUNCE, DELIVER


def subscribe(bus: EventBus, jobs: Jobs, webhooks: Webhooks) -> None:
    async def happened(tx: Tx, event: Event) -> None:
        for announcement in SOURCES[type(event)](event):
            await webhooks.announce(tx, announcement)

    for kind in SOURCES:
        bus.subscribe(kind, happened)
    jobs.handle(ANNOUNCE, webhooks.spread)
    jobs.handle(DELIVER, webhooks.deliver)
