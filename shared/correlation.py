"""The id that follows one request through every hop."""

from __future__ import annotations

import structlog


def current_correlation() -> str:
    """The id of the request being worked on; empty outside one."""
    return str(structlog.contextvars.get_contextvars().get("correlation_id", ""))
