"""A limit on how deeply JSON is nested, because code that reads it by recursion needs one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

MAX_DEPTH = 32


def too_deep(value: Any) -> bool:
    """Whether `value` has more than `MAX_DEPTH` levels of objects and lists."""
    level = [value]
    for _ in range(MAX_DEPTH + 1):
        level = [inner for outer in level for inner in _inner(outer)]
    return bool(level)


def _inner(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()
