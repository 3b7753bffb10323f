"""A process of its own with an embedded database, driven by lines on its standard input. Started by test_embedded.

    python -m tests.infra.embedded_process DATA_DIR [UID]

It answers each line with one: `owner` says whether it is the owner, `stop` stops. At end of input it just ends.
"""

import os
import sys
from pathlib import Path

from yingda.infra.embedded import EmbeddedPostgres


def main(data_dir: str, uid: str = "") -> None:
    if uid:  # only now, because this account may not be allowed to read our Python
        os.setgroups([])
        os.setgid(int(uid))
        os.setuid(int(uid))
    server = embedded(Path(data_dir))
    say(server.start())
    for line in sys.stdin:
        if line.strip() == "stop":
            server.stop()
        say("owner" if server.is_owner else "attached")


def embedded(data_dir: Path) -> EmbeddedPostgres:
    """Safe against the death of processes, which the tests bring about; not against that of the machine."""
    return EmbeddedPostgres(data_dir, durable=False, settings={"synchronous_commit": "on"})


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
