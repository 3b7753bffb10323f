"""What somebody may do is changed while they are at work: it counts at once, for what is open too."""

from tests.conftest import DemoTemplate
from tests.factories import Colleague
from tests.server import RunningServer
from tests.shared import Socket


async def test_who_may_no_longer_reply_is_told_at_once(server: RunningServer, demo_template: DemoTemplate) -> None:
    admin = await Colleague.sign_in(server.url, demo_template.account("demo.admin"))
    agent = await Colleague.sign_in(server.url, demo_template.account("demo.agent1"))
    reads = ["conversations.read_own", "conversations.read_all"]
    body = {"name": "见习客服", "permissions": [*reads, "conversations.reply"]}
    role = (await admin.call("POST", "/roles", json=body)).json()
    staff_id = (await agent.get("/auth/me"))["staff"]["id"]

    socket = await Socket.of_staff(server, agent)
    await admin.call("PATCH", f"/staff/{staff_id}", json={"roles": [{"role": role["code"]}]})
    assert await socket.closed() == 4410, "another role: another set of lists to hear"
    assert (await agent.call("PUT", "/routing/presence", json={"status": "online"})).status_code == 200

    less = {"version": role["version"], "permissions": reads}
    socket = await Socket.of_staff(server, agent)
    assert (await admin.call("PATCH", f"/roles/{role['id']}", json=less)).status_code == 200
    assert await socket.closed() == 4410
    assert (await agent.get("/routing/presence"))["status"] == "offline", "nothing new is given to them"
    assert (await agent.call("PUT", "/routing/presence", json={"status": "online"})).status_code == 403
    await (await Socket.of_staff(server, agent)).close()
    for colleague in (admin, agent):
        await colleague.close()
