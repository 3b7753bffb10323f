"""Staff, roles, departments, log-in, API keys: who is asking, and what they may do."""

from yingda.identity.authentication import authenticate_socket, provide_principal
from yingda.identity.events import SessionRevoked, StaffDeactivated
from yingda.identity.permissions import Permission
from yingda.identity.principal import Principal

__all__ = [
    "Permission",
    "Principal",
    "SessionRevoked",
    "StaffDeactivated",
    "authenticate_socket",
    "provide_principal",
]
