"""What a supervisor's board needs of conversations: who waits, and who has whom, within what they may see."""

from uuid import UUID

import msgspec

from yingda.conversations.lists import LevelCount, Line, Visibility
from yingda.conversations.repository import overview
from yingda.customers import display_names
from yingda.infra.database import Connection


class Scope(msgspec.Struct, frozen=True):
    """What is looked at: what somebody may see, and of that the matters of `teams` and of no team; None: all of it."""

    visibility: Visibility
    teams: frozenset[UUID] | None = None


class Overview(msgspec.Struct, frozen=True):
    """`waiting`: the highest level first, then who has waited longest. `by_level` counts the whole queue."""

    waiting: list[Line]
    in_hand: list[Line]
    by_level: list[LevelCount]


async def overview_of(conn: Connection, scope: Scope, limit: int) -> Overview:
    """At most `limit` lines of each kind, with masked names."""
    waiting = await overview.waiting(conn, scope.visibility, scope.teams, limit)
    in_hand = await overview.in_hand(conn, scope.visibility, scope.teams, limit)
    by_level = await overview.count_waiting(conn, scope.visibility, scope.teams)
    names = await display_names(conn, [line.customer_id for line in (*waiting, *in_hand)])
    return Overview(_named(waiting, names), _named(in_hand, names), by_level)


def _named(lines: list[Line], names: dict[UUID, str]) -> list[Line]:
    return [msgspec.structs.replace(line, customer_name=names.get(line.customer_id, "")) for line in lines]
