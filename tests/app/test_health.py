"""What those who look after a process are told of it."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from tests.infra.test_metrics import samples
from tests.infra.test_model_clients import Service, rows
from tests.server import serving
from yingda.app.bootstrap import assemble
from yingda.infra.settings import load_settings
from yingda.knowledge import Query
from yingda.language import Engine


@pytest.fixture
def vectors() -> Iterator[Service]:
    """An encoder's service."""
    with Service() as service:
        service.answer = rows
        Thread(target=service.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield service
        service.shutdown()


async def test_a_part_that_does_less_than_it_should_is_named(
    demo_url: str, tmp_path: Path, engine: Engine, vectors: Service
) -> None:
    settings = load_settings(data_dir=tmp_path, demo=True, encoder=vectors.url, encoder_model="bge")
    runtime = await assemble(settings, demo_url, engine=engine)
    async with serving(runtime) as server:
        await runtime.library.encode()
        await runtime.library.drain()
        await runtime.library.find(Query(text="运费谁出"))
        assert (await server.http.get("/health/ready")).json() == {"status": "ready", "degraded": []}
        vectors.status = 500
        await runtime.library.find(Query(text="运费谁出"))
        answer = await server.http.get("/health/ready")
        assert (answer.status_code, answer.json()) == (200, {"status": "ready", "degraded": ["article_search"]})
    assert samples(runtime.metrics)["yingda_article_encoder_failures_total", ()] == 1
    await runtime.close()
