"""What is watched for, what was found, what was told, and how right it was."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

import msgspec

from yingda.commerce import ShipmentPurpose, ShipmentState

Clock = Annotated[str, msgspec.Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Template = Annotated[str, msgspec.Meta(min_length=1, max_length=400, pattern=r"^[^\x00]*$")]


class Trouble(StrEnum):
    """What can be wrong with a parcel, the gravest first."""

    DAMAGED = "damaged"
    RETURNING = "returning"
    STUCK = "stuck"
    """On its way to the door for hours."""
    NO_SCAN = "no_scan"
    LATE = "late"
    """Past its day, or not likely to be there by then."""


class Held(StrEnum):
    """Why a customer has not been told, or not yet."""

    QUIET_HOURS = "quiet_hours"
    ONE_A_DAY = "one_a_day"
    OPTED_OUT = "opted_out"
    UNREACHABLE = "unreachable"
    """They have never been in touch through a channel of ours."""
    BUSY = "busy"
    """They are just talking with the assistant."""
    PERSON = "person"
    """Somebody serves them, and was told instead."""
    SHOP_DOWN = "shop_down"
    """Nothing is told from memory."""
    SPAM = "spam"


class TroubleOutcome(StrEnum):
    """How a matter ended. `overtaken`: by a graver one of the same parcel; `gone`: the shop knows it no more."""

    MOVED = "moved"
    DELIVERED = "delivered"
    OVERTAKEN = "overtaken"
    GONE = "gone"


class Truth(StrEnum):
    """Whether the trace, as it was known later, bears out what the customer was told."""

    RIGHT = "right"
    WRONG = "wrong"


class TroubleSetting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`ticket`: also open one for whoever talks with the carrier."""

    on: bool = True
    ticket: bool = True


class TroubleWording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence about one parcel, with names in braces."""

    zh: Template
    en: Template


class OutreachSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What an organisation wants watched, and how its customers are told. `wording`: instead of the shipped one.

    `late_percent`: how likely a parcel must be late before its customer is told. `zone`: of customers whose own is not
    known.
    """

    enabled: bool = False
    damaged: TroubleSetting = msgspec.field(default_factory=TroubleSetting)
    returning: TroubleSetting = msgspec.field(default_factory=TroubleSetting)
    stuck: TroubleSetting = msgspec.field(default_factory=TroubleSetting)
    no_scan: TroubleSetting = msgspec.field(default_factory=TroubleSetting)
    late: TroubleSetting = msgspec.field(default_factory=lambda: TroubleSetting(ticket=False))
    stuck_hours: Annotated[int, msgspec.Meta(ge=4, le=240)] = 24
    no_scan_hours: Annotated[int, msgspec.Meta(ge=12, le=240)] = 48
    late_percent: Annotated[int, msgspec.Meta(ge=50, le=99)] = 80
    quiet_from: Clock = "22:00"
    quiet_until: Clock = "08:00"
    zone: Annotated[str, msgspec.Meta(max_length=64)] = "Asia/Shanghai"
    follow_up_hours: Annotated[int, msgspec.Meta(ge=4, le=168)] = 24
    ticket_kind: Annotated[str, msgspec.Meta(max_length=40, pattern=r"^[a-z0-9_]+$")] | None = "carrier"
    wording: dict[Trouble, TroubleWording] = {}

    def of(self, rule: Trouble) -> TroubleSetting:
        setting: TroubleSetting = getattr(self, rule.value)
        return setting


class Parcel(msgspec.Struct, frozen=True, kw_only=True):
    """A parcel as far as the rules look at it. `moved_at`: its last event. `seen_at`: when the shop said so."""

    shop: str
    tracking_no: str
    owner: str
    order_no: str
    carrier: str
    lane: str
    purpose: ShipmentPurpose
    state: ShipmentState
    place: str
    collected_at: datetime
    moved_at: datetime
    promised_until: datetime
    delivered_at: datetime | None
    seen_at: datetime


class Journey(msgspec.Struct, frozen=True):
    """How many hours a parcel took from collection to the door."""

    carrier: str
    lane: str
    hours: float


class Curve(msgspec.Struct, frozen=True):
    """Hours under way by share of parcels: 0 %, 5 %, …, 100 %, of so many parcels."""

    hours: Sequence[float]
    parcels: int


class LatenessQuality(msgspec.Struct, frozen=True, kw_only=True):
    """How well the model, taught on the earlier parcels, foretold the later ones. Errors are mean, in hours.

    `naive_error`: had every parcel been given the shop's median. `covered`: the share that came within the time in
    which nine of ten should.
    """

    tested: int
    error: float
    naive_error: float
    covered: float


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a shop's carriers and lanes; none where it has too little history."""

    overall: Curve
    carriers: dict[str, Curve]
    lanes: dict[str, dict[str, Curve]]
    quality: LatenessQuality | None


class ParcelEvidence(msgspec.Struct, frozen=True, kw_only=True):
    """Why a finding is one: the parcel as it stood then. `chance`: of being late, `expected_at`: when it will be there,
    both from this carrier's history on this lane."""

    carrier: str
    lane: str
    state: ShipmentState
    place: str
    moved_at: datetime
    promised_until: datetime
    chance: float | None = None
    expected_at: datetime | None = None


class ParcelFinding(msgspec.Struct, frozen=True, kw_only=True):
    """Something wrong with a parcel, from finding it to its end. `basis_at`: the event that it rests on.

    `told_at`: the customer; `noted_at`: whoever serves them instead. `moved_at`: it goes on.
    """

    id: UUID
    shop: str
    owner: str
    order_no: str
    tracking_no: str
    rule: Trouble
    purpose: ShipmentPurpose
    basis_at: datetime
    evidence: ParcelEvidence
    found_at: datetime
    held: Held | None = None
    held_until: datetime | None = None
    told_at: datetime | None = None
    told_text: str | None = None
    conversation_id: UUID | None = None
    noted_at: datetime | None = None
    ticket_id: UUID | None = None
    ticket_no: str | None = None
    followed_at: datetime | None = None
    follow_ups: int = 0
    moved_at: datetime | None = None
    closing_at: datetime | None = None
    closing_text: str | None = None
    closed_at: datetime | None = None
    outcome: TroubleOutcome | None = None
    truth: Truth | None = None


class Contact(msgspec.Struct, frozen=True):
    """How one customer of a shop may be told things unasked."""

    opted_out_at: datetime | None
    told_at: datetime | None


class KeptOutreach(msgspec.Struct, frozen=True, kw_only=True):
    """The settings in force, with what they are changed against."""

    version: int
    settings: OutreachSettings
    changed_at: datetime | None
    changed_by: str | None


class OutreachChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`version`: the one that was changed; of another nothing is kept."""

    version: int
    settings: OutreachSettings
    reason: Annotated[str, msgspec.Meta(max_length=200, pattern=r"^[^\x00]*$")] | None = None


class OutreachPreview(msgspec.Struct, frozen=True):
    """What a customer would read, of an invented parcel."""

    rule: Trouble
    zh: str
    en: str
    default: TroubleWording
    """The shipped sentence."""


class WatchedShop(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a shop. `lists` false: it cannot list its parcels, so only those that it tells of by webhook are
    watched; null: not asked yet. `failing_since`: it does not answer."""

    code: str
    name: str
    demo: bool
    lists: bool | None
    asked_at: datetime | None
    failing_since: datetime | None
    under_way: int
    journeys: int
    learned_at: datetime | None
    quality: LatenessQuality | None


class ToldAccuracy(msgspec.Struct, frozen=True, kw_only=True):
    """Of what customers were told by one rule: how much of it was right, wrong, or cannot be known yet."""

    rule: Trouble
    found: int
    told: int
    right: int
    wrong: int


class HeldCount(msgspec.Struct, frozen=True):
    """So many are not told for this reason."""

    held: Held
    count: int


class OutreachOverview(msgspec.Struct, frozen=True, kw_only=True):
    """`days`: how far back accuracy and counts look."""

    days: int
    open: int
    told: int
    opted_out: int
    waiting: list[HeldCount]
    accuracy: list[ToldAccuracy]
    shops: list[WatchedShop]


class ReminderPreference(msgspec.Struct, frozen=True):
    """`available` false: nobody vouches for who this visitor is, so nothing is told unasked."""

    available: bool
    wanted: bool


class ShopState(msgspec.Struct, frozen=True, kw_only=True):
    """How far the parcels of a shop have been read, and what was learnt of them."""

    shop: str
    since: datetime | None = None
    after: str = ""
    lists: bool | None = None
    asked_at: datetime | None = None
    failing_since: datetime | None = None
    model: Model | None = None
    journeys: int = 0
    learned_at: datetime | None = None


def plain(value: msgspec.Struct) -> dict[str, Any]:
    """As the audit trail keeps it."""
    made: dict[str, Any] = msgspec.to_builtins(value)
    return made
