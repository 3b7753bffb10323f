"""What the console is told when it asks for a picture to be read."""

from uuid import UUID

import msgspec

from yingda.knowledge.labels import ReadingState


class AskedReading(msgspec.Struct, frozen=True):
    """`done`: its card is in the thread already."""

    id: UUID
    state: ReadingState
