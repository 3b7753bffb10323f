"""Logging is one for the whole process: whoever sets it up in a test puts it back."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import structlog


@contextmanager
def logging_kept() -> Iterator[None]:
    """Afterwards logging is as it was before."""
    root, shown = logging.getLogger(), warnings.showwarning
    handlers, level = root.handlers[:], root.level
    configured, config = structlog.is_configured(), structlog.get_config()
    yield
    root.handlers[:], root.level = handlers, level
    if warnings.showwarning is not shown:
        logging.captureWarnings(capture=False)
    if configured:
        structlog.configure(**config)
    else:
        structlog.reset_defaults()
