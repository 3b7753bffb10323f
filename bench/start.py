"""From the start of the process to the first answered customer, with database and language model already there."""

from pathlib import Path
from time import perf_counter

from bench.asker import Asker
from bench.figures import Figure
from bench.people import visitors
from bench.system import answering, database, free_port, process


async def measure(*, quick: bool) -> list[Figure]:
    rounds = 1 if quick else 5
    async with database() as (home, url, _):
        web = [await _until_answered("serve", home, url) for _ in range(rounds)]
    async with database(kept_running=False) as (home, _, _):
        demo = [await _until_answered("demo", home, None) for _ in range(rounds)]
    return [
        Figure("start of the web process to the first answer", "s", web, 3),
        Figure("start of the demo, with its database, to the first answer", "s", demo),
    ]


async def _until_answered(command: str, home: Path, url: str | None) -> float:
    port = free_port()
    began = perf_counter()
    with process(command, home, url, port):
        await answering(port)
        asker = await Asker.open(port, (await visitors(port, 1))[0])
        await asker.ask("你好")
        took = perf_counter() - began
        asker.close()
    return took
