"""What happens in the queue."""

from datetime import datetime
from uuid import UUID

from yingda.infra.events import Event


class CallbackTaken(Event, frozen=True):
    """Somebody has taken over a customer who asked to be called, in message `seq`; `wanted_at`: when it suits them."""

    conversation_id: UUID
    staff_id: UUID
    seq: int
    wanted_at: datetime | None
