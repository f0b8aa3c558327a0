"""What the account calls answer."""

from __future__ import annotations

from marshmallow import Schema, fields


class StoreSchema(Schema):
    """A store, in brief."""

    id = fields.UUID()
    name = fields.String()


class MeSchema(Schema):
    """The person signed in."""

    id = fields.UUID()
    name = fields.String()
    email = fields.String()
    locale = fields.String()
    roles = fields.List(fields.String())
    store = fields.Nested(StoreSchema, allow_none=True)


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
    """The units of the store's present period."""

    plan = fields.String()
    tickets_included = fields.Boolean()
    limit = fields.Integer(allow_none=True, metadata={"description": "null: no limit"})
    used = fields.Integer()
    remaining = fields.Integer(allow_none=True, metadata={"description": "null: no limit"})
    resets_at = fields.AwareDateTime(allow_none=True)
