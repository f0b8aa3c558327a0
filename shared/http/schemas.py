"""People as others see them: by name."""

from __future__ import annotations

from marshmallow import Schema, fields


class PersonSchema(Schema):
    """Someone, in brief."""

    id = fields.UUID()
    name = fields.String()
