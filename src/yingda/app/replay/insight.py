"""What only staff can see of the replayed chats: which intents were understood, and why the assistant stepped back."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import msgspec

from yingda.app.replay.customer import PAGE, ReplayFailed, code_of, together
from yingda.app.replay.tally import Insight
from yingda.identity import DemoAccount

AT_ONCE = 8
ADMINISTRATOR = "administrator"


@asynccontextmanager
async def staff_of(url: str, api_key: str | None, accounts: Path | None) -> AsyncIterator[httpx.AsyncClient | None]:
    """A client that sees all conversations: by key, else as the demo's administrator; None without either."""
    async with httpx.AsyncClient(base_url=f"{url}/api/v1", trust_env=False, timeout=30) as http:
        if api_key:
            http.headers["Authorization"] = f"Bearer {api_key}"
            yield http
        elif (who := accounts and _administrator(accounts)) and (csrf_token := await _sign_in(http, who)):
            yield http
            await http.post("/auth/logout", headers={"X-CSRF-Token": csrf_token})
        else:
            yield None


async def _sign_in(http: httpx.AsyncClient, administrator: DemoAccount) -> str | None:
    """The session's CSRF token; None if this is another server's account."""
    body = {"login": administrator.login, "password": administrator.password}
    answer = await http.post("/auth/login", json=body)
    return str(answer.json()["csrf_token"]) if answer.is_success else None


def _administrator(accounts: Path) -> DemoAccount | None:
    try:
        kept = msgspec.json.decode(accounts.read_bytes(), type=list[DemoAccount])
    except (OSError, msgspec.DecodeError):
        return None
    return next((account for account in kept if account.role == ADMINISTRATOR), None)


async def insight_into(staff: httpx.AsyncClient, conversations: list[str]) -> Insight:
    """Intents by message, reasons by conversation. Raises `ReplayFailed` when the staff client is not let in."""
    intents: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    gate = asyncio.Semaphore(AT_ONCE)

    async def look(conversation_id: str) -> None:
        async with gate:
            head = (await _get(staff, f"/conversations/{conversation_id}"))["conversation"]
            if head["handoff"]:
                reasons[head["handoff"]["reason"]] += 1
            async for message in _messages(staff, conversation_id):
                if message["understanding"]:
                    intents[message["understanding"]["intents"][0]["name"]] += 1

    await together(look(conversation_id) for conversation_id in conversations)
    return Insight(intents, reasons)


async def _messages(staff: httpx.AsyncClient, conversation_id: str) -> AsyncIterator[dict[str, Any]]:
    after, more = 0, True
    while more:
        page = await _get(staff, f"/conversations/{conversation_id}/messages", after_seq=after, limit=PAGE)
        for message in page["messages"]:
            yield message
            after = message["seq"]
        more = page["has_more"] and bool(page["messages"])


async def _get(staff: httpx.AsyncClient, path: str, **parameters: int) -> Any:
    answer = await staff.get(path, params=parameters)
    if not answer.is_success:
        raise ReplayFailed(f"the intents could not be read: {code_of(answer)}")
    return answer.json()
