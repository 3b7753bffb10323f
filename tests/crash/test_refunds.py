"""Killed between any two steps of a refund: it is paid once or not at all, and once begun it is not forgotten."""

from collections.abc import AsyncIterator

import pytest
from structlog.testing import capture_logs

from tests.crash.mortal import Fate, mortal_database, under
from yingda.commerce import (
    SHOP_CODE,
    Claim,
    Deed,
    Deeds,
    DeedSettled,
    DeedState,
    Done,
    Fault,
    RequestRefund,
    cast_customer,
    customer_records,
    deeds_of,
    demo_policy,
    demo_store,
)
from yingda.infra.database import Database, Tx
from yingda.kit.clock import now


@pytest.fixture
async def db(demo_url: str) -> AsyncIterator[Database]:
    database = await mortal_database(demo_url)
    yield database
    await database.close()


@pytest.fixture
def deeds(db: Database) -> Deeds:
    return Deeds(db, {SHOP_CODE: demo_store(db)}, {SHOP_CODE: demo_policy()})


async def a_refund(db: Database, number: int) -> Deed:
    """Of a customer of its own, whose goods came broken."""
    async with db.transaction() as tx:
        given = ["latest_delivered", "one_item", "small_basket"]
        who = await cast_customer(tx, given, f"refund {number}", now())
        [order] = (await customer_records(tx.conn, who.user_id)).orders
    change = RequestRefund(
        order_no=order.order_no, lines=(Claim(order.lines[0].sku),), fault=Fault.DAMAGED, evidence=("photo",)
    )
    return Deed(shop=SHOP_CODE, owner=who.user_id, verified=True, change=change, key=f"turn {number}", reason="破损")


async def a_minute_later(db: Database) -> None:
    await db.pool.execute("UPDATE deeds SET tried_at = tried_at - interval '2 hours' WHERE state = 'begun'")


async def refunds_of(db: Database, deed: Deed) -> tuple[int, list[DeedState]]:
    async with db.reading() as conn:
        records = await customer_records(conn, deed.owner)
        deeds = await deeds_of(conn, SHOP_CODE, deed.owner)
    return len(records.refunds), [seen.record.state for seen in deeds]


async def steps_of_a_refund(db: Database, deeds: Deeds) -> int:
    whole, deed = Fate(), await a_refund(db, -1)
    await under(whole, lambda: deeds.perform(deed))
    assert await refunds_of(db, deed) == (1, [DeedState.DONE])
    return whole.steps


async def test_whoever_asks_again_after_a_death_gets_one_refund(db: Database, deeds: Deeds) -> None:
    steps = await steps_of_a_refund(db, deeds)
    assert steps > 40, "the steps are not seen any more"
    for step in range(steps):
        deed, fate = await a_refund(db, step), Fate(step)
        await under(fate, lambda deed=deed: deeds.perform(deed))
        assert fate.dead
        again = await deeds.perform(deed)
        await a_minute_later(db)
        await deeds.recover()
        assert await refunds_of(db, deed) == (1, [DeedState.DONE]), f"step {step}: {again}"
        assert isinstance(await deeds.perform(deed), Done)


async def test_what_was_begun_is_finished_without_anybody_asking_and_told_of(db: Database, deeds: Deeds) -> None:
    told: list[DeedSettled] = []

    async def hear(_tx: Tx, event: DeedSettled) -> None:
        told.append(event)

    db.bus.subscribe(DeedSettled, hear)
    steps = await steps_of_a_refund(db, deeds)
    outcomes = set()
    for step in range(steps):
        deed = await a_refund(db, step)
        await under(Fate(step), lambda deed=deed: deeds.perform(deed))
        told.clear()
        before = await refunds_of(db, deed)
        await a_minute_later(db)
        await deeds.recover()
        paid, states = await refunds_of(db, deed)
        assert (paid, states) in [(0, []), (1, [DeedState.DONE])], f"step {step}"
        assert [event.late for event in told] == ([True] if before[1] == [DeedState.BEGUN] else [])
        outcomes.add((before[0], *before[1], paid))
    assert outcomes == {
        (0, 0),  # nothing had been written down
        (0, DeedState.BEGUN, 1),  # written down, the shop had not been asked, or had rolled back
        (1, DeedState.BEGUN, 1),  # the shop had paid, and nobody knew
        (1, DeedState.DONE, 1),
    }


async def test_a_recovery_that_is_killed_is_taken_up_by_the_next(db: Database, deeds: Deeds) -> None:
    written = await step_that_writes_it_down(db, deeds)
    whole = Fate()
    await begun(db, deeds, written, number=-3)
    await under(whole, deeds.recover)
    assert whole.steps > 20
    for step in range(whole.steps):
        deed = await begun(db, deeds, written, number=step)
        with capture_logs():  # that a connection is lost is logged with a long traceback
            await under(Fate(step), deeds.recover)
        await a_minute_later(db)
        await deeds.recover()
        assert await refunds_of(db, deed) == (1, [DeedState.DONE]), f"step {step}"


async def step_that_writes_it_down(db: Database, deeds: Deeds) -> int:
    deed = await a_refund(db, -2)
    for step in range(1000):
        await under(Fate(step), lambda: deeds.perform(deed))
        if (await refunds_of(db, deed))[1]:
            return step
    raise AssertionError("it is never written down")


async def begun(db: Database, deeds: Deeds, written: int, number: int) -> Deed:
    """A refund whose process died as soon as it was written down."""
    deed = await a_refund(db, number)
    await under(Fate(written), lambda: deeds.perform(deed))
    assert await refunds_of(db, deed) == (0, [DeedState.BEGUN])
    await a_minute_later(db)
    return deed
