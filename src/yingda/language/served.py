"""The engine that a process serves with, exchanged as a whole when another model is published.

Everybody who asks works with one immutable engine from the first word of a reading to the last; what changes is one
reference. Loading happens beside the readings, in whichever thread calls `refresh`.
"""

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from yingda.kit.errors import YingdaError
from yingda.language.engine import Engine
from yingda.language.registry import SHIPPED, Registry
from yingda.language.types import Context, Understanding

logger = logging.getLogger(__name__)

_NO_CONTEXT = Context()


class ServedEngine:
    """`shipped` serves as long as nothing is published; `load` makes a like engine around another model's file."""

    def __init__(self, registry: Registry, shipped: Engine, load: Callable[[Path], Engine]) -> None:
        self.registry = registry
        self.engine = shipped
        self.version = SHIPPED
        self._shipped = shipped
        self._load = load
        self._seen: tuple[int, int] | None = None
        self._told: tuple[int, int] | None = None
        self._one_at_a_time = threading.Lock()
        self.refresh()

    @property
    def behind(self) -> bool:
        """Whether the published model could not be loaded, so that another one serves."""
        return self._told is not None

    @property
    def slow(self) -> bool:
        return self.engine.slow

    def understand(self, text: str, context: Context = _NO_CONTEXT) -> Understanding:
        return self.engine.understand(text, context)

    def refresh(self) -> bool:
        """Take what was published since the last look; True when another model serves now.

        A model that cannot be read is told in the log once, and the one before it goes on serving until it can: where
        the folder is shared, the list may arrive before the model.
        """
        with self._one_at_a_time:
            stamp = self.registry.stamp()
            if stamp == self._seen:
                return False
            try:
                version = self.registry.current()
                engine = self._shipped if version == SHIPPED else self._load(self.registry.path(version))
            except (YingdaError, OSError):
                if stamp != self._told:
                    logger.exception("the published model cannot be served; version %d goes on", self.version)
                self._told = stamp
                return False
            changed = version != self.version
            self.engine, self.version, self._seen, self._told = engine, version, stamp, None
            return changed
