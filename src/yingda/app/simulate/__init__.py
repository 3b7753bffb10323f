"""Plays customers against the demo shop, through the same doors as the widget, and tells what came of it.

Either what a script says, word for word (`script`), or generated customers who want something and answer what they are
asked (`personas`, `goals`). Every customer is fresh, invented, and in the situation that was asked for.
"""

from yingda.app.simulate.screen import play_generated, play_script
from yingda.app.simulate.stage import Stage
from yingda.app.simulate.theatre import open_theatre

__all__ = ["Stage", "open_theatre", "play_generated", "play_script"]
