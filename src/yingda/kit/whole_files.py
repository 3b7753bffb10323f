"""Files that are there as a whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from uuid import uuid4

PART = ".part"


@contextmanager
def whole(path: Path) -> Iterator[IO[bytes]]:
    """A file to write: a reader of `path` sees the old content or, once this is left, the new one; never half of it.

    Others may read it as the process's umask says: who publishes is often not the account that serves.
    """
    temporary = path.with_name(f"{path.name}.{uuid4().hex}{PART}")
    try:
        with temporary.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
