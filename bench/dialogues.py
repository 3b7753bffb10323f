"""Whole dialogues at a steady 30 messages/s: an order looked up, and an order cancelled after the customer confirmed.

Everybody is a fresh customer of the demo shop in the situation that their dialogue needs.
"""

import asyncio
from collections.abc import Callable, Coroutine
from time import perf_counter
from typing import Any

from bench.asker import RATE, Asker
from bench.client import Http
from bench.figures import Figure, percentile
from bench.people import settle
from bench.system import SHOP, System

LOOK_UPS = ["我的快递到哪了", "什么时候能送到", "帮我查一下订单状态"]
#: People who look things up, in turns.
LOOKERS = 90


async def measure(system: System, *, quick: bool) -> list[Figure]:
    seconds, rounds = (3, 1) if quick else (15, 4)
    lookers = [
        await Asker.open(system.port, token) for token in await _fresh(system.port, LOOKERS, "latest_in_transit")
    ]
    each = int(seconds * RATE / 2)  # a dialogue is two messages
    buyers = [
        await Asker.open(system.port, token) for token in await _fresh(system.port, each * rounds, "latest_unshipped")
    ]
    await settle()
    await _steadily(RATE, 2 * RATE, lambda number: _look_up(lookers, number))  # warms up; not counted
    looked_up = [await _steadily(RATE, seconds * RATE, lambda number: _look_up(lookers, number)) for _ in range(rounds)]
    cancelled = [
        await _steadily(RATE / 2, each, lambda number, first=turn * each: _cancel(buyers[first + number]))
        for turn in range(rounds)
    ]
    for asker in (*lookers, *buyers):
        asker.close()
    return [
        Figure(f"an order looked up at {RATE} messages/s, p50", "ms", [percentile(w, 0.5) for w in looked_up], 40),
        Figure(f"an order looked up at {RATE} messages/s, p99", "ms", [percentile(w, 0.99) for w in looked_up], 150),
        Figure(f"an order cancelled at {RATE} messages/s, p50", "ms", [percentile(w, 0.5) for w in cancelled], 80),
        Figure(f"an order cancelled at {RATE} messages/s, p99", "ms", [percentile(w, 0.99) for w in cancelled], 300),
    ]


async def _fresh(port: int, count: int, condition: str) -> list[str]:
    """Tokens of new customers who meet the condition."""
    http = await Http.open(port)
    tokens = []
    for number in range(count):
        body = {"given": [condition], "seed": f"{condition} {number}"}
        who = await http.call("POST", "/api/v1/demo/customers", body)
        session = await http.call("POST", "/api/v1/chat/sessions", {"shop": SHOP, "identity": who})
        tokens.append(session["token"])
    http.close()
    return tokens


async def _look_up(lookers: list[Asker], number: int) -> float:
    round_, who = divmod(number, len(lookers))
    return await lookers[who].ask(LOOK_UPS[(who + round_) % len(LOOK_UPS)])


async def _cancel(buyer: Asker) -> float:
    """Milliseconds from the confirmation to the answer that says it is done."""
    await buyer.ask("取消订单")
    return await buyer.ask("确认")


async def _steadily(rate: float, count: int, begin: Callable[[int], Coroutine[Any, Any, float]]) -> list[float]:
    """Begin so many a second, whether or not the answers keep up; what each took."""
    began, running = perf_counter(), []
    for number in range(count):
        await asyncio.sleep(max(0.0, began + number / rate - perf_counter()))
        running.append(asyncio.create_task(begin(number)))
    return await asyncio.gather(*running)
