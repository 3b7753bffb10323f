"""Killed between any two steps of the turn in which a customer confirms: paid once, told once, never forgotten."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from structlog.testing import capture_logs

from tests.crash.mortal import Fate, mortal_database, under
from tests.factories import PNG, Visitor
from tests.server import RunningServer, serving
from yingda.app.bootstrap import assemble
from yingda.dialogue.tasks import AnswerTurn
from yingda.infra.database import Database
from yingda.infra.settings import Settings
from yingda.language import Engine

AT_ONCE = 6
CUSTOMERS = "/api/v1/demo/customers"


@dataclass(frozen=True)
class Story:
    """Until the customer confirms, which they do last. A picture is shown where `None` stands."""

    given: list[str]
    before: list[str | None]
    last: str
    deed: str


STORIES = {
    "a paid order is cancelled": Story(["latest_unshipped"], ["取消订单"], "确认", "cancel_order"),
    "broken goods are refunded": Story(
        ["latest_delivered", "one_item", "small_basket"], ["收到的瓶子碎了", None, "退款"], "确认", "request_refund"
    ),
}


@pytest.fixture
async def server(
    demo_url: str, settings: Settings, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[RunningServer]:
    """One process on a mortal database, in which nobody answers before they are told to."""
    monkeypatch.setattr(Database, "connect", mortal_database)
    no_limits = dict.fromkeys(("sessions_per_address_per_minute", "address_messages_per_minute"), 10**6)
    generous = settings.model_copy(update=no_limits)
    runtime = await assemble(generous, demo_url, engine=engine)
    monkeypatch.setattr(runtime.answerer, "kick", lambda *_: None)
    async with serving(runtime) as running:
        yield running
    await runtime.close()


class Chat:
    """A fresh customer, whose messages are answered one by one."""

    def __init__(self, server: RunningServer, visitor: Visitor, path: str, signature: str) -> None:
        self._server = server
        self._visitor = visitor
        self._path = path
        self._signature = signature
        self.job: AnswerTurn

    @classmethod
    async def begin(cls, server: RunningServer, story: Story, seed: str) -> "Chat":
        who = (await server.http.post(CUSTOMERS, json={"given": story.given, "seed": seed})).json()
        visitor = await Visitor.open(server.http, identity=who)
        chat = cls(server, visitor, f"{CUSTOMERS}/{who['user_id']}", who["signature"])
        for words in story.before:
            await chat.say(words)
            await server.runtime.answerer.answer_job(chat.job)
        await chat.say(story.last)
        return chat

    async def say(self, words: str | None) -> None:
        sent = await (self._visitor.post(words) if words else self._show())
        assert sent.status_code == 201, sent.text
        self.job = AnswerTurn(UUID(sent.json()["conversation_id"]))
        self._last_seq = sent.json()["seq"]

    async def _show(self) -> httpx.Response:
        headers = self._visitor.headers
        stored = await self._server.http.post("/api/v1/chat/uploads", files={"file": ("a.png", PNG)}, headers=headers)
        body = {"client_id": str(uuid4()), "kind": "image", "content": {"file_id": stored.json()["file_id"]}}
        return await self._server.http.post("/api/v1/chat/messages", json=body, headers=headers)

    async def answers(self) -> list[str]:
        """What was said to the confirmation."""
        return [message["content"].get("text", "") for message in await self._visitor.thread(self._last_seq)]

    async def records(self) -> dict[str, Any]:
        """What the shop has of the customer, `deeds` included."""
        known = (await self._server.http.get(self._path, params={"signature": self._signature})).json()
        return {**known["records"], "deeds": known["deeds"]}


@pytest.mark.parametrize("name", STORIES)
async def test_a_confirmation_whose_process_dies_is_carried_out_once(server: RunningServer, name: str) -> None:
    story, runtime = STORIES[name], server.runtime
    answer_job, whole, deaths = runtime.answerer.answer_job, Fate(), list[bool]()
    undisturbed = await Chat.begin(server, story, "whole")
    await under(whole, lambda: answer_job(undisturbed.job))
    expected = len(await undisturbed.answers())
    assert whole.steps > 60, "the steps are not seen any more"

    async def die_at(step: int) -> tuple[int, Chat]:
        chat = await Chat.begin(server, story, f"step {step}")
        fate = Fate(step)
        await under(fate, lambda: answer_job(chat.job))
        deaths.append(fate.dead)
        await answer_job(chat.job)
        return step, chat

    with capture_logs():  # that connections are lost is logged with long tracebacks
        for first in range(0, whole.steps, AT_ONCE):
            chats = await asyncio.gather(*map(die_at, range(first, min(first + AT_ONCE, whole.steps))))
            await runtime.db.pool.execute("UPDATE deeds SET tried_at = tried_at - interval '2 hours'")
            await runtime.deeds.recover()
            for step, chat in chats:
                records, answers = await chat.records(), await chat.answers()
                done = [(deed["record"]["kind"], deed["record"]["state"]) for deed in records["deeds"]]
                assert (done, len(records["refunds"])) == ([(story.deed, "done")], 1), f"step {step}"
                assert re.search("已取消|已提交", "".join(answers)), f"step {step}: {answers}"
                assert len(answers) <= expected + 1, f"step {step}: {answers}"
    assert sum(deaths) > 60  # the last steps of one turn may not be there in another
