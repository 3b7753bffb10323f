"""Who has a conversation open now, across all processes. Kept in memory only: a glance leaves no trace.

A process knows its own viewers, and those elsewhere of conversations that somebody here has open. It announces who
comes and goes, ids only; whoever learns of somebody new answers with their own, so that a newcomer soon knows all.
"""

from collections import defaultdict
from typing import TypeAlias
from uuid import UUID

import msgspec
from litestar.di import NamedDependency

from yingda.conversations import rules
from yingda.conversations.audience import Audience, staff_frame, thread_topic
from yingda.conversations.content import Author
from yingda.conversations.lists import Visibility
from yingda.conversations.schemas import Place
from yingda.identity import names_of
from yingda.infra.database import Database
from yingda.infra.realtime import Hub, Subscriber

_COMES, _GOES = "1", "0"


class Viewer(msgspec.Struct, frozen=True):
    """One open console."""

    author: Author
    visibility: Visibility


class Viewers(Audience):
    """Who looks at which conversation. One a process, and one of those whom `Live` tells."""

    def __init__(self, hub: Hub, db: Database) -> None:
        self._hub = hub
        self._db = db
        self._here: dict[UUID, dict[Subscriber, Viewer]] = defaultdict(dict)
        self._elsewhere: dict[UUID, dict[UUID, str]] = defaultdict(dict)
        hub.on_announced("viewer", self._heard)

    def enter(self, conversation_id: UUID, subscriber: Subscriber, viewer: Viewer) -> None:
        """Let `subscriber` follow the thread, and all who follow it know."""
        self._hub.follow(subscriber, thread_topic(conversation_id))
        self._here[conversation_id][subscriber] = viewer
        self._announce(conversation_id, viewer, _COMES)
        self._show(conversation_id)

    def leave(self, conversation_id: UUID, subscriber: Subscriber) -> None:
        self._hub.unfollow(subscriber, thread_topic(conversation_id))
        viewer = self._here.get(conversation_id, {}).pop(subscriber, None)
        if viewer is None:
            return
        if not self._here[conversation_id]:
            del self._here[conversation_id]
            self._elsewhere.pop(conversation_id, None)
        self._announce(conversation_id, viewer, _GOES)
        self._show(conversation_id)

    def leave_all(self, subscriber: Subscriber) -> None:
        """The console was closed."""
        for conversation_id in [one for one, viewers in self._here.items() if subscriber in viewers]:
            self.leave(conversation_id, subscriber)

    def of(self, conversation_id: UUID) -> dict[UUID, str]:
        """Names of those who look, by id, each once however many tabs they have open."""
        here = self._here.get(conversation_id, {}).values()
        names = {viewer.author.id: viewer.author.name or "" for viewer in here if viewer.author.id}
        return {**self._elsewhere.get(conversation_id, {}), **names}

    def _announce(self, conversation_id: UUID, viewer: Viewer, way: str) -> None:
        self._hub.announce("viewer", f"{conversation_id}:{viewer.author.id}:{way}")

    def _show(self, conversation_id: UUID) -> None:
        topic = thread_topic(conversation_id)
        if self._hub.watched(topic):
            viewers = [{"id": staff_id, "name": name} for staff_id, name in self.of(conversation_id).items()]
            self._hub.deliver(topic, staff_frame("viewers", conversation_id=conversation_id, viewers=viewers))

    async def _heard(self, refs: list[str]) -> None:
        """Somebody came or went in another process."""
        told = [(UUID(conversation_id), UUID(who), way) for conversation_id, who, way in (r.split(":") for r in refs)]
        told = [one for one in told if one[0] in self._here]
        if not told:
            return
        async with self._db.reading() as conn:
            names = await names_of(conn, [who for _, who, _ in told])
        for conversation_id, who, way in told:
            if conversation_id in self._here:
                self._take_note(conversation_id, who, names.get(who, ""), way)
                self._show(conversation_id)

    def _take_note(self, conversation_id: UUID, who: UUID, name: str, way: str) -> None:
        """Whoever is new, or has left there while still being here, is answered with those who are here."""
        elsewhere, here = self._elsewhere[conversation_id], self._here[conversation_id].values()
        known = who in elsewhere
        if way == _COMES:
            elsewhere[who] = name
        else:
            elsewhere.pop(who, None)
        for viewer in here:
            if (way == _COMES and not known) or (way == _GOES and viewer.author.id == who):
                self._announce(conversation_id, viewer, _COMES)

    def changed(self, hub: Hub, place: Place) -> None:  # noqa: ARG002
        """Who may not see the conversation where it stands now hears no more of it."""
        for subscriber, viewer in list(self._here.get(place.conversation_id, {}).items()):
            if not rules.sees(viewer.visibility, place):
                self.leave(place.conversation_id, subscriber)


GivenViewers: TypeAlias = NamedDependency[Viewers]
