"""Responses of the quota endpoints."""

from __future__ import annotations

from marshmallow import Schema, fields

from shared.db.models import LedgerKind


class PlanSchema(Schema):
    """A plan and its benefits, in the reader's language."""

    code = fields.String()
    name = fields.String()
    tickets_included = fields.Boolean()
    units_per_period = fields.Integer(allow_none=True, metadata={"description": "null: no limit"})
    period_months = fields.Integer()
    benefits = fields.List(fields.String())
    current = fields.Boolean(metadata={"description": "Whether it is the plan of the caller's store"})


class PlansSchema(Schema):
    """All plans."""

    items = fields.List(fields.Nested(PlanSchema))


class QuotaSchema(Schema):
    """The units of the store's current period."""

    plan = fields.String(metadata={"description": "Code of the plan the store has now"})
    tickets_included = fields.Boolean(
        metadata={"description": "Whether the present period has tickets; a lesser plan acts with the next"}
    )
    limit = fields.Integer(allow_none=True, metadata={"description": "null: no limit"})
    used = fields.Integer()
    remaining = fields.Integer(allow_none=True, metadata={"description": "null: no limit"})
    resets_at = fields.AwareDateTime(allow_none=True)


class StatementTicketSchema(Schema):
    """The ticket that a unit was consumed for."""

    id = fields.UUID()
    number = fields.Integer()


class MovementSchema(Schema):
    """A ledger entry."""

    id = fields.UUID()
    kind = fields.Enum(
        LedgerKind,
        by_value=True,
        metadata={
            "description": "grant: units of a new period; consume: taken by a ticket; refund: given back; "
            "adjust: added by a better plan"
        },
    )
    units = fields.Integer(
        allow_none=True, metadata={"description": "How many; null: a better plan took the limit away"}
    )
    ticket = fields.Nested(StatementTicketSchema, allow_none=True)
    created_at = fields.AwareDateTime()


class StatementPageSchema(Schema):
    """A page of the statement, latest first."""

    items = fields.List(fields.Nested(MovementSchema))
    next_cursor = fields.String(allow_none=True)
