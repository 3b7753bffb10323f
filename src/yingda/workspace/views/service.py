"""Who may save, change and drop which view."""

from uuid import UUID

from yingda.identity import Permission, Principal
from yingda.infra.database import Connection, Tx
from yingda.kit.clock import now
from yingda.kit.errors import Conflict, NotFound
from yingda.kit.ids import new_id
from yingda.workspace.views import repository
from yingda.workspace.views.schemas import SavedView, ViewDraft

#: As many views of one's own; more would be a list to search in itself.
OWN_LIMIT = 50


class ViewNotFound(NotFound):
    code = "saved_view_not_found"
    zh = "没有找到这个视图。"
    en = "There is no such view."


class TooManyViews(Conflict):
    code = "too_many_saved_views"
    zh = "最多保存 {limit} 个视图，请先删除不用的。"
    en = "{limit} views are the most that can be saved: delete one first."


async def views_of(conn: Connection, principal: Principal) -> list[SavedView]:
    return await repository.of(conn, principal.staff_id)


async def create(tx: Tx, principal: Principal, draft: ViewDraft) -> SavedView:
    """Raises `TooManyViews`, or `Forbidden` for one that everybody would see."""
    if not draft.shared and await repository.count_own(tx.conn, principal.staff_id) >= OWN_LIMIT:
        raise TooManyViews(limit=OWN_LIMIT)
    return await _save(tx, principal, new_id(), draft)


async def change(tx: Tx, principal: Principal, view_id: UUID, draft: ViewDraft) -> SavedView:
    """Raises `ViewNotFound` for somebody else's, `Forbidden` for everybody's."""
    await _changeable(tx.conn, principal, view_id)
    return await _save(tx, principal, view_id, draft)


async def drop(tx: Tx, principal: Principal, view_id: UUID) -> None:
    """Raises as `change` does."""
    await _changeable(tx.conn, principal, view_id)
    await repository.delete(tx.conn, view_id)


async def _changeable(conn: Connection, principal: Principal, view_id: UUID) -> None:
    view = await repository.find(conn, view_id, principal.staff_id)
    if view is None:
        raise ViewNotFound
    if view.shared:
        principal.require(Permission.ROUTING_MANAGE)


async def _save(tx: Tx, principal: Principal, view_id: UUID, draft: ViewDraft) -> SavedView:
    if draft.shared:
        principal.require(Permission.ROUTING_MANAGE)
    view = SavedView(view_id, draft.name.strip(), draft.shared, draft.query)
    await repository.save(tx.conn, view, None if draft.shared else principal.staff_id, now())
    return view
