"""Macros of the demo shop."""

import tomllib

import msgspec

from yingda.infra.database import Tx
from yingda.kit.paths import data_dir
from yingda.workspace.macros import repository, service
from yingda.workspace.macros.schemas import MacroDraft
from yingda.workspace.ownership import Place, Scope


async def seed_demo(tx: Tx) -> None:
    """Everybody's, unless somebody keeps any already."""
    if await repository.has_any(tx.conn):
        return
    for draft in tomllib.loads((data_dir() / "demo" / "macros.toml").read_text("utf-8"))["macro"]:
        await service.add(tx, Place(), msgspec.convert({"scope": Scope.SHARED, **draft}, MacroDraft))
