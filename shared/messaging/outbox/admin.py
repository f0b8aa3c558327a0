"""Jobs as an operator sees and moves them: counted, listed, put back, thrown away; a batch by a statement.

A job under way is left alone: one a worker holds is skipped by its lock, one handed out by its lease. And
whatever is put back while a message of it is still on its way is handled once, by whoever takes its row.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, any_, case, delete, func, or_, select, update
from sqlalchemy.orm import Session

from shared.config.settings import settings
from shared.db.models import OutboxRow

BATCH = 5_000
"""Jobs moved by one statement, and named by one entry of the audit log."""


class State(enum.StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    UNDER_WAY = "under_way"
    RETRYING = "retrying"
    DEAD = "dead"


MOVABLE = frozenset({State.WAITING, State.RETRYING, State.DEAD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which jobs: in one of `states`, and meeting everything else that is given."""

    states: frozenset[State]
    consumer: str | None = None
    store_id: UUID | None = None
    created_before: datetime | None = None
    ids: Sequence[int] = ()


def _state() -> ColumnElement[str]:
    return case(
        *((_is(state), state.value) for state in (State.DEAD, State.UNDER_WAY, State.RETRYING)),
        else_=State.WAITING.value,
    )


def _is(state: State) -> ColumnElement[bool]:
    alive = OutboxRow.dead_at.is_(None)
    match state:
        case State.DEAD:
            return OutboxRow.dead_at.is_not(None)
        case State.UNDER_WAY:
            return alive & _leased()
        case State.RETRYING:
            return alive & (OutboxRow.attempts > 0) & ~_leased()
        case State.WAITING:
            return alive & (OutboxRow.attempts == 0) & ~_leased()


def _leased() -> ColumnElement[bool]:
    """Handed out more often than it failed, and its lease not over."""
    lease = timedelta(seconds=settings().outbox_lease_seconds)
    due = OutboxRow.available_at
    return (OutboxRow.claims > OutboxRow.attempts) & (due > func.now()) & (due <= func.now() + lease)


def _conditions(choice: Choice) -> list[ColumnElement[bool]]:
    found = [or_(*(_is(state) for state in sorted(choice.states)))]
    if choice.consumer is not None:
        found.append(OutboxRow.consumer == choice.consumer)
    if choice.store_id is not None:
        found.append(OutboxRow.store_id == choice.store_id)
    if choice.created_before is not None:
        found.append(OutboxRow.created_at < choice.created_before)
    if choice.ids:
        found.append(OutboxRow.id.in_(choice.ids))
    return found


def summary(session: Session) -> Sequence[Row[str, str, int, datetime]]:
    """(consumer, state, how many, when the oldest was made), in that order."""
    counted = select(OutboxRow.consumer, _state().label("state"), OutboxRow.created_at).subquery()
    return session.execute(
        select(counted.c.consumer, counted.c.state, func.count(), func.min(counted.c.created_at))
        .group_by(counted.c.consumer, counted.c.state)
        .order_by(counted.c.consumer, counted.c.state)
    ).all()


def count(session: Session, choice: Choice) -> int:
    """How many jobs are chosen."""
    return session.scalar(select(func.count()).select_from(OutboxRow).where(*_conditions(choice))) or 0


def page(session: Session, choice: Choice, after: int, limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Up to `limit` chosen jobs by id, beginning behind the id `after`; what they carry is left out."""
    return session.execute(
        select(
            OutboxRow.id,
            OutboxRow.consumer,
            OutboxRow.event,
            _state().label("state"),
            OutboxRow.store_id,
            OutboxRow.created_at,
            OutboxRow.available_at,
            OutboxRow.attempts,
            OutboxRow.last_error,
        )
        .where(OutboxRow.id > after, *_conditions(choice))
        .order_by(OutboxRow.id)
        .limit(limit)
    ).all()


def requeue(session: Session, choice: Choice, after: int, most: int) -> list[int]:
    """Make up to `most` chosen jobs due now, with all their attempts before them; returns their ids."""
    moved = session.scalars(
        update(OutboxRow)
        .where(OutboxRow.id == any_(_held(choice, after, most)))
        .values(dead_at=None, available_at=func.now(), claims=0, attempts=0, starts=0)
        .returning(OutboxRow.id)
        .execution_options(synchronize_session=False)
    )
    return sorted(moved)


def discard(session: Session, choice: Choice, after: int, most: int) -> list[int]:
    """Throw up to `most` chosen jobs away; returns their ids."""
    gone = session.scalars(
        delete(OutboxRow)
        .where(OutboxRow.id == any_(_held(choice, after, most)))
        .returning(OutboxRow.id)
        .execution_options(synchronize_session=False)
    )
    return sorted(gone)


def _held(choice: Choice, after: int, most: int) -> ColumnElement[Any]:
    """Their ids as an array, which PostgreSQL makes once: `IN` may look for others with each row."""
    if not choice.states <= MOVABLE:
        raise ValueError("a job under way is left alone")
    chosen = (
        select(OutboxRow.id)
        .where(OutboxRow.id > after, *_conditions(choice))
        .order_by(OutboxRow.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    return func.array(chosen.scalar_subquery())
