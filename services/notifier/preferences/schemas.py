"""What the preference calls take and answer."""

from __future__ import annotations

from marshmallow import Schema, fields


class WantedPreferenceSchema(Schema):
    """One topic by its channels."""

    topic = fields.String(required=True, metadata={"description": "One of those the list names"})
    in_app = fields.Boolean(required=True, metadata={"description": "Show it in the notifications section"})
    email = fields.Boolean(required=True)


class WantedPreferencesSchema(Schema):
    """All choices; topics not named go back to their defaults."""

    items = fields.List(fields.Nested(WantedPreferenceSchema), required=True)


class PreferenceSchema(WantedPreferenceSchema):
    """One topic, with its name for people."""

    label = fields.String(metadata={"description": "For people, in their language"})


class PreferencesSchema(Schema):
    """Everything the person can be told of."""

    items = fields.List(fields.Nested(PreferenceSchema))
