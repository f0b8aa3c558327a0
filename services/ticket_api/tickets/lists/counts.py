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

from services.ticket_api.tickets.lists import search
from services.ticket_api.tickets.lists.filters import Filters, Sort
from services.ticket_api.tickets.lists.list_plan import ListPlan, residual, scan
from services.ticket_api.tickets.lists.views import CountView
from shared.db.models import TicketStatus
from shared.http.auth.callers import Caller

INDEX_LIMIT = 10_000
RESIDUAL_LIMIT = 2_000
"""The most tickets counted per status, newest first: by an index alone, and with residual filters.

Where there are more, a count says "at least".
"""


def counts(session: Session, caller: Caller, filters: Filters) -> list[CountView]:
    """A count per status; a `capped` one is a lower bound."""
    common_words = search.allow_sort_unless_common(session, caller, filters)
    plan = ListPlan.of(
        filters, Sort.LAST_ACTIVITY, support=caller.is_support, has_cursor=False, common_words=common_words
    )
    values = filters.active() | {"me": caller.person_id}
    found = {row.status: row for row in session.connection().execute(_statement(plan), values)}
    return [
        CountView(
            status=status,
            count=found[status].passed if status in found else 0,
            capped=status in found and found[status].cut_short,
        )
        for status in TicketStatus
    ]


@functools.lru_cache(maxsize=200)
def _statement(plan: ListPlan) -> Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]:
    if plan.indexed & {"q", "number"}:
        return _by_status(plan)
    return union_all(*(_of_one(plan, status) for status in TicketStatus))


def _of_one(plan: ListPlan, status: TicketStatus) -> Select[*tuple[Any, ...]]:
    """The row of one status, from its own range of the index."""
    plan = plan._replace(filters=plan.filters | {"status"}, status=frozenset({status}))
    name = literal_column(f"'{status.value}'", Text).label("status")
    most = RESIDUAL_LIMIT if plan.has_residual else INDEX_LIMIT
    candidates = scan(plan, most, index_only=not plan.has_residual).subquery("candidates")
    cut_short = (func.count() >= most).label("cut_short")
    if not plan.has_residual:
        return select(name, func.count().label("passed"), cut_short).select_from(candidates)
    rest = residual(plan, candidates)
    passed = func.count().filter(rest.condition)
    return select(name, passed.label("passed"), cut_short).select_from(candidates)


def _by_status(plan: ListPlan) -> Select[*tuple[Any, ...]]:
    """Rows of all statuses among few candidates; when these are cut short, every count is."""
    candidates = scan(plan, INDEX_LIMIT).cte("candidates").prefix_with("MATERIALIZED")
    rest = residual(plan, candidates)
    cut_short = select(func.count() >= INDEX_LIMIT).select_from(candidates).scalar_subquery()
    return (
        select(
            type_coerce(candidates.c.status, Text).label("status"),
            func.count().label("passed"),
            cut_short.label("cut_short"),
        )
        .where(rest.condition)
        .group_by(candidates.c.status)
    )
