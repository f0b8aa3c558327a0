"""Searching tickets by words: what the database's functions of the same names do (migration 0010)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Integer, bindparam, func, literal_column, select, text
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from services.ticket_api.callers import Caller
from services.ticket_api.tickets.filters import Filters, Sort
from shared.models import TicketDocument

COMMON = 5_000
"""Words in more tickets than these are looked for ticket by ticket: the newest few thousand hold enough."""

_ESTIMATE = text("SELECT search_estimate(:q)")


def is_common(session: Session, caller: Caller, filters: Filters) -> bool:
    """Whether the words are in so many tickets that the index would give too many.

    Never for one store: the index holds its tickets apart.
    """
    if filters.q is None or not caller.is_support or filters.store_id is not None:
        return False
    estimate: int = session.connection().execute(_ESTIMATE, {"q": filters.q}).scalar_one()
    return estimate > COMMON


def hits(sort: Sort, most: int | None, *, after: bool) -> FromClause:
    """Ids of the first `most` tickets in order that hold all words of `:q`, of `:store_id` if it is bound."""
    value: ColumnElement[Any] | None = bindparam("after_value") if after else None
    by_number = sort is Sort.NUMBER
    function = func.search_tickets(
        bindparam("q"),
        bindparam("store_id", None),
        literal_column(str(by_number).lower()),
        None if by_number else value,
        value if by_number else None,
        bindparam("after_id") if after else None,
        literal_column("NULL" if most is None else str(most), Integer),
    )
    return function.table_valued("ticket_id").render_derived("hits")


def holds(document: Any = TicketDocument.document) -> ColumnElement[bool]:
    """Whether a document holds all words of `:q`; support alone reads documents."""
    wanted = select(func.search_query(bindparam("q"), None, type_=TSQUERY)).scalar_subquery()
    held: ColumnElement[bool] = document.bool_op("@@")(wanted)
    return held
