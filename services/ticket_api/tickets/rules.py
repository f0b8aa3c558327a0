"""Tickets as people see them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.ticket_api.questions import queries as questions
from services.ticket_api.questions.rules import view as question_view
from services.ticket_api.tickets import counts as counting
from services.ticket_api.tickets import export as exporting
from services.ticket_api.tickets import queries
from services.ticket_api.tickets.filters import Filters, Sort
from services.ticket_api.tickets.queries import AnyRow
from shared.errors import NotFound
from shared.http import pagination
from shared.http.auth.callers import Caller


def page(session: Session, caller: Caller, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """A page of tickets, highest first by `sort`. Raises `InvalidCursor`, `Forbidden`.

    A look through many tickets for few ends early: then the page is shorter than `limit`, and its
    cursor goes on from where the look ended.
    """
    filters, sort, limit = Filters.of(caller, arguments), Sort(arguments["sort"]), arguments["limit"]
    scope = f"tickets:{sort}:{filters.fingerprint}"
    after = pagination.decode(arguments["cursor"], scope)
    found = queries.page(session, caller, filters, sort, after, limit + 1)
    items = [_view(row) for row in found.rows[: limit + 1]]
    return pagination.page(items, limit, scope, by=sort.column, edge=found.edge)


def counts(session: Session, caller: Caller, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """How many tickets of each status meet the other filters. Raises `Forbidden`."""
    filters = Filters.of(caller, {**arguments, "status": ()})
    return {"items": counting.counts(session, caller, filters)}


def export(
    caller: Caller, arguments: Mapping[str, Any], locale: str
) -> Callable[[Session, Caller], Iterator[bytes]]:
    """What makes the file of a filtered list, in the language `locale`. Raises `Forbidden`."""
    filters, sort = Filters.of(caller, arguments), Sort(arguments["sort"])
    delimiter: str = arguments["delimiter"]
    return lambda session, reader: exporting.lines(session, reader, filters, sort, locale, delimiter)


def detail(session: Session, caller: Caller, ticket_id: UUID, locale: str) -> dict[str, Any]:
    """A ticket, its question first; the cause's name in the language `locale`. Raises `NotFound`."""
    row = queries.one(session, caller, ticket_id)
    if row is None:
        raise NotFound
    asked = row[-questions.COLUMNS :]
    return {
        "question": question_view(session, asked, locale) if asked[0] else None,
        **_view(row),
        "cause_name": row.name_en if locale == "en" else row.name_es,
        "resolution": row.resolution,
        "closed_at": row.closed_at,
        "version": row.version,
    }


def _view(row: AnyRow) -> dict[str, Any]:
    """A row as it is shown; taken apart in the order of `columns.shown`, since by name takes far longer."""
    id_, number, kind, verdict, status, reason, cause, origin, excerpt = row[:9]
    position, unread, created_at, last_activity_at = row[9:13]
    store, store_name, opener, opener_name, assignee, assignee_name = row[13:19]
    return {
        "id": id_,
        "store": {"id": store, "name": store_name},
        "number": number,
        "kind": kind,
        "verdict": verdict,
        "status": status,
        "parked_reason": reason,
        "cause": cause,
        "origin": origin,
        "excerpt": excerpt,
        "last_position": position,
        "unread": unread,
        "opened_by": {"id": opener, "name": opener_name},
        "assignee": {"id": assignee, "name": assignee_name} if assignee else None,
        "created_at": created_at,
        "last_activity_at": last_activity_at,
    }
