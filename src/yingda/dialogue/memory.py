"""What the assistant remembers within a conversation."""

import msgspec

from yingda.dialogue.personal import Personal
from yingda.dialogue.procedures.state import Line, State
from yingda.kit.errors import Locale


class Tried(msgspec.Struct, frozen=True):
    """Something that was done for the customer, as whoever takes over reads it."""

    zh: str
    en: str


class Memory(msgspec.Struct, frozen=True, kw_only=True):
    """`locale`: in which language they are answered; `writes`: which one they have shown to write, as far as is known.
    `state`: the processes under way; `acted_seq`: up to which message they had taken in when a deed was begun, so
    that a process that dies meanwhile does not hear it twice; `unsaid`: what was to be said before that deed, and what
    whoever finishes it says. `offers_human`: a yes brings a person. `order_no` and
    `product_id` are what is being talked about, `about` the things of the last advice; `tried` is what was answered so
    far, for whoever takes over, and `tried_en` the same in English.
    """

    locale: Locale = "zh"
    writes: Locale | None = None
    misunderstood: int = 0
    offers_human: bool = False
    last_intent: str | None = None
    last_question: str | None = None
    order_no: str | None = None
    product_id: str | None = None
    about: tuple[str, ...] = ()
    photos: tuple[str, ...] = ()
    tried: list[str] = []
    tried_en: list[str] = []
    personal: Personal = Personal()
    state: State = State()
    acted_seq: int = 0
    unsaid: tuple[Line, ...] = ()

    def having(self, *tried: Tried) -> "Memory":
        """With this noted down too, each once."""
        known = dict(zip(self.tried, self.tried_en or self.tried, strict=True))
        for one in tried:
            known.setdefault(one.zh, one.en)
        return msgspec.structs.replace(self, tried=list(known), tried_en=list(known.values()))
