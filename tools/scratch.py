"""A PostgreSQL for as long as a tool needs one."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yingda.infra.embedded import EmbeddedPostgres


@contextmanager
def scratch_database() -> Iterator[str]:
    """The URL of an empty database; nothing of it is kept."""
    home = Path(tempfile.mkdtemp(prefix="yingda-tool-"))
    home.chmod(0o755)  # the server may run under another account
    server = EmbeddedPostgres(home / "data", durable=False)
    try:
        yield server.start()
    finally:
        server.stop()
        shutil.rmtree(home)
