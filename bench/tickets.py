"""Tickets: how long the board, a list, the agenda, a search and opening one take among 50 000 of them."""

from collections.abc import Awaitable, Callable
from time import perf_counter

import asyncpg

from bench.figures import Figure
from bench.people import Administrator
from bench.system import System

TICKETS = 50_000
#: Of these the finished ones, the usual share after a year.
_FINISHED = 0.85

_FILL = """
WITH kinds AS (SELECT array_agg(id ORDER BY position) AS ids FROM ticket_kinds),
     departments AS (SELECT array_agg(id ORDER BY id) AS ids FROM departments),
     people AS (SELECT array_agg(id ORDER BY id) AS ids FROM staff),
     drawn AS (SELECT n, random() AS state, random() AS level, random() * interval '365 days' AS age
               FROM generate_series(1, $1::int) AS n)
INSERT INTO tickets (id, number, kind_id, state, category, level, title, description, department_id, owner_id, source,
                     opened_by_name, fields, checklist, watcher_ids, label_ids, due_at, created_at, updated_at, terms)
SELECT gen_random_uuid(), 'YD-2025-' || lpad(n::text, 6, '0'), kinds.ids[1 + n % cardinality(kinds.ids)],
       CASE WHEN state > $2 THEN 'new' ELSE 'closed' END, CASE WHEN state > $2 THEN 'open' ELSE 'closed' END,
       1 + (level * 3.99)::int, '包裹三天没有更新 ' || n, '客户反映快递停在中转站，请核实并催促派送。',
       departments.ids[1 + n % cardinality(departments.ids)], people.ids[1 + n % cardinality(people.ids)], 'rule',
       '系统', '{}', '[]', '{}', '{}', now() - age + interval '2 days', now() - age, now() - age,
       ARRAY['yd', '2025', lpad(n::text, 6, '0'), '包裹', '三天', '更新', '快递',
             CASE n % 100 WHEN 0 THEN '丢件' ELSE '派送' END]
FROM drawn, kinds, departments, people
"""

Call = Callable[[], Awaitable[object]]


async def measure(system: System, *, quick: bool) -> list[Figure]:
    amount, rounds, calls = (1_000, 1, 5) if quick else (TICKETS, 5, 20)
    conn = await asyncpg.connect(system.url)
    await conn.execute(_FILL, amount, _FINISHED, timeout=300)
    await conn.execute("ANALYZE tickets")
    await conn.close()
    figures = []
    for who, login in {"supervisor": "demo.supervisor", "logistics": "demo.logistics"}.items():
        person = await Administrator.sign_in(system, login)
        doing: dict[str, tuple[Call, float]] = {
            "board": (lambda person=person: person.get("/api/v1/tickets/board?limit=20"), 150),
            "list": (lambda person=person: person.get("/api/v1/tickets?sort=due&category=open&limit=50"), 60),
            "agenda": (lambda person=person: person.get("/api/v1/ticket-meetings/agenda"), 150),
            "search": (lambda person=person: person.get("/api/v1/tickets?q=%E4%B8%A2%E4%BB%B6&limit=50"), 60),
            "open": (lambda person=person: person.post("/api/v1/tickets", {"kind": "other", "title": "新工单"}), 60),
        }
        for name, (call, limit) in doing.items():
            milliseconds = [await _wall(call, calls) for _ in range(rounds)]
            what = f"tickets, {amount:,}: {name} for {who}"
            figures.append(Figure(what, "ms", milliseconds, limit))
    return figures


async def _wall(call: Call, times: int) -> float:
    """Milliseconds from asking to the answer, on average."""
    await call()
    begun = perf_counter()
    for _ in range(times):
        await call()
    return (perf_counter() - begun) * 1000 / times
