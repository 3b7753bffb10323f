"""The audit trail: only ever added to, without a gap, and whoever changes it below the service is found out."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from tests.conftest import DemoTemplate
from tests.factories import Colleague
from tests.server import RunningServer
from yingda.identity import Permission, Principal, create_administrator, create_setup_link
from yingda.identity.setup import set_up
from yingda.infra.database import Database
from yingda.kit.clock import SHANGHAI, now
from yingda.privacy import AuditObject, Verdict, audit, verify
from yingda.privacy.handlers import subscribe
from yingda.privacy.schemas import AuditFilter
from yingda.privacy.service import latest

Writes = Callable[..., Awaitable[None]]


@pytest.fixture
async def demo_db(demo_url: str) -> Any:
    database = await Database.connect(demo_url, pool=12)
    yield database
    await database.close()


@pytest.fixture
async def someone(demo_db: Database) -> Principal:
    async with demo_db.reading() as conn:
        staff_id: UUID = await conn.fetchval("SELECT id FROM staff WHERE login = 'demo.supervisor'")
    return Principal(staff_id=staff_id, display_name="顾清和", permissions=frozenset(Permission))


async def write(db: Database, who: Principal, number: int) -> None:
    async with db.transaction() as tx:
        target = AuditObject("customer", f"c{number}")
        await audit(tx, who, "customer.reveal", target, reason="核实身份", after={"field": "phone", "count": number})


async def verdict_of(db: Database, head: str | None = None) -> Verdict:
    async with db.reading() as conn:
        return await verify(conn, head)


async def test_an_empty_trail_holds(db: Database) -> None:
    assert (await verdict_of(db)).entries == 0


async def test_thirty_at_once_make_one_chain(demo_db: Database, someone: Principal) -> None:
    await asyncio.gather(*[write(demo_db, someone, number) for number in range(30)])
    verdict = await verdict_of(demo_db)
    assert (verdict.entries, verdict.broken_at) == (30, None)


async def test_what_is_rolled_back_was_not_done(demo_db: Database, someone: Principal) -> None:
    async def fail() -> None:
        async with demo_db.transaction() as tx:
            await audit(tx, someone, "customer.reveal", AuditObject("customer", "c"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    await write(demo_db, someone, 1)
    verdict = await verdict_of(demo_db)
    assert (verdict.entries, verdict.broken_at) == (1, None)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entries SET reason = 'x'", "DELETE FROM audit_entries", "TRUNCATE audit_entries"],
)
async def test_the_database_refuses_changes(demo_db: Database, someone: Principal, statement: str) -> None:
    await write(demo_db, someone, 1)
    async with demo_db.reading() as conn:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await conn.execute(statement)


TAMPERINGS = {
    "a word changed": ("UPDATE audit_entries SET reason = '回访' WHERE number = 3", 3),
    "another's name": ("UPDATE audit_entries SET actor_name = '小雅' WHERE number = 1", 1),
    "another moment": ("UPDATE audit_entries SET at = at + interval '1 microsecond' WHERE number = 2", 2),
    "details changed": ("""UPDATE audit_entries SET after = '{"field": "name", "count": 4}' WHERE number = 4""", 4),
    "one removed": ("DELETE FROM audit_entries WHERE number = 2", 2),
    "the first removed": ("DELETE FROM audit_entries WHERE number = 1", 1),
    "one put in front": ("UPDATE audit_entries SET number = 0 WHERE number = 5", 1),
}


async def tamper(db: Database, statement: str) -> None:
    """As somebody who owns the database could."""
    async with db.transaction() as tx:
        await tx.conn.execute("ALTER TABLE audit_entries DISABLE TRIGGER USER")
        await tx.conn.execute(statement)


@pytest.mark.parametrize(("statement", "number"), TAMPERINGS.values(), ids=TAMPERINGS.keys())
async def test_tampering_is_found(demo_db: Database, someone: Principal, statement: str, number: int) -> None:
    for count in range(1, 6):
        await write(demo_db, someone, count)
    await tamper(demo_db, statement)
    assert (await verdict_of(demo_db)).broken_at == number


async def test_a_trail_cut_off_is_found_by_a_head_kept_elsewhere(demo_db: Database, someone: Principal) -> None:
    for count in range(3):
        await write(demo_db, someone, count)
    kept = (await verdict_of(demo_db)).head
    await write(demo_db, someone, 4)
    assert (await verdict_of(demo_db, kept)).broken_at is None
    await tamper(demo_db, "DELETE FROM audit_entries WHERE number >= 3")
    assert (await verdict_of(demo_db)).broken_at is None
    assert (await verdict_of(demo_db, kept)).broken_at == 3


async def test_it_is_read_in_pages_and_by_what_is_looked_for(
    server: RunningServer, demo_template: DemoTemplate
) -> None:
    db = server.runtime.db
    admin = await Colleague.sign_in(server.url, demo_template.account("demo.admin"))
    me = (await admin.get("/auth/me"))["staff"]
    who = Principal(staff_id=UUID(me["id"]), display_name=me["display_name"], permissions=frozenset())
    for number in range(5):
        await write(db, who, number)
    today = now().astimezone(SHANGHAI).date().isoformat()
    first = await admin.get("/audit", limit=2)
    second = await admin.get("/audit", limit=2, cursor=first["next_cursor"])
    assert [entry["number"] for entry in first["items"] + second["items"]] == [5, 4, 3, 2]
    assert first["items"][0]["object"] == {"kind": "customer", "id": "c4"}
    (found,) = (await admin.get("/audit", object_kind="customer", object_id="c2", actor_id=me["id"]))["items"]
    assert (found["reason"], found["after"]) == ("核实身份", {"field": "phone", "count": 2})
    assert (await admin.get("/audit", action="nothing.known"))["items"] == []
    assert (await admin.get("/audit", since="2099-01-01"))["items"] == []
    assert len((await admin.get("/audit", since=today, until=today))["items"]) == 5
    assert len((await admin.get("/audit", since="0001-01-01", until="9999-12-31"))["items"]) == 5
    await admin.close()


async def test_who_lets_whom_in_is_on_record(server: RunningServer, demo_template: DemoTemplate) -> None:
    admin = await Colleague.sign_in(server.url, demo_template.account("demo.admin"))

    async def do(method: str, path: str, **json: Any) -> Any:
        answer = await admin.call(method, path, json=json or None)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    invited = await do("POST", "/staff", login="wen.ba", display_name="闻一百", roles=[{"role": "agent"}])
    one = f"/staff/{invited['staff']['id']}"
    for _ in range(4):
        await do("PATCH", one, display_name="闻一百", roles=[{"role": "agent"}, {"role": "analyst"}])
    await do("PATCH", one, roles=[{"role": "supervisor"}])
    await do("PATCH", one, display_name="闻百", locale="en")
    await do("POST", f"{one}/invitation")
    for again in ("deactivate", "deactivate", "reactivate", "reactivate"):
        await do("POST", f"{one}/{again}")
    department = await do("POST", "/departments", code="marketing", name="市场")
    team = await do("POST", f"/departments/{department['id']}/teams", name="活动组")
    for _ in range(2):
        await do("PATCH", f"/departments/{department['id']}", name="市场部")
        await do("PATCH", f"/teams/{team['id']}", name="直播组")
    key = await do("POST", "/api-keys", name="同步", scopes=["staff.read"])
    await do("DELETE", f"/api-keys/{key['api_key']['id']}")

    entries = (await admin.get("/audit"))["items"][::-1]
    assert [entry["action"] for entry in entries] == [
        "staff.invited",
        "staff.changed",
        "staff.changed",
        "staff.changed",
        "staff.link_renewed",
        "staff.deactivated",
        "staff.reactivated",
        "department.added",
        "team.added",
        "department.renamed",
        "team.renamed",
        "api_key.made",
        "api_key.revoked",
    ]
    changed, renamed = entries[2:4]
    assert changed["object"] == {"kind": "staff", "id": invited["staff"]["id"]}
    assert changed["object_name"] == "闻百", "as they are called today"
    assert [changed[when]["roles"][0]["role"] for when in ("before", "after")] == ["agent", "supervisor"]
    assert "renamed" not in changed["after"]
    assert renamed["after"] == renamed["before"] | {"locale": "en", "renamed": True}
    named = [[entry[when] and entry[when].get("name") for when in ("before", "after")] for entry in entries[7:]]
    assert named == [
        [None, "市场"],
        [None, "活动组"],
        ["市场", "市场部"],
        ["活动组", "直播组"],
        [None, "同步"],
        ["同步", None],
    ]
    async with server.runtime.db.reading() as conn:
        told = str(await conn.fetch("SELECT before, after, reason FROM audit_entries"))
    assert "闻" not in told
    assert "wen.ba" not in told
    assert invited["invitation"]["token"] not in told
    assert key["key"].rpartition("_")[2] not in told
    await admin.close()


@pytest.mark.parametrize("by_link", [True, False])
async def test_who_made_somebody_an_administrator_is_on_record(db: Database, by_link: bool) -> None:
    subscribe(db.bus)
    named = ("first.admin", "林知夏", "青山-quiet-harbour-7")
    async with db.transaction() as tx:
        if by_link:
            made = await set_up(tx, await create_setup_link(tx), *named)
        else:
            made = await create_administrator(tx, *named)
    async with db.reading() as conn:
        (entry,) = await latest(conn, AuditFilter(), None, 10)
    assert (entry.action, entry.object, entry.actor_id) == (
        "staff.administrator_made",
        AuditObject("staff", str(made)),
        made,
    )
    assert entry.via == ("setup" if by_link else "command")
    assert entry.after == {"roles": [{"role": "administrator", "department_id": None, "team_id": None}]}


async def test_colleagues_among_the_values_are_told_by_what_they_are_called(
    demo_db: Database, someone: Principal
) -> None:
    """Ids of anything else, and texts that only look like one, are told of nobody."""
    after = {"owner_id": str(someone.staff_id), "steps": [{"by": str(someone.staff_id)}], "other": str(uuid4())}
    async with demo_db.transaction() as tx:
        await audit(tx, someone, "ticket.owned", AuditObject("ticket", "1"), before={"owner": "1-2-3-4"}, after=after)
        await audit(tx, someone, "ticket.levelled", AuditObject("ticket", "2"), after={"level": 3, "states": [None]})
    async with demo_db.reading() as conn:
        levelled, owned = await latest(conn, AuditFilter(), None, 2)
    assert owned.names == {someone.staff_id: "顾清和"}
    assert levelled.names == {}
