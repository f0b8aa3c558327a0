"""What the attachment calls take and answer."""

from __future__ import annotations

from typing import Any

from flask_smorest.fields import Upload  # type: ignore[import-untyped] # ships no types
from marshmallow import Schema, fields, validate

from shared.models import AttachmentStatus
from shared.pictures import Refusal

MOST_NAMED = 100
"""Ids in one list, whatever the setting of attachments per message."""


class UploadSchema(Schema):
    """One file, as multipart/form-data."""

    file = Upload(required=True)


def named_attachments() -> fields.List[Any]:
    """The field by which a message, ticket or rating names the uploads that go with it."""
    return fields.List(
        fields.UUID(),
        load_default=list,
        validate=validate.Length(max=MOST_NAMED),
        metadata={"description": "Uploads of your store that are in no other message"},
    )


class AttachmentSchema(Schema):
    """An upload and what became of it."""

    id = fields.UUID()
    name = fields.String(metadata={"description": "What its uploader called it, made fit to be shown"})
    status = fields.Enum(AttachmentStatus, by_value=True)
    reason = fields.Enum(
        Refusal, by_value=True, allow_none=True, metadata={"description": "Why it was rejected"}
    )
    explanation = fields.String(allow_none=True, metadata={"description": "The same for people"})
    width = fields.Integer(allow_none=True, metadata={"description": "Of the full picture, in pixels"})
    height = fields.Integer(allow_none=True)
    frames = fields.Integer(allow_none=True, metadata={"description": "Kept of an animation; 1: a still"})
    total_frames = fields.Integer(
        allow_none=True,
        metadata={"description": "Frames in the file; more than `frames`: some were left out"},
    )
    thumb = fields.String(
        allow_none=True, metadata={"description": "Where the small picture (320 px) is; null until ready"}
    )
    full = fields.String(
        allow_none=True, metadata={"description": "Where the full picture (2048 px) is; null until ready"}
    )
    created_at = fields.AwareDateTime()
