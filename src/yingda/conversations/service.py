"""What can be done with a conversation. Every function takes the caller's transaction first and never commits."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from yingda.conversations import rules
from yingda.conversations.content import (
    Author,
    AuthorKind,
    Content,
    FileContent,
    ImageContent,
    Kind,
    Mention,
    NoteContent,
    SystemNotice,
    TextContent,
)
from yingda.conversations.events import (
    ConversationAssigned,
    ConversationChanged,
    MessageReceived,
    MessageSent,
    ReadMarkMoved,
    StaffMentioned,
)
from yingda.conversations.excerpts import Tone, Turn, UnderstoodMessage
from yingda.conversations.lists import Visibility
from yingda.conversations.repository import heads, joining, messages
from yingda.conversations.rules import Move
from yingda.conversations.schemas import Conversation, HandOff, Incoming, Message, Place, Received, State, Thread
from yingda.infra.database import Connection, Tx
from yingda.kit.clock import now
from yingda.kit.errors import NotFound
from yingda.kit.ids import new_id

SYSTEM = Author(AuthorKind.SYSTEM)

_TONE = msgspec.json.Decoder(Tone)

#: Greater than any sequence number.
LAST_SEQ = 2**31 - 1


class MessageNotFound(NotFound):
    code = "message_not_found"
    zh = "这条消息不存在，或没有被智能助手识别过。"
    en = "There is no such message, or the assistant has not read it."


class ConversationNotFound(NotFound):
    code = "conversation_not_found"
    zh = "没有找到这个会话。"
    en = "There is no such conversation."


class ConversationMerged(ConversationNotFound):
    """It was put behind another, which is named: only to those who may see that one."""

    code = "conversation_merged"
    zh = "这个会话已合并到另一个会话。"
    en = "This conversation has been merged into another one."

    def __init__(self, merged_into: UUID) -> None:
        super().__init__()
        self.merged_into = merged_into


async def receive(tx: Tx, incoming: Incoming) -> Received:
    """Store a customer's message in their current conversation, or begin one. A repeated hand-in changes nothing."""
    message_id, moment = new_id(), now()
    placed = await messages.receive(tx.conn, incoming, message_id, moment)
    while placed is None:
        if known := await messages.find_received(tx.conn, incoming.channel, incoming.external_id):
            return Received(known, duplicate=True)
        placed = await _begin(tx, incoming, message_id, moment)
    place, seq = placed
    message = Message(
        id=message_id,
        conversation_id=place.conversation_id,
        seq=seq,
        kind=incoming.kind,
        author=Author(AuthorKind.CUSTOMER, incoming.customer_id),
        content=incoming.content,
        created_at=moment,
        external_id=incoming.external_id,
    )
    await tx.publish(MessageReceived(message, place))
    return Received(message, duplicate=False)


async def _begin(tx: Tx, incoming: Incoming, message_id: UUID, moment: datetime) -> tuple[Place, int] | None:
    """Store in the conversation resolved a short while ago, taking it up again unless it is spam; else in a new one."""
    since = moment - timedelta(hours=rules.REOPEN_HOURS)
    resolved = await heads.lock_last_resolved(tx.conn, incoming.customer_id, incoming.shop, since)
    if resolved is None:
        await heads.create(tx.conn, new_id(), incoming.customer_id, incoming.shop, incoming.channel, moment)
    elif resolved.spam:
        return await messages.receive_spam(tx.conn, resolved.id, incoming, message_id, moment)
    else:
        rules.after(Move.CUSTOMER_RETURNS, State.RESOLVED)
        await heads.return_to_assistant(tx.conn, resolved.id)
        await changed(tx, resolved)
    return await messages.receive(tx.conn, incoming, message_id, moment)


async def begin(tx: Tx, customer_id: UUID, shop: str, channel: str) -> UUID:
    """The conversation that the customer's next message would go to; where there is none it is begun from our side."""
    moment = now()
    await heads.create(tx.conn, new_id(), customer_id, shop, channel, moment)
    head = await heads.current(tx.conn, customer_id, shop, moment)
    if head is None:
        raise ConversationNotFound
    return head.id


async def say(
    tx: Tx, conversation_id: UUID, author: Author, kind: Kind, content: Content, *, external_id: str | None = None
) -> Message:
    """Store a message of the service side (or a staff note). The same `external_id` again answers the first one."""
    draft = Message(
        id=new_id(),
        conversation_id=conversation_id,
        seq=0,
        kind=kind,
        author=author,
        content=content,
        created_at=now(),
        external_id=external_id,
    )
    placed = await messages.append(tx.conn, draft)
    if placed is None:
        if external_id and (known := await messages.find_sent(tx.conn, conversation_id, external_id)):
            return known
        raise ConversationNotFound
    place, seq, level = placed
    message = msgspec.structs.replace(draft, seq=seq)
    await tx.publish(MessageSent(message, place, level))
    return message


async def reply(
    tx: Tx,
    conversation: Conversation,
    author: Author,
    content: TextContent | ImageContent | FileContent,
    *,
    external_id: str | None = None,
) -> Message:
    """A staff member answers: whoever answers takes the conversation, if nobody has."""
    if conversation.state is not State.OPEN or conversation.assignee_id is None:
        await take(tx, conversation.id, author)
    kind = rules.kind_of(content)
    return await say(tx, conversation.id, author, kind, content, external_id=external_id)


async def note(
    tx: Tx,
    conversation_id: UUID,
    author: Author,
    text: str,
    *,
    mentions: list[Mention] | None = None,
    external_id: str | None = None,
) -> Message:
    """A note that only staff see. `mentions`: colleagues who may see it (`access.mentioned`)."""
    content = NoteContent(text, mentions or [])
    message = await say(tx, conversation_id, author, Kind.NOTE, content, external_id=external_id)
    if mentions:
        place = await place_of(tx.conn, conversation_id)
        await tx.publish(StaffMentioned(message, place, tuple(mention.id for mention in mentions)))
    return message


async def record(
    tx: Tx, conversation_id: UUID, author: Author, code: str, text: str, details: dict[str, str | int] | None = None
) -> Message:
    """What was done with the conversation, written into the thread where only staff see it."""
    return await say(tx, conversation_id, author, Kind.NOTE, SystemNotice(code, text, details or {}))


async def record_transfer(tx: Tx, conversation_id: UUID, author: Author, target: str) -> None:
    """It was passed on to somebody or into a queue, which `target` names."""
    details: dict[str, str | int] = {"by": author.name or "", "to": target}
    await record(tx, conversation_id, author, "transferred", f"{author.name}转接到：{target}", details)
    await heads.count_transfer(tx.conn, conversation_id)


async def take(tx: Tx, conversation_id: UUID, staff: Author, *, unassigned: bool = False) -> Conversation:
    """A staff member takes the conversation, from the assistant, the queue or a colleague.

    `unassigned`: from no colleague, as they see it in nobody's hands. Raises `TakenMeanwhile`.
    """
    if unassigned:
        holder = await locked(tx.conn, conversation_id)
        if holder.assignee_id not in (None, staff.id):
            raise rules.TakenMeanwhile(name=holder.assignee_name or "")
    await assign(tx, conversation_id, staff, by=staff.id)
    return await get(tx.conn, conversation_id)


async def assign(
    tx: Tx, conversation_id: UUID, staff: Author | None, team_id: UUID | None = None, *, by: UUID | None = None
) -> None:
    """Put a person (or nobody: back into the queue) in charge and tell the customer who it is.

    `by`: the member of staff who decided it.
    """
    before = await move(tx, conversation_id, Move.TAKE)
    await heads.set_assignee(tx.conn, conversation_id, staff, team_id)
    if staff and before.assignee_id != staff.id:
        notice = SystemNotice("handoff_assigned", f"客服{staff.name}为您服务。", {"name": staff.name or ""})
        await say(tx, conversation_id, SYSTEM, Kind.SYSTEM, notice)
    if staff and before.assignee_id != staff.id:
        await tx.publish(ConversationAssigned(await place_of(tx.conn, conversation_id), by))
    await changed(tx, before)


async def hand_off(
    tx: Tx, conversation_id: UUID, story: HandOff, *, level: int | None = None, team_id: UUID | None = None
) -> None:
    """From the assistant to the people's queue (that of a team, where one is named), with the whole story."""
    head = await locked(tx.conn, conversation_id)
    state = rules.after(Move.HAND_OFF, head.state)
    await heads.set_state(tx.conn, conversation_id, state, now=now(), handoff=story, level=level, team_id=team_id)
    await changed(tx, head)


async def snooze(tx: Tx, conversation_id: UUID, until: datetime) -> None:
    """Put aside until a moment, or until the customer writes."""
    await move(tx, conversation_id, Move.SNOOZE, snoozed_until=until)


async def resolve(tx: Tx, conversation_id: UUID) -> Conversation:
    """End it, and tell a customer who was served by a person; the head as it was before."""
    before = await move(tx, conversation_id, Move.RESOLVE)
    if before.state is not State.PENDING:
        await say(
            tx, conversation_id, SYSTEM, Kind.SYSTEM, SystemNotice("resolved", "本次服务已结束，有需要随时找我们。")
        )
    return before


async def reopen(tx: Tx, conversation_id: UUID) -> None:
    """A staff member takes up a resolved conversation again; what they take up is no spam."""
    head = await locked(tx.conn, conversation_id)
    since = now() - timedelta(days=3650)
    newer = await heads.current(tx.conn, head.customer_id, head.shop, since)
    if newer and newer.id != head.id and newer.state is not State.RESOLVED:
        raise rules.MoveRefused(state=newer.state.value)
    if head.spam:
        await heads.set_spam(tx.conn, conversation_id, spam=False)
    await move(tx, conversation_id, Move.REOPEN)


async def wake(tx: Tx, conversation_id: UUID) -> None:
    """Bring a snoozed conversation back before its time."""
    await move(tx, conversation_id, Move.WAKE)


async def wake_due(tx: Tx) -> int:
    """Bring back every conversation whose snooze is over; how many."""
    due = await heads.due_snoozed(tx.conn, now())
    for conversation_id in due:
        await move(tx, conversation_id, Move.WAKE)
    return len(due)


async def place_of(conn: Connection, conversation_id: UUID) -> Place:
    """Where the conversation stands. Raises `ConversationNotFound`."""
    places = await heads.places(conn, [conversation_id])
    if conversation_id not in places:
        raise ConversationNotFound
    return places[conversation_id]


async def get(conn: Connection, conversation_id: UUID) -> Conversation:
    """The head. Raises `ConversationNotFound`."""
    head = await heads.get(conn, conversation_id)
    if head is None:
        raise ConversationNotFound
    return head


async def try_lock(conn: Connection, conversation_ids: list[UUID]) -> UUID | None:
    """Lock the first of these that no other transaction holds; None if all are held."""
    return await heads.try_lock(conn, conversation_ids)


async def waiting_among(conn: Connection, conversation_ids: list[UUID]) -> frozenset[UUID]:
    """Those of these whose customer waits for an answer."""
    return await heads.waiting_among(conn, conversation_ids)


async def get_visible(conn: Connection, conversation_id: UUID, visibility: Visibility) -> Conversation:
    """The head, if this staff member may see it. Raises `ConversationNotFound` in either case.

    Where it was put behind one that they may see, `ConversationMerged` says which.
    """
    head = await heads.get_visible(conn, conversation_id, visibility)
    if head is not None:
        return head
    target = await joining.merged_into(conn, conversation_id)
    if target and await heads.get_visible(conn, target, visibility):
        raise ConversationMerged(target)
    raise ConversationNotFound


async def visible_among(
    conn: Connection, conversation_ids: Collection[UUID], visibility: Visibility
) -> dict[UUID, Conversation]:
    """The heads of those that this staff member may see."""
    return await heads.visible_among(conn, conversation_ids, visibility) if conversation_ids else {}


async def current(conn: Connection, customer_id: UUID, shop: str) -> Conversation | None:
    """What the customer would go on with if they wrote now."""
    return await heads.current(conn, customer_id, shop, now() - timedelta(hours=rules.REOPEN_HOURS))


async def thread(
    conn: Connection,
    conversation_id: UUID,
    after_seq: int | None,
    before_seq: int | None,
    limit: int,
    *,
    with_notes: bool,
) -> Thread:
    """Messages after a number, else those before one, else the latest; ascending, and whether there are more."""
    if after_seq is not None:
        found = await messages.after(conn, conversation_id, after_seq, limit + 1, with_notes=with_notes)
        return Thread(found[:limit], len(found) > limit)
    before = before_seq if before_seq is not None else LAST_SEQ
    found = await messages.before(conn, conversation_id, before, limit + 1, with_notes=with_notes)
    return Thread(found[-limit:], len(found) > limit)


async def unanswered(conn: Connection, conversation_id: UUID) -> tuple[Conversation, list[Message]]:
    """The head, and the customer's messages that the assistant has not dealt with."""
    turn = await heads.unanswered(conn, conversation_id)
    if turn is None:
        raise ConversationNotFound
    return turn


async def understood(
    conn: Connection, since: datetime, *, teams: frozenset[UUID] | None = None, limit: int
) -> list[UnderstoodMessage]:
    """Customers' messages that the assistant has read, latest conversations first; of these teams, or of all."""
    return await messages.understood(conn, since, teams, limit)


async def understood_message(conn: Connection, conversation_id: UUID, seq: int) -> UnderstoodMessage:
    """One of them. Raises `MessageNotFound`; who asks must have been let into the conversation."""
    found = await messages.understood_message(conn, conversation_id, seq)
    if found is None:
        raise MessageNotFound
    return found


async def answer(tx: Tx, turn: Turn) -> bool:
    """Mark the assistant's turn as done, once: False when somebody else has done it, a person has taken over, or the
    conversation was joined to another meanwhile.

    To be called first in the transaction that stores the replies: it locks the conversation, so that of two processes
    answering the same turn one stores its replies and the other nothing.
    """
    head = await heads.get(tx.conn, turn.conversation_id, lock=True)
    if head is None or head.state is not State.PENDING or head.answered_seq != turn.answered_seq:
        return False
    tones = [_TONE.decode(turn.understandings[seq]) for seq in sorted(turn.understandings)]
    await heads.set_answered(tx.conn, head.id, turn.seq, turn.intent, turn.emotion, tones)
    for seq, understanding in turn.understandings.items():
        await messages.set_understanding(tx.conn, head.id, seq, understanding)
    return True


async def mark_read(tx: Tx, conversation_id: UUID, seq: int, *, by_customer: bool) -> None:
    """One side has read as far as `seq`; marks never move back."""
    moved = await heads.mark_read(tx.conn, conversation_id, seq, by_customer=by_customer)
    if moved is not None:
        await tx.publish(ReadMarkMoved(*moved, by_customer))


async def locked(conn: Connection, conversation_id: UUID) -> Conversation:
    """The head, which nobody else changes before this transaction ends. Raises `ConversationNotFound`."""
    head = await heads.get(conn, conversation_id, lock=True)
    if head is None:
        raise ConversationNotFound
    return head


async def move(tx: Tx, conversation_id: UUID, move: Move, *, snoozed_until: datetime | None = None) -> Conversation:
    """Change the state as the rules allow; the head as it was before."""
    head = await locked(tx.conn, conversation_id)
    state = rules.after(move, head.state)
    await heads.set_state(tx.conn, conversation_id, state, now=now(), snoozed_until=snoozed_until)
    if state is not head.state:
        await changed(tx, head)
    return head


async def changed(tx: Tx, before: Conversation) -> None:
    """Tell everybody who is concerned; `before` is the head as it was."""
    place = await place_of(tx.conn, before.id)
    await tx.publish(ConversationChanged(before.state, place, rules.place_of(before)))
