"""The watcher: reads what moved, looks at what is due, acts on what was found. Never at everything.

Parcels stand in a table with the moment at which they are worth a look, should they not move before; a sweep takes
those whose moment has come. Several processes may sweep at once: whoever claims a parcel or a customer has them for a
lease.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog

from yingda.commerce import Shipment, ShopDown, Store
from yingda.infra.database import DATABASE_DOWN, Database
from yingda.kit.clock import now
from yingda.kit.errors import NotFound
from yingda.outreach import noticing
from yingda.outreach.lateness import learn
from yingda.outreach.repository import findings, parcels
from yingda.outreach.repository import settings as kept_settings
from yingda.outreach.schemas import OutreachSettings, Parcel, ShopState
from yingda.outreach.telling import act

logger = structlog.get_logger(__name__)

#: How far back a shop's parcels are read when it is first watched; they teach how long journeys take.
HISTORY = timedelta(days=60)
_KEPT = timedelta(days=120)
_FINDINGS_KEPT = timedelta(days=400)
_LEASE = timedelta(minutes=5)
_PAGE = 500
_PAGES = 40
_LOOKS = 2_000
_ROUNDS = 10
_ASKED_AT_ONCE = 8
_CUSTOMERS = 200
_TAUGHT_BY = 20_000


class Watcher:
    """One a process; `stores` by shop code."""

    def __init__(self, db: Database, stores: dict[str, Store]) -> None:
        self._db = db
        self._stores = stores

    async def sweep(self) -> None:
        """What is due now, in every shop."""
        async with self._db.reading() as conn:
            settings = (await kept_settings.kept(conn)).settings
            shops = await parcels.shops(conn)
        if not settings.enabled:
            return
        for code, store in self._stores.items():
            await self._read(store, shops.get(code, ShopState(shop=code)), settings)
        async with self._db.reading() as conn:
            shops = await parcels.shops(conn)
        if untaught := [code for code, state in shops.items() if state.lists and state.learned_at is None]:
            await self._learn(untaught)
            async with self._db.reading() as conn:
                shops = await parcels.shops(conn)
        await self._look(shops, settings)
        await self._act(settings)

    async def learn(self) -> None:
        """How long journeys take, from the latest; and forget what teaches nothing any more."""
        async with self._db.transaction() as tx:
            await parcels.purge(tx.conn, now() - _KEPT)
            await findings.purge(tx.conn, now() - _FINDINGS_KEPT)
        await self._learn(list(self._stores))

    async def _learn(self, shops: Sequence[str]) -> None:
        for shop in shops:
            async with self._db.reading() as conn:
                journeys = await parcels.journeys(conn, shop, now() - _KEPT, _TAUGHT_BY)
            model = await asyncio.to_thread(learn, journeys)
            async with self._db.transaction() as tx:
                await parcels.look_at_all(tx.conn, now(), now() - _KEPT)
                await parcels.keep_model(tx.conn, shop, model, len(journeys), now())

    async def _read(self, store: Store, state: ShopState, settings: OutreachSettings) -> None:
        """Page by page, what moved since the last time."""
        place = (state.since or now() - HISTORY, state.after)
        for _ in range(_PAGES):
            try:
                page = await (store.exact or store).shipments.moved(*place, _PAGE)
            except ShopDown:
                async with self._db.transaction() as tx:
                    await parcels.keep_failure(tx.conn, store.code, now())
                return
            async with self._db.transaction() as tx:
                if page:
                    place = (page[-1].last_event.at, page[-1].tracking_no)
                    await noticing.take_in(
                        tx, store.code, page, settings, state.model, now(), listed=True, confirmed=False
                    )
                await parcels.keep_place(tx.conn, store.code, place if page else None, now(), lists=page is not None)
            if page is None or len(page) < _PAGE:
                return

    async def _look(self, shops: dict[str, ShopState], settings: OutreachSettings) -> None:
        for _ in range(_ROUNDS):
            async with self._db.transaction() as tx:
                due = await parcels.claim_due(tx.conn, now(), _LEASE, _LOOKS)
            if not due:
                return
            for shop in sorted({one.shop for one in due}):
                mine = [one for one in due if one.shop == shop]
                await self._look_in(shops.get(shop, ShopState(shop=shop)), mine, settings)

    async def _look_in(
        self, state: ShopState, due: Sequence[Parcel | parcels.Named], settings: OutreachSettings
    ) -> None:
        """Those of one shop. Only what may be wrong, or cannot be listed, is asked about."""
        async with self._db.reading() as conn:
            known = await findings.open_rules(conn, state.shop, [one.tracking_no for one in due])
        store = self._stores.get(state.shop)
        doubtful: list[Parcel | parcels.Named] = []
        looks: list[tuple[str, str, datetime | None]] = []
        for one in due:
            ask, look = True, None
            if isinstance(one, Parcel) and state.lists and one.tracking_no not in known:
                ask, look = noticing.look_without_asking(one, settings, state.model, now())
            if ask and store:
                doubtful.append(one)
            else:
                looks.append((state.shop, one.tracking_no, look))
        if looks:
            async with self._db.transaction() as tx:
                await parcels.set_looks(tx.conn, looks)
        if store and doubtful:
            await self._confirm(store, state, doubtful, settings)

    async def _confirm(
        self, store: Store, state: ShopState, doubtful: Sequence[Parcel | parcels.Named], settings: OutreachSettings
    ) -> None:
        """Ask the shop itself, not its memory, before anybody is told anything."""
        room = asyncio.Semaphore(_ASKED_AT_ONCE)

        async def ask(one: Parcel | parcels.Named) -> Shipment | type[NotFound] | None:
            async with room:
                try:
                    return await (store.exact or store).shipments.get(one.owner, one.tracking_no)
                except NotFound:
                    return NotFound
                except ShopDown:
                    return None

        answers = await asyncio.gather(*(ask(one) for one in doubtful))
        heard = [answer for answer in answers if isinstance(answer, Shipment)]
        silent = [one for one, answer in zip(doubtful, answers, strict=True) if answer is None]
        async with self._db.transaction() as tx:
            await noticing.take_in(
                tx, store.code, heard, settings, state.model, now(), listed=bool(state.lists), confirmed=True
            )
            for one, answer in zip(doubtful, answers, strict=True):
                if answer is NotFound:
                    await noticing.gone(tx, store.code, one.tracking_no, now())
            if silent:
                again = now() + noticing.AGAIN
                await parcels.set_looks(tx.conn, [(store.code, one.tracking_no, again) for one in silent])
                await parcels.keep_failure(tx.conn, store.code, now())

    async def _act(self, settings: OutreachSettings) -> None:
        for _ in range(_ROUNDS):
            async with self._db.transaction() as tx:
                due = await findings.claim_due(tx.conn, now(), _LEASE, _CUSTOMERS)
            if not due:
                return
            for shop, owner in due:
                if shop in self._stores:
                    await self._act_for(self._stores[shop], owner, settings)

    async def _act_for(self, store: Store, owner: str, settings: OutreachSettings) -> None:
        try:
            async with self._db.transaction() as tx:
                await act(tx, store, owner, settings)
        except DATABASE_DOWN:
            raise
        except Exception:  # one customer about whom something fails must not keep the others waiting
            logger.exception("a customer could not be told", shop=store.code)
