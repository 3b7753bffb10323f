"""What other systems were told of a customer: ids, and the numbers of accounts, orders and parcels in shops.

What is still to be told goes too. Who has heard of a customer already erases them by rules of their own.
"""

from typing import Any

from yingda.conversations import conversations_of
from yingda.infra.database import Connection, Tx
from yingda.infra.jobs import Jobs
from yingda.privacy import Holding, Subject
from yingda.webhooks import repository, rules
from yingda.webhooks.tasks import ANNOUNCE


def personal(jobs: Jobs) -> Holding:
    async def erase(tx: Tx, subject: Subject) -> int:
        ids = await conversations_of(tx.conn, subject.customer_ids)
        tells = rules.telling_of(subject, ids)
        waiting = await jobs.drop(tx.conn, ANNOUNCE, lambda job: tells(job.data))
        return waiting + await repository.forget(tx.conn, subject.customer_ids, ids, *subject.accounts)

    return Holding("webhooks", _export, erase)


async def _export(conn: Connection, subject: Subject) -> Any:
    ids = await conversations_of(conn, subject.customer_ids)
    return await repository.told_of(conn, subject.customer_ids, ids, *subject.accounts)
