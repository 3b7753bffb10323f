"""The parent's side of the reading process: begun when needed, one picture at a time, ended when idle or at fault."""

import asyncio
import importlib.util
import sys
from contextlib import suppress

import msgspec
import structlog

from yingda.infra.ocr.page import Page, PictureUnreadable, ReaderMissing, ReadingFailed, ReadingTooSlow

logger = structlog.get_logger(__name__)

#: One picture may take so long, the start of the process included.
SECONDS = 45.0
#: Address space: the models and a picture take a third of it.
MEMORY_BYTES = 3 * 1024**3
#: After this long without a picture its memory is given back.
IDLE_SECONDS = 120.0


class _Answer(msgspec.Struct):
    page: Page | None = None
    error: str = ""


def can_read() -> bool:
    """Whether the component that reads pictures is installed here."""
    return importlib.util.find_spec("rapidocr") is not None


class OcrProcess:
    """One a worker. Costs nothing until it is asked to read."""

    def __init__(
        self, *, seconds: float = SECONDS, memory: int = MEMORY_BYTES, idle_seconds: float = IDLE_SECONDS
    ) -> None:
        self._seconds = seconds
        self._memory = memory
        self._idle_seconds = idle_seconds
        self._child: asyncio.subprocess.Process | None = None
        self._one_at_a_time = asyncio.Lock()
        self._rest: asyncio.TimerHandle | None = None

    async def read(self, data: bytes) -> Page:
        """Raises `ReaderMissing`, `PictureUnreadable`, `ReadingTooSlow` and `ReadingFailed`."""
        if not can_read():
            raise ReaderMissing
        async with self._one_at_a_time:
            self._stay()
            try:
                async with asyncio.timeout(self._seconds):
                    answer = await self._ask(data)
            except TimeoutError:
                await self._end()
                raise ReadingTooSlow from None
            except (OSError, asyncio.IncompleteReadError, msgspec.DecodeError):
                logger.warning("the reading process ended over a picture")
                await self._end()
                raise ReadingFailed from None
            except asyncio.CancelledError:
                await self._end()
                raise
            self._rest = asyncio.get_running_loop().call_later(self._idle_seconds, self._let_go)
        if answer.page is None:
            raise PictureUnreadable
        return answer.page

    @property
    def pid(self) -> int | None:
        """Of the process that reads, while there is one."""
        return self._child.pid if self._child else None

    async def close(self) -> None:
        self._stay()
        await self._end()

    async def _ask(self, data: bytes) -> _Answer:
        child = self._child or await self._begin()
        assert child.stdin is not None and child.stdout is not None  # noqa: PT018, S101  (both are pipes)
        child.stdin.write(len(data).to_bytes(4, "big") + data)
        await child.stdin.drain()
        size = int.from_bytes(await child.stdout.readexactly(4), "big")
        return msgspec.json.decode(await child.stdout.readexactly(size), type=_Answer)

    async def _begin(self) -> asyncio.subprocess.Process:
        self._child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "yingda.infra.ocr.child",
            str(self._memory),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        return self._child

    async def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        with suppress(ProcessLookupError):
            child.kill()
        await child.communicate()

    def _stay(self) -> None:
        if self._rest:
            self._rest.cancel()
            self._rest = None

    def _let_go(self) -> None:
        """It ends by itself when nothing more can come."""
        child, self._child = self._child, None
        if child and child.stdin:
            child.stdin.close()
