"""Work that outlives a process: the job row that guarantees an answer."""

from uuid import UUID

import msgspec

from yingda.infra.jobs import Task


class AnswerTurn(msgspec.Struct, frozen=True):
    conversation_id: UUID


ANSWER = Task("dialogue.answer", AnswerTurn)
