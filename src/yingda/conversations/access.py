"""Which conversations a member of staff may see, and which they may change."""

from collections.abc import Iterable
from uuid import UUID

from yingda.conversations import rules, service
from yingda.conversations.content import Author, AuthorKind, Mention
from yingda.conversations.lists import Visibility
from yingda.conversations.schemas import Conversation, Place
from yingda.identity import Permission, Principal, principals_of
from yingda.infra.database import Connection
from yingda.kit.errors import Forbidden, Invalid

_READ_BY_TEAM = (Permission.CONVERSATIONS_READ_ALL, Permission.CONVERSATIONS_READ_TEAM)


def visibility_of(principal: Principal) -> Visibility:
    """Everything, their teams', or their own. Raises `Forbidden` for those who may see none."""
    granted = [principal.teams_for(permission) for permission in _READ_BY_TEAM if principal.may(permission)]
    if granted:
        teams = frozenset[UUID]().union(*(some for some in granted if some is not None))
        return Visibility(principal.staff_id, teams, everything=None in granted)
    if principal.may(Permission.CONVERSATIONS_READ_OWN):
        return Visibility(principal.staff_id, principal.team_ids, own_only=True)
    raise Forbidden


async def get_changeable(
    conn: Connection,
    conversation_id: UUID,
    principal: Principal,
    permission: Permission = Permission.CONVERSATIONS_REPLY,
) -> Conversation:
    """The head, for somebody who is about to change something.

    Raises `ConversationNotFound` where they may not look, `Forbidden` where they may look only: a permission for
    certain teams covers these, what belongs to no team yet, and what they have in hand.
    """
    principal.require(permission)
    head = await service.get_visible(conn, conversation_id, visibility_of(principal))
    teams = principal.teams_for(permission)
    if teams is None or head.team_id is None or head.team_id in teams or head.assignee_id == principal.staff_id:
        return head
    raise Forbidden


class MentionRefused(Invalid):
    code = "mention_refused"
    zh = "提到的同事中有人已停用，或无权查看这个会话。"
    en = "Somebody mentioned has left, or may not see this conversation."


async def mentionable(conn: Connection, place: Place, principal: Principal) -> list[Mention]:
    """Everybody else at work who may see the conversation, by name."""
    others = [one for one in await principals_of(conn) if one.staff_id != principal.staff_id]
    return _seeing(place, others)


async def mentioned(conn: Connection, place: Place, staff_ids: Iterable[UUID]) -> list[Mention]:
    """These colleagues, once each. Raises `MentionRefused` unless all are at work and may see the conversation."""
    wanted = list(dict.fromkeys(staff_ids))
    found = _seeing(place, await principals_of(conn, wanted)) if wanted else []
    if len(found) != len(wanted):
        raise MentionRefused
    return found


def _seeing(place: Place, principals: Iterable[Principal]) -> list[Mention]:
    seeing = [Mention(one.staff_id, one.display_name) for one in principals if _sees(one, place)]
    return sorted(seeing, key=lambda mention: mention.name)


def _sees(principal: Principal, place: Place) -> bool:
    try:
        return rules.sees(visibility_of(principal), place)
    except Forbidden:
        return False


def author_of(principal: Principal) -> Author:
    """How this person signs their messages."""
    return Author(AuthorKind.STAFF, principal.staff_id, principal.display_name)
