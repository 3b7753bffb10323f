"""Where somebody has put a translator in, it is asked, and the console is told that it can be."""

import pytest

from tests.conftest import DemoTemplate
from tests.factories import Colleague, Visitor
from tests.server import serving
from yingda.app.bootstrap import assemble
from yingda.infra.settings import Settings
from yingda.kit.errors import Locale
from yingda.language import Engine


class Echo:
    """A translator that says which language it was asked for."""

    async def translate(self, text: str, to: Locale) -> str:
        return f"[{to}] {text}"


@pytest.mark.parametrize("to", ["zh", "en"])
async def test_a_message_is_translated(
    demo_url: str, settings: Settings, engine: Engine, demo_template: DemoTemplate, to: str
) -> None:
    runtime = await assemble(settings, demo_url, engine=engine, translator=Echo())
    async with serving(runtime) as server:
        sent = (await (await Visitor.open(server.http)).post("转人工")).json()
        agent = await Colleague.sign_in(server.url, demo_template.account("demo.agent1"))
        assert await agent.get("/conversations/abilities") == {"translation": True}
        path = f"/conversations/{sent['conversation_id']}/messages/{sent['seq']}/translate"
        assert (await agent.call("POST", path, json={"to": to})).json() == {"text": f"[{to}] 转人工"}
        await agent.close()
    await runtime.close()
