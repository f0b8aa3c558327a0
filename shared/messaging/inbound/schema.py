"""What messages of other services have in common: a version, and how they are read or refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from shared.http.requests.json_types import mistyped
from shared.messaging.outbox.batch import PermanentError

VERSIONS = (1,)
"""The versions of inbound messages that this release reads."""


class InboundMessage(Schema):
    """A message that another service sends; what it doesn't say of its version is 1."""

    version = fields.Integer(
        load_default=1,
        validate=validate.OneOf(VERSIONS),
        metadata={"description": "Of the message's form"},
    )


def load_payload(schema: InboundMessage, name: str, message: Mapping[str, Any]) -> dict[str, Any]:
    """`message`, which came as `name`, as `schema` loads it, without its version.

    Raises `PermanentError`, naming each wrong field and what was expected of it.
    """
    version = message.get("version")
    # Of a version that isn't known, other fields tell nothing.
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
