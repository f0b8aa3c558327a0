"""Columns for statements that read plain values instead of entities, which cost far more for each row."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Text, type_coerce


def enum_as_text(column: Any) -> ColumnElement[str]:
    """An enumeration's column as the text that is stored, under the column's own name."""
    return type_coerce(column, Text).label(column.key)
