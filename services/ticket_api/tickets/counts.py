"""How many tickets of each status meet the other filters, for the filter bar."""

from __future__ import annotations

import functools
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Select,
    Text,
    func,
    literal_column,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from services.ticket_api.tickets import search
from services.ticket_api.tickets.candidates import Shape, look, scan
from services.ticket_api.tickets.filters import Filters, Sort
from shared.db.models import TicketStatus
from shared.http.auth.callers import Caller

COUNTED = 10_000
LOOKED_AT = 2_000
"""Tickets taken in per status, the newest: where an index knows all, and where each must be looked at.

Where there are more, a count says "at least".
"""


def counts(session: Session, caller: Caller, filters: Filters) -> list[dict[str, Any]]:
    """A count per status; a `capped` one is a lower bound."""
    common = search.prepare(session, caller, filters)
    shape = Shape.of(filters, Sort.LAST_ACTIVITY, support=caller.is_support, after=False, common=common)
    values = filters.values() | {"me": caller.person_id}
    found = {row.status: row for row in session.connection().execute(_statement(shape), values)}
    return [
        {
            "status": status,
            "count": found[status].met if status in found else 0,
            "capped": status in found and found[status].cut_short,
        }
        for status in TicketStatus
    ]


@functools.lru_cache(maxsize=200)
def _statement(shape: Shape) -> Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]:
    if shape.indexed & {"q", "number"}:
        return _by_status(shape)
    return union_all(*(_of_one(shape, status) for status in TicketStatus))


def _of_one(shape: Shape, status: TicketStatus) -> Select[*tuple[Any, ...]]:
    """Row of one status, read off its own stretch of the index."""
    shape = shape._replace(asked=shape.asked | {"status"}, status=frozenset({status}))
    name = literal_column(f"'{status.value}'", Text).label("status")
    most = LOOKED_AT if shape.looks else COUNTED
    candidates = scan(shape, most, bare=not shape.looks).subquery("candidates")
    cut_short = (func.count() >= most).label("cut_short")
    if not shape.looks:
        return select(name, func.count().label("met"), cut_short).select_from(candidates)
    looking = look(shape, candidates)
    met = func.count().filter(looking.met)
    return select(name, met.label("met"), cut_short).select_from(candidates)


def _by_status(shape: Shape) -> Select[*tuple[Any, ...]]:
    """Rows of all statuses among few candidates; when these are cut short, every count is."""
    candidates = scan(shape, COUNTED).cte("candidates").prefix_with("MATERIALIZED")
    looking = look(shape, candidates)
    cut_short = select(func.count() >= COUNTED).select_from(candidates).scalar_subquery()
    return (
        select(
            type_coerce(candidates.c.status, Text).label("status"),
            func.count().label("met"),
            cut_short.label("cut_short"),
        )
        .where(looking.met)
        .group_by(candidates.c.status)
    )
