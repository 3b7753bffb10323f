"""What Alembic runs. The connection comes from `yingda.app.migrate`, which holds the advisory lock."""

from typing import Any

from alembic import context

#: Tables that a library owns: created by a revision, never compared with our models.
FOREIGN_TABLE_PREFIXES = ("pgqueuer", "procrastinate")


def _ours(_object: Any, name: str | None, type_: str, reflected: bool, _compare_to: Any) -> bool:
    return not (type_ == "table" and reflected and (name or "").startswith(FOREIGN_TABLE_PREFIXES))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes["metadata"],
    include_object=_ours,
    compare_type=True,
    compare_server_default=True,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
