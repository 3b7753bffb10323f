"""Who may keep, change and use which canned reply."""

from collections.abc import Mapping
from uuid import UUID

import msgspec

from yingda.identity import Principal
from yingda.infra.database import Connection, Tx
from yingda.kit.clock import now
from yingda.kit.errors import Conflict, NotFound
from yingda.kit.ids import new_id
from yingda.workspace.ownership import Place, Scope, place_for, reach_of, require_edit
from yingda.workspace.replies import repository, rules
from yingda.workspace.replies.rules import WORDS, Variable
from yingda.workspace.replies.schemas import CannedReply, Gap, Rendered, ReplyDraft, VariableInfo

#: As many of one's own, and as many of a team or of everybody: a console holds all that it may use.
PERSONAL_LIMIT = 300
COMMON_LIMIT = 1000


class ReplyNotFound(NotFound):
    code = "canned_reply_not_found"
    zh = "没有找到这条快捷回复。"
    en = "There is no such canned reply."


class TooManyReplies(Conflict):
    code = "too_many_canned_replies"
    zh = "这里最多保存 {limit} 条快捷回复，请先删除不用的。"
    en = "{limit} canned replies are the most that can be kept here: delete one first."


def variables() -> list[VariableInfo]:
    """All that a text may leave open."""
    return [VariableInfo(variable, words["zh"], words["en"]) for variable, words in WORDS.items()]


async def replies_of(conn: Connection, principal: Principal, query: str = "") -> list[CannedReply]:
    """All that they may use and that have all words of `query`, most used first."""
    return await repository.list_within(conn, reach_of(principal), query.lower().split())


async def find(conn: Connection, principal: Principal, reply_id: UUID) -> CannedReply:
    """Raises `ReplyNotFound`, also for somebody else's."""
    reply = await repository.find(conn, reply_id, reach_of(principal))
    if reply is None:
        raise ReplyNotFound
    return reply


async def create(tx: Tx, principal: Principal, draft: ReplyDraft) -> CannedReply:
    """Raises `Forbidden`, `TeamMissing`, `VariableUnknown`, `CodeTaken` or `TooManyReplies`."""
    return await add(tx, place_for(principal, draft.scope, draft.team_id), draft)


async def add(tx: Tx, place: Place, draft: ReplyDraft) -> CannedReply:
    """A new one in this place, whoever asks."""
    limit = PERSONAL_LIMIT if draft.scope is Scope.PERSONAL else COMMON_LIMIT
    if await repository.count(tx.conn, place) >= limit:
        raise TooManyReplies(limit=limit)
    return await _save(tx, new_id(), place, draft)


async def change(tx: Tx, principal: Principal, reply_id: UUID, draft: ReplyDraft) -> CannedReply:
    """Raises as `create` does, and `ReplyNotFound`; to move it one must be allowed to edit it in both places."""
    require_edit(principal, (await find(tx.conn, principal, reply_id)).scope)
    return await _save(tx, reply_id, place_for(principal, draft.scope, draft.team_id), draft)


async def drop(tx: Tx, principal: Principal, reply_id: UUID) -> None:
    """Raises `ReplyNotFound` or `Forbidden`."""
    require_edit(principal, (await find(tx.conn, principal, reply_id)).scope)
    await repository.delete(tx.conn, reply_id)


async def use(tx: Tx, reply: CannedReply, values: Mapping[Variable, str]) -> Rendered:
    """What the reply says with these values; counts as a use."""
    await repository.count_use(tx.conn, reply.id)
    filled = rules.fill(reply.text, values, reply.language)
    return Rendered(filled.text, [Gap(variable, WORDS[variable][reply.language].label) for variable in filled.missing])


async def _save(tx: Tx, reply_id: UUID, place: Place, draft: ReplyDraft) -> CannedReply:
    rules.variables_in(draft.text)
    tidy = msgspec.structs.replace(
        draft,
        code=draft.code.lower(),
        title=draft.title.strip(),
        text=draft.text.strip(),
        category=draft.category.strip(),
    )
    keys = rules.search_keys(tidy.code, tidy.title, tidy.category)
    return await repository.save(tx.conn, reply_id, place, tidy, keys, now())
