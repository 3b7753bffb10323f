"""What happens in one process is seen at once by those whom another serves."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.conftest import DemoTemplate
from tests.factories import Colleague, Visitor
from tests.server import RunningServer, serving
from tests.shared import Socket
from yingda.app.bootstrap import assemble
from yingda.infra.settings import Settings
from yingda.language import Engine


@pytest.fixture
async def second(
    server: RunningServer, demo_url: str, settings: Settings, engine: Engine
) -> AsyncIterator[RunningServer]:
    """Another process on the same database; both listen to each other."""
    runtime = await assemble(settings, demo_url, engine=engine)
    async with serving(runtime) as running:
        await server.runtime.relay.connected.wait()
        await runtime.relay.connected.wait()
        yield running
    await runtime.close()


@dataclass(frozen=True)
class Scene:
    """An agent at the first process; their customer and their supervisor at the second."""

    agent: Colleague
    path: str
    visitor: Visitor
    customer: Socket
    supervisor: Socket

    @property
    def watch(self) -> dict[str, Any]:
        return {"type": "watch", "conversation_id": self.path.rpartition("/")[2]}

    async def send(self, text: str) -> str:
        """Where the new reply can be changed, once the others have heard it."""
        sent = await self.agent.call("POST", f"{self.path}/messages", json={"text": text})
        for socket in (self.customer, self.supervisor):
            await hear_text(socket, text)
        return f"{self.path}/messages/{sent.json()['seq']}"


async def hear_text(socket: Socket, text: str) -> dict[str, Any]:
    """The next message that says this."""
    while (message := (await socket.hear("message"))["message"])["content"].get("text") != text:
        pass
    return dict(message)


async def hear_viewers(socket: Socket, *names: str) -> None:
    """Until exactly these are said to look."""
    while {one["name"] for one in (await socket.hear("viewers"))["viewers"]} != set(names):
        pass


@pytest.fixture
async def scene(server: RunningServer, second: RunningServer, demo_template: DemoTemplate) -> AsyncIterator[Scene]:
    visitor = await Visitor.open(second.http)
    conversation_id = (await visitor.post("转人工")).json()["conversation_id"]
    agent = await Colleague.sign_in(server.url, demo_template.account("demo.agent1"))
    colleague = await Colleague.sign_in(second.url, demo_template.account("demo.supervisor"))
    await agent.call("POST", f"/conversations/{conversation_id}/take")
    customer, supervisor = await Socket.of(second, visitor), await Socket.of_staff(second, colleague)
    await supervisor.say(type="watch", conversation_id=conversation_id)
    await hear_viewers(supervisor, "顾清和")
    yield Scene(agent, f"/conversations/{conversation_id}", visitor, customer, supervisor)
    for one in (customer, supervisor, agent, colleague):
        await one.close()


async def test_edits_and_recalls(scene: Scene) -> None:
    message = await scene.send("明天发货")
    await scene.agent.call("PATCH", message, json={"text": "后天发货"})
    for socket in (scene.customer, scene.supervisor):
        await hear_text(socket, "后天发货")
    await scene.agent.call("POST", f"{message}/recall")
    for socket in (scene.customer, scene.supervisor):
        assert (await hear_text(socket, ""))["recalled"] is True


async def test_who_else_looks(server: RunningServer, scene: Scene) -> None:
    console, tab = [await Socket.of_staff(server, scene.agent) for _ in range(2)]
    for socket in (console, tab):
        await socket.say(**scene.watch)
        await hear_viewers(socket, "小雅", "顾清和")
    await hear_viewers(scene.supervisor, "小雅", "顾清和")
    await tab.close()  # the first one is still open
    await hear_viewers(console, "小雅", "顾清和")
    await console.say(type="unwatch", conversation_id=scene.watch["conversation_id"])
    await hear_viewers(scene.supervisor, "顾清和")
    await console.close()


async def test_typing_says_who(server: RunningServer, scene: Scene) -> None:
    console = await Socket.of_staff(server, scene.agent)
    await console.say(**scene.watch)
    await console.hear("viewers")
    await console.say(type="typing", conversation_id=scene.watch["conversation_id"])
    assert (await scene.supervisor.hear("typing"))["author"]["name"] == "小雅"
    await console.close()


async def test_who_may_no_longer_see_a_conversation_hears_no_more_of_it(
    second: RunningServer, scene: Scene, demo_template: DemoTemplate
) -> None:
    presale = await Colleague.sign_in(second.url, demo_template.account("demo.agent2"))
    looker = await Socket.of_staff(second, presale)
    await looker.say(**scene.watch)
    await looker.hear("viewers")
    teams = [team for one in await scene.agent.get("/departments") for team in one["teams"]]
    aftersale = next(team["id"] for team in teams if team["name"] == "售后组")
    conversation_id = scene.watch["conversation_id"]
    await scene.agent.call("POST", f"/routing/conversations/{conversation_id}/assign", json={"team_id": aftersale})
    assert (await looker.hear("left"))["conversation_id"] == conversation_id
    await scene.visitor.post("这句只有售后能看到")
    await hear_text(scene.supervisor, "这句只有售后能看到")
    await (await Visitor.open(second.http)).post("大家都能看到")
    heard = await looker.hear_until("activity", preview="大家都能看到")
    assert "这句只有售后能看到" not in str(heard)
    await looker.close()
    await presale.close()
