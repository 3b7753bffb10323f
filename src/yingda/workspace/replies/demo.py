"""Canned replies of the demo shop."""

import tomllib

import msgspec

from yingda.identity import teams_by_name
from yingda.infra.database import Tx
from yingda.kit.paths import data_dir
from yingda.workspace.ownership import Place, Scope
from yingda.workspace.replies import repository, service
from yingda.workspace.replies.schemas import ReplyDraft


async def seed_demo(tx: Tx) -> None:
    """Everybody's and the teams', unless somebody keeps any already. A `team` in the file is a team's name."""
    if await repository.has_any(tx.conn):
        return
    teams = await teams_by_name(tx.conn)
    for entry in tomllib.loads((data_dir() / "demo" / "canned_replies.toml").read_text("utf-8"))["reply"]:
        team_id = teams.get(entry.pop("team", ""))
        draft = msgspec.convert(entry, ReplyDraft)
        scope = Scope.TEAM if team_id else Scope.SHARED
        await service.add(tx, Place(team_id=team_id), msgspec.structs.replace(draft, scope=scope, team_id=team_id))
