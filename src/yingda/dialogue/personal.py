"""What a customer has told of themselves in this conversation, and what is to become of it."""

from collections.abc import Collection

import msgspec

from yingda.customers import Skin
from yingda.privacy import ConsentPurpose, Consents, ConsentState


class Keeping(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be kept, or taken away, together with the answer to a turn."""

    consents: Consents = {}
    told: Skin | None = None
    forget: bool = False
    told_of_matters: bool = False
    """They have been reminded of what was left open: once is enough."""


class Personal(msgspec.Struct, frozen=True, kw_only=True):
    """`told` is good for this conversation, whatever the customer allows; `asking` is what they were just asked to
    allow. `invited`: they wanted it kept, had told nothing, and were asked for it.
    """

    told: Skin = Skin()
    asking: tuple[ConsentPurpose, ...] = ()
    invited: bool = False
    keeping: Keeping | None = None

    def next(self) -> "Personal":
        """As a new turn begins: a question that is not answered now is not answered."""
        return msgspec.structs.replace(self, asking=(), invited=False)


def needed_for(skin: Skin) -> frozenset[ConsentPurpose]:
    """What a customer must allow so that all of this may be kept."""
    return frozenset(purpose for purpose in ConsentPurpose if allowed(skin, [purpose]) != Skin())


def allowed(skin: Skin, purposes: Collection[ConsentPurpose]) -> Skin:
    """As much of it as may be kept for these purposes."""
    if ConsentPurpose.HEALTH not in purposes:
        skin = msgspec.structs.replace(skin, avoid=[], expecting=None)
    if ConsentPurpose.MEMORY not in purposes:
        skin = Skin(avoid=skin.avoid, expecting=skin.expecting)
    return skin


def given(consents: Consents) -> frozenset[ConsentPurpose]:
    return frozenset(purpose for purpose, state in consents.items() if state is ConsentState.GIVEN)
