"""The guard: the only way by which anything in a shop is changed for a customer.

A deed is written down as begun, then the shop is asked, then it is settled: three steps with a process's death possible
between any two. Whatever is begun and not settled is asked again under the same key, and a shop does one thing for one
key, so that nothing is done twice and nothing forgotten.
"""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
import structlog

from yingda.commerce.changes import Change, RevokeCoupon, WithdrawCase, kind_of
from yingda.commerce.deeds import repository, rules
from yingda.commerce.deeds.facts import carry_out, facts_of
from yingda.commerce.deeds.policy import Policy
from yingda.commerce.deeds.schemas import (
    ASSISTANT,
    Actor,
    Before,
    Deed,
    DeedRecord,
    DeedSeen,
    DeedState,
    Facts,
    Kept,
    LastDeed,
    Outcome,
)
from yingda.commerce.deeds.wording import refused, told
from yingda.commerce.errors import ChangeRefused, ShopDown
from yingda.commerce.events import DeedSettled
from yingda.commerce.protocols import Store
from yingda.commerce.refusals import Refusal
from yingda.commerce.schemas import Receipt
from yingda.infra.database import Connection, Database, Tx
from yingda.kit.clock import now
from yingda.kit.errors import NotFound
from yingda.kit.ids import new_id

logger = structlog.get_logger(__name__)

#: How far back the limits of a policy can look.
_REMEMBERED = timedelta(days=400)
#: What somebody may mean who wants something undone.
_RECENT = timedelta(days=7)
#: After so many tries, about a day, a person has to find out what became of a deed.
_MOST_TRIES = 30
_AT_ONCE = 20


class Deeds:
    """Stores and policies by shop code; a shop without a policy changes nothing."""

    def __init__(self, db: Database, stores: dict[str, Store], policies: dict[str, Policy]) -> None:
        self._db = db
        self._stores = stores
        self._policies = policies

    async def perform(self, deed: Deed) -> Outcome:
        """Do it, or say why not. The same key again answers the same and does nothing more."""
        store, policy = self._stores.get(deed.shop), self._policies.get(deed.shop)
        if not deed.verified:
            return refused(Refusal.NOT_VERIFIED)
        if store is None or policy is None:
            return refused(Refusal.NOT_OFFERED)
        async with self._db.reading() as conn:
            known = await repository.find(conn, deed.shop, deed.key)
        if known:
            return self._same(known, deed)
        try:
            facts = await facts_of(store.exact or store, deed.owner, deed.change, policy, now())
        except NotFound:
            facts = None
        except ShopDown:
            return refused(Refusal.SHOP_DOWN)
        kept, ours = await self._begin(deed, policy, facts)
        if ours and kept.record.state is DeedState.BEGUN:
            return await self._carry_out(store, kept)
        return self._same(kept, deed)

    async def undo(
        self,
        shop: str,
        owner: str,
        deed_id: UUID,
        *,
        verified: bool,
        key: str,
        reason: str,
        actor: Actor = ASSISTANT,
    ) -> Outcome:
        """Take a deed of this customer back, by a deed that does the reverse."""
        async with self._db.reading() as conn:
            kept = await repository.get(conn, deed_id)
            known = await repository.find(conn, shop, key)
        if kept is None or (kept.record.shop, kept.record.owner) != (shop, owner):
            return refused(Refusal.NOT_THEIRS)
        if known and known.record.undoes == kept.record.id:
            return self._told(known)
        if kept.before is None or kept.receipt is None:
            return refused(Refusal.NOT_UNDOABLE)
        reverse = rules.inverse(kept.change, kept.before, kept.receipt)
        until = self._undo_until(kept)
        if reverse is None or until is None or until < now():
            return refused(Refusal.NOT_UNDOABLE)
        deed = Deed(
            shop=shop,
            owner=owner,
            verified=verified,
            change=reverse,
            key=key,
            reason=reason,
            actor=actor,
            conversation_id=kept.record.conversation_id,
            undoes=kept.record.id,
        )
        return await self.perform(deed)

    async def last(self, shop: str, owner: str, kind: str | None) -> LastDeed | None:
        """The latest that was done for the customer and stands, of this kind, or of any that can be undone."""
        policy = self._policies.get(shop)
        if policy is None:
            return None
        kinds = [kind] if kind else list(policy.undo_minutes)
        async with self._db.reading() as conn:
            kept = await repository.last(conn, shop, owner, now() - _RECENT, kinds)
        return LastDeed(kept.record, self._undo_until(kept)) if kept else None

    async def recover(self) -> None:
        """Ask again about deeds to which no answer came."""
        async with self._db.transaction() as tx:
            due = await repository.claim_open(tx.conn, now(), _AT_ONCE)
        for kept in due:
            store = self._stores.get(kept.record.shop)
            if store is None or kept.tries > _MOST_TRIES:
                await self._settle(kept, DeedState.UNCLEAR, late=True)
                continue
            try:
                await self._carry_out(store, kept, late=True)
            except Exception:  # one deed that fails must not keep the others waiting
                logger.exception("a deed could not be finished", deed=str(kept.record.id))

    async def _begin(self, deed: Deed, policy: Policy, facts: Facts | None) -> tuple[Kept, bool]:
        """Decide and write it down; False: another call with this key was first."""
        deed_id, moment = new_id(), now()
        async with self._db.transaction() as tx:
            await repository.lock_customer(tx.conn, deed.shop, deed.owner)
            decision: rules.Allowed | Refusal = Refusal.NOT_THEIRS
            if facts is not None:
                past = await repository.past(tx.conn, deed.shop, deed.owner, moment - _REMEMBERED)
                facts = msgspec.structs.replace(facts, past=past)
                decision = rules.decide(policy, deed.change, facts, moment, by_person=deed.by_person)
            amount = decision.amount_cents if isinstance(decision, rules.Allowed) else 0
            ours = await repository.add(
                tx.conn,
                deed,
                deed_id=deed_id,
                fingerprint=_fingerprint(deed),
                kind=kind_of(deed.change),
                change=rules.filled(deed.change, amount) if amount else deed.change,
                amount_cents=amount,
                before=_before(facts),
                refusal=decision if isinstance(decision, Refusal) else None,
                now=moment,
            )
            kept = await repository.find(tx.conn, deed.shop, deed.key)
            if kept is None:
                raise RuntimeError("a deed that was just written is gone")
            if ours and kept.record.refusal:
                await tx.publish(DeedSettled(kept.record, late=False))
        return kept, ours

    async def _carry_out(self, store: Store, kept: Kept, *, late: bool = False) -> Outcome:
        record = kept.record
        try:
            receipt = await carry_out(store, record.owner, kept.change, str(record.id))
        except ChangeRefused as error:
            return await self._settle(kept, DeedState.REFUSED, refusal=error.refusal, late=late)
        except NotFound:
            return await self._settle(kept, DeedState.REFUSED, refusal=Refusal.NOT_THEIRS, late=late)
        except ShopDown:
            return self._told(kept)
        return await self._settle(kept, DeedState.DONE, receipt=receipt, late=late)

    async def _settle(
        self,
        kept: Kept,
        state: DeedState,
        *,
        receipt: Receipt | None = None,
        refusal: Refusal | None = None,
        late: bool,
    ) -> Outcome:
        """Write down what became of it, unless another process has."""
        async with self._db.transaction() as tx:
            settled = await repository.settle(tx.conn, kept.record.id, state, receipt, refusal, now())
            if settled:
                await self._after(tx, settled, late=late)
            else:
                settled = await repository.get(tx.conn, kept.record.id)
        return self._told(settled or kept)

    async def _after(self, tx: Tx, settled: Kept, *, late: bool) -> None:
        if settled.record.state is DeedState.DONE:
            await repository.mark_undone(tx.conn, settled.record, _taken_back(settled.change))
        await tx.publish(DeedSettled(settled.record, late=late))

    def _same(self, kept: Kept, deed: Deed) -> Outcome:
        """The answer to a key that was used before, which must have been used for the same."""
        if kept.fingerprint != _fingerprint(deed):
            return refused(Refusal.KEY_REUSED)
        return self._told(kept)

    def _told(self, kept: Kept) -> Outcome:
        return told(kept, self._undo_until(kept))

    def _undo_until(self, kept: Kept) -> datetime | None:
        policy, record = self._policies.get(kept.record.shop), kept.record
        if not policy or not kept.before or not kept.receipt or not record.settled_at or record.undone_by:
            return None
        return rules.undo_until(policy, kept.change, kept.before, kept.receipt, record.settled_at)


async def deeds_of(conn: Connection, shop: str, owner: str) -> list[DeedSeen]:
    """All of one customer's, in order, with what they say: for a shop whose customers are invented."""
    return await repository.of_customer(conn, shop, owner)


async def deeds_in(conn: Connection, conversation_id: UUID) -> list[tuple[str, DeedRecord]]:
    """All that was asked for in a conversation, in order, each with its key."""
    return await repository.in_conversation(conn, conversation_id)


def _fingerprint(deed: Deed) -> str:
    """Tells two deeds apart that were given one key; who decides on it is no part of what it is."""
    return hashlib.sha256(msgspec.json.encode((deed.owner, deed.change))).hexdigest()


def _before(facts: Facts | None) -> Before | None:
    return Before(facts.order.state, facts.order.address, facts.order.buyer_remark) if facts else None


def _taken_back(change: Change) -> str | None:
    """The number of the case or coupon that the change ends."""
    match change:
        case WithdrawCase():
            return change.case_no
        case RevokeCoupon():
            return change.code
    return None
