"""What the attachment calls take and return."""

from __future__ import annotations

from flask_smorest.fields import Upload  # type: ignore[import-untyped] # ships no types
from marshmallow import Schema, fields

from shared.db.models import AttachmentStatus
from shared.pictures import Refusal


class UploadSchema(Schema):
    """One file, as multipart/form-data."""

    file = Upload(required=True)


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
