"""From the approval of an article until it is found: in the process that took the approval, in another, and by meaning."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from time import perf_counter
from typing import Any

from bench.figures import Figure
from bench.people import Administrator
from bench.system import answering, free_port, process, running_system

_ARTICLES = "/api/v1/knowledge/articles"
_TEXT = "量子毛刷第 {number} 批怎么保养"
#: The promise of knowledge: live within a minute of the approval.
_MOST_SECONDS = 60
_PATIENCE_SECONDS = 180

Hit = dict[str, Any]


async def measure(*, quick: bool) -> list[Figure]:
    here, there, meant = [], [], []
    async with running_system() as system:
        port = free_port()
        with process("serve", system.home, system.url, port):
            await answering(port)
            near, far = [await Administrator.sign_in(one) for one in (system, replace(system, port=port))]
            for number in range(1 if quick else 10):
                slug = await _approved(near, number)
                approved = perf_counter()
                found = [_until(who, number, lambda hit: hit["slug"] == slug) for who in (near, far)]
                moments = await asyncio.gather(*found)
                here.append((moments[0] - approved) * 1000)
                there.append((moments[1] - approved) * 1000)
            if not quick:
                moment = await _until(far, number, lambda hit: hit["slug"] == slug and hit["closeness"] is not None)
                meant.append(moment - approved)
    figures = [
        Figure("approved → found in the same process", "ms", here, _MOST_SECONDS * 1000),
        Figure("approved → found in another process", "ms", there, _MOST_SECONDS * 1000),
    ]
    return figures + ([Figure("approved → found by meaning too", "s", meant, _MOST_SECONDS)] if meant else [])


async def _approved(person: Administrator, number: int) -> str:
    """A new article, let live."""
    slug = f"bench-{number}"
    content = {
        "title": _TEXT.format(number=number),
        "tier": "general",
        "topic": "测量",
        "questions": [f"量子毛刷 {number} 怎么洗"],
        "body": f"第 {number} 批请用温水轻轻冲洗，阴干后收好。",
    }
    made = (await person.post(_ARTICLES, {"slug": slug, "content": content}))["article"]
    for move in ("submit", "approve"):
        await person.post(f"{_ARTICLES}/{made['id']}/moves", {"move": move, "version": 1})
    return slug


async def _until(person: Administrator, number: int, fits: Callable[[Hit], bool]) -> float:
    """The moment at which it is found. Raises `TimeoutError`."""
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while True:
            answer = await person.post(f"{_ARTICLES}/search", {"text": _TEXT.format(number=number)})
            if any(map(fits, answer["hits"])):
                return perf_counter()
            await asyncio.sleep(0.002)
