"""Reading tickets: a list, counts, an export, one ticket."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy.orm import Session

from services.ticket_api.questions.views import views as question_views
from services.ticket_api.tickets.lists import counts as counting
from services.ticket_api.tickets.lists import export as exporting
from services.ticket_api.tickets.lists import queries
from services.ticket_api.tickets.lists.filters import Filters, Sort
from services.ticket_api.tickets.lists.views import CountView
from services.ticket_api.tickets.views import TicketDetailView, TicketView, view
from shared.errors import NotFound
from shared.http import pagination
from shared.http.auth.callers import Caller


def page(session: Session, caller: Caller, arguments: Mapping[str, Any]) -> pagination.Page[TicketView]:
    """A page of tickets, highest first by `sort`. Raises `InvalidCursor`, `Forbidden`.

    A scan of many tickets for few ends early: then the page is shorter than `limit`, and its cursor goes on
    from where the scan ended.
    """
    filters, sort, limit = Filters.of(caller, arguments), Sort(arguments["sort"]), arguments["limit"]
    scope = f"tickets:{sort}:{filters.fingerprint}"
    after = pagination.decode(arguments["cursor"], scope)
    found = queries.page(session, caller, filters, sort, after, limit + 1)
    items = [view(row) for row in found.rows[: limit + 1]]
    return pagination.page(items, limit, scope, by=sort.column, scan_end=found.scan_end)


def counts(session: Session, caller: Caller, arguments: Mapping[str, Any]) -> list[CountView]:
    """How many tickets of each status meet the other filters. Raises `Forbidden`."""
    filters = Filters.of(caller, {**arguments, "status": ()})
    return counting.counts(session, caller, filters)


def export(
    caller: Caller, arguments: Mapping[str, Any], locale: str
) -> Callable[[Session, Caller], Iterator[bytes]]:
    """What makes the file of a filtered list, in the language `locale`. Raises `Forbidden`."""
    filters, sort = Filters.of(caller, arguments), Sort(arguments["sort"])
    delimiter: str = arguments["delimiter"]
    return lambda session, reader: exporting.lines(session, reader, filters, sort, locale, delimiter)


def detail(session: Session, caller: Caller, ticket_id: UUID, locale: str) -> TicketDetailView:
    """A ticket with its question; the cause's name in the language `locale`. Raises `NotFound`."""
    found = queries.one(session, caller, ticket_id)
    if found is None:
        raise NotFound
    questions = question_views(session, [found.question] if found.question else [], locale)
    question = questions[0] if questions else None
    ticket = msgspec.structs.asdict(view(found.ticket)) | {"question": question}
    return TicketDetailView(
        cause_name=found.detail.cause_name_en if locale == "en" else found.detail.cause_name_es,
        resolution=found.detail.resolution,
        closed_at=found.detail.closed_at,
        version=found.detail.version,
        **ticket,
    )
