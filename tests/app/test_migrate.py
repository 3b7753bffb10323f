"""The schema: what revisions make is what models say, and many processes may start at once."""

import asyncio

from yingda.app.migrate import check, migrate


async def test_models_and_revisions_agree(db_url: str) -> None:
    await check(db_url)


async def test_processes_that_start_together_migrate_once(db_url: str) -> None:
    await asyncio.gather(*[migrate(db_url) for _ in range(4)])
