"""The schema: what revisions make is what models say, and many processes may start at once."""

import asyncio
from pathlib import Path

import asyncpg
from alembic.config import Config
from alembic.script import ScriptDirectory

from yingda.app.migrate import check, migrate
from yingda.app.schema import ensure_schema, newest_revision
from yingda.infra import migrations


async def test_models_and_revisions_agree(db_url: str) -> None:
    await check(db_url)


async def test_processes_that_start_together_migrate_once(db_url: str) -> None:
    await asyncio.gather(*[migrate(db_url) for _ in range(4)])


def test_the_newest_revision_is_known_without_alembic() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    assert newest_revision() == ScriptDirectory.from_config(config).get_current_head()


async def test_what_is_missing_is_applied(db_url: str) -> None:
    conn = await asyncpg.connect(db_url)
    await conn.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    await ensure_schema(db_url)
    assert await conn.fetchval("SELECT version_num FROM alembic_version") == newest_revision()
    await conn.close()
