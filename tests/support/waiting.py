"""Waiting for something to become true, by looking at it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")

_POLL_SECONDS = 0.02


def within(seconds: float, look: Callable[[], Found]) -> Found:
    """What `look()` returns once that is true, or what it returned last, after `seconds`."""
    deadline = time.monotonic() + seconds
    while not (seen := look()) and time.monotonic() <= deadline:
        time.sleep(_POLL_SECONDS)
    return seen


def until(look: Callable[[], Found], seconds: float = 60) -> Found:
    """What `look()` returns once that is true; fails after `seconds`, showing what was seen last."""
    seen = within(seconds, look)
    if not seen:
        raise AssertionError(f"not within {seconds:g} s; last seen: {seen!r}")
    return seen
