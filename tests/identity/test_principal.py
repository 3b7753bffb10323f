"""What a principal may do, and for which teams."""

from uuid import uuid4

import pytest

from yingda.identity import Permission, Principal
from yingda.kit.errors import Forbidden

OWN, OTHER = uuid4(), uuid4()


def _principal(*permissions: Permission, limited: tuple[Permission, ...] = ()) -> Principal:
    return Principal(
        staff_id=uuid4(),
        display_name="小雅",
        permissions=frozenset(permissions + limited),
        team_ids=frozenset({OWN}),
        limited_to={permission: frozenset({OTHER}) for permission in limited},
    )


@pytest.mark.parametrize(
    ("principal", "permission", "teams"),
    [
        (_principal(), Permission.CONVERSATIONS_READ_ALL, frozenset()),
        (_principal(Permission.CONVERSATIONS_READ_ALL), Permission.CONVERSATIONS_READ_ALL, None),
        (_principal(Permission.CONVERSATIONS_READ_TEAM), Permission.CONVERSATIONS_READ_TEAM, frozenset({OWN})),
        (
            _principal(limited=(Permission.CONVERSATIONS_READ_ALL,)),
            Permission.CONVERSATIONS_READ_ALL,
            frozenset({OTHER}),
        ),
    ],
)
def test_teams_for(principal: Principal, permission: Permission, teams: frozenset[object] | None) -> None:
    assert principal.teams_for(permission) == teams


def test_require() -> None:
    principal = _principal(Permission.CONVERSATIONS_REPLY)
    principal.require(Permission.CONVERSATIONS_REPLY)
    with pytest.raises(Forbidden):
        principal.require(Permission.STAFF_MANAGE)
    with pytest.raises(Forbidden):
        principal.require_session()
