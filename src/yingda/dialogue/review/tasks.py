"""Teaching takes minutes with an encoder: a worker does it."""

from uuid import UUID

import msgspec

from yingda.infra.jobs import Task


class TrainModel(msgspec.Struct, frozen=True):
    training_id: UUID


TRAIN = Task("dialogue.train", TrainModel)
