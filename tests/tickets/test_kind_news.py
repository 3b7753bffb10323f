"""What a release brings to kinds of tickets that an organisation has made its own."""

from typing import Any

import msgspec

from tests.factories import Colleague
from tests.server import RunningServer
from tests.shared import SHARED
from tests.tickets.desk import department, do, refused
from yingda.tickets.shipped import shipped_kinds

pytestmark = SHARED

CODE = "logistics"


def earlier(content: Any) -> dict[str, Any]:
    """Without English texts, as the first release was."""
    plain: dict[str, Any] = msgspec.to_builtins(content)
    return plain | {"states": [state | {"customer_text_en": ""} for state in plain["states"]]}


async def installed_earlier(system: RunningServer) -> None:
    """As if this kind came with an earlier release, and another one was not there yet."""
    old = earlier(shipped_kinds()[CODE].content)
    async with system.runtime.db.transaction() as tx:
        await tx.conn.execute(
            "UPDATE ticket_kinds SET spec = $2::jsonb - 'name', shipped = $2::jsonb WHERE code = $1",
            CODE,
            msgspec.json.encode(old).decode(),
        )
        await tx.conn.execute("UPDATE ticket_kinds SET code = 'old_technical' WHERE code = 'technical'")


async def told(colleague: Colleague) -> dict[str, Any]:
    return {one["code"]: one for one in await colleague.get("/ticket-kinds/news")}


async def kind(colleague: Colleague, code: str) -> dict[str, Any]:
    return next(one for one in await colleague.get("/ticket-kinds") if one["code"] == code)


async def test_a_kind_takes_in_what_ships_and_keeps_what_was_changed(
    system: RunningServer, staff: dict[str, Colleague]
) -> None:
    supervisor = staff["supervisor"]
    assert await told(supervisor) == {}
    await installed_earlier(system)
    own = await kind(supervisor, CODE)
    kept = {name: value for name, value in own.items() if name not in ("id", "code", "version")}
    states = [kept["states"][0] | {"name": "新来的"}, *kept["states"][1:]]
    own = await do(
        supervisor, "PUT", f"/ticket-kinds/{own['id']}", **kept | {"states": states, "version": own["version"]}
    )

    news = await told(supervisor)
    assert {code: (one["change"], one["edited"]) for code, one in news.items()} == {
        CODE: ("changed", True),
        "technical": ("new", False),
    }
    offered = news[CODE]["offered"]
    assert (offered["states"][0]["name"], news[CODE]["clashes"]) == ("新来的", [])
    assert offered["states"][0]["customer_text_en"].startswith("Your delivery problem")
    body = kept | offered | {"version": news[CODE]["version"], "taken": True}
    colleague = await do(supervisor, "PUT", f"/ticket-kinds/{own['id']}", **kept | {"version": own["version"]})
    assert await refused(supervisor, "PUT", f"/ticket-kinds/{own['id']}", **body) == (409, "ticket_kind_outdated")
    await do(
        supervisor, "PUT", f"/ticket-kinds/{own['id']}", **kept | {"states": states, "version": colleague["version"]}
    )
    body["version"] = (await told(supervisor))[CODE]["version"]
    await do(supervisor, "PUT", f"/ticket-kinds/{own['id']}", **body)
    assert (await kind(supervisor, CODE))["states"] == offered["states"]
    assert list(await told(supervisor)) == ["technical"]

    new = news["technical"]
    assert new["version"] is None
    assert new["department_id"] == await department(supervisor, shipped_kinds()["technical"].department)
    place = {name: new[name] for name in ("code", "department_id", "position")}
    assert await refused(supervisor, "POST", "/ticket-kinds/news/decline", codes=["refund"], why="不要") == (
        404,
        "ticket_kind_not_news",
    )
    after = await do(supervisor, "POST", "/ticket-kinds/news/decline", codes=["technical"], why="归到其他")
    assert after[0]["declined"]["why"] == "归到其他"
    await do(supervisor, "POST", "/ticket-kinds", **new["offered"] | place | {"taken": True})
    assert await told(supervisor) == {}
    assert (await staff["agent"].call("GET", "/ticket-kinds/news")).status_code == 403
