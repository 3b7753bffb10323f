"""What other systems were told of a customer: ids, and the numbers of accounts, orders and parcels in shops.

What is still to be told goes too. Who has heard of a customer already is told that they were erased, by id alone, and
erases them by rules of their own.
"""

from typing import Any

from yingda.conversations import conversations_of
from yingda.infra.database import Connection, Tx
from yingda.infra.jobs import Jobs
from yingda.kit.clock import now
from yingda.kit.ids import new_id
from yingda.privacy import Holding, Subject
from yingda.webhooks import repository, rules
from yingda.webhooks.schemas import EventType
from yingda.webhooks.tasks import ANNOUNCE, Announce


def personal(jobs: Jobs) -> Holding:
    async def erase(tx: Tx, subject: Subject) -> int:
        ids = await conversations_of(tx.conn, subject.customer_ids)
        tells = rules.telling_of(subject, ids)
        waiting = await jobs.drop(tx.conn, ANNOUNCE, lambda job: tells(job.data))
        told = await repository.forget(tx.conn, subject.customer_ids, ids, *subject.accounts)
        await _announce(tx, jobs, subject)
        return waiting + told

    return Holding("webhooks", _export, erase)


async def _announce(tx: Tx, jobs: Jobs, subject: Subject) -> None:
    """Each id that others may know them by; here, because what is done on the command line has no `Webhooks`."""
    if EventType.CUSTOMER_ERASED not in await repository.wanted(tx.conn):
        return
    for customer_id in sorted(subject.customer_ids):
        data = {"customer_id": str(customer_id)}
        await jobs.enqueue(tx.conn, ANNOUNCE, Announce(new_id(), EventType.CUSTOMER_ERASED, now().isoformat(), data))
    tx.after_commit(jobs.wake)


async def _export(conn: Connection, subject: Subject) -> Any:
    ids = await conversations_of(conn, subject.customer_ids)
    return await repository.told_of(conn, subject.customer_ids, ids, *subject.accounts)
