"""What happens to a picture that is to be read."""

from uuid import UUID

from yingda.infra.events import Event


class LabelBegun(Event, frozen=True):
    """A worker has begun to read it."""

    reading_id: UUID


class LabelRead(Event, frozen=True):
    """It is done, or could not be done: the reading says which."""

    reading_id: UUID
