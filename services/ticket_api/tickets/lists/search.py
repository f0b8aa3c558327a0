"""Searching tickets by words: what the database's functions of the same names do (migrations 0010, 0019)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Integer, bindparam, func, literal_column, select, text
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from services.ticket_api.tickets.lists.filters import Filters, Sort
from shared.db import planner
from shared.db.models import TicketDocument
from shared.http.auth.callers import Caller

COMMON_LIMIT = 5_000
"""Words in more tickets than this are a residual filter, unless a page of the newest is enough."""

_ESTIMATE = text("SELECT search_estimate(:q)")


def allow_sort_unless_common(
    session: Session, caller: Caller, filters: Filters, *, newest: bool = False
) -> bool:
    """Prepare the transaction for a search by the words of `filters`; returns whether they are common.

    Common words are in so many tickets that the index of words would return too many. Within one store they
    never are: the index separates stores. Nor are they for the `newest` tickets without another filter: the
    index separates ranges of time, too.
    """
    if filters.q is None:
        return False
    of_all_stores = caller.is_support and filters.store_id is None
    words_alone = newest and filters.active().keys() == {"q"}
    if of_all_stores and not words_alone and _estimate(session, filters.q) > COMMON_LIMIT:
        return True
    session.connection().execute(planner.ALLOW_SORT)
    return False


def _estimate(session: Session, words: str) -> int:
    estimate: int = session.connection().execute(_ESTIMATE, {"q": words}).scalar_one()
    return estimate


def hits(sort: Sort, limit: int | None, *, has_cursor: bool) -> FromClause:
    """Ids of the first `limit` tickets that contain all words of `:q`; of `:store_id` if that is bound."""
    value: ColumnElement[Any] | None = bindparam("after_value") if has_cursor else None
    by_number = sort is Sort.NUMBER
    function = func.search_tickets(
        bindparam("q"),
        bindparam("store_id", None),
        literal_column(str(by_number).lower()),
        None if by_number else value,
        value if by_number else None,
        bindparam("after_id") if has_cursor else None,
        literal_column("NULL" if limit is None else str(limit), Integer),
    )
    return function.table_valued("ticket_id").render_derived("hits")


def matches_words(document: Any = TicketDocument.document) -> ColumnElement[bool]:
    """Whether a document contains all words of `:q`; support alone reads documents."""
    query = select(func.search_query(bindparam("q"), None, type_=TSQUERY)).scalar_subquery()
    condition: ColumnElement[bool] = document.bool_op("@@")(query)
    return condition
