"""What happens to promises."""

from yingda.conversations import Place
from yingda.infra.events import Event
from yingda.workspace.promises.schemas import Promise


class PromiseDue(Event, frozen=True):
    """The moment of an open promise has come; told once. `place`: where its conversation stands now."""

    promise: Promise
    place: Place
