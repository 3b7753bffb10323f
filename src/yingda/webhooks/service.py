"""Subscriptions and their deliveries: written with what they tell of, sent by jobs, logged, sent again on request."""

import secrets
import time
from datetime import timedelta
from uuid import UUID, uuid5

import msgspec

from yingda.identity import Principal
from yingda.infra.database import Connection, Database, Tx
from yingda.infra.jobs import Jobs
from yingda.kit.clock import now
from yingda.kit.errors import NotFound
from yingda.kit.ids import new_id
from yingda.privacy import AuditObject, audit
from yingda.webhooks import repository, rules
from yingda.webhooks.schemas import (
    Announcement,
    Attempt,
    Delivery,
    DeliveryState,
    EventType,
    Webhook,
    WebhookSecret,
    WriteWebhook,
)
from yingda.webhooks.sender import Sender
from yingda.webhooks.tasks import ANNOUNCE, DELIVER, Announce, Deliver

_KEPT = timedelta(days=30)
#: So long a process may not know that somebody has begun to want a type of event, or has ceased to.
_KNOWN_SECONDS = 5.0


class WebhookNotFound(NotFound):
    code = "webhook_not_found"
    zh = "没有找到这个 Webhook。"
    en = "There is no such webhook."


class DeliveryNotFound(NotFound):
    code = "delivery_not_found"
    zh = "没有找到这条投递记录。"
    en = "There is no such delivery."


class Webhooks:
    """One a process. Knows which types anybody wants, so that all others cost nothing on the way of a message."""

    def __init__(self, db: Database, jobs: Jobs, sender: Sender, *, private: bool) -> None:
        self._db = db
        self._jobs = jobs
        self._sender = sender
        self._private = private
        self._wanted: frozenset[str] = frozenset()
        self._known_until = 0.0

    async def announce(self, tx: Tx, announcement: Announcement) -> None:
        """Write the job that tells whoever wants to know."""
        if announcement.type not in await self._types(tx.conn):
            return
        job = Announce(new_id(), announcement.type, now().isoformat(), announcement.data)
        await self._jobs.enqueue(tx.conn, ANNOUNCE, job)
        tx.after_commit(self._jobs.wake)

    async def spread(self, job: Announce) -> None:
        """A delivery for each webhook that wants it. Run again it writes nothing new."""
        body = _body(job.id, EventType(job.type), job.at, job.data)
        async with self._db.transaction() as tx:
            for webhook_id in await repository.subscribers(tx.conn, EventType(job.type)):
                await self._put(tx, uuid5(job.id, webhook_id.hex), webhook_id, EventType(job.type), body)

    async def deliver(self, job: Deliver) -> None:
        """Try once; what did not arrive is tried again later, by another job."""
        async with self._db.reading() as conn:
            target = await repository.target(conn, job.delivery_id, now())
        if target is None:
            return
        attempt = await self._sender.send(target) if target.enabled else Attempt(None, "disabled", 0)
        moment = now()
        next_at = rules.next_try(target.delivery.attempts + 1, moment) if target.enabled else None
        if attempt.arrived:
            state, next_at = DeliveryState.DELIVERED, None
        else:
            state = DeliveryState.PENDING if next_at else DeliveryState.FAILED
        async with self._db.transaction() as tx:
            await repository.note(tx.conn, job.delivery_id, state, attempt, moment, next_at)
            if next_at:
                await self._jobs.enqueue(tx.conn, DELIVER, job, run_at=next_at)

    async def add(self, tx: Tx, principal: Principal, data: WriteWebhook) -> WebhookSecret:
        rules.check_url(data.url, private=self._private)
        webhook_id, secret = new_id(), _new_secret()
        await repository.add(tx.conn, webhook_id, data, secret, principal.staff_id, now())
        made = await get(tx.conn, webhook_id)
        await self._changed(tx, principal, "webhook.add", webhook_id, data)
        return WebhookSecret(made, secret)

    async def change(self, tx: Tx, principal: Principal, webhook_id: UUID, data: WriteWebhook) -> Webhook:
        rules.check_url(data.url, private=self._private)
        if not await repository.change(tx.conn, webhook_id, data):
            raise WebhookNotFound
        changed = await get(tx.conn, webhook_id)
        await self._changed(tx, principal, "webhook.change", webhook_id, data)
        return changed

    async def remove(self, tx: Tx, principal: Principal, webhook_id: UUID) -> None:
        if not await repository.remove(tx.conn, webhook_id):
            raise WebhookNotFound
        await self._changed(tx, principal, "webhook.remove", webhook_id)

    async def rotate(self, tx: Tx, principal: Principal, webhook_id: UUID, overlap_hours: int) -> WebhookSecret:
        """A new secret; the present one signs beside it for so long."""
        secret = _new_secret()
        if not await repository.rotate(tx.conn, webhook_id, secret, now() + timedelta(hours=overlap_hours)):
            raise WebhookNotFound
        rotated = await get(tx.conn, webhook_id)
        await self._changed(tx, principal, "webhook.rotate", webhook_id)
        return WebhookSecret(rotated, secret)

    async def ping(self, tx: Tx, webhook_id: UUID) -> Delivery:
        """Something to be delivered now, whatever it is subscribed to."""
        await get(tx.conn, webhook_id)
        delivery_id = new_id()
        body = _body(delivery_id, EventType.PING, now().isoformat(), {"webhook_id": str(webhook_id)})
        return await self._put(tx, delivery_id, webhook_id, EventType.PING, body)

    async def redeliver(self, tx: Tx, delivery_id: UUID) -> Delivery:
        """The same once more, under the id that the receiver knows it by."""
        old = await repository.delivery(tx.conn, delivery_id)
        if old is None:
            raise DeliveryNotFound
        first = old.redelivery_of or old.id
        return await self._put(tx, new_id(), old.webhook_id, old.event_type, old.body, first)

    async def _put(
        self,
        tx: Tx,
        delivery_id: UUID,
        webhook_id: UUID,
        event_type: EventType,
        body: str,
        redelivery_of: UUID | None = None,
    ) -> Delivery:
        added = await repository.add_delivery(tx.conn, delivery_id, webhook_id, event_type, body, now(), redelivery_of)
        if added:
            await self._jobs.enqueue(tx.conn, DELIVER, Deliver(delivery_id))
            tx.after_commit(self._jobs.wake)
            return added
        known = await repository.delivery(tx.conn, delivery_id)
        if known is None:
            raise DeliveryNotFound
        return known

    async def _changed(
        self, tx: Tx, principal: Principal, action: str, webhook_id: UUID, data: WriteWebhook | None = None
    ) -> None:
        """Into the audit trail, without the address's path: tokens are often a part of it."""
        tx.after_commit(self._forget)
        host = rules.check_url(data.url, private=True).hostname if data else None
        after = {"name": data.name, "host": host, "events": sorted(data.event_types)} if data else None
        await audit(tx, principal, action, AuditObject("webhook", str(webhook_id)), after=after)

    async def _types(self, conn: Connection) -> frozenset[str]:
        if time.monotonic() >= self._known_until:
            self._wanted = await repository.wanted(conn)
            self._known_until = time.monotonic() + _KNOWN_SECONDS
        return self._wanted

    def _forget(self) -> None:
        self._known_until = 0.0


async def get(conn: Connection, webhook_id: UUID) -> Webhook:
    """Raises `WebhookNotFound`."""
    found = await repository.webhook(conn, webhook_id, now())
    if found is None:
        raise WebhookNotFound
    return found


async def purge(tx: Tx) -> None:
    """Let the log go that is older than a month."""
    await repository.purge(tx.conn, now(), _KEPT)


def _body(event_id: UUID, event_type: EventType, at: str, data: dict[str, object]) -> str:
    return msgspec.json.encode({"id": event_id, "type": event_type, "created_at": at, "data": data}).decode()


def _new_secret() -> str:
    return f"whsec_{secrets.token_urlsafe(32)}"
