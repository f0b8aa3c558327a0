"""How a list of tickets is read: candidates from an index in the list's order, then the residual filters.

An index answers some filters and gives the order. The other filters, the residual ones, are checked on each
candidate. A scan ends after some thousand candidates, whether or not its page is full, so that the rarest
combination of filters costs no more than that.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    select,
    true,
    tuple_,
    union_all,
)

from services.ticket_api.tickets.lists import search
from services.ticket_api.tickets.lists.filters import NOBODY, Filters, Sort
from shared.db.models import Question, Ticket, TicketDocument, TicketRead, TicketStatus


class ListPlan(NamedTuple):
    """What makes the statement of one list differ from another's; values are bound when it is executed.

    `filters`: the names of those in use. `common_words`: the words searched for are in too many tickets for
    the index of words, so they are a residual filter.
    """

    support: bool
    sort: Sort
    filters: frozenset[str]
    status: frozenset[TicketStatus]
    has_cursor: bool
    unassigned: bool = False
    unread: bool = False
    common_words: bool = False

    @classmethod
    def of(
        cls, filters: Filters, sort: Sort, *, support: bool, has_cursor: bool, common_words: bool
    ) -> ListPlan:
        """The plan for these filters in this order."""
        return cls(
            support=support,
            sort=sort,
            filters=frozenset(filters.active()),
            status=filters.status,
            has_cursor=has_cursor,
            unassigned=filters.assignee == NOBODY,
            unread=filters.unread is True,
            common_words=common_words,
        )

    @property
    def indexed(self) -> frozenset[str]:
        """The filters that an index answers."""
        if "q" in self.filters and not self.common_words:
            return self.filters & {"q", "store_id"}
        if "number" in self.filters:
            return self.filters & {"number", "store_id"}
        if self.sort is Sort.NUMBER:
            return self.filters & {"store_id"}
        if "assignee" in self.filters and not self.unassigned and "store_id" not in self.filters:
            return self.filters & {"assignee", "status"}
        return self.filters & {"store_id", "status"}

    @property
    def has_residual(self) -> bool:
        """Whether there are filters that no index answers."""
        return self.filters != self.indexed


class Residual(NamedTuple):
    """What is computed for each candidate.

    `condition`: it passes all residual filters. `position`: that of the newest message the caller may read.
    `unread`: the caller has not read that one.
    """

    condition: ColumnElement[bool]
    position: ColumnElement[int]
    unread: ColumnElement[bool]


def key(sort: Sort, tickets: Any) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """The two columns of `tickets` that are its order, highest first; no two tickets share both."""
    return getattr(tickets, sort.column), tickets.id


def descending(sort: Sort, tickets: Any) -> list[ColumnElement[Any]]:
    """ORDER BY of `tickets`."""
    return [column.desc() for column in key(sort, tickets)]


def scan(plan: ListPlan, limit: int | None, *, index_only: bool = False) -> Select[*tuple[Any, ...]]:
    """The first `limit` candidates in order (None: all), after `:after_value`, `:after_id`.

    `index_only`: only the columns that the index holds, for counting.
    """
    conditions = [condition for name, condition in _INDEXED.items() if name in plan.indexed]
    if plan.has_cursor:
        conditions.append(tuple_(*key(plan.sort, Ticket)) < _AFTER)
    if "created_from" in plan.filters and plan.sort is Sort.LAST_ACTIVITY:
        # A ticket's last activity is never before its creation.
        conditions.append(Ticket.last_activity_at >= bindparam("created_from"))
    if "q" in plan.indexed:
        found = search.hits(plan.sort, limit, has_cursor=plan.has_cursor)
        tickets = select(*_COLUMNS).join(found, found.c.ticket_id == Ticket.id)
        return _first(tickets, plan.sort, Ticket, limit)
    tickets = select(*(_INDEX_ONLY if index_only else _COLUMNS)).where(*conditions)
    if not plan.indexed & {"status", "assignee"}:
        return _first(tickets, plan.sort, Ticket, limit)
    # The index is ordered within each status; the ranges of several are merged.
    ranges = [
        _first(tickets.where(Ticket.status == _literal(status)), plan.sort, Ticket, limit)
        for status in sorted(plan.status or TicketStatus)
    ]
    if len(ranges) == 1:
        return ranges[0]
    merged = union_all(*ranges).subquery()
    return _first(select(merged), plan.sort, merged.c, limit)


def residual(plan: ListPlan, candidates: FromClause) -> Residual:
    """What is computed for each of `candidates`.

    Rows that refer to a candidate are fetched by a subquery, never by a join: candidates are few, and for a
    join the planner might choose to read all that a person has ever read.
    """
    columns = candidates.c
    position = columns.last_position if plan.support else columns.public_position
    implicit_read_position = case(
        (columns.opened_by == bindparam("me"), literal_column("1")), else_=literal_column("0")
    )
    read = _of(
        TicketRead.position, TicketRead.ticket_id == columns.id, TicketRead.person_id == bindparam("me")
    )
    unread = position > func.coalesce(read, implicit_read_position)
    unassigned, assigned = columns.assignee_id.is_(None), columns.assignee_id == bindparam("assignee")
    conditions = {
        "q": _of(search.matches_words(), TicketDocument.ticket_id == columns.id),
        "number": columns.number == bindparam("number"),
        "status": columns.status.in_([_literal(status) for status in sorted(plan.status)]),
        "verdict": columns.verdict == bindparam("verdict"),
        "kind": columns.kind == bindparam("kind"),
        "origin": _of(Question.origin, Question.id == columns.question_id) == bindparam("origin"),
        "unread": unread if plan.unread else ~unread,
        "created_from": columns.created_at >= bindparam("created_from"),
        "created_to": columns.created_at < bindparam("created_to"),
        "assignee": unassigned if plan.unassigned else assigned,
    }
    names = plan.filters - plan.indexed
    condition = and_(true(), *(condition for name, condition in conditions.items() if name in names))
    return Residual(condition, position.label("position"), unread.label("unread"))


def _of(value: Any, *conditions: ColumnElement[bool]) -> ColumnElement[Any]:
    return select(value).where(*conditions).scalar_subquery()


def _first(
    statement: Select[*tuple[Any, ...]], sort: Sort, tickets: Any, limit: int | None
) -> Select[*tuple[Any, ...]]:
    if limit is None:
        return statement
    # The number is part of the statement: the planner does not know the value of a bound one.
    return statement.order_by(*descending(sort, tickets)).limit(literal_column(str(limit)))


def _literal(status: TicketStatus) -> ColumnElement[Any]:
    """A status as part of the statement: the planner knows how many tickets have it."""
    return literal_column(f"'{status.value}'")


_COLUMNS = (
    Ticket.id,
    Ticket.store_id,
    Ticket.number,
    Ticket.kind,
    Ticket.verdict,
    Ticket.status,
    Ticket.parked_reason,
    Ticket.question_id,
    Ticket.opened_by,
    Ticket.last_position,
    Ticket.public_position,
    Ticket.assignee_id,
    Ticket.cause,
    Ticket.created_at,
    Ticket.last_activity_at,
)
_INDEX_ONLY = (Ticket.id, Ticket.last_activity_at)
_AFTER = tuple_(bindparam("after_value"), bindparam("after_id"))
_INDEXED = {
    "store_id": Ticket.store_id == bindparam("store_id"),
    "assignee": Ticket.assignee_id == bindparam("assignee"),
    "number": Ticket.number == bindparam("number"),
}
