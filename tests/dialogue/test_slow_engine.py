"""An engine that may ask an encoder must not hold up everybody else's messages."""

import threading
from typing import ClassVar

from tests.factories import Visitor
from tests.server import serving
from yingda.app.bootstrap import assemble
from yingda.infra.settings import Settings
from yingda.language import Context, Engine, Understanding
from yingda.language.shipped import shipped_model


class Slow(Engine):
    """Notes where it computes."""

    threads: ClassVar[list[str]] = []

    @property
    def slow(self) -> bool:
        return True

    def with_gazetteer(self, entries: object) -> "Slow":
        return self

    def understand(self, text: str, context: Context | None = None) -> Understanding:
        self.threads.append(threading.current_thread().name)
        return super().understand(text, context or Context())


async def test_it_is_asked_in_a_thread(demo_url: str, settings: Settings) -> None:
    slow = Slow.load(shipped_model())
    runtime = await assemble(settings, demo_url, engine=slow)
    async with serving(runtime) as server:
        visitor = await Visitor.open(server.http)
        assert await visitor.ask("你好")
    await runtime.close()
    assert Slow.threads
    assert threading.main_thread().name not in Slow.threads
