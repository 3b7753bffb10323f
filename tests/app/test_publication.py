"""A model published from another process reaches a serving one without a restart."""

import pytest

from tests.factories import Visitor, eventually
from tests.server import RunningServer
from yingda.app import reading
from yingda.app.bootstrap import Runtime
from yingda.language import Registry


@pytest.fixture(autouse=True)
def look_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_LOOK_SECONDS", 0.02)


async def test_customers_are_answered_while_the_model_is_exchanged(runtime: Runtime, server: RunningServer) -> None:
    visitor = await Visitor.open(server.http)
    elsewhere = Registry(runtime.settings.data_dir / "models")
    elsewhere.publish(elsewhere.add(runtime.engine.engine.model), by="x", why="x")

    async def exchanged() -> bool:
        assert "不客气" in str(await visitor.ask("谢谢"))
        return runtime.engine.version == 1

    await eventually(exchanged)
    elsewhere.roll_back(by="x", why="x")

    async def back() -> bool:
        assert "不客气" in str(await visitor.ask("谢谢"))
        return runtime.engine.version == 0

    await eventually(back)
