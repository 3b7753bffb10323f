"""What people may do, named for the whole product, and the five roles that every deployment has."""

from enum import StrEnum
from typing import Final

import msgspec


class Permission(StrEnum):
    """One thing that somebody may do. The value is stable: it is stored, and it is the scope of an API key."""

    CONVERSATIONS_READ_OWN = "conversations.read_own"
    CONVERSATIONS_READ_TEAM = "conversations.read_team"
    CONVERSATIONS_READ_ALL = "conversations.read_all"
    CONVERSATIONS_REPLY = "conversations.reply"
    CONVERSATIONS_ASSIGN = "conversations.assign"
    CUSTOMERS_READ = "customers.read"
    CUSTOMERS_READ_PERSONAL = "customers.read_personal"
    CUSTOMERS_EDIT = "customers.edit"
    ORDERS_READ = "orders.read"
    ORDERS_CHANGE = "orders.change"
    TICKETS_READ = "tickets.read"
    TICKETS_READ_ALL = "tickets.read_all"
    TICKETS_EDIT = "tickets.edit"
    TICKETS_MANAGE = "tickets.manage"
    KNOWLEDGE_READ = "knowledge.read"
    KNOWLEDGE_EDIT = "knowledge.edit"
    KNOWLEDGE_PUBLISH = "knowledge.publish"
    QUALITY_REVIEW = "quality.review"
    WORKFORCE_READ = "workforce.read"
    WORKFORCE_MANAGE = "workforce.manage"
    REPORTS_READ = "reports.read"
    REPORTS_EXPORT = "reports.export"
    IMPROVEMENT_READ = "improvement.read"
    IMPROVEMENT_EDIT = "improvement.edit"
    ROUTING_MANAGE = "routing.manage"
    CHANNELS_MANAGE = "channels.manage"
    STAFF_READ = "staff.read"
    STAFF_MANAGE = "staff.manage"
    API_KEYS_MANAGE = "api_keys.manage"
    PRIVACY_MANAGE = "privacy.manage"
    AUDIT_READ = "audit.read"
    SETTINGS_MANAGE = "settings.manage"


#: Permissions that a role granted for certain teams confers there. All others concern the whole organisation:
#: a role that is limited to teams does not confer them at all.
TEAM_PERMISSIONS: Final = frozenset(
    {
        Permission.CONVERSATIONS_READ_OWN,
        Permission.CONVERSATIONS_READ_TEAM,
        Permission.CONVERSATIONS_READ_ALL,
        Permission.CONVERSATIONS_REPLY,
        Permission.CONVERSATIONS_ASSIGN,
        Permission.TICKETS_READ,
        Permission.TICKETS_EDIT,
        Permission.QUALITY_REVIEW,
        Permission.WORKFORCE_READ,
        Permission.WORKFORCE_MANAGE,
        Permission.REPORTS_READ,
    }
)

ADMINISTRATOR: Final = "administrator"


class BuiltinRole(msgspec.Struct, frozen=True):
    """A role that the product brings along; its permissions follow the version of the product."""

    code: str
    name: str
    permissions: frozenset[Permission]


_DEPARTMENT_MEMBER = frozenset(
    {
        Permission.CONVERSATIONS_READ_OWN,
        Permission.TICKETS_READ,
        Permission.TICKETS_EDIT,
        Permission.KNOWLEDGE_READ,
        Permission.IMPROVEMENT_READ,
        Permission.STAFF_READ,
    }
)
_AGENT = _DEPARTMENT_MEMBER | {
    Permission.CONVERSATIONS_READ_TEAM,
    Permission.CONVERSATIONS_REPLY,
    Permission.CUSTOMERS_READ,
    Permission.CUSTOMERS_EDIT,
    Permission.ORDERS_READ,
    Permission.ORDERS_CHANGE,
    Permission.WORKFORCE_READ,
}
_ANALYST = frozenset(
    {
        Permission.CONVERSATIONS_READ_ALL,
        Permission.CUSTOMERS_READ,
        Permission.ORDERS_READ,
        Permission.TICKETS_READ,
        Permission.TICKETS_READ_ALL,
        Permission.KNOWLEDGE_READ,
        Permission.WORKFORCE_READ,
        Permission.REPORTS_READ,
        Permission.REPORTS_EXPORT,
        Permission.IMPROVEMENT_READ,
        Permission.STAFF_READ,
    }
)
_SUPERVISOR = _AGENT | {
    Permission.CONVERSATIONS_READ_ALL,
    Permission.CONVERSATIONS_ASSIGN,
    Permission.CUSTOMERS_READ_PERSONAL,
    Permission.TICKETS_READ_ALL,
    Permission.TICKETS_MANAGE,
    Permission.KNOWLEDGE_EDIT,
    Permission.KNOWLEDGE_PUBLISH,
    Permission.QUALITY_REVIEW,
    Permission.WORKFORCE_MANAGE,
    Permission.REPORTS_READ,
    Permission.REPORTS_EXPORT,
    Permission.IMPROVEMENT_EDIT,
    Permission.ROUTING_MANAGE,
}

BUILTIN_ROLES: Final = (
    BuiltinRole(ADMINISTRATOR, "管理员", frozenset(Permission)),
    BuiltinRole("supervisor", "主管", _SUPERVISOR),
    BuiltinRole("agent", "客服", _AGENT),
    BuiltinRole("analyst", "分析师", _ANALYST),
    BuiltinRole("department_member", "部门成员", _DEPARTMENT_MEMBER),
)
