"""A picture as an HTTP answer that a browser shows and never runs."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

import structlog
from flask import Response, redirect, request

from shared.errors import StorageAway
from shared.pictures import IMMUTABLE_CACHE_CONTROL, MEDIA_TYPE, Variant, file_name, variant_key
from shared.storage import ObjectMissing, storage

log = structlog.get_logger(__name__)

POLICY = "sandbox; default-src 'none'"

SIGNED_FOR = timedelta(minutes=5)
# A redirect cached by the browser must lead to an address that still works.
REDIRECT_KEPT = "private, max-age=240"


def respond(attachment_id: UUID, variant: Variant) -> Response:
    """The picture, or where to read it; 304 to who has it. Raises `StorageAway`.

    A made picture never changes, so its name is its version (ETag).
    """
    etag = f"{attachment_id}-{variant}"
    if request.if_none_match.contains_weak(etag):
        return _with_headers(Response(status=HTTPStatus.NOT_MODIFIED), etag, attachment_id, variant)
    key = variant_key(attachment_id, variant)
    address = storage().signed_address(key, SIGNED_FOR)
    if address is not None:
        moved = redirect(address, HTTPStatus.FOUND, Response)
        moved.headers["Cache-Control"] = REDIRECT_KEPT
        moved.headers["Content-Security-Policy"] = POLICY
        return moved  # type: ignore[return-value] # redirect() makes what it is given
    try:
        pieces = storage().read(key)
    except ObjectMissing:
        log.exception("picture_missing", key=key)
        raise StorageAway from None
    return _with_headers(Response(pieces, mimetype=MEDIA_TYPE), etag, attachment_id, variant)


def _with_headers(response: Response, etag: str, attachment_id: UUID, variant: Variant) -> Response:
    response.set_etag(etag)
    response.headers["Cache-Control"] = IMMUTABLE_CACHE_CONTROL
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Content-Disposition"] = f'inline; filename="{file_name(attachment_id, variant)}"'
    return response
