"""What support's calls take and answer."""

from __future__ import annotations

from typing import Any, ClassVar

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.ticket_api.conversation.schemas import StateSchema
from services.ticket_api.tickets.schemas import BODY_LIMIT
from shared.db.models import TicketStatus
from shared.http.pagination import PageArguments
from shared.http.schemas import PersonSchema, StoreSchema

BULK_LIMIT = 200
TITLE_LIMIT = 200

_SOME_ID = "019a9f3e-7a3b-7c1d-9e2f-3a4b5c6d7e8f"
_MANAGED = [TicketStatus.OPEN, TicketStatus.IN_PROGRESS, TicketStatus.ANSWERED, TicketStatus.CLOSED]


class _ChangesSchema(Schema):
    """What support decides about a ticket."""

    assignee_id = fields.UUID(
        allow_none=True, metadata={"description": "One of support's people; null: nobody"}
    )
    cause = fields.String(allow_none=True, validate=validate.Length(1, 64))
    resolution = fields.String(allow_none=True, validate=validate.Length(1, BODY_LIMIT))


class ManageSchema(_ChangesSchema):
    """What to change; what isn't named stays. Cause and resolution belong to a closed ticket."""

    class Meta:
        """The rule below, in the document's words."""

        json_schema: ClassVar = {
            "minProperties": 1,
            "example": {
                "status": "closed",
                "cause": "wrong_reasoning",
                "resolution": "Se corrigió la ficha.",
            },
        }

    status = fields.Enum(TicketStatus, by_value=True, validate=validate.OneOf(_MANAGED))

    @validates_schema
    def _names_something(self, payload: dict[str, Any], **_: Any) -> None:
        if not payload:
            raise ValidationError("Name something to change.")


class ManagedSchema(StateSchema):
    """A ticket as support manages it; the ETag of the answer is that of `version`."""

    assignee = fields.Nested(PersonSchema, allow_none=True)
    closed_at = fields.AwareDateTime(allow_none=True)


class BulkSchema(_ChangesSchema):
    """One action for many tickets; each succeeds or fails by itself."""

    class Meta:
        """An example that follows the rule below."""

        json_schema: ClassVar = {
            "example": {"action": "close", "ticket_ids": [_SOME_ID], "cause": "wrong_reasoning"}
        }

    action = fields.String(required=True, validate=validate.OneOf(["close", "assign"]))
    ticket_ids = fields.List(
        fields.UUID(),
        required=True,
        validate=validate.Length(1, BULK_LIMIT),
        metadata={"uniqueItems": True},
    )

    @validates_schema(skip_on_field_errors=True)
    def _fits_the_action(self, payload: dict[str, Any], **_: Any) -> None:
        errors: dict[str, list[str]] = {}
        if len(set(payload["ticket_ids"])) < len(payload["ticket_ids"]):
            errors["ticket_ids"] = ["Each may be named once."]
        if payload["action"] == "assign":
            if "assignee_id" not in payload:
                errors["assignee_id"] = ["Missing data for required field."]
            errors |= {
                name: ["Goes with action close only."] for name in ("cause", "resolution") if name in payload
            }
        elif "assignee_id" in payload:
            errors["assignee_id"] = ["Goes with action assign only."]
        if errors:
            raise ValidationError(errors)


class BulkResultSchema(Schema):
    """What became of one ticket."""

    ticket_id = fields.UUID()
    result = fields.String(metadata={"description": "done, or the code of an error"})
    detail = fields.String(allow_none=True, metadata={"description": "The error, for people"})


class BulkResultsSchema(Schema):
    """A result per ticket, in the order they were named."""

    items = fields.List(fields.Nested(BulkResultSchema))


class StaffSchema(Schema):
    """Support's people, by name."""

    items = fields.List(fields.Nested(PersonSchema))


class StoreArguments(PageArguments):
    """Filter of the list."""

    q = fields.String(validate=validate.Length(1, 200), metadata={"description": "Part of the name"})


class StorePageSchema(Schema):
    """A page of stores, by name."""

    items = fields.List(fields.Nested(StoreSchema))
    next_cursor = fields.String(allow_none=True)


class CauseSchema(Schema):
    """Why an answer was wrong, in the reader's language."""

    code = fields.String()
    name = fields.String()
    refunds = fields.Boolean(metadata={"description": "Whether closing with it gives the unit back"})


class CausesSchema(Schema):
    """The causes that may be named, in their order."""

    items = fields.List(fields.Nested(CauseSchema))


class CannedReplyArguments(PageArguments):
    """Filter of the list."""

    q = fields.String(
        validate=validate.Length(1, 200), metadata={"description": "Part of the title or of the text"}
    )


class WriteCannedReplySchema(Schema):
    """A text that support uses again and again."""

    title = fields.String(required=True, validate=validate.Length(1, TITLE_LIMIT))
    body = fields.String(required=True, validate=validate.Length(1, BODY_LIMIT))


class ChangeCannedReplySchema(Schema):
    """What to change; what isn't named stays."""

    class Meta:
        """The rule below, in the document's words."""

        json_schema: ClassVar = {"minProperties": 1}

    title = fields.String(validate=validate.Length(1, TITLE_LIMIT))
    body = fields.String(validate=validate.Length(1, BODY_LIMIT))

    @validates_schema
    def _names_something(self, payload: dict[str, Any], **_: Any) -> None:
        if not payload:
            raise ValidationError("Name something to change.")


class CannedReplySchema(Schema):
    """A canned reply, and who wrote it last."""

    id = fields.UUID()
    title = fields.String()
    body = fields.String()
    updated_by = fields.Nested(PersonSchema)
    updated_at = fields.AwareDateTime()


class CannedReplyPageSchema(Schema):
    """A page of canned replies, latest written first."""

    items = fields.List(fields.Nested(CannedReplySchema))
    next_cursor = fields.String(allow_none=True)
