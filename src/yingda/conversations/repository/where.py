"""Conditions with numbered parameters, and what a member of staff may see as such conditions."""

from typing import Any

from yingda.conversations.schemas import (
    Filter,
    View,
    Visibility,
)


class Where:
    """Conditions with numbered parameters; no value ever enters the SQL text."""

    def __init__(self) -> None:
        self._conditions: list[str] = []
        self.arguments: list[Any] = []

    def place(self, argument: Any) -> str:
        self.arguments.append(argument)
        return f"${len(self.arguments)}"

    def add(self, condition: str, *arguments: Any) -> None:
        self._conditions.append(condition.format(*[self.place(argument) for argument in arguments]))

    def __str__(self) -> str:
        return " AND ".join(f"({condition})" for condition in self._conditions) or "true"


def apply(where: Where, wanted: Filter, visibility: Visibility) -> None:
    match wanted.view:
        case View.MINE:
            where.add("c.assignee_id = {}", visibility.staff_id)
            if wanted.state is None:
                where.add("c.state IN ('open', 'snoozed')")
        case View.WAITING:
            where.add("c.state = 'open' AND c.assignee_id IS NULL")
        case View.ASSISTANT:
            where.add("c.state = 'pending'")
        case View.ALL:
            pass
    equal = {
        "state": wanted.state.value if wanted.state else None,
        "channel": wanted.channel,
        "shop": wanted.shop,
        "intent": wanted.intent,
        "level": wanted.level,
        "team_id": wanted.team_id,
        "assignee_id": wanted.assignee_id,
        "customer_id": wanted.customer_id,
    }
    for column, value in equal.items():
        if value is not None:
            where.add(f"c.{column} = {{}}", value)


def restrict(where: Where, visibility: Visibility) -> None:
    if visibility.everything:
        return
    if visibility.own_only:
        where.add(
            "c.assignee_id = {} OR (c.assignee_id IS NULL AND c.state = 'open' "
            "AND (c.team_id IS NULL OR c.team_id = ANY({}::uuid[])))",
            visibility.staff_id,
            list(visibility.team_ids),
        )
    else:
        where.add(
            "c.assignee_id = {} OR c.team_id IS NULL OR c.team_id = ANY({}::uuid[])",
            visibility.staff_id,
            list(visibility.team_ids),
        )
