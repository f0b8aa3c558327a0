"""What all messages of other services share: their version, and how they are validated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from shared.http.requests.json_types import mistyped
from shared.messaging.outbox.batch import PermanentError

VERSIONS = (1,)
"""The versions of inbound messages that this release reads."""


class InboundMessage(Schema):
    """Base of the schemas of inbound messages; a message without a version is of version 1."""

    version = fields.Integer(
        load_default=1,
        validate=validate.OneOf(VERSIONS),
        metadata={"description": "Of the message's form"},
    )


def load_payload(schema: InboundMessage, name: str, message: Mapping[str, Any]) -> dict[str, Any]:
    """Validate `message` with `schema`; returns its fields without the version.

    `name` is the message's task. Raises `PermanentError`, which names each wrong field and what was expected.
    """
    version = message.get("version")
    # Fields of an unknown version mean nothing, so they are not validated.
    if isinstance(version, int) and version not in VERSIONS:
        raise PermanentError(f"{name}: version {version} is unknown; known: {', '.join(map(str, VERSIONS))}")
    if wrong := mistyped(schema, message):
        raise PermanentError(f"{name}: {wrong}")
    try:
        loaded: dict[str, Any] = schema.load(message)
    except ValidationError as error:
        raise PermanentError(f"{name}: {error.messages}") from None
    del loaded["version"]
    return loaded
