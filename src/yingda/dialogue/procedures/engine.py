"""The engine: one step of the processes of a conversation. Pure: what was heard, or what became of an effect, goes in;
what is said, and the next effect, come out. It never asks for a deed that the customer has not just agreed to.
"""

from msgspec.structs import replace

from yingda.dialogue.procedures import slots
from yingda.dialogue.procedures.course import begin, begin_all, return_to_open
from yingda.dialogue.procedures.hearing import hear
from yingda.dialogue.procedures.outcomes import take_in
from yingda.dialogue.procedures.reading import Source
from yingda.dialogue.procedures.run import Known, Run, Wording
from yingda.dialogue.procedures.schemas import SlotType
from yingda.dialogue.procedures.state import Heard, Move, State, Told, Why
from yingda.dialogue.procedures.stepping import advance


class Engine:
    """`wording`: texts by name that no process has itself."""

    def __init__(self, known: Known, wording: Wording) -> None:
        self.known = known
        self._wording = wording

    def hear(self, state: State, heard: Heard) -> Move | None:
        """A turn of the customer. None: no process is concerned by it."""
        run = Run(self.known, self._wording, state, heard)
        if run.flows:
            hear(run)
        if not run.flows and not run.answered:
            cued = self.known.for_words(heard.text)
            source = self.known.for_intent(heard.intent)
            source = source if source and (heard.understood or _about_order(source, heard)) else None
            if cued:  # what else may be read in such words is the same request
                begin(run, cued, Why.REQUESTED)
            elif source is None:
                return None if not run.log else replace(run.move(), aside=True)
            else:
                begin_all(run, source)
        advance(run)
        return run.move()

    def begin(self, state: State, heard: Heard, source: Source) -> Move:
        """Begin this process, whatever was understood."""
        run = Run(self.known, self._wording, state, heard)
        begin(run, source, Why.BEGUN)
        advance(run)
        return run.move()

    def told(self, state: State, heard: Heard, told: Told) -> Move:
        """What became of the effect that was asked for."""
        run = Run(self.known, self._wording, state, heard)
        take_in(run, told)
        advance(run)
        return run.move()

    def remind(self, state: State, heard: Heard) -> Move:
        """Put the open question again, after something else was answered."""
        run = Run(self.known, self._wording, state, heard)
        return_to_open(run)
        return run.move()


def _about_order(source: Source, heard: Heard) -> bool:
    """Nothing is done before the customer agrees: if the words speak of an order, the likeliest request will do."""
    takes_order = any(slot.type is SlotType.ORDER_NO for slot in source.process.slots.values())
    return takes_order and slots.speaks_of_order(heard)
