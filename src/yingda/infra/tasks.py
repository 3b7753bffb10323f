"""Background work inside one process."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from yingda.infra.database import DATABASE_DOWN

logger = structlog.get_logger(__name__)


class Kicked:
    """Runs `round_` once after any number of kicks, never twice at a time, and goes on after failures."""

    def __init__(self, round_: Callable[[], Awaitable[object]]) -> None:
        self._round = round_
        self._wanted = asyncio.Event()

    def kick(self) -> None:
        self._wanted.set()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            try:
                await self._round()
            except Exception as error:
                if not isinstance(error, DATABASE_DOWN):
                    logger.exception("background round failed")
                self._wanted.set()
                await asyncio.sleep(0.5)
