"""What the assistant remembers within a conversation."""

from typing import Literal

import msgspec

from yingda.dialogue.personal import Personal
from yingda.kit.errors import Locale


class Memory(msgspec.Struct, frozen=True, kw_only=True):
    """`pending_intent` waits for `expected_slot`; `order_no` and `product_id` are what is being talked
    about; `tried` is what was answered so far, for whoever takes over."""

    locale: Locale = "zh"
    misunderstood: int = 0
    expected_slot: Literal["order_no", "confirm_human"] | None = None
    pending_intent: str | None = None
    last_intent: str | None = None
    last_question: str | None = None
    order_no: str | None = None
    product_id: str | None = None
    tried: list[str] = []
    personal: Personal = Personal()
