"""Pure decisions of dispatch."""

from collections.abc import Sequence
from uuid import UUID

from yingda.routing.dispatch.schemas import TeamRoom


def choose_team(rooms: Sequence[TeamRoom]) -> UUID | None:
    """Which team of a department takes a conversation: the one with the most room, then with the shortest queue."""
    best = max(rooms, key=lambda one: (one.room, -one.waiting), default=None)
    return best.team_id if best else None
