"""Logs: one line of JSON (or readable text) per event, on standard error, from every library too.

Our own events take a short way: a dozen microseconds instead of sixty, in a path where a request takes a few
hundred. What libraries log goes through the standard library and looks the same.
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

# One line per message handled is noise at thousands a second; consumers say what they did themselves. So is
# one for each tick of the clock: `heartbeats` has what came of it.
_QUIET = ("celery.worker.strategy", "celery.app.trace", "celery.beat")

_STEPS: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]


def configure_logging() -> None:
    """Send structlog's and the standard library's records to standard error, in one form."""
    level = logging.getLevelNamesMapping()[settings().log_level]
    structlog.configure(
        processors=[*_STEPS, _renderer()],
        logger_factory=structlog.BytesLoggerFactory(_StandardError()),  # type: ignore[arg-type] # all it is asked for
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel("WARNING")


def formatter() -> logging.Formatter:
    """The standard library's formatter that writes as we do; Granian is told of it by name."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*_STEPS, structlog.stdlib.add_logger_name],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _renderer(), _as_text],
    )


class _StandardError:
    """The file descriptor itself: one write for a line, so that lines of several processes do not mix."""

    def write(self, line: bytes) -> None:
        # A full disk must not become the error of a request.
        with suppress(OSError):
            os.write(2, line)

    def flush(self) -> None:
        """Nothing is held back."""


def _renderer() -> structlog.typing.Processor:
    wanted = settings().log_format
    if wanted == "json" or (wanted == "auto" and not sys.stderr.isatty()):
        return structlog.processors.JSONRenderer(serializer=_json)
    console = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    return lambda logger, name, event: console(logger, name, event).encode(errors="replace")


def _json(event: Any, **_: Any) -> bytes:
    try:
        return msgspec.json.encode(event, enc_hook=repr)
    except UnicodeEncodeError:
        # Half a surrogate pair, in what a library complains of; escaped it can be written.
        return json.dumps(event, default=repr).encode()


def _as_text(_logger: Any, _name: str, line: Any) -> str:
    return str(line, "utf-8")
