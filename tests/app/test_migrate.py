"""The schema: what revisions make is what models say, and many processes may start at once."""

import asyncio
import json
from pathlib import Path
from uuid import uuid4

import asyncpg
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from yingda.app.migrate import _with_config, check, migrate
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


async def test_what_earlier_releases_shipped_is_known_from_what_nobody_had_changed(db_url: str) -> None:
    await _with_config(db_url, lambda config: command.downgrade(config, "0036_polish"))
    conn = await asyncpg.connect(db_url)
    await conn.execute("SET session_replication_role = replica; DELETE FROM triage_versions; DELETE FROM ticket_kinds")
    for number, rules in enumerate((["shipped"], ["own", "shipped"]), 1):
        await conn.execute(
            "INSERT INTO triage_versions (number, content, why, author_name, published_at) "
            "VALUES ($1, jsonb_build_object('rules', $2::jsonb), '', '', now())",
            number,
            json.dumps(rules),
        )
    for code, version, actions in (
        ("untouched", 1, []),
        ("changed", 2, ["changed"]),
        ("own", 1, ["created"]),
        ("own_changed", 2, ["created", "changed"]),
    ):
        await conn.execute(
            "INSERT INTO ticket_kinds (id, code, name, position, department_id, spec, version) "
            'VALUES ($1, $2, $2, 1, $1, \'{"states": ["shipped"]}\', $3)',
            kind_id := uuid4(),
            code,
            version,
        )
        for action in actions:
            await conn.execute(
                "INSERT INTO audit_entries "
                "(number, id, at, actor_id, actor_name, via, action, object_kind, object_id, before, hash) "
                "SELECT coalesce(max(number), 0) + 1, $1, now(), $1, '', '', $2, 'ticket_kind', $3, $4::jsonb, '' "
                "FROM audit_entries",
                uuid4(),
                f"tickets.kind_{action}",
                str(kind_id),
                json.dumps({"name": code, "states": ["shipped"]}),
            )
    await migrate(db_url)
    assert {row[0] for row in await conn.fetch("SELECT shipped FROM triage_versions")} == {'["shipped"]'}
    kept = {
        row["code"]: json.loads(row["shipped"] or "null")
        for row in await conn.fetch("SELECT code, shipped FROM ticket_kinds")
    }
    as_shipped = {code: {"name": code, "states": ["shipped"]} for code in ("untouched", "changed")}
    assert kept == as_shipped | {"own": None, "own_changed": None}
    await conn.close()
