"""What the engine is asked and what it answers: plain frozen values, safe to keep, send and compare."""

from datetime import datetime
from enum import StrEnum

import msgspec

#: The intent of messages that want nothing a shop has a name for.
NONE_OF_OURS = "other"


class Emotion(StrEnum):
    """How the customer feels, from the words of this one message."""

    CALM = "calm"
    CONFUSED = "confused"
    ANXIOUS = "anxious"
    DISAPPOINTED = "disappointed"
    ANGRY = "angry"


class EntityKind(StrEnum):
    """What a stretch of text names. The comment of each says how `Entity.value` is written."""

    ORDER_NO = "order_no"  # as the store writes it: upper case, no spaces; masked texts keep their mark
    TRACKING_NO = "tracking_no"  # upper case, no spaces
    PHONE = "phone"  # digits only, without the 86 of China
    EMAIL = "email"  # lower case
    ADDRESS = "address"  # as written; `split_address` takes it apart
    REGION = "region"  # province, city and district as far as they are certain: "浙江省/杭州市/余杭区"
    USER = "user"  # a masked user name, as written
    AMOUNT = "amount"  # yuan as a decimal number: "99", "19.9"; a range "100/200"
    DATE = "date"  # ISO: "2026-11-20" for a day, "2026-11-20T15:00" with an hour, "…/…" for a range
    DURATION = "duration"  # ISO 8601: "P3D", "PT48H"; a range "P3D/P5D"
    QUANTITY = "quantity"  # "2"; half a box "0.5"; two or three "2/3"
    SIZE = "size"  # number and unit: "30ml", "2.5kg"; of clothes "XL", "37码"
    NUMBER = "number"  # digits whose meaning only the conversation knows
    PRODUCT = "product"  # the rest are found through the gazetteer: its entry's value
    BRAND = "brand"
    INGREDIENT = "ingredient"
    SHADE = "shade"


class SpanRole(StrEnum):
    """What a stretch of text spoke for."""

    INTENT = "intent"
    EMOTION = "emotion"
    URGENCY = "urgency"


class Stage(StrEnum):
    """Who gave the answer."""

    LEXICAL = "lexical"
    ENCODER = "encoder"
    JUDGE = "judge"


class Mode(StrEnum):
    """Whom a classifier asks: grams alone, the encoder always, or the encoder only when grams leave it unsure."""

    LEXICAL = "lexical"
    ENCODER = "encoder"
    CASCADE = "cascade"


class RankedIntent(msgspec.Struct, frozen=True):
    """`confidence` is calibrated: of all answers given with 0.8, about 80 % are right."""

    name: str
    confidence: float


class Entity(msgspec.Struct, frozen=True):
    """`text` is what the customer wrote at `start:end`, `value` its one normal form (see `EntityKind`)."""

    kind: EntityKind
    text: str
    value: str
    start: int
    end: int
    score: float = 1.0


class Span(msgspec.Struct, frozen=True):
    """Evidence: `text[start:end]` spoke for `label` (an intent, an emotion, a degree of urgency) with this weight."""

    role: SpanRole
    label: str
    start: int
    end: int
    weight: float


class Part(msgspec.Struct, frozen=True):
    """One clause of a message that asks for several things, with what it asks for."""

    start: int
    end: int
    intent: RankedIntent


class Context(msgspec.Struct, frozen=True):
    """What was going on when the message came. All of it may be unknown."""

    now: datetime | None = None  # relative dates are resolved against it; without it they have no value
    last_question: str | None = None  # the last thing the service asked, in its own words
    expected_slot: str | None = None  # what the dialogue waits for: "order_no", "phone", "confirm", …
    last_intent: str | None = None  # the customer's intent before this message


class Understanding(msgspec.Struct, frozen=True):
    """Everything read from one message, with the words that led to it."""

    intents: tuple[RankedIntent, ...]  # best first, never empty
    out_of_scope: float  # 0 certainly one of ours … 1 certainly none
    entities: tuple[Entity, ...]  # in order of position
    emotion: Emotion
    sentiment: float  # -1 … 1
    urgency: int  # 0 none, 1 wants it soon, 2 presses hard, 3 danger or last warning
    language: str  # "zh", "en" or "other"
    spans: tuple[Span, ...]
    parts: tuple[Part, ...] = ()  # more than one only when the message asks for several things
    stage: Stage = Stage.LEXICAL

    @property
    def intent(self) -> str:
        """The best intent's name."""
        return self.intents[0].name

    @property
    def confidence(self) -> float:
        """How sure the engine is of `intent`."""
        return self.intents[0].confidence

    def first(self, kind: EntityKind) -> Entity | None:
        """The first entity of this kind."""
        return next((entity for entity in self.entities if entity.kind is kind), None)


class GazetteerEntry(msgspec.Struct, frozen=True):
    """A name to recognise: `value` is what the entity will say (a product's id), `names` how people write it."""

    kind: EntityKind
    value: str
    names: tuple[str, ...]


class Example(msgspec.Struct, frozen=True):
    """One labelled message to learn from or to be measured on. `weight` says how much to trust it."""

    text: str
    intent: str
    weight: float = 1.0


class Report(msgspec.Struct, frozen=True):
    """How a model does on labelled messages; times are of one thread."""

    n: int
    accuracy: float
    macro_f1: float
    ece: float  # expected calibration error, ten bins
    us_p50: float
    us_p99: float
    us_mean: float
    asked: float  # share of messages that grams alone did not settle
    model_bytes: int
    train_s: float
    predictions: tuple[RankedIntent, ...] = ()
    out_of_scope: tuple[float, ...] = ()
