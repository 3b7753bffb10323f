"""Telling what was read may have to ask the shop what the customer uses: a worker does it."""

from uuid import UUID

import msgspec

from yingda.infra.jobs import Task


class TellLabel(msgspec.Struct, frozen=True):
    reading_id: UUID


TELL_LABEL = Task("dialogue.tell_label", TellLabel)
