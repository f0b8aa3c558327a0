"""Reading tickets: a page of them, or one. Statements are made once for each plan of filters."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from sqlalchemy import FromClause, Select, bindparam, func, literal_column, select, true
from sqlalchemy.orm import Session

from services.ticket_api.questions import queries as questions
from services.ticket_api.questions.queries import QuestionRow
from services.ticket_api.tickets.lists import search
from services.ticket_api.tickets.lists.columns import TicketRow, ticket_columns
from services.ticket_api.tickets.lists.filters import Filters, Sort
from services.ticket_api.tickets.lists.list_plan import ListPlan, descending, key, residual, scan
from shared.db.models import Cause, Ticket
from shared.db.rows import picker, read_as
from shared.http.auth.callers import Caller
from shared.http.auth.store_scope import store_bind_values, visible_to
from shared.http.pagination import MAX_LIMIT, Position

_QUESTION = "question_"
"""Prefix of the question's columns in the joined row."""

SCAN_LIMIT = 5_000
"""The most candidates that one scan reads."""

_SIZES = (26, 51, MAX_LIMIT + 1)
"""How many rows a statement may fetch: few sizes, so that few statements are ever planned."""


class Page(NamedTuple):
    """Rows of a page, and where the scan ended if it ended before the page was full."""

    rows: Sequence[TicketRow]
    scan_end: Position | None


class TicketDetail(msgspec.Struct, frozen=True):
    """What a list does not show of a ticket; the names are its cause's."""

    version: int
    resolution: str | None
    closed_at: datetime | None
    cause_name_es: str | None
    cause_name_en: str | None


class TicketWithQuestion(NamedTuple):
    """One ticket, with the question that led to it."""

    ticket: TicketRow
    detail: TicketDetail
    question: QuestionRow | None


def page(
    session: Session, caller: Caller, filters: Filters, sort: Sort, after: Position | None, limit: int
) -> Page:
    """Tickets in order, after `after`: `limit` or some more, fewer where the scan or the list ends."""
    size = next(size for size in _SIZES if size >= limit)
    common_words = search.allow_sort_unless_common(
        session, caller, filters, newest=sort is Sort.LAST_ACTIVITY
    )
    plan = ListPlan.of(
        filters, sort, support=caller.is_support, has_cursor=after is not None, common_words=common_words
    )
    values = filters.active() | {"me": caller.person_id}
    if after is not None:
        values |= {"after_value": after.sort_value, "after_id": after.id}
    result = session.connection().execute(_page(plan, size), values)
    if not plan.has_residual:
        return Page(read_as(TicketRow, result), None)
    rows = result.all()
    first, pick = rows[0], picker(TicketRow, tuple(result.keys()))
    scan_end = Position(first.end_value, first.end_id) if first.end_id else None
    return Page([TicketRow(*pick(row)) for row in rows if row.id], scan_end)


def one(session: Session, caller: Caller, ticket_id: UUID) -> TicketWithQuestion | None:
    """A ticket that `caller` may see, with its question."""
    values = {"me": caller.person_id, "id": ticket_id, **store_bind_values(caller)}
    result = session.connection().execute(_one(caller.is_support), values)
    row, keys = result.one_or_none(), tuple(result.keys())
    if row is None:
        return None
    question = picker(QuestionRow, keys, _QUESTION)(row)
    return TicketWithQuestion(
        ticket=TicketRow(*picker(TicketRow, keys)(row)),
        detail=TicketDetail(*picker(TicketDetail, keys)(row)),
        question=QuestionRow(*question) if row.question_id else None,
    )


@functools.lru_cache(maxsize=500)
def _page(plan: ListPlan, size: int) -> Select[*tuple[Any, ...]]:
    if not plan.has_residual:
        return _without_residual(plan, scan(plan, size).subquery("candidates"))
    once = "MATERIALIZED" if "q" in plan.indexed else "NOT MATERIALIZED"
    candidates = scan(plan, SCAN_LIMIT).cte("candidates").prefix_with(once)
    rest = residual(plan, candidates)
    found = (
        select(candidates, rest.position, rest.unread)
        .where(rest.condition)
        .order_by(*descending(plan.sort, candidates.c))
        .limit(literal_column(str(size)))
        .cte("found")
        .prefix_with("MATERIALIZED")
    )
    scan_end = _scan_end(plan, candidates, found, size)
    # At least one row, to carry the end of a scan that found nothing.
    source = select(literal_column("1")).subquery("one").outerjoin(scan_end, true()).outerjoin(found, true())
    statement = ticket_columns(found, source).add_columns(scan_end.c.end_value, scan_end.c.end_id)
    return statement.order_by(*descending(plan.sort, found.c))


def _scan_end(plan: ListPlan, candidates: FromClause, found: FromClause, size: int) -> FromClause:
    """The last candidate that was read, where the scan ended before `size` were found."""
    count = select(func.count()).select_from(found).scalar_subquery()
    value, id_ = key(plan.sort, candidates.c)
    return (
        select(value.label("end_value"), id_.label("end_id"))
        .where(count < size)
        .order_by(*descending(plan.sort, candidates.c))
        .offset(literal_column(str(SCAN_LIMIT - 1)))
        .limit(literal_column("1"))
        .subquery("scan_end")
    )


def _without_residual(plan: ListPlan, candidates: FromClause) -> Select[*tuple[Any, ...]]:
    rest = residual(plan, candidates)
    found = select(candidates, rest.position, rest.unread).subquery("found")
    return ticket_columns(found, found).order_by(*descending(plan.sort, found.c))


@functools.cache
def _one(support: bool) -> Select[*tuple[Any, ...]]:
    plan = ListPlan(support, Sort.LAST_ACTIVITY, frozenset(), frozenset(), has_cursor=False)
    ticket = select(Ticket.__table__).where(Ticket.id == bindparam("id"))
    candidate = visible_to(support, ticket, Ticket).subquery("candidate")
    rest = residual(plan, candidate)
    found = select(candidate, rest.position, rest.unread).subquery("found")
    asked = questions.question_with_rating(found.c.question_id, support).lateral("asked")
    return (
        ticket_columns(found, found.outerjoin(Cause, Cause.code == found.c.cause).outerjoin(asked, true()))
        .add_columns(found.c.version, found.c.resolution, found.c.closed_at)
        .add_columns(Cause.name_es.label("cause_name_es"), Cause.name_en.label("cause_name_en"))
        .add_columns(*(column.label(_QUESTION + column.key) for column in asked.c))
    )
