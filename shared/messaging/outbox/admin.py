"""What an operator can do with jobs: count, list, requeue and discard them, one statement per batch.

A job under way is left alone: one that a worker holds is locked and skipped, one that was dispatched has a
lease that has not ended. A job requeued while a Celery message for it is still in a queue is processed once,
by the worker that takes its row first.
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
"""Most jobs that one statement changes, and that one entry of the audit log names."""


class State(enum.StrEnum):
    """The state of a job.

    `waiting`: not failed yet, due now or later. `under_way`: dispatched, its lease has not ended.
    `retrying`: failed, to be tried again. `dead`: given up, left for an operator.
    """

    WAITING = "waiting"
    UNDER_WAY = "under_way"
    RETRYING = "retrying"
    DEAD = "dead"


MOVABLE = frozenset({State.WAITING, State.RETRYING, State.DEAD})
"""States in which an operator may requeue or discard a job."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobFilter:
    """Selects jobs that are in one of `states` and meet every other condition that is given."""

    states: frozenset[State]
    consumer: str | None = None
    store_id: UUID | None = None
    created_before: datetime | None = None
    ids: Sequence[int] = ()


def _state_column() -> ColumnElement[str]:
    """The job's state as a column."""
    return case(
        *((_is_in(state), state.value) for state in (State.DEAD, State.UNDER_WAY, State.RETRYING)),
        else_=State.WAITING.value,
    )


def _is_in(state: State) -> ColumnElement[bool]:
    """The condition that a job is in `state`."""
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
    """Dispatched more often than it failed, and its lease has not ended."""
    lease = timedelta(seconds=settings().outbox_lease_seconds)
    due = OutboxRow.available_at
    return (OutboxRow.dispatch_count > OutboxRow.attempts) & (due > func.now()) & (due <= func.now() + lease)


def _conditions(job_filter: JobFilter) -> list[ColumnElement[bool]]:
    conditions = [or_(*(_is_in(state) for state in sorted(job_filter.states)))]
    if job_filter.consumer is not None:
        conditions.append(OutboxRow.consumer == job_filter.consumer)
    if job_filter.store_id is not None:
        conditions.append(OutboxRow.store_id == job_filter.store_id)
    if job_filter.created_before is not None:
        conditions.append(OutboxRow.created_at < job_filter.created_before)
    if job_filter.ids:
        conditions.append(OutboxRow.id.in_(job_filter.ids))
    return conditions


def summary(session: Session) -> Sequence[Row[str, str, int, datetime]]:
    """Rows of (consumer, state, number of jobs, creation time of the oldest), by consumer and state."""
    counted = select(OutboxRow.consumer, _state_column().label("state"), OutboxRow.created_at).subquery()
    return session.execute(
        select(counted.c.consumer, counted.c.state, func.count(), func.min(counted.c.created_at))
        .group_by(counted.c.consumer, counted.c.state)
        .order_by(counted.c.consumer, counted.c.state)
    ).all()


def count(session: Session, job_filter: JobFilter) -> int:
    """Number of jobs that `job_filter` selects."""
    return session.scalar(select(func.count()).select_from(OutboxRow).where(*_conditions(job_filter))) or 0


def page(session: Session, job_filter: JobFilter, after: int, limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Up to `limit` selected jobs with ids above `after`, by id, without their payloads."""
    return session.execute(
        select(
            OutboxRow.id,
            OutboxRow.consumer,
            OutboxRow.event,
            _state_column().label("state"),
            OutboxRow.store_id,
            OutboxRow.created_at,
            OutboxRow.available_at,
            OutboxRow.attempts,
            OutboxRow.last_error,
        )
        .where(OutboxRow.id > after, *_conditions(job_filter))
        .order_by(OutboxRow.id)
        .limit(limit)
    ).all()


def requeue(session: Session, job_filter: JobFilter, after: int, most: int) -> list[int]:
    """Make up to `most` selected jobs with ids above `after` due now, counters at 0; returns their ids."""
    requeued = session.scalars(
        update(OutboxRow)
        .where(OutboxRow.id == any_(_locked_ids(job_filter, after, most)))
        .values(dead_at=None, available_at=func.now(), dispatch_count=0, attempts=0, solo_attempts=0)
        .returning(OutboxRow.id)
        .execution_options(synchronize_session=False)
    )
    return sorted(requeued)


def discard(session: Session, job_filter: JobFilter, after: int, most: int) -> list[int]:
    """Delete up to `most` selected jobs with ids above `after`; returns their ids."""
    deleted = session.scalars(
        delete(OutboxRow)
        .where(OutboxRow.id == any_(_locked_ids(job_filter, after, most)))
        .returning(OutboxRow.id)
        .execution_options(synchronize_session=False)
    )
    return sorted(deleted)


def _locked_ids(job_filter: JobFilter, after: int, most: int) -> ColumnElement[Any]:
    """Lock up to `most` selected jobs with ids above `after`; their ids as one array.

    PostgreSQL builds an array once, whereas it may run the query of an `IN` again for each row. Raises
    `ValueError` for a filter that selects jobs under way.
    """
    if not job_filter.states <= MOVABLE:
        raise ValueError("a job under way is left alone")
    selected = (
        select(OutboxRow.id)
        .where(OutboxRow.id > after, *_conditions(job_filter))
        .order_by(OutboxRow.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    return func.array(selected.scalar_subquery())
