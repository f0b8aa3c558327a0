"""Columns as plain values, for statements that are read by columns: entities cost each row far more."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Text, type_coerce


def plain(column: Any) -> ColumnElement[str]:
    """An enumeration as the text it is stored as."""
    return type_coerce(column, Text).label(column.key)
