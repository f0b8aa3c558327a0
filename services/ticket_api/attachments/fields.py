"""How a call or a message names the uploads that go with it; knows no HTTP, so that workers may ask."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

MOST_NAMED = 100
"""Ids in one list, whatever the setting of attachments per message."""


def named_attachments() -> fields.List[Any]:
    """The field by which a message, ticket or rating names the uploads that go with it."""
    return fields.List(
        fields.UUID(),
        load_default=list,
        validate=validate.Length(max=MOST_NAMED),
        metadata={"description": "Uploads of your store that are in no other message"},
    )
