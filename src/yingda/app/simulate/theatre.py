"""Where customers are played: a server with the demo shop, and what only its staff can see of it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Any

import httpx
import msgspec

from yingda.app.replay.customer import PAGE, Customer, ReplayFailed, Server, code_of, visiting
from yingda.app.replay.insight import staff_of
from yingda.app.replay.tally import Heard
from yingda.app.simulate.outcome import Outcome, Ticket, actions_of, handed_over, mishaps, uttered
from yingda.app.simulate.picture import PICTURE
from yingda.app.simulate.script import NOT_SIGNED_IN, Line, Photo, Turn, Unusable
from yingda.app.simulate.stage import Stage
from yingda.commerce import SHOP_CODE

#: The demo's own way in, beside the public one.
_CUSTOMERS = "/api/v1/demo/customers"
_LOOK_SECONDS = 0.05


class CastRefused(Exception):
    """The shop cannot make such a customer; the text says why."""


class Seen(msgspec.Struct, frozen=True):
    """What staff see of a conversation. All empty where nobody of them can be asked."""

    handoff: bool = False
    reason: str | None = None
    final_intent: str | None = None
    tickets: list[Ticket] = []


class Theatre:
    """One server and its demo shop. Made by `open_theatre`."""

    def __init__(self, server: Server, staff: httpx.AsyncClient | None) -> None:
        self._server = server
        self._staff = staff

    @property
    def has_staff(self) -> bool:
        return self._staff is not None

    @asynccontextmanager
    async def customer(self, given: Sequence[str], seed: str) -> AsyncIterator[tuple[Customer, dict[str, str] | None]]:
        """A fresh customer who meets the conditions, with an open chat; and who that is. Raises `CastRefused`."""
        who = None if NOT_SIGNED_IN in given else await self._cast(given, seed)
        async with visiting(self._server, who) as customer:
            yield customer, who

    async def play(self, line: Line | Unusable) -> Outcome:
        """Say everything, and find out what came of it. Never raises for what one line is like."""
        if isinstance(line, Unusable):
            return Outcome(id=line.id, errors=[line.reason])
        try:
            async with self.customer(line.given, str(line.id)) as (customer, who):
                for turn in line.turns:
                    await self.take_turn(customer, turn)
                return await self.outcome(line.id, customer, who)
        except (CastRefused, ReplayFailed, httpx.HTTPError) as error:
            return Outcome(id=line.id, errors=[str(error) or type(error).__name__])

    async def take_turn(self, customer: Customer, turn: Turn) -> list[Heard]:
        """Say or show it, and wait for the answer; what came after it."""
        match turn:
            case str():
                sent = await customer.say(turn)
            case Photo():
                sent = await customer.show(PICTURE)
            case _:
                sent = await customer.say_at_once(turn)
                await self._settled(customer)
        return await customer.thread(sent.seq) if sent.seq else []

    async def _settled(self, customer: Customer) -> None:
        """Wait until nothing is left to be answered: the first answer to a burst may be to its beginning only.

        Only staff can see that; without them, the first answer is taken for the only one.
        """
        deadline = perf_counter() + self._server.patience
        while self._staff and customer.conversation_id and not customer.handed_over and perf_counter() < deadline:
            seen = await self._messages(self._staff, customer.conversation_id)
            said = [message for message in seen if message["author"]["kind"] == "customer"]
            if not said or said[-1]["understanding"]:
                return
            await asyncio.sleep(_LOOK_SECONDS)

    async def outcome(self, line_id: str | int, customer: Customer, who: dict[str, str] | None) -> Outcome:
        heard = await customer.thread()
        errors = mishaps(customer.sent, heard)
        records = await self.records(who) if who else {"deeds": []}
        seen = Seen()
        if customer.conversation_id and self._staff:
            seen = await self._seen(self._staff, customer.conversation_id)
        elif customer.conversation_id:
            errors.append("reason, final_intent and tickets are unknown: give --api-key, or a local demo's --data-dir")
        return Outcome(
            id=line_id,
            transcript=uttered(heard),
            actions=actions_of(records),
            handoff=seen.handoff or handed_over(heard),
            reason=seen.reason,
            final_intent=seen.final_intent,
            tickets=seen.tickets,
            errors=errors,
        )

    async def records(self, who: dict[str, str]) -> dict[str, Any]:
        """What the demo shop has of its customer."""
        path, query = f"{_CUSTOMERS}/{who['user_id']}", {"signature": who["signature"]}
        known = await _read(self._server.http.get(path, params=query))
        return {**known["records"], "deeds": known["deeds"]}

    async def _cast(self, given: Sequence[str], seed: str) -> dict[str, str]:
        body = {"given": list(given), "seed": seed[:200]}
        answer = await self._server.http.post(_CUSTOMERS, json=body, headers={"Accept-Language": "en"})
        if answer.status_code == httpx.codes.NOT_FOUND:
            raise ReplayFailed(f"{self._server.http.base_url} is no demo: there are no customers to play")
        if not answer.is_success:
            raise CastRefused(_told(answer))
        return dict(answer.json())

    async def _messages(self, staff: httpx.AsyncClient, conversation_id: str) -> list[dict[str, Any]]:
        query = {"after_seq": 0, "limit": PAGE}
        page = await _read(staff.get(f"/conversations/{conversation_id}/messages", params=query))
        return list(page["messages"])

    async def _seen(self, staff: httpx.AsyncClient, conversation_id: str) -> Seen:
        path = f"/conversations/{conversation_id}"
        head = (await _read(staff.get(path)))["conversation"]
        messages = await self._messages(staff, conversation_id)
        found = await _read(staff.get("/tickets", params={"conversation_id": conversation_id}))
        intents = [one["understanding"]["intents"][0]["name"] for one in messages if one["understanding"]]
        return Seen(
            head["handoff"] is not None,
            head["handoff"]["reason"] if head["handoff"] else None,
            intents[-1] if intents else None,
            msgspec.convert(found["items"], list[Ticket]),
        )


@asynccontextmanager
async def open_theatre(stage: Stage, patience: float) -> AsyncIterator[Theatre]:
    """For as long as the block lasts. Raises `ReplayFailed` when nothing answers there."""
    limits = httpx.Limits(max_connections=stage.concurrency, max_keepalive_connections=stage.concurrency)
    async with (
        httpx.AsyncClient(base_url=stage.url, limits=limits, trust_env=False, timeout=patience) as http,
        staff_of(stage.url, stage.api_key, stage.accounts) as staff,
    ):
        yield Theatre(Server(http, SHOP_CODE, patience), staff)


async def _read(request: Awaitable[httpx.Response]) -> Any:
    answer = await request
    if not answer.is_success:
        raise ReplayFailed(f"{answer.request.url.path} cannot be read: {code_of(answer)}")
    return answer.json()


def _told(answer: httpx.Response) -> str:
    """A problem in its own words."""
    try:
        return f"{answer.json()['code']}: {answer.json()['detail']}"
    except (ValueError, KeyError, TypeError):
        return code_of(answer)
