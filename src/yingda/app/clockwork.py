"""What workers do without being asked, and when: times are those of Shanghai."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from yingda import dialogue, routing
from yingda.app.library import gather_topics
from yingda.app.reading import encoder_of
from yingda.commerce import purge_hooks
from yingda.conversations import handle_files, wake_due
from yingda.customers import forget_expired
from yingda.identity import purge_expired
from yingda.infra.database import Database, Tx
from yingda.knowledge import labels, purge_proposals
from yingda.routing import escalation, levels, warning
from yingda.webhooks import purge as purge_webhooks
from yingda.workspace import notices, promises

if TYPE_CHECKING:
    from yingda.app.bootstrap import Runtime


def schedule(one: "Runtime") -> None:
    """Name the work that jobs ask for, and the hours of what comes round by itself."""
    one.label_reader.handle(one.jobs)
    handle_files(one.jobs, one.files)
    models = one.settings.data_dir / "models"
    dialogue.subscribe_review(one.jobs, dialogue.Trainer(one.db, models, partial(encoder_of, one.settings)))
    routing.Trial(one.db).handle(one.jobs)
    _each_minute(one)
    _each_night(one)


def _each_minute(one: "Runtime") -> None:
    one.jobs.every("* * * * *", "conversations.wake", _in_transaction(one.db, wake_due))
    one.jobs.every("* * * * *", "commerce.recover", one.deeds.recover)
    one.jobs.every("* * * * *", "knowledge.encode", partial(one.library.look_after_vectors, one.jobs))
    one.jobs.every("* * * * *", "routing.dispatch", one.dispatcher.dispatch_all)
    one.jobs.every("* * * * *", "escalation.watch", partial(escalation.watch, one.db))
    one.jobs.every("* * * * *", "warning.look_ahead", _in_transaction(one.db, warning.look_ahead))
    one.jobs.every("* * * * *", "outreach.sweep", one.outreach.sweep)
    one.jobs.every("* * * * *", "promises.remind", partial(promises.remind_due, one.db))


def _each_night(one: "Runtime") -> None:
    """And what comes round in the quiet of an hour or a week."""
    one.jobs.every("29 3 * * *", "knowledge.purge", _in_transaction(one.db, purge_proposals))
    one.jobs.every("37 4 * * 1", "knowledge.gather", partial(gather_topics, one.db))
    one.jobs.every("13 4 * * *", "warning.learn", partial(_learn_to_warn, one.db))
    one.jobs.every("41 3 * * *", "outreach.learn", one.outreach.learn)
    one.jobs.every("23 3 * * *", "routing.forget", _in_transaction(one.db, routing.forget))
    one.jobs.every("27 3 * * *", "webhooks.purge", _in_transaction(one.db, purge_webhooks))
    one.jobs.every("23 3 * * *", "commerce.purge_hooks", partial(purge_hooks, one.db))
    one.jobs.every("29 3 * * *", "labels.purge", _in_transaction(one.db, labels.purge))
    one.jobs.every("31 3 * * *", "notices.purge", _in_transaction(one.db, notices.purge_old))
    one.jobs.every("47 * * * *", "service_levels.learn", _in_transaction(one.db, levels.learn))
    one.jobs.every("41 4 * * *", "customers.forget_expired", _in_transaction(one.db, forget_expired))
    one.jobs.every("17 * * * *", "identity.purge", _in_transaction(one.db, purge_expired))


async def _learn_to_warn(db: Database) -> None:
    await warning.learn(db)


def _in_transaction(db: Database, work: Callable[[Tx], Awaitable[object]]) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        async with db.transaction() as tx:
            await work(tx)

    return run
