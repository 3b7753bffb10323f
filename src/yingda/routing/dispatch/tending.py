"""What has to be looked after while people wait: answers that do not come, tired colleagues, forecasts."""

from datetime import timedelta

from yingda.conversations import SYSTEM, Kind, SystemNotice, assign, record, say, try_lock, waiting_among
from yingda.identity import names_of
from yingda.infra.database import Database, Tx
from yingda.kit.clock import now
from yingda.routing.dispatch import rules
from yingda.routing.dispatch.repository import presence, queue, waits
from yingda.routing.dispatch.schemas import Cell, DispatchLimits, Missed, Stand

#: As many are looked at together; the next follow at once.
AT_ONCE = 200
#: From more waits than this in one go the rest is learnt later.
LEARN_AT_ONCE = 2000
KEPT_DAYS = 90


async def widen(tx: Tx, limits: DispatchLimits) -> int:
    """Let further teams, and people without the skill, help those who have waited long; for how many that is new."""
    return await queue.widen(tx.conn, now(), limits)


async def rest(tx: Tx, limits: DispatchLimits) -> None:
    """Ask the tired to rest: nothing new for them for a while."""
    moment = now()
    await presence.rested(tx.conn, moment)
    stints = await presence.stints(tx.conn, moment)
    tired = {stint.staff_id: why for stint in stints if (why := rules.tiredness(stint, limits, moment))}
    if tired:
        await presence.rest(tx.conn, tired, moment + timedelta(minutes=limits.rest_minutes))


async def learn(tx: Tx) -> None:
    """How fast the queues move, from waits that have ended."""
    ended = await waits.unlearnt(tx.conn, LEARN_AT_ONCE)
    if not ended:
        return
    cells: dict[Cell, None] = {}
    for wait in ended:
        cells.update(dict.fromkeys(rules.cells_of(wait.team_id, wait.level, wait.joined_at)))
    await waits.set_paces(tx.conn, rules.learn(await waits.paces(tx.conn, cells), ended))


async def forget(tx: Tx) -> None:
    """Waits of long ago."""
    await waits.forget_waits(tx.conn, now() - timedelta(days=KEPT_DAYS))


async def news(tx: Tx, limits: DispatchLimits) -> list[Stand]:
    """Those who wait and should hear where they stand now, which from now on is what they were told."""
    moment = now()
    standing = await waits.stands(tx.conn, moment)
    if not standing:
        return []
    paces = await waits.paces(tx.conn)
    seen = {stand.conversation_id: rules.forecast(stand, paces, moment) for stand in standing}
    told = [
        rules.told(stand, seen[stand.conversation_id], limits, moment)
        for stand in standing
        if rules.is_news(stand, seen[stand.conversation_id], moment)
    ]
    if told:
        await waits.set_told(tx.conn, told)
    return told


async def take_back(db: Database, limits: DispatchLimits) -> int:
    """Put conversations that nobody looks after back into the queue, each in a transaction of its own; how many."""
    async with db.reading() as conn:
        moment = now()
        overdue = await queue.missed(conn, moment, AT_ONCE)
        left = await queue.left_behind(
            conn,
            moment - timedelta(seconds=limits.offline_seconds),
            moment - timedelta(seconds=limits.away_seconds),
            AT_ONCE,
        )
        waiting = await waiting_among(conn, [one.conversation_id for one in left]) if left else frozenset()
    wanted = [*overdue, *(one for one in left if one.conversation_id in waiting)]
    return sum([await _return(db, one, limits) for one in wanted])


async def _return(db: Database, one: Missed, limits: DispatchLimits) -> bool:
    """To the head of its level. Conversations are locked before anything of ours, as everywhere."""
    async with db.transaction() as tx:
        locked = await try_lock(tx.conn, [one.conversation_id])
        if locked is None or not await queue.still_missed(tx.conn, one, now()):
            return False
        if not one.absent:
            await presence.count_miss(tx.conn, one.staff_id, limits.misses, now())
        await assign(tx, one.conversation_id, None)
        await queue.put_first(tx.conn, one.conversation_id, rules.RETURNED, one.staff_id)
        await _say_so(tx, one, limits)
        return True


async def _say_so(tx: Tx, one: Missed, limits: DispatchLimits) -> None:
    name = (await names_of(tx.conn, [one.staff_id])).get(one.staff_id, "")
    if one.absent:
        text = f"{name}不在线，会话已回到队首。"
        await record(tx, one.conversation_id, SYSTEM, "agent_absent", text, {"by": name})
    else:
        why = f"{name}在 {limits.answer_seconds} 秒内没有回复，会话已回到队首。"
        details: dict[str, str | int] = {"by": name, "seconds": limits.answer_seconds}
        await record(tx, one.conversation_id, SYSTEM, "answer_missed", why, details)
    notice = SystemNotice("transferring", "正在为您转接其他客服，请稍候。")
    await say(tx, one.conversation_id, SYSTEM, Kind.SYSTEM, notice)
