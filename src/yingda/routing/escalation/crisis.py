"""What cannot wait for the chain."""

from yingda.conversations import SYSTEM, Conversation, place_of, record
from yingda.infra.database import Tx
from yingda.kit.clock import now
from yingda.routing.escalation import repository, wording
from yingda.routing.escalation.asking import open_about, supervisors
from yingda.routing.escalation.events import CrisisDeclared


async def declare(tx: Tx, head: Conversation, kind: str) -> None:
    """Page the supervisors and open the war room, unless that was done for this conversation before."""
    if not await repository.add_crisis(tx.conn, head.id, now()):
        return
    place = await place_of(tx.conn, head.id)
    ticket = await open_about(tx, head, kind, "危机事件处理", f"crisis:{head.id}")
    number = ticket.number if ticket else None
    words, details = wording.crisis(number)
    await record(tx, head.id, SYSTEM, "crisis", words, details)
    await tx.publish(CrisisDeclared(place, number, tuple(await supervisors(tx.conn, place))))
