"""Reading takes a second and half a gigabyte: a worker has it done."""

from uuid import UUID

import msgspec

from yingda.infra.jobs import Task


class ReadLabel(msgspec.Struct, frozen=True):
    reading_id: UUID


READ_LABEL = Task("knowledge.read_label", ReadLabel)
