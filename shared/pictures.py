"""What uploading, making and serving pictures agree on: variants, why a file is refused, object keys."""

from __future__ import annotations

import enum
from uuid import UUID

ORIGINALS = "original/"
"""Where uploads wait until they are handled; nothing stays here for long."""

MEDIA_TYPE = "image/webp"

FOREVER = "private, max-age=31536000, immutable"
"""Cache-Control of a made picture: it never changes."""

MEBIBYTE = 1 << 20


class Variant(enum.StrEnum):
    """The pictures made of an upload."""

    THUMB = "thumb"
    FULL = "full"


class Refusal(enum.StrEnum):
    """Why an upload is not shown."""

    NOT_A_PICTURE = "not_a_picture"
    TOO_MANY_PIXELS = "too_many_pixels"
    DAMAGED = "damaged"
    TOO_DEMANDING = "too_demanding"
    LOST = "lost"


def original_key(attachment_id: UUID) -> str:
    """Where the upload itself is kept until it is handled."""
    return f"{ORIGINALS}{attachment_id}"


def variant_key(attachment_id: UUID, variant: Variant) -> str:
    """Where a made picture is kept."""
    return f"{variant}/{attachment_id}.webp"


def file_name(attachment_id: UUID, variant: Variant) -> str:
    """What a browser calls the picture when it is saved; never what its uploader called it."""
    return f"botmeni-{attachment_id}-{variant}.webp"


def all_keys(attachment_id: UUID) -> list[str]:
    """Every object there can be of an attachment."""
    return [original_key(attachment_id), *(variant_key(attachment_id, variant) for variant in Variant)]
