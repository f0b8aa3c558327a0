"""What the account calls return."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from shared.http.schemas import StoreSchema


class MeSchema(Schema):
    """The person signed in."""

    id = fields.UUID()
    name = fields.String()
    email = fields.String()
    email_status = fields.String(
        validate=validate.OneOf(["ok", "refused"]),
        metadata={"description": "refused: an e-mail server refused the address for good"},
    )
    email_reason = fields.String(
        allow_none=True, metadata={"description": "What that server said", "example": "550 No such user"}
    )
    locale = fields.String()
    roles = fields.List(fields.String())
    store = fields.Nested(StoreSchema, allow_none=True)
