"""JSON has types: in a body a boolean is `true` or `false`, and a number is no text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from marshmallow import Schema, fields

Errors = dict[Any, Any]


def mistyped(schema: Schema, body: Any) -> Errors:
    """Fields of `body` with a value of another JSON type than `schema` says, as marshmallow names errors.

    What marshmallow itself looks at closely enough (text, objects, lists, null) is left to it.
    """
    if not isinstance(body, dict):
        return {}
    named = ((field.data_key or name, field) for name, field in schema.fields.items())
    found = {name: _wrong(field, body[name]) for name, field in named if body.get(name) is not None}
    return {name: errors for name, errors in found.items() if errors}


def _wrong(field: fields.Field[Any], value: Any) -> list[str] | Errors:
    if isinstance(field, fields.Boolean):
        return [] if isinstance(value, bool) else ["Not a valid boolean."]
    if isinstance(field, fields.Integer):
        return [] if isinstance(value, int) and not isinstance(value, bool) else ["Not a valid integer."]
    if isinstance(field, fields.Nested):
        inner = field.schema
        return _each(value, lambda item: mistyped(inner, item)) if field.many else mistyped(inner, value)
    if isinstance(field, fields.List):
        return _each(value, lambda item: _wrong(field.inner, item))
    return []


def _each(values: Any, wrong: Callable[[Any], list[str] | Errors]) -> Errors:
    if not isinstance(values, list):
        return {}
    found = {position: wrong(value) for position, value in enumerate(values)}
    return {position: errors for position, errors in found.items() if errors}
