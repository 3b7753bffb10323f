"""A language model behind an OpenAI-compatible service, which fills in forms instead of talking.

A message waits for it, so each purpose has its own limit of time, and a service that is down is left alone for a while:
the next customers do not wait for it too. What it answers is checked by whoever asked; here it is only parsed.
"""

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec
import structlog
from pydantic import BaseModel

if TYPE_CHECKING:
    from pydantic_ai import Agent

logger = structlog.get_logger(__name__)

#: How long a service is left alone after it gave no answer.
_PAUSE_SECONDS = 30.0


class Instructed:
    """The model with its instructions for one purpose. Made by `LanguageModel.instructed`."""

    def __init__(
        self,
        purpose: str,
        agent: "Agent[object, BaseModel]",
        failures: tuple[tuple[type[Exception], ...], tuple[type[Exception], ...]],
        timeout_seconds: float,
        clock: Callable[[], float],
    ) -> None:
        """`failures`: of the service, after which it is left alone, and of what it said."""
        self._purpose = purpose
        self._agent = agent
        self._down, self._wrong = failures
        self._timeout = timeout_seconds
        self._clock = clock
        self._paused_until = float("-inf")

    async def ask(self, told: object) -> BaseModel | None:
        """The form that it filled in for what it is told, as JSON; None: it has nothing to say, or not in time."""
        if self._clock() < self._paused_until:
            return None
        try:
            async with asyncio.timeout(self._timeout):
                return (await self._agent.run(msgspec.json.encode(told).decode())).output
        except self._down as error:
            self._paused_until = self._clock() + _PAUSE_SECONDS
            self._warn(error)
        except self._wrong as error:
            self._warn(error)
        return None

    def _warn(self, error: Exception) -> None:
        logger.warning("the language model gave nothing", purpose=self._purpose, problem=type(error).__name__)


class LanguageModel:
    """One connection for all purposes. Raises `ImportError` without the extra `llm`."""

    def __init__(self, url: str, model: str, key: str | None, clock: Callable[[], float] = time.monotonic) -> None:
        """Loads for seconds what only those need who use it."""
        from openai import AsyncOpenAI, OpenAIError
        from pydantic_ai.exceptions import AgentRunError, ModelAPIError, UserError
        from pydantic_ai.models.openai import OpenAIChatModel
        from pydantic_ai.providers.openai import OpenAIProvider

        self._client = AsyncOpenAI(base_url=url, api_key=key or "none", max_retries=0)
        self._model = OpenAIChatModel(model, provider=OpenAIProvider(openai_client=self._client))
        self._failures = (ModelAPIError, OpenAIError, TimeoutError, OSError), (AgentRunError, UserError)
        self._clock = clock

    def instructed(
        self, purpose: str, instructions: str, timeout_seconds: float, **forms: type[BaseModel]
    ) -> Instructed:
        """`forms`: what it may fill in, by the name under which it is told of them."""
        from pydantic_ai import Agent, ToolOutput

        agent: Agent[object, BaseModel] = Agent(
            self._model,
            output_type=[ToolOutput(form, name=name) for name, form in forms.items()],
            instructions=instructions,
            retries=0,
        )
        return Instructed(purpose, agent, self._failures, timeout_seconds, self._clock)

    async def close(self) -> None:
        await self._client.close()
