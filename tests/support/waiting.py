"""Waiting for something to become true, by looking at it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")

_POLL_SECONDS = 0.02


def until(look: Callable[[], Found], seconds: float = 60) -> Found:
    """What `look()` returns once that is true; fails after `seconds`, showing what was seen last."""
    deadline = time.monotonic() + seconds
    while not (seen := look()):
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds:g} s; last seen: {seen!r}")
        time.sleep(_POLL_SECONDS)
    return seen
