"""Tickets as people see them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.ticket_api import pagination
from services.ticket_api.callers import Caller
from services.ticket_api.questions.rules import detail as question_detail
from services.ticket_api.tickets import queries
from services.ticket_api.tickets.queries import AnyRow
from shared.errors import NotFound

SCOPE = "tickets"


def page(session: Session, caller: Caller, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """A page of tickets, latest activity first. Raises `InvalidCursor`."""
    limit: int = arguments["limit"]
    after = pagination.decode(arguments["cursor"], SCOPE)
    rows = queries.page(session, caller, arguments, after, limit + 1)
    return pagination.page([_view(row) for row in rows], limit, SCOPE, by="last_activity_at")


def detail(session: Session, caller: Caller, ticket_id: UUID) -> dict[str, Any]:
    """A ticket with its question. Raises `NotFound`."""
    row = queries.one(session, caller, ticket_id)
    if row is None:
        raise NotFound
    question = question_detail(session, caller, row.question_id) if row.question_id else None
    return _view(row) | {"question": question}


def _view(row: AnyRow) -> dict[str, Any]:
    return dict(row._mapping) | {"opened_by": {"id": row.person_id, "name": row.person_name}}  # noqa: SLF001 - a Row's public way to a dict
