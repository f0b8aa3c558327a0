"""Tickets as people see them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.ticket_api import pagination
from services.ticket_api.access import Caller
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


def messages(
    session: Session, caller: Caller, ticket_id: UUID, arguments: Mapping[str, Any]
) -> dict[str, Any]:
    """A page of a ticket's messages, oldest first. Raises `NotFound`, `InvalidCursor`."""
    return _page_of(session, caller, ticket_id, arguments, "messages")


def timeline(
    session: Session, caller: Caller, ticket_id: UUID, arguments: Mapping[str, Any]
) -> dict[str, Any]:
    """A page of a ticket's changes, oldest first. Raises `NotFound`, `InvalidCursor`."""
    return _page_of(session, caller, ticket_id, arguments, "timeline")


def _page_of(
    session: Session, caller: Caller, ticket_id: UUID, arguments: Mapping[str, Any], what: str
) -> dict[str, Any]:
    if not queries.exists(session, caller, ticket_id):
        raise NotFound
    limit: int = arguments["limit"]
    scope = f"{what}:{ticket_id}"
    after = pagination.decode(arguments["cursor"], scope)
    if what == "messages":
        items = [_message(row) for row in queries.messages(session, ticket_id, after, limit + 1)]
    else:
        items = [_entry(row) for row in queries.timeline(session, ticket_id, after, limit + 1)]
    return pagination.page(items, limit, scope, by="created_at")


def _view(row: AnyRow) -> dict[str, Any]:
    return dict(row._mapping) | {"opened_by": {"id": row.person_id, "name": row.person_name}}  # noqa: SLF001 - a Row's public way to a dict


def _message(row: AnyRow) -> dict[str, Any]:
    message, person_id, name = row
    return {
        "id": message.id,
        "position": message.position,
        "author": {"id": person_id, "name": name},
        "from_support": message.from_support,
        "body": message.body,
        "created_at": message.created_at,
    }


def _entry(row: AnyRow) -> dict[str, Any]:
    entry, person_id, name = row
    return {
        "id": entry.id,
        "kind": entry.kind,
        "actor": {"id": person_id, "name": name},
        "detail": entry.detail,
        "created_at": entry.created_at,
    }
