"""Thresholds: percentages of the limit at which an event is published, once for a period and its limit."""

from __future__ import annotations

THRESHOLDS = (80, 100)
"""In percent."""


def highest_reached(used: int, limit: int | None) -> int:
    """The highest threshold, in percent, that `used` of `limit` units reach; 0: none, or no limit."""
    if not limit:
        return 0
    return max((percent for percent in THRESHOLDS if used * 100 >= percent * limit), default=0)


def crossed(before: int, after: int, limit: int | None, announced: int) -> int | None:
    """The highest threshold reached by going from `before` to `after` used units, if above `announced`."""
    if after == before:
        return None
    reached = highest_reached(after, limit)
    return reached if reached > announced else None
