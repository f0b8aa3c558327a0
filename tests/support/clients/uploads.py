"""Uploading as a browser does, and waiting for the pictures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.support.clients import jobs
from tests.support.clients.http import Client, Field, multipart
from tests.support.factories import pictures

PHOTO = pictures.jpeg(exif=pictures.exif())


def upload(
    client: Client, data: bytes = PHOTO, name: str = "foto.jpg", headers: dict[str, str] | None = None
) -> Any:
    """Upload a file as a browser does."""
    return send(client, [("file", (name, data, "image/jpeg"))], headers)


def send(client: Client, fields: Sequence[Field], headers: dict[str, str] | None = None) -> Any:
    """Any multipart body; a file is (name, content, declared type)."""
    body, content_type = multipart(fields)
    return client.call("POST", "/v1/attachments", data=body, headers=headers, content_type=content_type)


def uploaded(client: Client, data: bytes = PHOTO, name: str = "foto.jpg") -> Any:
    """The JSON of an upload that must be taken."""
    answer = upload(client, data, name)
    assert answer.status_code == 202, answer.text
    return answer.json


def ready(client: Client, data: bytes = PHOTO) -> Any:
    """An upload whose pictures are made."""
    attachment = uploaded(client, data)
    jobs.drain()
    return client.read(f"/v1/attachments/{attachment['id']}")
