"""What serving processes hold: no library that others need, and not the remains of chats that are over."""

import gc
import subprocess
import sys
from collections import deque
from collections.abc import Iterator

import pytest

from yingda.app import memory

#: What commands, exports, lessons and migrations need, and how much each weighs: SQLAlchemy 19 MB, pypinyin 37.
_NOT_SERVED = {"alembic", "onnxruntime", "openpyxl", "pypinyin", "scipy", "sklearn", "sqlalchemy"}
_OPEN, _CLOSED = 8_000, 20_000


@pytest.fixture
def settled() -> Iterator[None]:
    before = gc.get_threshold()
    memory.settle()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


class _Chat:
    """Like a socket: parts that know each other, so that only the collector finds them when it is over."""

    held = 0

    def __init__(self) -> None:
        self.parts = [[self] for _ in range(60)]
        _Chat.held += 1

    def __del__(self) -> None:
        _Chat.held -= 1


@pytest.mark.usefixtures("settled")
def test_chats_that_are_over_do_not_pile_up_however_long_they_lasted() -> None:
    chats = deque(_Chat() for _ in range(_OPEN))
    most = 0
    for _ in range(_CLOSED):
        chats.append(_Chat())
        chats.popleft()
        most = max(most, _Chat.held)
    assert most < 2 * _OPEN


def test_a_serving_process_loads_nothing_that_it_does_not_need() -> None:
    """Nor when a canned reply is saved."""
    program = (
        "import sys, yingda.app.cli; from yingda.workspace.replies.rules import search_keys\n"
        "search_keys('cq', '重庆发货', '')\n"
        "print(*{name.split('.')[0] for name in sys.modules})"
    )
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert "litestar" in loaded
    assert not _NOT_SERVED & set(loaded)
