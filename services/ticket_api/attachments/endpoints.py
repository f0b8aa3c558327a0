"""Upload a picture, ask what became of it, look at it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, request
from sqlalchemy.orm import Session
from werkzeug.exceptions import RequestEntityTooLarge

from services.ticket_api.attachments import rules, uploading
from services.ticket_api.attachments.errors import (
    AttachmentEmpty,
    AttachmentNotReady,
    AttachmentSpaceUsed,
    AttachmentTooLarge,
)
from services.ticket_api.attachments.schemas import AttachmentSchema, UploadSchema
from services.ticket_api.attachments.views import AttachmentView, view
from shared.clock import now
from shared.config.settings import settings
from shared.errors import Invalid, StorageAway
from shared.http import picture_responses
from shared.http.auth.access import allowed
from shared.http.auth.callers import Caller
from shared.http.auth.permissions import Permission
from shared.http.blueprint import Blueprint
from shared.http.idempotency.idempotent import idempotent
from shared.http.problems import locale
from shared.messaging.outbox.unit_of_work import unit_of_work
from shared.pictures import MEBIBYTE, MEDIA_TYPE, Variant

MULTIPART_OVERHEAD_BYTES = 65_536
"""What stands around the file in a multipart body, at most."""

blueprint = Blueprint("attachments", __name__, url_prefix="/v1/attachments", description="Imágenes")


def parse_upload() -> None:
    """Raise the body limit to the upload limit and parse the form before a database connection is used.

    Beyond some hundred KiB it goes to a temporary file.
    Raises `AttachmentTooLarge`, `StorageAway`, `Invalid`.
    """
    if request.method != "POST":
        return
    limit = settings().attachment_max_bytes
    request.max_content_length = limit + MULTIPART_OVERHEAD_BYTES
    try:
        files = request.files.getlist("file")
    except RequestEntityTooLarge:
        raise AttachmentTooLarge(limit=f"{limit / MEBIBYTE:g}") from None
    except OSError as error:
        raise StorageAway from error
    if len(files) > 1:
        raise Invalid({"file": ["Given more than once."]})
    if request.form:
        raise Invalid({name: ["Unknown field."] for name in request.form})


blueprint.before_request(parse_upload)


@blueprint.post("")
@blueprint.takes(UploadSchema, location="files")
@allowed(Permission.AUTHENTICATED)
@idempotent
@blueprint.answers(
    202,
    AttachmentSchema,
    refuses=(AttachmentTooLarge, AttachmentEmpty, AttachmentSpaceUsed, StorageAway),
)
def upload(session: Session, caller: Caller, payload: dict[str, Any]) -> AttachmentView:
    """Upload a picture; it is made ready while you write."""
    file = payload["file"]
    with unit_of_work(session) as work:
        attachment = uploading.upload(work, caller, file.stream, file.filename, now())
    return view(attachment, locale())


@blueprint.get("/<uuid:attachment_id>")
@allowed(Permission.AUTHENTICATED)
@blueprint.answers(200, AttachmentSchema)
def get_attachment(session: Session, caller: Caller, attachment_id: UUID) -> AttachmentView:
    """What became of an upload."""
    return rules.detail(session, caller, attachment_id, locale())


@blueprint.get("/<uuid:attachment_id>/thumb")
@allowed(Permission.AUTHENTICATED)
@blueprint.answers(200, content_type=MEDIA_TYPE, refuses=(AttachmentNotReady, StorageAway))
def get_thumb(session: Session, caller: Caller, attachment_id: UUID) -> Response:
    """The small picture; where it is kept in S3, a redirection to an address that works for five minutes."""
    rules.require_picture(session, caller, attachment_id)
    return picture_responses.respond(attachment_id, Variant.THUMB)


@blueprint.get("/<uuid:attachment_id>/full")
@allowed(Permission.AUTHENTICATED)
@blueprint.answers(200, content_type=MEDIA_TYPE, refuses=(AttachmentNotReady, StorageAway))
def get_full(session: Session, caller: Caller, attachment_id: UUID) -> Response:
    """The full picture; where it is kept in S3, a redirection to an address that works for five minutes."""
    rules.require_picture(session, caller, attachment_id)
    return picture_responses.respond(attachment_id, Variant.FULL)
