"""What became of the messages that were played. Pure."""

import math
from collections import Counter
from itertools import pairwise

import msgspec

#: Notices after which a person is in charge, and the assistant answers no more.
HANDED_OVER = frozenset({"handoff_waiting", "handoff_assigned"})


class Sent(msgspec.Struct):
    """One message on its way. `seq`: acknowledged under this number; `wait_ms`: until its answer, None without one;
    `began`: when it was sent, by the process's clock."""

    client_id: str
    seq: int | None = None
    wait_ms: float | None = None
    refused: str | None = None
    began: float = 0.0


class Heard(msgspec.Struct, frozen=True):
    """One message of the thread, as the customer reads it. `choices`: the buttons, each with what it says."""

    seq: int
    author: str
    client_id: str | None = None
    notice: str | None = None
    kind: str = "text"
    text: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    order_no: str | None = None


class Played(msgspec.Struct, frozen=True):
    """One chat: what was sent, and the whole thread as it was read again at the end."""

    sent: list[Sent]
    thread: list[Heard]


class Latency(msgspec.Struct, frozen=True):
    """Milliseconds from the sending of a message to the first answer on the socket; None without any answer."""

    p50: float | None
    p99: float | None


class Insight(msgspec.Struct, frozen=True):
    """What only staff can see: what was understood, and why the assistant stepped back."""

    intents: dict[str, int] = {}
    hand_offs: dict[str, int] = {}


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """`stored` were acknowledged, `lost` of them are not in the thread, `misplaced` are there twice or out of order.

    Each stored message is one of `answered` (by the assistant), `handed_over` (led to a person, or came after that)
    and `unanswered` (neither in time). `refused` counts the others by the server's reason.
    """

    sessions: int
    sent: int
    stored: int
    answered: int
    handed_over: int
    unanswered: int
    lost: int
    misplaced: int
    refused: dict[str, int]
    latency_ms: Latency
    replies: dict[str, int]
    intents: dict[str, int]
    hand_offs: dict[str, int]
    seconds: float

    @property
    def flawless(self) -> bool:
        """Whether every message was stored, is still there, and met an answer or a person."""
        return self.stored == self.sent and not (self.lost or self.misplaced or self.unanswered)


def tally(chats: list[Played], insight: Insight, seconds: float) -> Report:
    outcomes: Counter[str] = Counter()
    for chat in chats:
        outcomes += _outcomes(chat)
    sent = [message for chat in chats for message in chat.sent]
    waits = sorted(message.wait_ms for message in sent if message.wait_ms is not None)
    return Report(
        sessions=len(chats),
        sent=len(sent),
        stored=sum(message.seq is not None for message in sent),
        answered=outcomes["answered"],
        handed_over=outcomes["handed_over"],
        unanswered=outcomes["unanswered"],
        lost=outcomes["lost"],
        misplaced=outcomes["misplaced"],
        refused=dict(Counter(message.refused for message in sent if message.refused)),
        latency_ms=Latency(percentile(waits, 0.5), percentile(waits, 0.99)),
        replies=dict(Counter(m.author for chat in chats for m in chat.thread if m.author in ("assistant", "staff"))),
        intents=_ranked(insight.intents),
        hand_offs=_ranked(insight.hand_offs),
        seconds=round(seconds, 1),
    )


def percentile(ascending: list[float], share: float) -> float | None:
    """The smallest value that at least this share of all do not exceed."""
    return round(ascending[math.ceil(share * len(ascending)) - 1], 1) if ascending else None


def _outcomes(chat: Played) -> Counter[str]:
    stored = [message for message in chat.sent if message.seq is not None]
    own = [heard for heard in chat.thread if heard.author == "customer"]
    places = {message.client_id: [h.seq for h in own if h.client_id == message.client_id] for message in stored}
    handed_from = _handed_from(chat.thread)
    outcomes: Counter[str] = Counter()
    for message in stored:
        where = places[message.client_id]
        outcomes["lost"] += not where
        outcomes["misplaced"] += bool(where) and where != [message.seq]
        if message.seq is not None and message.seq >= handed_from:
            outcomes["handed_over"] += 1
        else:
            outcomes["answered" if message.wait_ms is not None else "unanswered"] += 1
    numbers = [message.seq for message in stored if message.seq is not None]
    outcomes["misplaced"] += sum(later <= earlier for earlier, later in pairwise(numbers))
    return outcomes


def _handed_from(thread: list[Heard]) -> float:
    """The number of the customer's message that led to the first hand-over; infinity without one."""
    notice = next((heard.seq for heard in thread if heard.notice in HANDED_OVER), None)
    if notice is None:
        return math.inf
    return max((heard.seq for heard in thread if heard.author == "customer" and heard.seq < notice), default=0)


def _ranked(counts: dict[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
