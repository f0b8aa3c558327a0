"""From marshmallow's schemas to JSON Schema, where apispec alone would leave rules out."""

from __future__ import annotations

from typing import Any

from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from marshmallow import Schema, fields
from marshmallow.validate import OneOf


class _Converter(OpenAPIConverter):
    def init_attribute_functions(self) -> None:
        super().init_attribute_functions()  # type: ignore[no-untyped-call] # apispec's is not
        self.add_attribute_function(_narrowed)  # type: ignore[no-untyped-call] # apispec's is not

    def schema2jsonschema(self, schema: Schema) -> dict[str, Any]:
        """Its keywords, and those that `Meta.json_schema` adds: what the schema checks across its fields."""
        keywords: dict[str, Any] = super().schema2jsonschema(schema)  # type: ignore[no-untyped-call] # nor this
        return {**keywords, **getattr(schema.Meta, "json_schema", {})}


class SchemaPlugin(MarshmallowPlugin):
    """apispec's plugin, which names enumerations of fewer members and rules across fields."""

    Converter = _Converter


def _narrowed(_: OpenAPIConverter, field: fields.Field[Any], **__: Any) -> dict[str, Any]:
    """The members an enumeration is narrowed to by `OneOf`."""
    if not isinstance(field, fields.Enum):
        return {}
    allowed = [set(validator.choices) for validator in field.validators if isinstance(validator, OneOf)]
    if not allowed:
        return {}
    members = [member.value for member in field.enum if all(member in choices for choices in allowed)]
    return {"enum": [*members, *([None] if field.allow_none else [])]}
