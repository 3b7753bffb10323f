import asyncio
from uuid import UUID, uuid4

import pytest

from yingda import customers
from yingda.customers import (
    Customer,
    CustomerNotFound,
    Identified,
    LinkNotFound,
    LinkUndone,
    Outcome,
    SignedIdentity,
    Skin,
)
from yingda.identity import Principal
from yingda.infra.database import Database

SHOP = "shop:liuli"


def signed(user_id: str, name: str | None = None, channel: str = SHOP) -> SignedIdentity:
    return SignedIdentity(channel, user_id, {"method": "hmac-sha256"}, display_name=name)


async def visitor(db: Database, external_id: str) -> Customer:
    async with db.transaction() as tx:
        return await customers.resolve_visitor(tx, "web", external_id)


async def identify(db: Database, customer_id: UUID, identity: SignedIdentity) -> Identified:
    async with db.transaction() as tx:
        return await customers.identify(tx, customer_id, identity)


async def whose(db: Database, channel: str, external_id: str) -> UUID | None:
    async with db.reading() as conn:
        found = await customers.find_by_identity(conn, channel, external_id)
    return None if found is None else found.id


async def test_a_visitor_is_nobody_in_particular_and_stays_the_same(db: Database) -> None:
    first = await visitor(db, "a")
    assert (first.display_name, first.segment, first.locale, first.attributes) == (None, "new", "zh", {})
    assert await visitor(db, "a") == first
    assert (await visitor(db, "b")).id != first.id


async def test_fifty_at_once_find_one_customer(db: Database) -> None:
    found = await asyncio.gather(*(visitor(db, "busy") for _ in range(50)))
    assert len({customer.id for customer in found}) == 1
    async with db.reading() as conn:
        assert await conn.fetchval("SELECT count(*) FROM customers") == 1


async def test_a_visitor_who_signs_in_becomes_the_shops_customer(db: Database) -> None:
    me = await visitor(db, "a")
    done = await identify(db, me.id, signed("C10001", "林小满"))
    assert (done.outcome, done.customer.id, done.customer.display_name) == (Outcome.ATTACHED, me.id, "林小满")
    async with db.reading() as conn:
        assert await customers.external_id_of(conn, me.id, SHOP) == "C10001"
        assert await customers.external_id_of(conn, me.id, "web") is None, "an unproven id opens nothing"
        assert await customers.display_names(conn, [me.id, uuid4()]) == {me.id: "林**"}
        card = await customers.card(conn, me.id)
    assert (card.name, card.identified) == ("林**", True)


async def test_signing_in_again_changes_nothing_but_what_was_not_known(db: Database) -> None:
    me = await visitor(db, "a")
    await identify(db, me.id, signed("C10001"))
    again = await identify(db, me.id, signed("C10001", "林小满"))
    assert (again.outcome, again.link_id, again.customer.display_name) == (Outcome.UNCHANGED, None, "林小满")
    third = await identify(db, me.id, signed("C10001", "别的名字"))
    assert third.customer.display_name == "林小满"


async def test_a_second_device_joins_its_owner_and_can_be_parted_again(db: Database) -> None:
    phone, laptop = await visitor(db, "phone"), await visitor(db, "laptop")
    await identify(db, phone.id, signed("C10001"))
    joined = await identify(db, laptop.id, signed("C10001"))
    assert (joined.outcome, joined.customer.id) == (Outcome.ADOPTED, phone.id)
    assert await whose(db, "web", "laptop") == phone.id
    assert joined.link_id
    async with db.transaction() as tx:
        (link,) = await customers.links_of(tx.conn, laptop.id)
        assert (link.evidence, link.from_customer_id) == ({"method": "hmac-sha256"}, laptop.id)
        await customers.undo_link(tx, joined.link_id)
    assert await whose(db, "web", "laptop") == laptop.id
    assert await whose(db, "web", "phone") == phone.id
    assert await whose(db, SHOP, "C10001") == phone.id


async def test_what_was_noted_of_a_visitor_follows_them_and_parts_with_them(demo_url: str) -> None:
    db = await Database.connect(demo_url)
    async with db.reading() as conn:
        staff_id = await conn.fetchval("SELECT id FROM staff ORDER BY login LIMIT 1")
    who = Principal(staff_id=staff_id, display_name="小雅", permissions=frozenset())
    phone, laptop = await visitor(db, "phone"), await visitor(db, "laptop")
    async with db.transaction() as tx:
        await customers.add_note(tx, who, laptop.id, "喜欢小样")
        await customers.write_skin(tx, who, laptop.id, Skin(avoid=["酒精"]))
    await identify(db, phone.id, signed("C10001"))
    joined = await identify(db, laptop.id, signed("C10001"))
    assert joined.link_id
    async with db.transaction() as tx:
        assert [note.text for note in await customers.notes_of(tx.conn, phone.id)] == ["喜欢小样"]
        skin = (await customers.card(tx.conn, phone.id)).skin
        assert skin
        assert skin.skin.avoid == ["酒精"]
        await customers.undo_link(tx, joined.link_id)
        assert await customers.notes_of(tx.conn, phone.id) == []
        assert len(await customers.notes_of(tx.conn, laptop.id)) == 1
    await db.close()


async def test_undoing_an_attached_identity_forgets_it(db: Database) -> None:
    me = await visitor(db, "a")
    done = await identify(db, me.id, signed("C10001"))
    assert done.link_id
    async with db.transaction() as tx:
        await customers.undo_link(tx, done.link_id)
    assert await whose(db, SHOP, "C10001") is None
    with pytest.raises(LinkUndone):
        async with db.transaction() as tx:
            await customers.undo_link(tx, done.link_id)


async def test_two_accounts_on_one_device_stay_two_people(db: Database) -> None:
    me = await visitor(db, "shared")
    await identify(db, me.id, signed("C10001"))
    other = await identify(db, me.id, signed("C10002", "陈知夏"))
    assert (other.outcome, other.link_id) == (Outcome.SWITCHED, None)
    assert other.customer.id != me.id
    back = await identify(db, other.customer.id, signed("C10001"))
    assert (back.outcome, back.customer.id) == (Outcome.SWITCHED, me.id)
    assert await whose(db, "web", "shared") == me.id


async def test_many_devices_signing_in_at_once_make_one_customer(db: Database) -> None:
    devices = [await visitor(db, f"device {i}") for i in range(12)]
    done = await asyncio.gather(*(identify(db, device.id, signed("C10001")) for device in devices))
    assert len({one.customer.id for one in done}) == 1
    assert sorted(one.outcome for one in done) == [Outcome.ADOPTED] * 11 + [Outcome.ATTACHED]
    async with db.reading() as conn:
        assert len(await customers.identities_of(conn, done[0].customer.id)) == 13


async def test_what_is_unknown_says_so(db: Database) -> None:
    with pytest.raises(CustomerNotFound):
        await identify(db, uuid4(), signed("C10001"))
    with pytest.raises(LinkNotFound):
        async with db.transaction() as tx:
            await customers.undo_link(tx, uuid4())
    async with db.reading() as conn:
        with pytest.raises(CustomerNotFound):
            await customers.card(conn, uuid4())
        assert await customers.find_by_identity(conn, "web", "nobody") is None
