"""Drafts a revision from what models say and revisions do not yet: `python -m tools.migration "add tickets"`.

A draft: read it, and write what Alembic cannot see (moved data, partial indexes, triggers) by hand.
"""

import asyncio
import re
import sys

from tools.scratch import scratch_database
from yingda.app.migrate import draft, migrate


async def main(subject: str) -> None:
    """Compare on an empty database with all revisions applied."""
    with scratch_database() as url:
        await migrate(url)
        print(await draft(url, re.sub(r"\W+", "_", subject.lower()).strip("_")))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
