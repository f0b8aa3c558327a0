"""From an upload to its pictures: fetch, decode in the sandbox, store, tell. Twice is the same as once."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from typing import IO

import structlog

from services.images.decoding.sandbox import Made, Verdict, sandbox
from shared.messaging.events import (
    AttachmentEvent,
    AttachmentExpired,
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
    """Make and store both variants of an upload, or find out why not.

    Raises `StorageAway`, `ObjectMissing`, `DecoderLost`: nothing is decided, it is to be tried again.
    """
    with ExitStack() as closing:
        source, full, thumb = (closing.enter_context(tempfile.TemporaryFile()) for _ in range(3))
        source.writelines(storage().read(original_key(upload.attachment_id)))
        source.flush()
        verdict = sandbox().decode(source, full, thumb)
        made, refusal = verdict.made, verdict.refused or Refusal.TOO_DEMANDING
        if made is not None and not (_is_webp(full) and _is_webp(thumb)):
            # Only a decoder that is no longer itself does this.
            made, refusal = None, Refusal.TOO_DEMANDING
            log.error("decoder_wrote_no_picture", attachment_id=str(upload.attachment_id))
        if made is None:
            return _refused(upload, refusal, verdict)
        return _stored(upload, made, {Variant.FULL: full, Variant.THUMB: thumb})


def discard(events: Sequence[AttachmentEvent]) -> None:
    """Remove what is no longer needed: uploads that were handled, all of those that expired."""
    handled = [
        original_key(event.attachment_id) for event in events if isinstance(event, AttachmentProcessed)
    ]
    expired = [
        key
        for event in events
        if isinstance(event, AttachmentExpired)
        for key in all_keys(event.attachment_id)
    ]
    storage().delete(handled + expired)


def _stored(
    upload: AttachmentUploaded, made: Made, variants: dict[Variant, IO[bytes]]
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
        width=made.width,
        height=made.height,
        frames=made.frames,
        total_frames=made.total_frames,
        stored_bytes=size,
    )


def _refused(upload: AttachmentUploaded, refusal: Refusal, verdict: Verdict) -> AttachmentProcessed:
    log.info(
        "upload_refused",
        attachment_id=str(upload.attachment_id),
        reason=refusal.value,
        detail=verdict.detail,
        cpu_seconds=verdict.cpu_seconds,
        peak_bytes=verdict.peak_bytes,
    )
    return AttachmentProcessed(
        attachment_id=upload.attachment_id,
        store_id=upload.store_id,
        correlation_id=upload.correlation_id,
        refusal=refusal.value,
    )


def _is_webp(file: IO[bytes]) -> bool:
    """Whether it is one WebP container from its first byte to its last (RFC 9649, 2.4)."""
    size = file.seek(0, 2)
    file.seek(0)
    head = file.read(_RIFF_HEAD)
    return (
        len(head) == _RIFF_HEAD
        and head[:4] == b"RIFF"
        and head[8:] == b"WEBP"
        and int.from_bytes(head[4:8], "little") + 8 == size
    )
