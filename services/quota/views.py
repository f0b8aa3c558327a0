"""Plans, units and the statement as a store's people see them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec


class PlanView(msgspec.Struct, frozen=True, kw_only=True):
    """A plan and its benefits; `current`: whether it is the plan of the caller's store."""

    code: str
    name: str
    tickets_included: bool
    units_per_period: int | None
    period_months: int
    benefits: list[str]
    current: bool


class QuotaView(msgspec.Struct, frozen=True, kw_only=True):
    """The units of a store's current period; without `limit` there is no limit."""

    plan: str
    tickets_included: bool
    limit: int | None
    used: int
    remaining: int | None
    resets_at: datetime | None


class StatementTicketView(msgspec.Struct, frozen=True):
    """The ticket that a unit was consumed for."""

    id: UUID
    number: int


class MovementView(msgspec.Struct, frozen=True, kw_only=True):
    """A ledger entry."""

    id: UUID
    kind: str
    units: int | None
    ticket: StatementTicketView | None
    created_at: datetime
