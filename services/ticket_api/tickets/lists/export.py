"""A filtered list as CSV (RFC 4180), made row by row as it is read: no size of it fills the memory."""

from __future__ import annotations

import csv
import functools
import io
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from services.ticket_api.tickets.lists import labels, search
from services.ticket_api.tickets.lists.columns import ticket_columns
from services.ticket_api.tickets.lists.filters import Filters, Sort
from services.ticket_api.tickets.lists.list_plan import ListPlan, descending, residual, scan
from shared.db.models import Cause, Ticket
from shared.http.auth.callers import Caller

ROWS_AT_ONCE = 500

_BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes UTF-8 for the letters of the machine's own alphabet."""

_FORMULA = re.compile(r'(^|[,;|\t\r\n])("*)(?=[=+\-@\t\r＝＋－＠])')
"""Where a formula may begin (OWASP, CSV injection): an apostrophe there makes it text again.

That is the start of a cell, and any place behind a separator or line break: somebody may open the file with
another separator than it was written with, and so begin a cell in the middle of a text.
"""


def lines(
    session: Session, caller: Caller, filters: Filters, sort: Sort, locale: str, delimiter: str
) -> Iterator[bytes]:
    """The file in pieces, headers and values in the language `locale`; the rows come by a server's cursor."""
    yield (_BYTE_ORDER_MARK + _written([labels.headers(locale)], delimiter)).encode()
    common_words = search.allow_sort_unless_common(session, caller, filters)
    plan = ListPlan.of(filters, sort, support=caller.is_support, has_cursor=False, common_words=common_words)
    values = filters.active() | {"me": caller.person_id}
    reading = session.connection().execution_options(yield_per=ROWS_AT_ONCE)
    with reading.execute(_statement(plan), values) as result:
        for rows in result.partitions():
            yield _written([_cells(row, locale) for row in rows], delimiter).encode()


@functools.lru_cache(maxsize=100)
def _statement(plan: ListPlan) -> Select[*tuple[Any, ...]]:
    candidates = scan(plan, None).subquery("candidates")
    rest = residual(plan, candidates)
    found = select(candidates, rest.position, rest.unread).where(rest.condition).subquery("found")
    source = found.join(Ticket, Ticket.id == found.c.id).outerjoin(Cause, Cause.code == found.c.cause)
    return (
        ticket_columns(found, source)
        .add_columns(Ticket.resolution, Ticket.closed_at, Cause.name_es, Cause.name_en)
        .order_by(*descending(plan.sort, found.c))
    )


def _cells(row: Row[*tuple[Any, ...]], locale: str) -> list[str]:
    return [
        str(row.number),
        _harmless(row.store_name),
        labels.label("kind", row.kind, locale),
        labels.label("origin", row.origin, locale),
        labels.label("verdict", row.verdict, locale),
        labels.label("status", row.status, locale),
        labels.label("parked_reason", row.parked_reason, locale),
        _harmless(row.excerpt),
        _harmless(row.opener_name),
        _harmless(row.assignee_name),
        labels.label("unread", str(row.unread).lower(), locale),
        _harmless(row.name_en if locale == "en" else row.name_es),
        _harmless(row.resolution),
        _moment(row.created_at),
        _moment(row.last_activity_at),
        _moment(row.closed_at),
    ]


def _harmless(text: str | None) -> str:
    if text is None:
        return ""
    return _FORMULA.sub(r"\1\2'", text)


def _moment(at: datetime | None) -> str:
    """As spreadsheets read a time."""
    return f"{at:%Y-%m-%d %H:%M:%S}" if at else ""


def _written(rows: list[list[str]], delimiter: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()
