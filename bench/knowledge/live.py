"""From the approval of an article until it is found: in the process that was told, in another one, and by meaning."""

import asyncio
from dataclasses import replace
from time import perf_counter

import asyncpg

from bench.figures import Figure
from bench.people import Administrator
from bench.system import answering, free_port, process, running_system

_ARTICLES = "/api/v1/knowledge/articles"
#: Things that no other article speaks of.
_THINGS = ("石磨", "风筝", "帆船", "陶笛", "雪橇", "沙漏", "渔网", "油灯", "木屐", "算盘")
#: The promise of knowledge: live within a minute of the approval.
_MOST_SECONDS = 60
_PATIENCE_SECONDS = 600

_WITHOUT_VECTORS = """
SELECT count(*) FROM articles a WHERE live_version IS NOT NULL
AND NOT EXISTS (SELECT FROM article_vectors v WHERE v.article_id = a.id AND v.version = a.live_version)
"""


async def measure(*, quick: bool) -> list[Figure]:
    here, there, meant = [], [], []
    async with running_system() as system:
        if not quick:
            await _all_have_vectors(system.url)
        port = free_port()
        with process("serve", system.home, system.url, port):
            await answering(port)
            near, far = [await Administrator.sign_in(one) for one in (system, replace(system, port=port))]
            for number in range(1 if quick else len(_THINGS)):
                await _approve(near, number)
                approved = perf_counter()
                moments = await asyncio.gather(_found(near, number), _found(far, number))
                here.append((moments[0] - approved) * 1000)
                there.append((moments[1] - approved) * 1000)
            if not quick:
                meant.append(await _found(far, number, by_meaning=True) - approved)
    figures = [
        Figure("approved → found in the same process", "ms", here, _MOST_SECONDS * 1000),
        Figure("approved → found in another process", "ms", there, _MOST_SECONDS * 1000),
    ]
    return figures + ([Figure("approved → found by meaning too", "s", meant, _MOST_SECONDS)] if meant else [])


async def _all_have_vectors(url: str) -> None:
    """Wait for those that ship: they are encoded once, after the first start. Raises `TimeoutError`."""
    conn = await asyncpg.connect(url)
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while True:
            if not await conn.fetchval(_WITHOUT_VECTORS):
                break
            await asyncio.sleep(1)
    await conn.close()


async def _approve(person: Administrator, number: int) -> None:
    """A new article, let live."""
    thing = _THINGS[number]
    content = {
        "title": f"{thing}怎么保养",
        "tier": "general",
        "topic": "测量",
        "questions": [f"{thing}脏了怎么洗"],
        "body": f"{thing}请用温水轻轻冲洗，阴干后收好。",
    }
    made = (await person.post(_ARTICLES, {"slug": f"bench-{number}", "content": content}))["article"]
    for move in ("submit", "approve"):
        await person.post(f"{_ARTICLES}/{made['id']}/moves", {"move": move, "version": 1})


async def _found(person: Administrator, number: int, *, by_meaning: bool = False) -> float:
    """The moment at which it is. Raises `TimeoutError`."""
    wanted = f"bench-{number}"
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while True:
            answer = await person.post(f"{_ARTICLES}/search", {"text": f"我的{_THINGS[number]}要怎么保养"})
            hits = [hit for hit in answer["hits"] if hit["slug"] == wanted]
            if hits and not (by_meaning and hits[0]["closeness"] is None):
                return perf_counter()
            await asyncio.sleep(0.002)
