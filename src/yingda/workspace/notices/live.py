"""Rings at once wherever the person is signed in.

Over the socket goes only that there is a notice: what it says is asked for, and so shown to those who may see it.
"""

from uuid import UUID

import msgspec

from yingda.infra.database import Database
from yingda.infra.realtime import Hub
from yingda.workspace.notices import repository
from yingda.workspace.notices.schemas import Notice


class NoticeBell:
    """One a process; announces to the others."""

    def __init__(self, hub: Hub, db: Database) -> None:
        self._hub = hub
        self._db = db
        hub.on_announced("notice", self._load)

    def ring(self, notices: list[Notice]) -> None:
        """To be called after the commit."""
        for notice in notices:
            self._show(notice)
            self._hub.announce("notice", str(notice.id))

    def _show(self, notice: Notice) -> None:
        topic = f"staff:{notice.staff_id}"
        if self._hub.watched(topic):
            frame = {
                "type": "notice",
                "id": notice.id,
                "kind": notice.kind,
                "conversation_id": notice.conversation_id,
                "ticket_id": notice.ticket_id,
            }
            self._hub.deliver(topic, msgspec.json.encode(frame).decode())

    async def _load(self, refs: list[str]) -> None:
        if self._hub.empty:
            return
        async with self._db.reading() as conn:
            notices = await repository.by_id(conn, [UUID(ref) for ref in refs])
        for notice in notices:
            self._show(notice)
