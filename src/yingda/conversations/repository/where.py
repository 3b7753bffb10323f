"""Filters of lists, and what a member of staff may see, as conditions."""

from yingda.conversations.lists import Filter, View, Visibility
from yingda.infra.where import Where


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
    where.add("c.spam = {}", wanted.spam)
    if wanted.label:
        where.add(
            "EXISTS (SELECT FROM conversation_labels l WHERE l.conversation_id = c.id AND l.label_id = {})",
            wanted.label,
        )
    if wanted.followed:
        where.add(
            "EXISTS (SELECT FROM conversation_followers f WHERE f.conversation_id = c.id AND f.staff_id = {})",
            visibility.staff_id,
        )
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
