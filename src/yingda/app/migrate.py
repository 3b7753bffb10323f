"""Bring the database to this version's schema, once, however many processes start together."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from yingda.app.metadata import metadata
from yingda.infra import migrations

#: Any constant will do; all our processes must use the same.
ADVISORY_LOCK = 0x59494E47


async def migrate(url: str) -> None:
    """Apply all revisions that are missing, under an advisory lock."""
    await _with_config(url, lambda config: command.upgrade(config, "head"))


async def check(url: str) -> None:
    """Raise `alembic.util.CommandError` when models and revisions have drifted apart."""
    await _with_config(url, command.check)


async def draft(url: str, name: str) -> str:
    """Write a revision of what models say and revisions do not yet; the path of its file."""
    written: list[str] = []

    def write(config: Config) -> None:
        number = sum(1 for _ in ScriptDirectory.from_config(config).walk_revisions()) + 1
        config.set_main_option("file_template", "%%(rev)s")
        script = command.revision(config, name.replace("_", " "), autogenerate=True, rev_id=f"{number:04d}_{name}")
        if isinstance(script, Script):
            written.append(script.path)

    await _with_config(url, write)
    return written[0]


async def _with_config(url: str, action: Callable[[Config], None]) -> None:
    engine = create_async_engine(make_url(url).set(drivername="postgresql+asyncpg"), poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            await connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": ADVISORY_LOCK})
            await connection.commit()
            await connection.run_sync(lambda sync: action(_config(sync)))
            await connection.commit()
    finally:
        await engine.dispose()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.attributes["connection"] = connection
    config.attributes["metadata"] = metadata
    return config
