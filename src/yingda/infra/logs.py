"""Logs: JSON lines in production, readable lines in a terminal, and no personal data in either.

Our code logs by `structlog.get_logger(__name__)`, libraries by `logging`; both leave through one handler and the same
processors. Who logs names things by id; what slips through all the same (an e-mail address in a library's error
text) is redacted in every string.
"""

import logging
import re
import sys
from collections.abc import Mapping
from typing import Any, Literal, TextIO

import structlog
from structlog.types import EventDict, Processor, WrappedLogger

from yingda.kit.redaction import redact

#: Left alone by redaction: we write them ourselves, and a long id can look like a card number.
_OURS = frozenset(
    {"timestamp", "level", "logger", "request_id", "conversation_id", "method", "route", "status", "lineno"}
)
_QUERY = re.compile(r"\?[\w.%~\[\]-]+=[^\s\"']*")
_QUIET = {
    "uvicorn.error": logging.WARNING,
    "alembic": logging.WARNING,
    "uvicorn.access": logging.CRITICAL,
    "sqlalchemy": logging.WARNING,
    "httpx": logging.WARNING,
}
_DEPTH = 6


def configure_logs(
    level: str = "INFO", style: Literal["auto", "json", "text"] = "auto", stream: TextIO | None = None
) -> None:
    """Route everything that is logged in this process to `stream`, standard error by default.

    uvicorn must be started with `log_config=None`, or it puts its own handlers back.
    """
    out = stream or sys.stderr
    text = out.isatty() if style == "auto" else style == "text"
    before: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    after: list[Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
        redact_values,
        structlog.dev.ConsoleRenderer(colors=out.isatty())
        if text
        else structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
    handler = logging.StreamHandler(out)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=before, processors=after))
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *before,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    _take_over(handler, level)


def redact_values(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace personal data and query strings in every string of the event, however deep."""
    return {name: value if name in _OURS else _clean(value) for name, value in event.items()}


def _clean(value: Any, depth: int = 0) -> Any:
    if isinstance(value, bool | int | float | None):
        return value
    if depth < _DEPTH:
        if isinstance(value, Mapping):
            return {str(name): _clean(item, depth + 1) for name, item in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [_clean(item, depth + 1) for item in value]
    return redact(_QUERY.sub("?…", str(value)))


def _take_over(handler: logging.Handler, level: str) -> None:
    """Make `handler` the only one: libraries that brought their own (uvicorn) speak through it too."""
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in list(root.manager.loggerDict):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    for name, quietest in _QUIET.items():
        logging.getLogger(name).setLevel(quietest)
    logging.captureWarnings(capture=True)
