"""`yingda privacy …`: what a customer may ask for by law, done on the machine itself and on record."""

from pathlib import Path
from typing import Annotated
from uuid import UUID

import msgspec
import typer

from yingda.app import process
from yingda.app.bootstrap import personal_data
from yingda.customers import subject_of
from yingda.identity import Principal, principal_named
from yingda.infra.database import Tx
from yingda.infra.jobs import Jobs
from yingda.infra.settings import Settings, load_settings
from yingda.privacy import Purpose, Reason, Subject

app = typer.Typer(no_args_is_help=True, help="Copy out or erase everything that is kept of a customer.")

Customer = Annotated[UUID, typer.Argument(help="The customer's id, as in the address of their conversations.")]
By = Annotated[str, typer.Option(help="Log-in of the colleague who answers for it; needs privacy.manage.")]
Why = Annotated[str, typer.Option(help="Why, for the audit trail: the customer's request and its date, for instance.")]
DataDir = Annotated[Path | None, typer.Option(help="Folder for database, files and secrets.")]


@app.command()
def export(
    customer: Customer,
    by: By,
    reason: Why,
    out: Annotated[Path, typer.Option("--out", "-o", help="Where the copy goes: .json, for your eyes only.")],
    data_dir: DataDir = None,
) -> None:
    """Write everything that is kept of a customer into a file."""

    async def copy(settings: Settings) -> None:
        async with process.opened(settings) as db, db.transaction() as tx:
            asked = await _asked(tx, by, customer)
            kept = await personal_data(Jobs(db.url)).export(tx, *asked, Reason(Purpose.OTHER, reason))
        out.touch(mode=0o600)
        out.write_bytes(msgspec.json.format(msgspec.json.encode(kept)))

    process.run(_settings(data_dir), copy)
    typer.echo(f"{out}: everything that is kept of {customer}")


@app.command()
def erase(
    customer: Customer,
    by: By,
    reason: Why,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether it is meant.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Erase everything that tells who a customer was. For good: nothing brings it back but an old backup."""
    if not yes:
        typer.confirm(f"Erase everything that is kept of {customer}, for good?", abort=True)
    touched: dict[str, int] = {}

    async def remove(settings: Settings) -> None:
        async with process.opened(settings) as db, db.transaction() as tx:
            asked = await _asked(tx, by, customer)
            touched.update(await personal_data(Jobs(db.url)).erase(tx, *asked, Reason(Purpose.OTHER, reason)))

    process.run(_settings(data_dir), remove)
    for feature, rows in touched.items():
        typer.echo(f"{feature}: {rows:,}")


async def _asked(tx: Tx, by: str, customer: UUID) -> tuple[Principal, Subject]:
    return await principal_named(tx.conn, by), await subject_of(tx.conn, customer)


def _settings(data_dir: Path | None) -> Settings:
    return load_settings(**({"data_dir": data_dir} if data_dir else {}))
