"""Staff, roles, departments, log-in, API keys: who is asking, and what they may do."""

from yingda.identity.authentication import authenticate_socket, provide_principal
from yingda.identity.colleagues import (
    Colleague,
    Team,
    departments,
    find_colleague,
    find_department,
    find_team,
    names_of,
    principal_named,
    principals_of,
    teams_by_name,
    teams_of,
)
from yingda.identity.demo import DemoAccount, seed_demo_staff
from yingda.identity.endpoints import routers
from yingda.identity.events import (
    AccessChange,
    AccessChanged,
    MembershipsChanged,
    RightsChanged,
    SessionRevoked,
    StaffDeactivated,
)
from yingda.identity.permissions import Permission
from yingda.identity.principal import Caller, Principal
from yingda.identity.setup import create_administrator, create_setup_link, ensure_builtin_roles, needs_setup
from yingda.identity.throttle import purge_expired

__all__ = [
    "AccessChange",
    "AccessChanged",
    "Caller",
    "Colleague",
    "DemoAccount",
    "MembershipsChanged",
    "Permission",
    "Principal",
    "RightsChanged",
    "SessionRevoked",
    "StaffDeactivated",
    "Team",
    "authenticate_socket",
    "create_administrator",
    "create_setup_link",
    "departments",
    "ensure_builtin_roles",
    "find_colleague",
    "find_department",
    "find_team",
    "names_of",
    "needs_setup",
    "principal_named",
    "principals_of",
    "provide_principal",
    "purge_expired",
    "routers",
    "seed_demo_staff",
    "teams_by_name",
    "teams_of",
]
