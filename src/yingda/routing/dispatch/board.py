"""The supervisor's board: the queue and the people, put together from what each feature below knows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from yingda.conversations import Line, Scope, overview_of, visibility_of
from yingda.identity import Permission, Principal, Team, teams_by_name, teams_of
from yingda.infra.database import Connection
from yingda.kit.clock import now
from yingda.routing.dispatch import rules
from yingda.routing.dispatch.repository import presence as people
from yingda.routing.dispatch.repository import waits
from yingda.routing.dispatch.schemas import AgentOnBoard, Board, Cell, Pace, Presence, PresenceStatus, Stand, TeamQueue

#: More than anybody looks through; `Board.by_level` counts the rest.
LISTED = 200
#: How far back forecasts are compared with what came of them.
FORECASTS_OF = timedelta(days=1)


async def board_for(conn: Connection, principal: Principal) -> Board:
    """Of conversations what this person may see, of people those of their teams. Raises `Forbidden`."""
    principal.require(Permission.WORKFORCE_READ)
    teams = principal.teams_for(Permission.WORKFORCE_READ)
    seen = await overview_of(conn, Scope(visibility_of(principal), teams), LISTED)
    there = await people.agents(conn)
    staff = {presence.staff_id for _, presence in there} | {
        line.assignee_id for line in seen.in_hand if line.assignee_id
    }
    membership = await teams_of(conn, staff)
    agents = agents_on_board(there, seen.in_hand, membership, teams, now())
    shown = _teams(membership.values(), teams)
    queues = await _queues(conn, shown, teams)
    return Board(seen.waiting, seen.by_level, agents, shown, queues)


async def _queues(conn: Connection, at_work: Sequence[Team], teams: frozenset[UUID] | None) -> list[TeamQueue]:
    """One for each team of which somebody is at work or for which somebody waits or waited, and that of everybody."""
    moment = now()
    every = await teams_by_name(conn)
    names: dict[UUID | None, str] = {one: name for name, one in every.items() if teams is None or one in teams}
    names |= {team.id: team.name for team in at_work}
    if teams is None:
        names[None] = ""
    always = {None, *(team.id for team in at_work)}
    found = await waits.queues(conn, names, moment - FORECASTS_OF)
    paces = await waits.paces(conn)
    stands = await waits.newcomers(conn, list(names), moment)
    return [
        msgspec.structs.replace(one, expected=_expected(stands[one.team_id], paces, moment))
        for one in sorted(found, key=lambda one: (one.team_id is None, one.name))
        if one.team_id in always or one.waiting or one.measured
    ]


def _expected(stand: Stand, paces: Mapping[Cell, Pace], moment: datetime) -> int | None:
    return rules.foretold(stand, rules.forecast(stand, paces, moment).seconds)


def agents_on_board(
    there: Sequence[tuple[str, Presence]],
    in_hand: Sequence[Line],
    membership: Mapping[UUID, Sequence[Team]],
    teams: frozenset[UUID] | None,
    moment: datetime,
) -> list[AgentOnBoard]:
    """Those who are there, then those who have work in hand without ever having said that they are there."""
    held: dict[UUID, list[Line]] = defaultdict(list)
    for line in in_hand:
        if line.assignee_id:
            held[line.assignee_id].append(line)
    known = {presence.staff_id for _, presence in there}
    silent = [_silent(staff_id, lines, moment) for staff_id, lines in held.items() if staff_id not in known]
    agents = [
        AgentOnBoard(
            **msgspec.structs.asdict(presence),
            name=name,
            team_ids=[team.id for team in membership.get(presence.staff_id, ())],
            conversations=held.get(presence.staff_id, []),
        )
        for name, presence in (*there, *silent)
    ]
    return [agent for agent in agents if teams is None or teams.intersection(agent.team_ids)]


def _silent(staff_id: UUID, lines: Sequence[Line], moment: datetime) -> tuple[str, Presence]:
    return lines[0].assignee_name or "", Presence(staff_id, PresenceStatus.OFFLINE, 5, len(lines), moment)


def _teams(memberships: Iterable[Sequence[Team]], teams: frozenset[UUID] | None) -> list[Team]:
    found = {team.id: team for some in memberships for team in some if teams is None or team.id in teams}
    return sorted(found.values(), key=lambda team: team.id)
