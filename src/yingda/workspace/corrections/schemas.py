"""Corrections as they cross the border."""

from typing import Annotated

import msgspec


class AnswerCorrection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What should be said instead."""

    text: Annotated[str, msgspec.Meta(max_length=4000, pattern=r"^[^\x00]*\S[^\x00]*$")]
