"""Logs: one line per event on standard error, as JSON or readable text, from our own code and from libraries.

Our own events bypass the standard library's logging: a dozen microseconds a line instead of sixty, where a
request takes a few hundred. Libraries' lines go through it and look the same.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from contextlib import suppress
from typing import Any

import msgspec
import structlog

from shared.config.settings import settings

# Celery's line per message and per periodic task is noise at thousands a second. Consumers log what they did
# themselves, and the table `heartbeats` shows that periodic tasks run.
_QUIET_LOGGERS = ("celery.worker.strategy", "celery.app.trace", "celery.beat")

_PROCESSORS: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]


def configure_logging() -> None:
    """Write structlog's and the standard library's records to standard error, in one format."""
    level = logging.getLevelNamesMapping()[settings().log_level]
    structlog.configure(
        processors=[*_PROCESSORS, _renderer()],
        logger_factory=structlog.BytesLoggerFactory(_StandardError()),  # type: ignore[arg-type] # has all that is used
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET_LOGGERS:
        logging.getLogger(name).setLevel("WARNING")


def formatter() -> logging.Formatter:
    """A formatter of the standard library that writes our format. Granian's configuration names it."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*_PROCESSORS, structlog.stdlib.add_logger_name],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _renderer(), _as_text],
    )


class _StandardError:
    """Standard error's file descriptor: one write(2) per line keeps lines of several processes apart."""

    def write(self, line: bytes) -> None:
        # A full disk must not fail a request.
        with suppress(OSError):
            os.write(2, line)

    def flush(self) -> None:
        """Nothing to do: `write` does not buffer."""


def _renderer() -> structlog.typing.Processor:
    log_format = settings().log_format
    if log_format == "json" or (log_format == "auto" and not sys.stderr.isatty()):
        return structlog.processors.JSONRenderer(serializer=_json)
    console = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    return lambda logger, name, event: console(logger, name, event).encode(errors="replace")


def _json(event: Any, **_: Any) -> bytes:
    try:
        return msgspec.json.encode(event, enc_hook=repr)
    except UnicodeEncodeError:
        # A lone surrogate in a library's text: `json` writes it as an escape.
        return json.dumps(event, default=repr).encode()


def _as_text(_logger: Any, _name: str, line: Any) -> str:
    return str(line, "utf-8")
