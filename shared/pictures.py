"""What the upload, processing and serving of pictures share: variants, reasons of refusal, object keys."""

from __future__ import annotations

import enum
from uuid import UUID

ORIGINALS_PREFIX = "original/"
"""Prefix of the keys of uploads, which are deleted once they are processed."""

MEDIA_TYPE = "image/webp"

IMMUTABLE_CACHE_CONTROL = "private, max-age=31536000, immutable"
"""Cache-Control of a variant, which never changes."""

MEBIBYTE = 1 << 20


class Variant(enum.StrEnum):
    """The pictures that are made of an upload."""

    THUMB = "thumb"
    FULL = "full"


class Refusal(enum.StrEnum):
    """Why an upload was refused."""

    NOT_A_PICTURE = "not_a_picture"
    TOO_MANY_PIXELS = "too_many_pixels"
    DAMAGED = "damaged"
    TOO_DEMANDING = "too_demanding"
    LOST = "lost"


def original_key(attachment_id: UUID) -> str:
    """Key of the upload itself, until it is processed."""
    return f"{ORIGINALS_PREFIX}{attachment_id}"


def variant_key(attachment_id: UUID, variant: Variant) -> str:
    """Key of a variant."""
    return f"{variant}/{attachment_id}.webp"


def file_name(attachment_id: UUID, variant: Variant) -> str:
    """Name under which a browser saves the picture; never the name of the uploaded file."""
    return f"botmeni-{attachment_id}-{variant}.webp"


def all_keys(attachment_id: UUID) -> list[str]:
    """Keys of all objects that an attachment can have."""
    return [original_key(attachment_id), *(variant_key(attachment_id, variant) for variant in Variant)]
