"""Counting calls in fixed windows of time: in this process, or in a Redis that all processes share.

A window begins at a multiple of its length, so its end need not be stored.
"""

from __future__ import annotations

import re
import threading
from typing import NamedTuple, Protocol

from shared.config.settings import InvalidSettings

_LENGTHS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
_LIMIT = re.compile(rf"([1-9][0-9]*) per ({'|'.join(_LENGTHS)})")


class Limit(NamedTuple):
    """`amount` calls in `seconds`."""

    amount: int
    seconds: int

    @classmethod
    def parse(cls, text: str) -> Limit:
        """The limit that `600 per minute` means. Raises `InvalidSettings`."""
        match = _LIMIT.fullmatch(text.strip())
        if match is None:
            raise InvalidSettings(f"RATE_LIMIT: {text!r} is not a rate limit; write it as `600 per minute`")
        return cls(int(match[1]), _LENGTHS[match[2]])


class Counter(Protocol):
    """Counts calls."""

    def count(self, client_key: str, window: int, seconds: int) -> int:
        """How many calls `client_key` has made in the window, this one among them."""


class ProcessCounter:
    """Counts for this process alone; drops a window when the next one begins."""

    def __init__(self) -> None:
        self._window = 0
        self._counts: dict[str, int] = {}
        self._lock = threading.Lock()

    def count(self, client_key: str, window: int, seconds: int) -> int:  # noqa: ARG002 - the protocol's
        """How many calls `client_key` has made in the window, this one among them."""
        with self._lock:
            if window != self._window:
                self._window = window
                self._counts.clear()
            self._counts[client_key] = count = self._counts.get(client_key, 0) + 1
        return count
