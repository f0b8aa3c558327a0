"""Which tickets come into question for a list, in its order: read off the one index that is ordered so.

What that index knows nothing of is looked at ticket by ticket. A look ends after some thousand candidates,
whether or not its page is full, so that the rarest combination of filters costs no more than that.
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

from services.ticket_api.tickets import search
from services.ticket_api.tickets.filters import NOBODY, Filters, Sort
from shared.db.models import Question, Ticket, TicketDocument, TicketRead, TicketStatus


class Shape(NamedTuple):
    """What makes one statement differ from another; the values are bound when it is executed."""

    support: bool
    sort: Sort
    asked: frozenset[str]
    status: frozenset[TicketStatus]
    after: bool
    nobody: bool = False
    unread: bool = False
    common: bool = False

    @classmethod
    def of(cls, filters: Filters, sort: Sort, *, support: bool, after: bool, common: bool) -> Shape:
        """The shape of a call; `common`: its words are in too many tickets to be looked up."""
        return cls(
            support=support,
            sort=sort,
            asked=frozenset(filters.values()),
            status=filters.status,
            after=after,
            nobody=filters.assignee == NOBODY,
            unread=filters.unread is True,
            common=common,
        )

    @property
    def indexed(self) -> frozenset[str]:
        """The filters that an index takes care of."""
        if "q" in self.asked and not self.common:
            return self.asked & {"q", "store_id"}
        if "number" in self.asked:
            return self.asked & {"number", "store_id"}
        if self.sort is Sort.NUMBER:
            return self.asked & {"store_id"}
        if "assignee" in self.asked and not self.nobody and "store_id" not in self.asked:
            return self.asked & {"assignee", "status"}
        return self.asked & {"store_id", "status"}

    @property
    def looks(self) -> bool:
        """Whether filters are left that no index takes care of."""
        return self.asked != self.indexed


class Look(NamedTuple):
    """What is seen of a candidate: whether it is `met` by all filters that no index takes care of,

    the newest `position` that the caller may read, and whether that is `unread`.
    """

    met: ColumnElement[bool]
    position: ColumnElement[int]
    unread: ColumnElement[bool]


def key(sort: Sort, tickets: Any) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """The two columns of `tickets` that are its order, highest first; no two tickets have both in common."""
    return getattr(tickets, sort.column), tickets.id


def descending(sort: Sort, tickets: Any) -> list[ColumnElement[Any]]:
    """ORDER BY of `tickets`."""
    return [column.desc() for column in key(sort, tickets)]


def scan(shape: Shape, most: int | None, *, bare: bool = False) -> Select[*tuple[Any, ...]]:
    """The first `most` candidates in order (none: all), from after `:after_value`, `:after_id`.

    `bare`: only what the index holds, for those who count.
    """
    conditions = [condition for name, condition in _INDEXED.items() if name in shape.indexed]
    if shape.after:
        conditions.append(tuple_(*key(shape.sort, Ticket)) < _AFTER)
    if "created_from" in shape.asked and shape.sort is Sort.LAST_ACTIVITY:
        # Nothing happens to a ticket before it is there.
        conditions.append(Ticket.last_activity_at >= bindparam("created_from"))
    if "q" in shape.indexed:
        found = search.hits(shape.sort, most, after=shape.after)
        tickets = select(*_COLUMNS).join(found, found.c.ticket_id == Ticket.id)
        return _first(tickets, shape.sort, Ticket, most)
    tickets = select(*(_BARE if bare else _COLUMNS)).where(*conditions)
    if not shape.indexed & {"status", "assignee"}:
        return _first(tickets, shape.sort, Ticket, most)
    # Each status has a stretch of its own of the index; merged, they are in order.
    stretches = [
        _first(tickets.where(Ticket.status == _literal(status)), shape.sort, Ticket, most)
        for status in sorted(shape.status or TicketStatus)
    ]
    if len(stretches) == 1:
        return stretches[0]
    merged = union_all(*stretches).subquery()
    return _first(select(merged), shape.sort, merged.c, most)


def look(shape: Shape, candidates: FromClause) -> Look:
    """How `candidates` are looked at.

    What hangs on a candidate is fetched by a subquery, never by a join: candidates are few, and a join
    would leave it to the planner's guesses whether to read all that a person has ever read instead.
    """
    columns = candidates.c
    position = columns.last_position if shape.support else columns.public_position
    opened = case((columns.opened_by == bindparam("me"), literal_column("1")), else_=literal_column("0"))
    read = _of(
        TicketRead.position, TicketRead.ticket_id == columns.id, TicketRead.person_id == bindparam("me")
    )
    unread = position > func.coalesce(read, opened)
    nobody, somebody = columns.assignee_id.is_(None), columns.assignee_id == bindparam("assignee")
    conditions = {
        "q": _of(search.holds(), TicketDocument.ticket_id == columns.id),
        "number": columns.number == bindparam("number"),
        "status": columns.status.in_([_literal(status) for status in sorted(shape.status)]),
        "verdict": columns.verdict == bindparam("verdict"),
        "kind": columns.kind == bindparam("kind"),
        "origin": _of(Question.origin, Question.id == columns.question_id) == bindparam("origin"),
        "unread": unread if shape.unread else ~unread,
        "created_from": columns.created_at >= bindparam("created_from"),
        "created_to": columns.created_at < bindparam("created_to"),
        "assignee": nobody if shape.nobody else somebody,
    }
    left = shape.asked - shape.indexed
    met = and_(true(), *(condition for name, condition in conditions.items() if name in left))
    return Look(met, position.label("position"), unread.label("unread"))


def _of(value: Any, *conditions: ColumnElement[bool]) -> ColumnElement[Any]:
    return select(value).where(*conditions).scalar_subquery()


def _first(
    statement: Select[*tuple[Any, ...]], sort: Sort, tickets: Any, most: int | None
) -> Select[*tuple[Any, ...]]:
    if most is None:
        return statement
    # The number is part of the statement: of a bound one the planner would have to guess.
    return statement.order_by(*descending(sort, tickets)).limit(literal_column(str(most)))


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
_BARE = (Ticket.id, Ticket.last_activity_at)
_AFTER = tuple_(bindparam("after_value"), bindparam("after_id"))
_INDEXED = {
    "store_id": Ticket.store_id == bindparam("store_id"),
    "assignee": Ticket.assignee_id == bindparam("assignee"),
    "number": Ticket.number == bindparam("number"),
}
