"""Who may keep, change and run which macro."""

from uuid import UUID

from yingda.conversations import get
from yingda.identity import Principal, find_colleague
from yingda.infra.database import Connection, Tx
from yingda.kit.clock import now
from yingda.kit.errors import Conflict, Locale, NotFound, YingdaError
from yingda.kit.ids import new_id
from yingda.workspace.macros import repository, rules
from yingda.workspace.macros.schemas import AssignTo, Macro, MacroDraft, MacroRun, RunOn
from yingda.workspace.macros.steps import Step, Values, carry_out
from yingda.workspace.ownership import Place, place_for, reach_of, require_edit

#: As many in one place: of one's own, of a team, of everybody.
LIMIT = 100


class MacroNotFound(NotFound):
    code = "macro_not_found"
    zh = "没有找到这个宏。"
    en = "There is no such macro."


class TooManyMacros(Conflict):
    code = "too_many_macros"
    zh = "这里最多保存 {limit} 个宏，请先删除不用的。"
    en = "{limit} macros are the most that can be kept here: delete one first."


class StepFailed(Conflict):
    """A step was refused, hence nothing of the macro was done; `cause` says why, in the reader's language."""

    code = "macro_step_failed"
    zh = "第 {number} 步未能执行，整个宏已撤销：{reason}"
    en = "Step {number} could not be carried out, and the whole macro was undone: {reason}"

    def __init__(self, number: int, cause: YingdaError) -> None:
        self.cause = cause
        super().__init__(number=number)

    def detail(self, locale: Locale) -> str:
        words = self.zh if locale == "zh" else self.en
        return words.format(**self.params, reason=self.cause.detail(locale))


async def macros_of(conn: Connection, principal: Principal) -> list[Macro]:
    """All that they may use, most used first."""
    return await repository.list_within(conn, reach_of(principal))


async def find(conn: Connection, principal: Principal, macro_id: UUID) -> Macro:
    """Raises `MacroNotFound`, also for somebody else's."""
    macro = await repository.find(conn, macro_id, reach_of(principal))
    if macro is None:
        raise MacroNotFound
    return macro


async def create(tx: Tx, principal: Principal, draft: MacroDraft) -> Macro:
    """Raises `Forbidden`, `TeamMissing`, `TooManyMacros`, or what makes no macro of its actions."""
    return await add(tx, place_for(principal, draft.scope, draft.team_id), draft)


async def add(tx: Tx, place: Place, draft: MacroDraft) -> Macro:
    """A new one in this place, whoever asks."""
    if await repository.count(tx.conn, place) >= LIMIT:
        raise TooManyMacros(limit=LIMIT)
    return await _save(tx, new_id(), place, draft)


async def change(tx: Tx, principal: Principal, macro_id: UUID, draft: MacroDraft) -> Macro:
    """Raises as `create` does, and `MacroNotFound`; to move it one must be allowed to edit it in both places."""
    require_edit(principal, (await find(tx.conn, principal, macro_id)).scope)
    return await _save(tx, macro_id, place_for(principal, draft.scope, draft.team_id), draft)


async def drop(tx: Tx, principal: Principal, macro_id: UUID) -> None:
    """Raises `MacroNotFound` or `Forbidden`."""
    require_edit(principal, (await find(tx.conn, principal, macro_id)).scope)
    await repository.delete(tx.conn, macro_id)


async def run(tx: Tx, principal: Principal, macro: Macro, on: RunOn, values: Values) -> MacroRun:
    """All actions in order, each with the permission it takes. Raises `StepFailed`: then nothing is to be committed."""
    done = []
    for number, action in enumerate(macro.actions, 1):
        external_id = f"macro:{principal.staff_id}:{on.client_id}:{number}" if on.client_id else None
        try:
            done.append(await carry_out(tx, Step(action, on.conversation_id, principal, values, external_id)))
        except YingdaError as cause:
            raise StepFailed(number, cause) from cause
    await repository.count_use(tx.conn, macro.id)
    return MacroRun(done, await get(tx.conn, on.conversation_id))


async def _save(tx: Tx, macro_id: UUID, place: Place, draft: MacroDraft) -> Macro:
    rules.check(draft.actions)
    for action in draft.actions:
        if isinstance(action, AssignTo):
            await find_colleague(tx.conn, action.staff_id)
    return await repository.save(tx.conn, macro_id, place, draft, now())
