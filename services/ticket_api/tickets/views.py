"""Tickets as people see them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from services.ticket_api.questions.views import QuestionView
from services.ticket_api.tickets.lists.columns import TicketRow
from shared.http.views import PersonView, StoreView, person_or_none


class TicketView(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket in a list; only its detail has the `question`, which stands first there."""

    question: QuestionView | msgspec.UnsetType | None = msgspec.UNSET
    id: UUID
    store: StoreView
    number: int
    kind: str
    verdict: str
    status: str
    parked_reason: str | None
    cause: str | None
    origin: str | None
    excerpt: str
    last_position: int
    unread: bool
    opened_by: PersonView
    assignee: PersonView | None
    created_at: datetime
    last_activity_at: datetime


class TicketDetailView(TicketView, frozen=True, kw_only=True):
    """A ticket with its question."""

    cause_name: str | None
    resolution: str | None
    closed_at: datetime | None
    version: int


def view(row: TicketRow) -> TicketView:
    """A ticket in a list."""
    return TicketView(
        id=row.id,
        store=StoreView(row.store_id, row.store_name),
        number=row.number,
        kind=row.kind,
        verdict=row.verdict,
        status=row.status,
        parked_reason=row.parked_reason,
        cause=row.cause,
        origin=row.origin,
        excerpt=row.excerpt,
        last_position=row.last_position,
        unread=row.unread,
        opened_by=PersonView(row.opened_by, row.opener_name),
        assignee=person_or_none(row.assignee_id, row.assignee_name),
        created_at=row.created_at,
        last_activity_at=row.last_activity_at,
    )
