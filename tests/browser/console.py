"""What an agent does while the customer looks on."""

from typing import Any

from tests.factories import Colleague


class Conversation:
    """A conversation in the hands of an agent."""

    def __init__(self, colleague: Colleague, conversation_id: str) -> None:
        self._colleague = colleague
        self.id = conversation_id

    @classmethod
    async def next_waiting(cls, colleague: Colleague) -> "Conversation":
        """The one that waits for a person; there must be exactly one."""
        (item,) = (await colleague.get("/conversations", view="waiting"))["items"]
        assert item["conversation"]["state"] == "open"
        return cls(colleague, item["conversation"]["id"])

    async def take(self) -> None:
        await self._do("take")

    async def reply(self, text: str) -> None:
        await self._do("messages", json={"text": text})

    async def resolve(self) -> None:
        await self._do("resolve")

    async def _do(self, action: str, **options: Any) -> None:
        answer = await self._colleague.call("POST", f"/conversations/{self.id}/{action}", **options)
        assert answer.is_success, answer.text
