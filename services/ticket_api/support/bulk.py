"""One action for many tickets: each is checked by itself, those that pass change together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from services.ticket_api.conversation.transitions import close_all, require_open
from services.ticket_api.support import queries, rules
from shared.db.models import Ticket
from shared.errors import AppError, NotFound
from shared.http.auth.callers import Caller


def act(
    session: Session, caller: Caller, payload: Mapping[str, Any], now: datetime, locale: str
) -> list[dict[str, Any]]:
    """Close or assign the tickets of `payload`; returns what became of each, in the order they were named.

    A ticket that cannot be changed tells why and holds up no other. Raises `Invalid`, with nothing
    changed, for an unknown cause or assignee.
    """
    closing = payload["action"] == "close"
    found = queries.lock_tickets(session, caller, payload["ticket_ids"])
    passed: list[Ticket] = []
    results: list[dict[str, Any]] = []
    for ticket_id in payload["ticket_ids"]:
        result = {"ticket_id": ticket_id, "result": "done", "detail": None}
        try:
            ticket = _found(found.get(ticket_id))
            (require_open if closing else rules.require_unit)(ticket)
            passed.append(ticket)
        except AppError as error:
            result |= {"result": error.code, "detail": error.text(locale)}
        results.append(result)
    if closing:
        cause, resolution = payload.get("cause"), payload.get("resolution")
        close_all(session, caller, passed, now, cause=cause, resolution=resolution)
    else:
        rules.require_staff(session, payload["assignee_id"])
        rules.assign_all(session, caller, passed, payload["assignee_id"], now)
    return results


def _found(ticket: Ticket | None) -> Ticket:
    if ticket is None:
        raise NotFound
    return ticket
