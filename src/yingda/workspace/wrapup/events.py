"""What happens to wrap-ups."""

from yingda.conversations import Place
from yingda.infra.events import Event
from yingda.workspace.wrapup.schemas import WrapUp


class WrapUpConfirmed(Event, frozen=True):
    """Somebody resolved a conversation with this wrap-up, or corrected it (`corrects` is then the one before)."""

    wrap_up: WrapUp
    place: Place
    corrects: WrapUp | None = None
