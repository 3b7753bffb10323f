"""Those who see at once what happens in a conversation: what they are told, and under which topics they listen."""

from uuid import UUID

import msgspec

from yingda.conversations import rules
from yingda.conversations.content import Author, AuthorKind
from yingda.conversations.lists import Visibility
from yingda.conversations.schemas import Message, Place
from yingda.infra.realtime import Hub


class Audience:
    """Those who watch conversations in one way. Whoever inherits from it is silent about what it leaves out."""

    def message(self, hub: Hub, message: Message, place: Place) -> None: ...

    def edited(self, hub: Hub, message: Message, place: Place) -> None:
        """A message they know says something else now, or nothing any more."""

    def rated(self, hub: Hub, message: Message, place: Place) -> None:
        """The customer said whether an answer they know helped."""

    def changed(self, hub: Hub, place: Place) -> None: ...

    def left(self, hub: Hub, former: Place, place: Place | None) -> None:
        """The conversation stood at `former` and stands at `place`; None: it is gone."""

    def marked(self, hub: Hub, place: Place) -> None:
        """Something that only lists show has changed."""

    def merged(self, hub: Hub, source_id: UUID, place: Place) -> None:
        """Conversation `source_id` has become a part of the one at `place`."""

    def typing(self, hub: Hub, place: Place, author: Author) -> None: ...

    def read(self, hub: Hub, place: Place, seq: int, *, by_customer: bool) -> None: ...


class StaffAudience(Audience):
    """Agents: the whole thread of a conversation they watch, and a line for each in the lists they may see."""

    def message(self, hub: Hub, message: Message, place: Place) -> None:
        self._to_thread(hub, place.conversation_id, "message", message=message)
        if place.spam and message.author.kind is AuthorKind.CUSTOMER:
            return  # nobody is to look up from their work for it
        activity = {
            "conversation_id": message.conversation_id,
            "seq": message.seq,
            "author_kind": message.author.kind,
            "kind": message.kind,
            "assignee_id": place.assignee_id,
            "preview": rules.preview(message.content),
            "at": message.created_at,
        }
        _deliver(hub, list_topics_of(place), "activity", **activity)

    def edited(self, hub: Hub, message: Message, place: Place) -> None:
        self._to_thread(hub, place.conversation_id, "message", message=message)
        self.changed(hub, place)

    def rated(self, hub: Hub, message: Message, place: Place) -> None:
        self._to_thread(hub, place.conversation_id, "message", message=message)

    def changed(self, hub: Hub, place: Place) -> None:
        _deliver(hub, list_topics_of(place), "conversation", conversation=place)

    def left(self, hub: Hub, former: Place, place: Place | None) -> None:
        here = list_topics_of(place) if place else []
        topics = [topic for topic in list_topics_of(former) if topic not in here]
        _deliver(hub, topics, "left", conversation_id=former.conversation_id)

    def marked(self, hub: Hub, place: Place) -> None:
        self.changed(hub, place)

    def merged(self, hub: Hub, source_id: UUID, place: Place) -> None:
        for conversation_id in (source_id, place.conversation_id):
            self._to_thread(hub, conversation_id, "merged", source_id=source_id, into=place.conversation_id)

    def typing(self, hub: Hub, place: Place, author: Author) -> None:
        self._to_thread(hub, place.conversation_id, "typing", author=author)

    def read(self, hub: Hub, place: Place, seq: int, *, by_customer: bool) -> None:
        self._to_thread(hub, place.conversation_id, "read", seq=seq, by_customer=by_customer)

    def _to_thread(self, hub: Hub, conversation_id: UUID, type_: str, **fields: object) -> None:
        _deliver(hub, [thread_topic(conversation_id)], type_, conversation_id=conversation_id, **fields)


def _deliver(hub: Hub, topics: list[str], type_: str, **fields: object) -> None:
    watched = [topic for topic in topics if hub.watched(topic)]
    if watched:
        frame = staff_frame(type_, **fields)
        for topic in watched:
            hub.deliver(topic, frame)


def staff_frame(type_: str, **fields: object) -> str:
    """One frame of the console's socket."""
    return msgspec.json.encode({"type": type_, **fields}).decode()


def thread_topic(conversation_id: UUID) -> str:
    """The topic of all that happens in one conversation, as staff see it."""
    return f"conversation:{conversation_id}"


def list_topics_of(place: Place) -> list[str]:
    """The list topics on which a conversation's changes appear; the counterpart of `list_topics_for`."""
    topics = ["inbox:all", f"inbox:team:{place.team_id}" if place.team_id else "inbox:no-team"]
    if place.assignee_id:
        topics.append(f"inbox:staff:{place.assignee_id}")
    elif place.state == "open":
        topics.append(f"inbox:waiting:{place.team_id}" if place.team_id else "inbox:waiting")
    return topics


def list_topics_for(visibility: Visibility) -> list[str]:
    """The list topics of which a staff member may hear: what `repository` lets them list. Some overlap: key on seq."""
    if visibility.everything:
        return ["inbox:all"]
    mine = [f"inbox:staff:{visibility.staff_id}"]
    if visibility.own_only:
        return [*mine, "inbox:waiting", *(f"inbox:waiting:{team_id}" for team_id in visibility.team_ids)]
    return [*mine, "inbox:no-team", *(f"inbox:team:{team_id}" for team_id in visibility.team_ids)]
