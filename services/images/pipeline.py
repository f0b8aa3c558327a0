"""Processes an upload: reads it, decodes it in the sandbox, stores its variants. It can be repeated."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from typing import IO

import structlog

from services.images.decoding.sandbox import DecodeResult, PictureInfo, sandbox
from shared.messaging.events import (
    AttachmentDeleted,
    AttachmentEvent,
    AttachmentProcessed,
    AttachmentUploaded,
)
from shared.pictures import (
    IMMUTABLE_CACHE_CONTROL,
    MEDIA_TYPE,
    Refusal,
    Variant,
    all_keys,
    file_name,
    original_key,
    variant_key,
)
from shared.storage import storage

log = structlog.get_logger(__name__)

_RIFF_HEAD = 12


def process(upload: AttachmentUploaded) -> AttachmentProcessed:
    """Render and store both variants of an upload, or refuse it; returns the event that says which.

    Raises `StorageAway`, `ObjectMissing`, `DecoderLost`: the upload has to be retried.
    """
    with ExitStack() as files:
        source, full, thumb = (files.enter_context(tempfile.TemporaryFile()) for _ in range(3))
        source.writelines(storage().read(original_key(upload.attachment_id)))
        source.flush()
        result = sandbox().decode(source, full, thumb)
        picture, refusal = result.picture, result.refusal or Refusal.TOO_DEMANDING
        if picture is not None and not (_is_webp(full) and _is_webp(thumb)):
            # Only a decoder that the file has taken over does this.
            picture, refusal = None, Refusal.TOO_DEMANDING
            log.error("decoder_wrote_no_picture", attachment_id=str(upload.attachment_id))
        if picture is None:
            return _refuse(upload, refusal, result)
        return _store(upload, picture, {Variant.FULL: full, Variant.THUMB: thumb})


def discard(events: Sequence[AttachmentEvent]) -> None:
    """Delete the originals of processed uploads, and all objects of expired ones."""
    processed = [
        original_key(event.attachment_id) for event in events if isinstance(event, AttachmentProcessed)
    ]
    expired = [
        key
        for event in events
        if isinstance(event, AttachmentDeleted)
        for key in all_keys(event.attachment_id)
    ]
    storage().delete(processed + expired)


def _store(
    upload: AttachmentUploaded, picture: PictureInfo, variants: dict[Variant, IO[bytes]]
) -> AttachmentProcessed:
    size = 0
    for variant, file in variants.items():
        size += file.seek(0, 2)
        file.seek(0)
        headers = {
            "Content-Type": MEDIA_TYPE,
            "Content-Disposition": f'inline; filename="{file_name(upload.attachment_id, variant)}"',
            "Cache-Control": IMMUTABLE_CACHE_CONTROL,
        }
        storage().put(variant_key(upload.attachment_id, variant), file, headers)
    return AttachmentProcessed(
        attachment_id=upload.attachment_id,
        store_id=upload.store_id,
        correlation_id=upload.correlation_id,
        width=picture.width,
        height=picture.height,
        frames=picture.frames,
        total_frames=picture.total_frames,
        stored_bytes=size,
    )


def _refuse(upload: AttachmentUploaded, refusal: Refusal, result: DecodeResult) -> AttachmentProcessed:
    log.info(
        "upload_refused",
        attachment_id=str(upload.attachment_id),
        reason=refusal.value,
        detail=result.detail,
        cpu_seconds=result.cpu_seconds,
        peak_bytes=result.peak_bytes,
    )
    return AttachmentProcessed(
        attachment_id=upload.attachment_id,
        store_id=upload.store_id,
        correlation_id=upload.correlation_id,
        refusal=refusal.value,
    )


def _is_webp(file: IO[bytes]) -> bool:
    """Whether the whole file is one WebP container (RFC 9649, 2.4)."""
    size = file.seek(0, 2)
    file.seek(0)
    head = file.read(_RIFF_HEAD)
    return (
        len(head) == _RIFF_HEAD
        and head[:4] == b"RIFF"
        and head[8:] == b"WEBP"
        and int.from_bytes(head[4:8], "little") + 8 == size
    )
