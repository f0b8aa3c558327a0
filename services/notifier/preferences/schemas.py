"""Requests and responses of the preference endpoints."""

from __future__ import annotations

from marshmallow import Schema, fields


class WantedPreferenceSchema(Schema):
    """A topic, with whether each channel is on."""

    topic = fields.String(required=True, metadata={"description": "One of those the list names"})
    in_app = fields.Boolean(required=True, metadata={"description": "Show it in the notifications section"})
    email = fields.Boolean(required=True)


class WantedPreferencesSchema(Schema):
    """All preferences; topics that are not listed return to their defaults."""

    items = fields.List(fields.Nested(WantedPreferenceSchema), required=True)


class PreferenceSchema(WantedPreferenceSchema):
    """A topic with its translated name, and whether each channel is on."""

    label = fields.String(metadata={"description": "For people, in their language"})


class PreferencesSchema(Schema):
    """The topics that concern the person."""

    items = fields.List(fields.Nested(PreferenceSchema))
