"""The promise of the whole: an acknowledged message is there, once and in order, and answered once, whatever dies."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TypeAlias

import asyncpg
import msgspec
import pytest

from tests.crash.load import Customer, Load, under_load
from tests.crash.system import PATIENCE, Demo, free_port, launched
from tests.factories import Colleague, eventually
from yingda.identity import DemoAccount

pytestmark = pytest.mark.crash

Sql: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

AGENT_CAPACITY = 2


@pytest.fixture
async def demo(home: Path) -> AsyncIterator[Demo]:
    port = free_port()
    with launched(home / "demo.log", "demo", "--port", str(port), "--data-dir", str(home)) as running:
        demo = Demo(running, home, port)
        await demo.restored()
        yield demo


async def test_no_acknowledged_message_is_lost_or_answered_twice_whatever_is_killed(demo: Demo) -> None:
    agent = await on_duty(demo)
    async with under_load(demo.url, patient=9, hasty=8, handed_over=3) as load:
        for victims in (["web"], ["worker"], ["database"], ["web", "worker"]):
            await load.goes_on(40)
            await demo.kill(*victims)
        await load.goes_on(40)

    await agent.get("/conversations")  # staff can go on as well
    await agent.close()
    assert [refused for customer in load.customers for refused in customer.refused] == []
    async with demo.sql() as sql:
        await eventually(lambda: no_job_waits(sql), PATIENCE)
        for customer in load.customers:
            await stored_once_and_in_order(sql, customer)
        for customer in load.patient:
            await answered_one_by_one(sql, customer)
        for customer in (*load.patient, *load.hasty):
            await every_turn_answered_once(sql, customer)
        await handed_over_once(sql, load)
    assert demo.launched.errors() == []


async def on_duty(demo: Demo) -> Colleague:
    """An agent with room for fewer customers than will ask for a person."""
    accounts = msgspec.json.decode((demo.data_dir / "demo-accounts.json").read_bytes(), type=list[DemoAccount])
    account = next(account for account in accounts if account.role == "agent")
    agent = await Colleague.sign_in(demo.url, account)
    answer = await agent.call("PUT", "/routing/presence", json={"status": "online", "capacity": AGENT_CAPACITY})
    assert answer.status_code == 200, answer.text
    return agent


async def no_job_waits(sql: Sql) -> bool:
    failed = await sql.fetch("SELECT task_name, error FROM procrastinate_jobs WHERE status = 'failed'")
    assert [tuple(job) for job in failed] == []
    return not await sql.fetchval("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'dialogue.answer'")


async def thread_of(sql: Sql, customer: Customer) -> list[asyncpg.Record]:
    thread: list[asyncpg.Record] = await sql.fetch(
        "SELECT m.*, c.last_seq, c.customer_seq, c.answered_seq, c.state FROM messages m "
        "JOIN conversations c ON c.id = m.conversation_id WHERE m.conversation_id = "
        "(SELECT conversation_id FROM messages WHERE external_id LIKE '%:' || $1) ORDER BY m.seq",
        next(iter(customer.sent)),
    )
    return thread


async def stored_once_and_in_order(sql: Sql, customer: Customer) -> None:
    thread = await thread_of(sql, customer)
    assert [row["seq"] for row in thread] == list(range(1, thread[0]["last_seq"] + 1))
    stored = {row["external_id"].rpartition(":")[2]: row["seq"] for row in thread if row["author_kind"] == "customer"}
    assert list(stored.items()) == list(customer.sent.items())


async def answered_one_by_one(sql: Sql, customer: Customer) -> None:
    """Who waits for each answer gets one for each message."""
    authors = [row["author_kind"] for row in await thread_of(sql, customer)]
    assert authors == ["customer", "assistant"] * len(customer.sent)


async def every_turn_answered_once(sql: Sql, customer: Customer) -> None:
    """Each turn's last message carries what was understood: as many answers as those, none beside another."""
    thread = await thread_of(sql, customer)
    head = thread[0]
    assert (head["state"], head["answered_seq"]) == ("pending", head["customer_seq"])
    turns = [row for row in thread if row["understanding"]]
    answers = [row for row in thread if row["author_kind"] == "assistant"]
    assert len(answers) == len(turns)
    assert all(turn["seq"] < answer["seq"] for turn, answer in zip(turns, answers, strict=True))


async def handed_over_once(sql: Sql, load: Load) -> None:
    """Who asked for a person waits or has one, is counted once, and heard one answer from the assistant."""
    for customer in load.handed_over:
        thread = await thread_of(sql, customer)
        assert thread[0]["state"] == "open"
        assert [row["author_kind"] for row in thread].count("assistant") == 1
    waiting = await sql.fetchval("SELECT count(*) FROM routing_queue")
    assigned = await sql.fetchval("SELECT count(*) FROM routing_assignments")
    load_told = await sql.fetchval("SELECT sum(load) FROM routing_presence")
    assert (assigned, waiting) == (AGENT_CAPACITY, len(load.handed_over) - AGENT_CAPACITY)
    assert load_told == assigned
