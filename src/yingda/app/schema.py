"""Whether the database has this version's schema. Where it has, a process never loads what changes schemas."""

from pathlib import Path

import asyncpg

from yingda.infra import migrations


async def ensure_schema(url: str) -> None:
    """Apply the revisions that are missing, if any are. Whoever does weighs 40 MB more until it ends."""
    if await _revision(url) != newest_revision():
        from yingda.app.migrate import migrate

        await migrate(url)


def newest_revision() -> str:
    """By the numbers that the files' names begin with."""
    return max(path.stem for path in (Path(migrations.__file__).parent / "versions").glob("[0-9]*.py"))


async def _revision(url: str) -> str | None:
    """None of an empty database."""
    conn = await asyncpg.connect(url)
    try:
        found: str | None = await conn.fetchval("SELECT version_num FROM alembic_version")
    except asyncpg.UndefinedTableError:
        return None
    finally:
        await conn.close()
    return found
