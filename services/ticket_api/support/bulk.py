"""One action for many tickets: each is checked by itself, those that pass change together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from services.ticket_api.support import rules
from services.ticket_api.support.views import BulkResultView
from services.ticket_api.tickets.locking import lock_all
from services.ticket_api.tickets.transitions import close_all, require_open, require_unit
from shared.db.models import Ticket
from shared.errors import AppError, NotFound
from shared.http.auth.callers import Caller
from shared.messaging.outbox.unit_of_work import UnitOfWork


def act(
    work: UnitOfWork, caller: Caller, payload: Mapping[str, Any], now: datetime, locale: str
) -> list[BulkResultView]:
    """Close or assign tickets; returns a result for each of them, in the order they were named.

    `payload`: action, ticket_ids, and cause, resolution or assignee_id. A ticket that cannot be changed
    has the error as its result and stops no other. Raises `Invalid`, with nothing changed, for an unknown
    cause or assignee.
    """
    closing = payload["action"] == "close"
    found = lock_all(work.session, caller, payload["ticket_ids"])
    passed: list[Ticket] = []
    results: list[BulkResultView] = []
    for ticket_id in payload["ticket_ids"]:
        try:
            passed.append(_checked(found.get(ticket_id), require_open if closing else require_unit))
        except AppError as error:
            results.append(BulkResultView(ticket_id, error.code, error.text(locale)))
        else:
            results.append(BulkResultView(ticket_id, "done", None))
    if closing:
        cause, resolution = payload.get("cause"), payload.get("resolution")
        close_all(work, caller, passed, now, cause=cause, resolution=resolution)
    else:
        rules.assign(work, caller, passed, payload["assignee_id"], now)
    return results


def _checked(ticket: Ticket | None, require: Callable[[Ticket], None]) -> Ticket:
    if ticket is None:
        raise NotFound
    require(ticket)
    return ticket
