"""Schemas that several features share: a person and a store, in brief."""

from __future__ import annotations

from marshmallow import Schema, fields


class PersonSchema(Schema):
    """Someone, in brief."""

    id = fields.UUID()
    name = fields.String()


class StoreSchema(Schema):
    """A store, in brief."""

    id = fields.UUID()
    name = fields.String()
